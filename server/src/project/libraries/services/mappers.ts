import { awaited } from '../closing';
import { type Connect, lazy, once, options } from '../connect';
import { defineLibrary, each, type Library } from '../library';

const sequelize = lazy('sql', {
  url: '0|0.url|0.uri',
  host: '3.host|0.host|1.host|2.host',
  port: '3.port|0.port',
  user: '1|0.username',
  password: '2|0.password',
  database: '0|0.database',
});

const typeorm = (attempt: 'lazy' | 'once', at: string): Connect => ({
  kind: 'connect',
  service: 'sql',
  attempt,
  ...options(at, [], 'username'),
  file: `${at}.database`,
});

const knex: Connect = lazy('sql', {
  url: '0.connection|0.connection.connectionString|0.connection.url|0',
  host: '0.connection.host|0.connection().host',
  port: '0.connection.port',
  user: '0.connection.user',
  password: '0.connection.password|0.connection().password',
  database: '0.connection.database',
  file: '0.connection.filename',
});

/** Query builders and object mappers of SQL databases. */
export const mapperLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['sequelize', 'sequelize-typescript', '@sequelize/core', '@nestjs/sequelize'],
    traits: ['data'],
    objects: {
      db: [
        'new sequelize.Sequelize()',
        'new sequelize()',
        'new sequelize-typescript.Sequelize()',
        '<sequelize.Sequelize>',
        'new @sequelize/core.Sequelize()',
      ],
    },
    calls: {
      ...each(
        [
          'new sequelize',
          'new sequelize.Sequelize',
          'new sequelize-typescript.Sequelize',
          'new @sequelize/core.Sequelize',
        ],
        sequelize,
      ),
      'db.authenticate': once('sql'),
      // Nest's modules try again ten times.
      '@nestjs/sequelize.SequelizeModule.forRoot': lazy('sql', options('0', [], 'username')),
      '@nestjs/sequelize.SequelizeModule.forRootAsync': lazy(
        'sql',
        options('0.useFactory()', [], 'username'),
      ),
    },
    closing: {
      sequelize: awaited('close'),
      'sequelize.Sequelize': awaited('close'),
      'sequelize-typescript.Sequelize': awaited('close'),
    },
  }),
  defineLibrary({
    packages: ['typeorm', '@nestjs/typeorm'],
    traits: ['data'],
    objects: { source: ['new typeorm.DataSource()', '<typeorm.DataSource>'] },
    calls: {
      'new typeorm.DataSource': typeorm('lazy', '0'),
      ...each(['typeorm.createConnection', 'typeorm.createConnections'], typeorm('once', '0')),
      'source.initialize': once('sql'),
      '@nestjs/typeorm.TypeOrmModule.forRoot': typeorm('lazy', '0'),
      '@nestjs/typeorm.TypeOrmModule.forRootAsync': typeorm('lazy', '0.useFactory()'),
    },
    closing: {
      'typeorm.DataSource': awaited('destroy'),
      'typeorm.createConnection': awaited('close'),
    },
  }),
  defineLibrary({
    packages: [
      'knex',
      'objection',
      'bookshelf',
      'kysely',
      'massive',
      '@fastify/postgres',
      '@fastify/mysql',
      'fastify-knexjs',
      'fastify-postgres',
      'waterline',
    ],
    traits: ['data'],
    calls: {
      ...each(['knex', 'knex.knex', 'knex.default', 'new knex'], knex),
      massive: once('postgres', options('0', ['0'])),
    },
    plugins: {
      ...each(
        ['@fastify/postgres', 'fastify-postgres'],
        lazy('postgres', { ...options('1'), url: '1.connectionString' }),
      ),
      '@fastify/mysql': lazy('mysql', { ...options('1'), url: '1.connectionString|1.uri' }),
    },
    closing: {
      knex: awaited('destroy'),
      'knex.knex': awaited('destroy'),
    },
  }),
  defineLibrary({
    packages: [
      '@prisma/client',
      '@mikro-orm/core',
      '@mikro-orm/nestjs',
      'drizzle-orm/node-postgres',
      'drizzle-orm/mysql2',
      'drizzle-orm/postgres-js',
      '@mikro-orm/postgresql',
      '@mikro-orm/mysql',
      '@mikro-orm/mongodb',
      'drizzle-kit',
      '@libsql/client',
      'drizzle-orm',
    ],
    traits: ['data'],
    objects: { prisma: ['new @prisma/client.PrismaClient()', '<@prisma/client.PrismaClient>'] },
    calls: {
      'new @prisma/client.PrismaClient': lazy('sql', {
        url: '0.datasources.db.url|0.datasourceUrl',
      }),
      'prisma.$connect': once('sql'),
      ...each(
        [
          '@mikro-orm/core.MikroORM.init',
          '@mikro-orm/postgresql.MikroORM.init',
          '@mikro-orm/mysql.MikroORM.init',
          '@mikro-orm/nestjs.MikroOrmModule.forRoot',
          '@mikro-orm/mongodb.MikroORM.init',
        ],
        once('sql', { ...options('0'), url: '0.clientUrl' }),
      ),
      ...each(
        [
          '@mikro-orm/core.defineConfig',
          '@mikro-orm/postgresql.defineConfig',
          '@mikro-orm/mysql.defineConfig',
          '@mikro-orm/mongodb.defineConfig',
        ],
        lazy('sql', { ...options('0'), url: '0.clientUrl' }),
      ),
      ...each(
        ['drizzle-orm/node-postgres.drizzle', 'drizzle-orm/postgres-js.drizzle'],
        lazy('postgres', {
          url: '0|0.connection|0.connection.connectionString',
          host: '0.connection.host',
          password: '0.connection.password',
        }),
      ),
      'drizzle-orm/mysql2.drizzle': lazy('mysql', {
        url: '0|0.connection.uri',
        host: '0.connection.host',
        password: '0.connection.password',
      }),
      'drizzle-kit.defineConfig': lazy('sql', {
        url: '0.dbCredentials.url',
        host: '0.dbCredentials.host',
        password: '0.dbCredentials.password',
        user: '0.dbCredentials.user',
      }),
      '@libsql/client.createClient': lazy('sqlite', { url: '0.url', password: '0.authToken' }),
    },
    closing: {
      '@prisma/client.PrismaClient': awaited('$disconnect'),
    },
  }),
];
