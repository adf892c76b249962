import { names } from './names';

/** Methods that only data access has, and that change data. */
export const DATA_METHODS = names(
  [
    'collections of documents',
    `deleteMany deleteOne updateMany updateOne insertMany insertOne bulkWrite findOneAndUpdate findOneAndDelete findOneAndReplace
    findOneAndRemove findByIdAndUpdate findByIdAndDelete findByIdAndRemove findAndModify replaceOne`,
  ],
  ['mappers', 'bulkCreate bulkUpdate createMany upsertMany findOrCreate insertGraph upsertGraph'],
  [
    'builders of queries',
    'insertInto deleteFrom updateTable executeUpdate onDuplicateKeyUpdate $executeRaw $executeRawUnsafe',
  ],
  ['key-value tables', 'batchWrite'],
);

/** Methods that data access shares with others: the object decides. */
export const MAYBE_DATA_METHODS = names(
  [
    'one thing',
    'create insert save update upsert patch put delete del remove destroy softDelete increment decrement',
  ],
  ['all of them', 'saveAll truncate'],
  ['managers of entities', 'persistAndFlush removeAndFlush nativeDelete nativeUpdate nativeInsert'],
);

/** Methods that take a statement in SQL. */
export const SQL_METHODS = names(
  ['drivers and mappers', 'query execute exec raw run unsafe $queryRaw $queryRawUnsafe'],
  ['pg-promise, by how many rows come back', 'none any multi oneOrNone'],
);

/** Names with a capital that are no models of data. */
export const NO_MODELS = names(
  [
    'the language',
    'Object Array Promise Math Reflect Number String Buffer Map Set Date Symbol JSON Intl Error URL Proxy Atomics',
  ],
  ['clients', 'Axios Redis *Client *Socket *Server'],
  ['what keeps or carries things', '*Cache *Store *Stream *Registry *Queue'],
  ['logs', '*Logger'],
);

/** Functions that send something to somebody. */
export const SENDING = names(
  [
    'mail',
    'sendMail sendEmail sendEmails sendTransactionalEmail sendDigest* sendWeekly* sendDaily*',
  ],
  [
    'phones',
    'sendSms sendSMS sendPush sendMulticast sendEach sendEachForMulticast sendToTopic sendToDevice',
  ],
  ['messages', 'sendMessage createMessage postMessageToChannel'],
  [
    'what people asked to be told',
    'sendNotification sendNotifications sendReminder sendReminders sendAlert sendAlerts',
  ],
);

/** Packages that make requests, each by its first word. */
export const HTTP_CLIENTS = names([
  'clients of HTTP',
  'axios got superagent ky request needle node-fetch undici',
]);

/** Functions that let one process in at a time. */
export const LOCKING = names(
  ['locks', 'lock locks acquire tryLock withLock tryAcquire redlock *Lock *Redlock'],
  ['keys that are set once', 'setnx setNX'],
  ['one process of many', 'isLeader isPrimaryInstance *Leader'],
);
