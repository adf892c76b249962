import { vocabulary, type Vocabulary } from './vocabulary';

/** What an adapter is for; local and remote ones of one kind stand in for each other. */
export type AdapterKind = 'storage' | 'mail' | 'cache' | 'queue';

/** One kind of adapter, by its words. */
export interface Adapters {
  /** Services somewhere else. */
  readonly remote: Vocabulary;
  /** What this machine or process does instead. */
  readonly local?: Vocabulary;
  /** The same in two words, one of each list: `console mailer`. Another one may stand between where `gap` says so. */
  readonly localPair?: {
    readonly first: string;
    readonly second: string;
    readonly gap?: true;
  };
}

/** Words of adapters, as the names of classes, functions and packages have them. */
export const ADAPTERS: Readonly<Record<AdapterKind, Adapters>> = {
  storage: {
    remote: vocabulary(
      ['buckets', 's3 s3client multers3 gcs minio spaces r2 client-s3 multer-s3'],
      ['clouds', 'cloudinary azure-blob google-cloud-storage blob-service cloud-storage'],
    ),
    local: vocabulary(
      ['a folder', 'file-system disk-storage local-storage'],
      ['functions of Node', 'write-file write-file-sync create-write-stream move-file'],
    ),
    localPair: {
      first: 'disk diskstorage local localdisk filesystem fs',
      second:
        'upload uploads file files disk storage uploader adapter provider driver store service engine manager',
      gap: true,
    },
  },
  mail: {
    remote: vocabulary(
      [
        'providers',
        'ses sesclient sendgrid sg-mail mailgun postmark resend mailjet sparkpost mandrill brevo',
      ],
      ['any server', 'smtp'],
    ),
    local: vocabulary(
      ['transports that send nothing', 'json-transport stream-transport'],
      ['programs of this machine', 'sendmail maildev mailhog'],
      ['accounts for a try', 'ethereal create-test-account'],
    ),
    localPair: {
      first: 'console log fake stub noop null preview local dummy',
      second: 'mail mailer email emails transport email-service sender',
    },
  },
  cache: {
    remote: vocabulary(['servers', 'redis ioredis memcached memcache valkey upstash']),
    local: vocabulary([
      'memory of this process',
      'memory memorystore in-memory lru lru-cache node-cache',
    ]),
  },
  queue: {
    remote: vocabulary([
      'brokers',
      'bull bullmq amqp amqplib sqs rabbit rabbitmq kafka kafkajs pubsub',
    ]),
    localPair: {
      first: 'in-process in-memory memory local sync fake',
      second: 'queue broker bus worker jobs',
    },
  },
};
