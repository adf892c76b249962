import { defineLibrary } from '../library';

/** Packages of MikroORM that export the class itself: one a driver. */
const MIKRO_ORM = [
  'core',
  'better-sqlite',
  'libsql',
  'mariadb',
  'mongodb',
  'mssql',
  'mysql',
  'postgresql',
  'sqlite',
].map((driver) => `@mikro-orm/${driver}`);

/** Schema synchronisation, migrations, seeds. */
export const migrationLibraries = [
  defineLibrary({
    packages: ['sequelize', 'sequelize-typescript', 'umzug', 'sequelize-fixtures'],
    objects: {
      db: [
        'new sequelize()',
        'new sequelize.Sequelize()',
        '<sequelize.Sequelize>',
        '<sequelize>',
        'new sequelize-typescript.Sequelize()',
        '<sequelize-typescript.Sequelize>',
      ],
      umzug: ['new umzug()', 'new umzug.Umzug()', '<umzug.Umzug>'],
    },
    calls: {
      'db.sync': { kind: 'migrate', how: 'sync', option: '0' },
      'db.drop': { kind: 'migrate', how: 'reset' },
      'umzug.up': { kind: 'migrate', how: 'migrate' },
      'umzug.down': { kind: 'migrate', how: 'reset' },
    },
  }),
  defineLibrary({
    // node-migrate hands the loaded set to a callback, which runs it.
    packages: ['migrate'],
    calls: { 'migrate.load': { kind: 'migrate', how: 'migrate' } },
  }),
  defineLibrary({
    packages: ['knex', 'objection'],
    objects: { db: ['knex()', 'knex.knex()', '<knex>', '<knex.Knex>', '<knex.knex>'] },
    calls: {
      'db.migrate.latest': { kind: 'migrate', how: 'migrate' },
      'db.migrate.up': { kind: 'migrate', how: 'migrate' },
      'db.migrate.rollback': { kind: 'migrate', how: 'reset' },
      'db.seed.run': { kind: 'migrate', how: 'seed' },
    },
  }),
  defineLibrary({
    packages: ['kysely'],
    objects: { migrator: ['new kysely.Migrator()', '<kysely.Migrator>'] },
    calls: {
      'migrator.migrateToLatest': { kind: 'migrate', how: 'migrate' },
      'migrator.migrateTo': { kind: 'migrate', how: 'migrate' },
      'migrator.migrateUp': { kind: 'migrate', how: 'migrate' },
      'migrator.migrateDown': { kind: 'migrate', how: 'reset' },
    },
  }),
  defineLibrary({
    packages: ['typeorm', '@nestjs/typeorm'],
    objects: {
      db: [
        'new typeorm.DataSource()',
        '<typeorm.DataSource>',
        '<typeorm.Connection>',
        'typeorm.createConnection()',
        'typeorm.getConnection()',
      ],
    },
    calls: {
      'db.runMigrations': { kind: 'migrate', how: 'migrate' },
      'db.synchronize': { kind: 'migrate', how: 'sync' },
      'db.dropDatabase': { kind: 'migrate', how: 'reset' },
      'new typeorm.DataSource': { kind: 'migrate', how: 'sync', option: '0' },
      'typeorm.createConnection': { kind: 'migrate', how: 'sync', option: '0' },
      'typeorm.createConnections': { kind: 'migrate', how: 'sync', option: '0.0' },
      '@nestjs/typeorm.TypeOrmModule.forRoot': { kind: 'migrate', how: 'sync', option: '0' },
      '@nestjs/typeorm.TypeOrmModule.forRootAsync': {
        kind: 'migrate',
        how: 'sync',
        option: '0.useFactory()',
      },
      '@nestjs/sequelize.SequelizeModule.forRootAsync': {
        kind: 'migrate',
        how: 'sync',
        option: '0.useFactory()',
      },
      '@nestjs/sequelize.SequelizeModule.forRoot': { kind: 'migrate', how: 'sync', option: '0' },
    },
  }),
  defineLibrary({
    packages: [...MIKRO_ORM, '@mikro-orm/nestjs', '@nestjs/sequelize'],
    objects: {
      orm: MIKRO_ORM.flatMap((name) => [
        `${name}.MikroORM.init()`,
        `${name}.MikroORM.initSync()`,
        `new ${name}.MikroORM()`,
        `<${name}.MikroORM>`,
      ]),
    },
    calls: {
      'orm.getMigrator().up': { kind: 'migrate', how: 'migrate' },
      'orm.migrator.up': { kind: 'migrate', how: 'migrate' },
      'orm.getSchemaGenerator().updateSchema': { kind: 'migrate', how: 'sync' },
      'orm.schema.updateSchema': { kind: 'migrate', how: 'sync' },
      'orm.schema.update': { kind: 'migrate', how: 'sync' },
      'orm.schema.refreshDatabase': { kind: 'migrate', how: 'reset' },
      'orm.schema.refresh': { kind: 'migrate', how: 'reset' },
      'orm.schema.dropSchema': { kind: 'migrate', how: 'reset' },
      'orm.getSchemaGenerator().refreshDatabase': { kind: 'migrate', how: 'reset' },
      'orm.getSchemaGenerator().dropSchema': { kind: 'migrate', how: 'reset' },
    },
  }),
  defineLibrary({
    packages: [
      'drizzle-orm',
      'node-pg-migrate',
      'migrate-mongo',
      'postgres-migrations',
      'db-migrate',
      'postgrator',
    ],
    calls: {
      ...Object.fromEntries(
        [
          'node-postgres',
          'postgres-js',
          'mysql2',
          'better-sqlite3',
          'libsql',
          'neon-http',
          'neon-serverless',
          'vercel-postgres',
          'pglite',
          'bun-sql',
          'bun-sqlite',
          'd1',
          'planetscale-serverless',
          'tidb-serverless',
        ].map((driver) => [
          `drizzle-orm/${driver}/migrator.migrate`,
          { kind: 'migrate', how: 'migrate' } as const,
        ]),
      ),
      'node-pg-migrate': { kind: 'migrate', how: 'migrate' },
      'node-pg-migrate.runner': { kind: 'migrate', how: 'migrate' },
      'migrate-mongo.up': { kind: 'migrate', how: 'migrate' },
      'postgres-migrations.migrate': { kind: 'migrate', how: 'migrate' },
      'new postgrator().migrate': { kind: 'migrate', how: 'migrate' },
      'db-migrate.getInstance().up': { kind: 'migrate', how: 'migrate' },
    },
  }),
];
