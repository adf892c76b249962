import { wordsOf } from '../../base/words';
import type { ServiceKind } from '../libraries/meaning';

const WORDS: ReadonlyMap<string, ServiceKind> = new Map(
  Object.entries({
    postgres: 'postgres postgresql pg pgsql pghost pgbouncer cockroach cockroachdb timescale',
    mysql: 'mysql',
    mariadb: 'mariadb maria',
    mssql: 'mssql sqlserver',
    oracle: 'oracle oracledb',
    mongodb: 'mongo mongodb mongoose mongolab mongohq',
    redis: 'redis ioredis rediscloud redistogo valkey keydb bull bullmq',
    memcached: 'memcached memcache memcachier',
    amqp: 'amqp rabbit rabbitmq cloudamqp activemq',
    kafka: 'kafka zookeeper redpanda',
    nats: 'nats stan',
    mqtt: 'mqtt mosquitto emqx',
    elasticsearch:
      'elastic elasticsearch opensearch solr meili meilisearch typesense qdrant weaviate milvus chroma',
    'object-storage': 's3 minio azurite',
    smtp: 'smtp mail mailer imap mailhog mailpit',
    ldap: 'ldap',
    sql: 'db database sql typeorm sequelize knex prisma datasource neo4j influx influxdb cassandra couchdb couchbase couch clickhouse rethinkdb arangodb arango questdb timescaledb dynamodb dynamo',
    queue: 'queue broker brokers sqs sns localstack beanstalkd gearman temporal',
  }).flatMap(([service, words]) =>
    words.split(' ').map((word): [string, ServiceKind] => [word, service as ServiceKind]),
  ),
);

/** Words of names that hold something else than where a service is. */
const OTHER =
  /^(name|names|user|username|password|pass|passwd|pwd|from|to|sender|subject|table|schema|prefix|ttl|key|secret|token|ssl|tls|dialect|client|type|driver|charset|timezone|file|filename|path|dir|bucket|region|index|topic|group|domain|replyto|vhost|version|enabled|debug|log|logging|level)$/;

/** Agents that run beside every process by design: their address is the same in every deploy. */
const SIDECAR =
  /^(otel|otlp|jaeger|zipkin|statsd|dogstatsd|datadog|dd|apm|agent|collector|sidecar|dapr|envoy|fluentd|fluent|metadata|telemetry|tracing|trace|metrics|prometheus)$/;

/**
 * The backing service that a variable or property is about, by its name: `REDIS_HOST` → `redis`, `databaseUrl` → `sql`.
 * @returns undefined for names of other things, also of other settings of a service (`DB_NAME`)
 */
export function serviceOfName(name: string): ServiceKind | undefined {
  const words = wordsOf(name);
  if (words.some((word) => SIDECAR.test(word)) || OTHER.test(words.at(-1) ?? '')) return undefined;
  for (const word of words) {
    const found = WORDS.get(word.replace(/\d+$/, '')) ?? WORDS.get(word);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Is it the address of a process of its own that this one calls: `USER_SERVICE_URL`, `billingApiHost`? */
export function isUpstreamName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => SIDECAR.test(word))) return false;
  const last = words.at(-1) ?? '';
  if (!/^(url|uri|host|hostname|endpoint|address|addr|base|target|upstream)$/.test(last))
    return false;
  const kind = words.slice(0, -1);
  const isOwn = kind.some((word) =>
    /^(public|app|site|web|frontend|client|ui|self|own|my|this|next|server|callback|redirect|cors|allowed|external|admin|dashboard)$/.test(
      word,
    ),
  );
  if (isOwn) return false;
  return kind.length > 1
    ? kind.some((word) =>
        /^(service|services|svc|api|upstream|grpc|rpc|microservice|ms|gateway|engine|worker|provider)$/.test(
          word,
        ),
      )
    : /^(upstream|grpc|keycloak|vault|consul|etcd|ollama|gotenberg|imgproxy|unleash|hasura|supabase|kong)$/.test(
        kind[0] ?? '',
      );
}

/** How people call a kind of service, for messages. */
export function serviceLabel(service: ServiceKind | undefined): string {
  return service === undefined ? 'service' : (LABELS[service] ?? 'database');
}

const LABELS: Readonly<Partial<Record<ServiceKind, string>>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  mssql: 'SQL Server',
  oracle: 'Oracle database',
  mongodb: 'MongoDB',
  redis: 'Redis',
  memcached: 'Memcached',
  amqp: 'message broker',
  kafka: 'Kafka',
  nats: 'NATS',
  mqtt: 'MQTT broker',
  elasticsearch: 'search engine',
  'object-storage': 'object storage',
  smtp: 'mail server',
  ldap: 'LDAP server',
  sql: 'database',
  sqlite: 'database',
  queue: 'queue',
  http: 'service',
};
