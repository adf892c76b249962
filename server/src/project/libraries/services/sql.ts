import { awaited, calledBack } from '../closing';
import { lazy, once, options } from '../connect';
import { defineLibrary, each, type Library } from '../library';

/** Drivers of SQL databases. */
export const sqlLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'pg',
      'pg-promise',
      'postgres',
      'slonik',
      'pg-native',
      '@neondatabase/serverless',
      '@vercel/postgres',
      'pg-pool',
      'postgres-bridge',
      'connect-pg-simple',
    ],
    traits: ['data'],
    objects: { client: ['new pg.Client()', '<pg.Client>', 'new pg.default.Client()'] },
    calls: {
      ...each(
        [
          'new pg.Pool',
          'pg.Pool',
          'new pg-pool',
          'new pg.default.Pool',
          'new @neondatabase/serverless.Pool',
        ],
        lazy('postgres', options('0', ['0'])),
      ),
      ...each(
        ['new pg.Client', 'pg.Client', 'new pg.default.Client'],
        lazy('postgres', options('0', ['0'])),
      ),
      'client.connect': once('postgres'),
      'pg-promise()': lazy('postgres', options('0', ['0'])),
      postgres: lazy('postgres', {
        ...options('0', ['0']),
        host: '0.host|1.host',
        password: '0.password|0.pass|1.password|1.pass',
        user: '0.user|0.username|1.user|1.username',
      }),
      'slonik.createPool': lazy('postgres', { url: '0' }),
      '@neondatabase/serverless.neon': lazy('postgres', { url: '0' }),
      'new connect-pg-simple()': lazy('postgres', {
        url: '0.conString',
        host: '0.conObject.host',
        user: '0.conObject.user',
        password: '0.conObject.password',
      }),
    },
    closing: {
      'pg.Pool': awaited('end'),
      'pg.Client': awaited('end'),
      postgres: awaited('end'),
    },
  }),
  defineLibrary({
    packages: [
      'mysql',
      'mysql2',
      'mysql2/promise',
      'mariadb',
      'promise-mysql',
      'serverless-mysql',
      'express-mysql-session',
      'express-myconnection',
    ],
    traits: ['data'],
    objects: {
      connection: [
        'mysql.createConnection()',
        'mysql2.createConnection()',
        '<mysql.Connection>',
        '<mysql2.Connection>',
      ],
      pool: [
        'mysql.createPool()',
        'mysql2.createPool()',
        'mysql2/promise.createPool()',
        'mariadb.createPool()',
      ],
    },
    calls: {
      // Without `connect()` the connection opens with the first query; either way there is one attempt.
      ...each(
        ['mysql.createConnection', 'mysql2.createConnection'],
        lazy('mysql', options('0', ['0'])),
      ),
      ...each(
        [
          'mysql2/promise.createConnection',
          'mysql2.promise.createConnection',
          'promise-mysql.createConnection',
        ],
        once('mysql', options('0', ['0'])),
      ),
      ...each(
        [
          'mysql.createPool',
          'mysql2.createPool',
          'mysql2/promise.createPool',
          'promise-mysql.createPool',
          'serverless-mysql',
        ],
        lazy('mysql', options('0', ['0'])),
      ),
      'mariadb.createPool': lazy('mariadb', options('0', ['0'])),
      'mariadb.createConnection': once('mariadb', options('0', ['0'])),
      'connection.connect': once('mysql'),
      'new express-mysql-session()': lazy('mysql', options('0')),
    },
    closing: {
      'mysql2/promise.createPool': awaited('end'),
      'mysql2/promise.createConnection': awaited('end'),
      'mysql2.createPool': calledBack('end'),
      'mysql2.createConnection': calledBack('end'),
      'mysql.createPool': calledBack('end'),
      'mysql.createConnection': calledBack('end'),
    },
  }),
  defineLibrary({
    packages: ['mssql', 'tedious', 'oracledb'],
    traits: ['data'],
    calls: {
      'mssql.connect': once('mssql', options('0', ['0'])),
      'new mssql.ConnectionPool': lazy('mssql', options('0', ['0'])),
      'new tedious.Connection': once('mssql', {
        host: '0.server',
        user: '0.authentication.options.userName|0.userName',
        password: '0.authentication.options.password|0.password',
      }),
      ...each(
        ['oracledb.createPool', 'oracledb.getConnection'],
        once('oracle', {
          url: '0.connectString|0.connectionString',
          user: '0.user',
          password: '0.password',
        }),
      ),
    },
  }),
];
