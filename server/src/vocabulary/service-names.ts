import { names } from './names';

/** Last words of names that hold something else than where a service is. */
export const OTHER_SETTINGS = names(
  ['accounts and keys', 'user username password pass passwd pwd key secret token'],
  [
    'parts of a service',
    'name names table schema index topic group bucket region vhost domain prefix',
  ],
  [
    'how it is spoken to',
    'ssl tls dialect client type driver charset timezone version ttl enabled',
  ],
  ['mails', 'from to sender subject replyto'],
  ['files', 'file filename path dir'],
  ['what is written about it', 'debug log logging level'],
);

/** Agents that run beside every process by design: their address is the same in every deploy. */
export const SIDECARS = names(
  ['traces and metrics', 'otel otlp jaeger zipkin telemetry tracing trace metrics prometheus apm'],
  ['agents of vendors', 'statsd dogstatsd datadog dd'],
  ['whatever runs beside', 'agent collector sidecar dapr envoy fluentd fluent metadata'],
);

/** Last words of names of addresses. */
export const ADDRESS_WORDS = names([
  'where something is',
  'url uri host hostname endpoint address addr base target upstream',
]);

/** Words that say that an address is this app's own, or that of its visitors. */
export const OWN_WORDS = names(
  ['what visitors see', 'public app site web frontend client ui admin dashboard'],
  ['oneself', 'self own my this next server'],
  ['who may come, and where one comes back to', 'callback redirect cors allowed external'],
);

/** Words of processes of one's own that others call. */
export const PROCESS_WORDS = names(
  ['services', 'service services svc microservice ms engine worker provider'],
  ['interfaces', 'api upstream grpc rpc gateway'],
);

/** Programs that one runs beside an app and calls over HTTP, each known by its name. */
export const COMPANIONS = names(
  ['interfaces', 'upstream grpc kong hasura supabase'],
  ['settings and sign-in', 'keycloak vault consul etcd unleash'],
  [
    'work that is handed over',
    'ollama gotenberg imgproxy tika browserless searxng restate inngest',
  ],
  ['what looks through files', 'clamav clamd'],
);

/** Words before `PASSWORD` or `URL` of databases, brokers and the libraries that reach them, without which they let nobody in. */
export const GUARDED = names(
  [
    'databases',
    'DB DATABASE PG POSTGRES POSTGRESQL MYSQL MARIADB MSSQL SQL SQLSERVER ORACLE MONGO MONGODB',
  ],
  ['libraries', 'TYPEORM SEQUELIZE KNEX'],
  ['brokers', 'RABBITMQ AMQP'],
);

/** The same of addresses that hold user and password. */
export const GUARDED_ADDRESSES = names(
  ...GUARDED.groups,
  ['as platforms supply them', 'MONGOLAB MONGOHQ CLOUDAMQP'],
  ['caches', 'REDIS'],
);
