import { names } from './names';

/** Drivers and dialects of databases that are servers, as their options name them. */
export const SERVER_DRIVERS = names(
  ['PostgreSQL', 'postgres postgresql pg pg-native cockroachdb aurora-postgres redshift'],
  ['MySQL', 'mysql mysql2 mariadb aurora-mysql'],
  ['others', 'mssql tedious oracle oracledb mongodb mongo db2 snowflake'],
);

/** Drivers and databases that keep their data in a file of this machine. */
export const FILE_DATABASES = names(
  ['SQLite', 'sqlite sqlite3 better-sqlite better-sqlite3 sqljs'],
  ['others', 'nedb lowdb pglite'],
);

/** Drivers for which host and account are ignored, or are not a server’s. */
export const LOCAL_DRIVERS = names(
  ...FILE_DATABASES.groups,
  ['files of a device', 'expo capacitor cordova nativescript react-native'],
  ['SQLite that may be remote, by its URL alone', 'libsql turso'],
  ['this process', 'memory'],
);

/** Schemes of connection strings; with what may follow (`postgresql`, `rediss`, `mongodb+srv`). */
export const CONNECTION_SCHEMES = names(
  [
    'databases',
    'mongodb postgres pgsql cockroachdb mysql mariadb mssql sqlserver oracle bolt neo4j clickhouse couchbase libsql jdbc:',
  ],
  ['caches', 'redis valkey memcache'],
  ['brokers', 'amqp kafka nats mqtt stomp'],
  ['others', 'ldap smtp'],
);

/** Packages that stand in for a service: fine in tests, another service anywhere else. */
export const STAND_INS = names(
  [
    'MongoDB',
    `mongodb-memory-server mongodb-memory-server-core mongodb-memory-server-global mockgoose @shelf/jest-mongodb
    memory-server`,
  ],
  ['Redis', 'redis-memory-server ioredis-mock redis-mock'],
  ['PostgreSQL', 'pg-mem'],
  ['Amazon', 'mock-aws-s3 s3rver dynamodb-local dynalite'],
  ['mail', 'nodemailer-mock nodemailer-stub'],
);
