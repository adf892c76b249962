/**
 * What a backing service is. `sql`: some database that speaks SQL, or is called one; `http`: a process of one's own, or whatever
 * answers over HTTP.
 */
export type ServiceKind =
  | 'postgres'
  | 'mysql'
  | 'mariadb'
  | 'mssql'
  | 'oracle'
  | 'mongodb'
  | 'redis'
  | 'memcached'
  | 'amqp'
  | 'kafka'
  | 'nats'
  | 'mqtt'
  | 'elasticsearch'
  | 'object-storage'
  | 'smtp'
  | 'ldap'
  | 'sqlite'
  | 'sql'
  | 'queue'
  | 'http';

/** What we know of a kind of backing service by name. Words stand between spaces. */
interface ServiceNames {
  /** Words of variables and properties that are about it. */
  readonly words: string;
  /** First words of its variables, the usual one first. */
  readonly prefixes?: string;
  /** How people call it, for messages. */
  readonly label: string;
  /** What its password is called in messages. */
  readonly password?: string;
}

const DATABASE = { password: 'database password' } as const;

/** Every kind of backing service, in one table. */
export const SERVICES: Readonly<Record<ServiceKind, ServiceNames>> = {
  postgres: {
    words: 'postgres postgresql pg pgsql pghost pgbouncer cockroach cockroachdb timescale',
    prefixes: 'DATABASE DB POSTGRES PG POSTGRESQL',
    label: 'PostgreSQL',
    ...DATABASE,
  },
  mysql: { words: 'mysql', prefixes: 'DATABASE DB MYSQL', label: 'MySQL', ...DATABASE },
  mariadb: {
    words: 'mariadb maria',
    prefixes: 'DATABASE DB MARIADB MYSQL',
    label: 'MariaDB',
    ...DATABASE,
  },
  mssql: {
    words: 'mssql sqlserver',
    prefixes: 'DATABASE DB MSSQL',
    label: 'SQL Server',
    ...DATABASE,
  },
  oracle: {
    words: 'oracle oracledb',
    prefixes: 'DATABASE DB ORACLE',
    label: 'Oracle database',
    ...DATABASE,
  },
  mongodb: {
    words: 'mongo mongodb mongoose mongolab mongohq',
    prefixes: 'MONGODB MONGO DATABASE DB',
    label: 'MongoDB',
    ...DATABASE,
  },
  redis: {
    words: 'redis ioredis rediscloud redistogo valkey keydb bull bullmq',
    label: 'Redis',
    password: 'Redis password',
  },
  memcached: { words: 'memcached memcache memcachier', label: 'Memcached' },
  amqp: {
    words: 'amqp rabbit rabbitmq cloudamqp activemq',
    prefixes: 'AMQP RABBITMQ',
    label: 'message broker',
    password: 'broker password',
  },
  kafka: { words: 'kafka zookeeper redpanda', label: 'Kafka', password: 'broker password' },
  nats: { words: 'nats stan', label: 'NATS', password: 'broker password' },
  mqtt: { words: 'mqtt mosquitto emqx', label: 'MQTT broker', password: 'broker password' },
  elasticsearch: {
    words:
      'elastic elasticsearch opensearch solr meili meilisearch typesense qdrant weaviate milvus chroma',
    label: 'search engine',
    password: 'search service password',
  },
  'object-storage': {
    words: 's3 minio azurite',
    prefixes: 'S3 STORAGE MINIO AWS',
    label: 'object storage',
    password: 'storage key',
  },
  smtp: {
    words: 'smtp mail mailer imap mailhog mailpit',
    prefixes: 'SMTP MAIL EMAIL MAILER',
    label: 'mail server',
    password: 'mail password',
  },
  ldap: { words: 'ldap', label: 'LDAP server', password: 'directory password' },
  sql: {
    words: `db database sql typeorm sequelize knex prisma datasource neo4j influx influxdb cassandra couchdb couchbase couch
      clickhouse rethinkdb arangodb arango questdb timescaledb dynamodb dynamo`,
    prefixes: 'DATABASE DB',
    label: 'database',
    ...DATABASE,
  },
  sqlite: { words: '', prefixes: 'DATABASE DB SQLITE', label: 'database', ...DATABASE },
  queue: {
    words: 'queue broker brokers sqs sns localstack beanstalkd gearman temporal',
    prefixes: 'REDIS QUEUE',
    label: 'queue',
    password: 'Redis password',
  },
  http: { words: '', label: 'service', password: 'service credential' },
};

/** Words of `SERVICES` and the kind they are about. */
export const SERVICE_WORDS: ReadonlyMap<string, ServiceKind> = new Map(
  (Object.keys(SERVICES) as ServiceKind[]).flatMap((kind) =>
    listed(SERVICES[kind].words).map((word): [string, ServiceKind] => [word, kind]),
  ),
);

/** First words of a service's variables (`DATABASE`, `DB`), the usual one first; empty where it is called after its kind. */
export function prefixesOf(kind: ServiceKind): readonly string[] {
  return listed(SERVICES[kind].prefixes ?? '');
}

function listed(words: string): readonly string[] {
  return words.split(/\s+/).filter((word) => word !== '');
}
