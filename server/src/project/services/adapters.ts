import { wordsOf } from '../../base/words';
import type { BranchSide } from './branches';

/** What an adapter is for; local and remote ones of one kind stand in for each other. */
export type AdapterKind = 'storage' | 'mail' | 'cache' | 'queue';

interface Words {
  readonly remote: RegExp;
  readonly local: RegExp;
}

const SIDES: Readonly<Record<AdapterKind, Words>> = {
  storage: {
    remote:
      /(^| )(s3|s3client|multers3|gcs|cloudinary|minio|spaces|r2)( |$)|(^| )(azure blob|google cloud storage|blob service|client s3|multer s3|cloud storage)( |$)/,
    local:
      /(^| )(disk|diskstorage|local|localdisk|filesystem|fs)( [a-z]+)?( (storage|upload|uploads|uploader|file|files|adapter|provider|driver|store|disk|service|engine|manager))( |$)|(^| )(file system|disk storage|write file|write file sync|create write stream|move file|local storage|localstorage)( |$)/,
  },
  mail: {
    remote:
      /(^| )(ses|sesclient|sendgrid|sg mail|mailgun|postmark|resend|mailjet|sparkpost|mandrill|brevo|smtp)( |$)/,
    local:
      /(^| )(json transport|stream transport|sendmail|ethereal|maildev|mailhog|create test account)( |$)|(^| )(console|log|fake|stub|noop|null|preview|local|dummy) (mail|mailer|email|emails|transport|email service|sender)( |$)/,
  },
  cache: {
    remote: /(^| )(redis|ioredis|memcached|memcache|valkey|upstash)( |$)/,
    local:
      /(^| )(memory|memorystore|inmemory|in memory|lru|lru cache|node cache|nodecache)( |$)|^new map$/,
  },
  queue: {
    remote: /(^| )(bull|bullmq|amqp|amqplib|sqs|rabbit|rabbitmq|kafka|kafkajs|pubsub)( |$)/,
    local:
      /(^| )(in process|inprocess|in memory|memory|local|sync|fake) (queue|broker|bus|worker|jobs)( |$)/,
  },
};

/** What a side of a choice uses. */
interface Uses {
  readonly remote: boolean;
  readonly local: boolean;
}

/**
 * The kind of service that a choice decides about: one side has an adapter for this machine or process, another one for a service
 * of the same kind, and neither has both.
 * @param sides of the choice
 * @param name what gets the value: a `store` that is left out stands for memory
 */
export function localOrRemote(
  sides: readonly BranchSide[],
  name: string | undefined,
): AdapterKind | undefined {
  const texts = sides.map(({ names }) =>
    names.map((each) => wordsOf(each.replace(/^new\s*/, 'new ')).join(' ')),
  );
  for (const kind of ['storage', 'mail', 'cache', 'queue'] as const) {
    const used = sides.map((side, index) => usesOf(side, texts[index] ?? [], kind, name));
    const isLocal = used.some(({ remote, local }) => local && !remote);
    const isRemote = used.some(({ remote, local }) => remote && !local);
    if (isLocal && isRemote) return kind;
  }
  return undefined;
}

function usesOf(
  { isEmpty }: BranchSide,
  texts: readonly string[],
  kind: AdapterKind,
  name: string | undefined,
): Uses {
  const { remote, local } = SIDES[kind];
  return {
    remote: texts.some((text) => remote.test(text)),
    local:
      texts.some((text) => local.test(text)) ||
      (isEmpty && kind === 'cache' && /^(store|adapter|sessionStore|cacheStore)$/.test(name ?? '')),
  };
}

const FILES =
  /^(sqlite3?|better-sqlite3?|sqljs|nedb|lowdb|pglite|:memory:|sqlite:.*|sqlite::memory:|file:.*\.(db|sqlite3?)|.*\.(sqlite3?|db))$/i;
const SERVERS =
  /^(postgres|postgresql|pg|mysql2?|mariadb|mssql|oracledb?|mongodb|mongo|tedious|(postgres|postgresql|mysql|mariadb|mssql|mongodb|mongodb\+srv):\/\/.*)$/i;

/** Does one of the sides keep its data in a file or in memory, and another in a database server? */
export function fileOrServer(sides: readonly (readonly string[])[]): boolean {
  const used = sides.map((strings) => ({
    file: strings.some((text) => FILES.test(text)),
    server: strings.some((text) => SERVERS.test(text)),
  }));
  return (
    used.some(({ file, server }) => file && !server) &&
    used.some(({ file, server }) => server && !file)
  );
}

/** Is a driver one that keeps its data in a file or in memory (`file`), or in a database server? */
export function driverFamily(driver: string): 'file' | 'server' | undefined {
  if (FILES.test(driver)) return 'file';
  return SERVERS.test(driver) ? 'server' : undefined;
}
