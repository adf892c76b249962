import { defineLibrary } from './library';

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
      '@nestjs/sequelize.SequelizeModule.forRoot': { kind: 'migrate', how: 'sync', option: '0' },
    },
  }),
  defineLibrary({
    packages: [
      '@mikro-orm/core',
      '@mikro-orm/postgresql',
      '@mikro-orm/mysql',
      '@mikro-orm/mongodb',
      '@mikro-orm/sqlite',
      '@mikro-orm/nestjs',
      '@nestjs/sequelize',
    ],
    objects: {
      orm: [
        '@mikro-orm/core.MikroORM.init()',
        '@mikro-orm/postgresql.MikroORM.init()',
        '@mikro-orm/mysql.MikroORM.init()',
        '<@mikro-orm/core.MikroORM>',
      ],
    },
    calls: {
      'orm.getMigrator().up': { kind: 'migrate', how: 'migrate' },
      'orm.migrator.up': { kind: 'migrate', how: 'migrate' },
      'orm.getSchemaGenerator().updateSchema': { kind: 'migrate', how: 'sync' },
      'orm.schema.updateSchema': { kind: 'migrate', how: 'sync' },
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
        ].map((driver) => [
          `drizzle-orm/${driver}/migrator.migrate`,
          { kind: 'migrate', how: 'migrate' } as const,
        ]),
      ),
      'node-pg-migrate': { kind: 'migrate', how: 'migrate' },
      'node-pg-migrate.runner': { kind: 'migrate', how: 'migrate' },
      'migrate-mongo.up': { kind: 'migrate', how: 'migrate' },
      'postgres-migrations.migrate': { kind: 'migrate', how: 'migrate' },
      'db-migrate.getInstance().up': { kind: 'migrate', how: 'migrate' },
    },
  }),
];
