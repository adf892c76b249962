import { defineLibrary, type Library } from './library';
import type { ArgumentPath, Meaning, ServiceKind } from './meaning';

type Connect = Extract<Meaning, { kind: 'connect' }>;
type Places = Partial<
  Pick<Connect, 'url' | 'host' | 'port' | 'user' | 'password' | 'database' | 'file'>
>;

const each = (
  names: readonly string[],
  meaning: Meaning | readonly Meaning[],
): Record<string, Meaning | readonly Meaning[]> =>
  Object.fromEntries(names.map((name) => [name, meaning]));
const lazy = (service: ServiceKind, places: Places): Connect => ({
  kind: 'connect',
  service,
  attempt: 'lazy',
  ...places,
});
const once = (service: ServiceKind, places: Places = {}): Connect => ({
  kind: 'connect',
  service,
  attempt: 'once',
  ...places,
});

/** `{ host, port, user, password, database }` at some place of the arguments. */
const options = (at: string, urls: readonly ArgumentPath[] = [], user = 'user'): Places => ({
  url: [...urls, `${at}.url`, `${at}.uri`, `${at}.connectionString`].join('|'),
  host: `${at}.host|${at}.hostname|${at}.server`,
  port: `${at}.port`,
  user: `${at}.${user}|${at}.username`,
  password: `${at}.password|${at}.pass`,
  database: `${at}.database`,
});

/** Connects to this machine when it is given no more than `count` arguments. */
const localBelow = (count: number, meaning: Connect): Connect => ({
  ...meaning,
  localBelow: count,
});

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
const redis: Places = {
  url: '0|0.url',
  host: '0.host|0.socket.host|1.host|1',
  port: '0.port|0.socket.port',
  user: '0.username',
  password: '0.password|1.password|2.password',
};
const bull: Places = {
  url: '1|1.redis',
  host: '1.redis.host|1.connection.host',
  port: '1.redis.port|1.connection.port',
  password: '1.redis.password|1.connection.password',
};
const mailer: Places = {
  url: '0',
  host: '0.host|0.transport.host',
  port: '0.port',
  user: '0.auth.user|0.transport.auth.user',
  password: '0.auth.pass|0.transport.auth.pass',
};

/** Calls that connect to a backing service, or describe the connection. */
export const serviceLibraries: readonly Library[] = [
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
      'pg-boss',
      'postgres-bridge',
      'connect-pg-simple',
    ],
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
      'new pg-boss': lazy('postgres', options('0', ['0'])),
      'new connect-pg-simple()': lazy('postgres', {
        url: '0.conString',
        host: '0.conObject.host',
        user: '0.conObject.user',
        password: '0.conObject.password',
      }),
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
  }),
  defineLibrary({
    packages: ['mssql', 'tedious', 'oracledb'],
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
  defineLibrary({
    packages: [
      'mongodb',
      'mongoose',
      'monk',
      'mongojs',
      '@nestjs/mongoose',
      '@typegoose/typegoose',
      'connect-mongo',
      'connect-mongodb-session',
      '@fastify/mongodb',
      'fastify-mongodb',
      'agenda',
      'mongoist',
      'papr',
    ],
    objects: {
      client: ['new mongodb.MongoClient()', '<mongodb.MongoClient>', 'mongodb.MongoClient()'],
    },
    calls: {
      'new mongodb.MongoClient': lazy('mongodb', { url: '0', password: '1.auth.password' }),
      'mongodb.MongoClient.connect': once('mongodb', { url: '0' }),
      'new mongodb.MongoClient().connect': once('mongodb', { url: '0' }),
      'client.connect': once('mongodb', { url: '0' }),
      ...each(
        ['mongoose.connect', 'mongoose.default.connect'],
        once('mongodb', { url: '0', user: '1.user', password: '1.pass' }),
      ),
      ...each(
        ['mongoose.createConnection', 'mongoose.default.createConnection'],
        lazy('mongodb', { url: '0', user: '1.user', password: '1.pass' }),
      ),
      monk: lazy('mongodb', { url: '0' }),
      mongojs: lazy('mongodb', { url: '0' }),
      '@nestjs/mongoose.MongooseModule.forRoot': lazy('mongodb', { url: '0', password: '1.pass' }),
      '@nestjs/mongoose.MongooseModule.forRootAsync': lazy('mongodb', {
        url: '0.useFactory().uri',
      }),
      'connect-mongo.create': lazy('mongodb', { url: '0.mongoUrl' }),
      'connect-mongo.default.create': lazy('mongodb', { url: '0.mongoUrl' }),
      'new connect-mongo()': lazy('mongodb', { url: '0.url|0.mongoUrl' }),
      'new connect-mongodb-session()': lazy('mongodb', { url: '0.uri' }),
      ...each(
        ['new agenda', 'new agenda.Agenda', 'new agenda.default'],
        lazy('mongodb', { url: '0.db.address' }),
      ),
    },
    plugins: each(['@fastify/mongodb', 'fastify-mongodb'], lazy('mongodb', { url: '1.url' })),
  }),
  defineLibrary({
    packages: [
      'redis',
      'ioredis',
      '@redis/client',
      'node-redis',
      'handy-redis',
      '@upstash/redis',
      'connect-redis',
      '@fastify/redis',
      'fastify-redis',
      'redis-om',
      'cache-manager-redis-store',
      'cache-manager-ioredis',
      '@nestjs/microservices',
      'nestjs-redis',
      '@liaoliaots/nestjs-redis',
      'socket.io-redis',
      '@socket.io/redis-adapter',
      'async-redis',
      'rsmq',
      'keyv',
      '@keyv/redis',
      '@nestjs-modules/ioredis',
      '@nestjs/cache-manager',
    ],
    objects: {
      client: ['redis.createClient()', '@redis/client.createClient()', '<redis.RedisClientType>'],
    },
    calls: {
      ...each(
        [
          'redis.createClient',
          '@redis/client.createClient',
          'redis.createCluster',
          'async-redis.createClient',
          'new redis.RedisClient',
        ],
        localBelow(0, lazy('redis', redis)),
      ),
      // Keeps trying by itself, with growing delays.
      'client.connect': lazy('redis', {}),
      ...each(
        [
          'new ioredis',
          'new ioredis.Redis',
          'new ioredis.default',
          'ioredis',
          'ioredis.createClient',
        ],
        localBelow(0, lazy('redis', redis)),
      ),
      'new ioredis.Cluster': lazy('redis', {
        host: '0.*.host',
        password: '1.redisOptions.password',
      }),
      'new @upstash/redis.Redis': lazy('redis', { url: '0.url', password: '0.token' }),
      'socket.io-redis': lazy('redis', { host: '0.host', url: '0' }),
      'new connect-redis()': lazy('redis', { host: '0.host', url: '0.url', password: '0.pass' }),
      'new @keyv/redis': lazy('redis', { url: '0' }),
      'new keyv': lazy('redis', { url: '0' }),
      'new rsmq': lazy('redis', { host: '0.host' }),
      '@nestjs-modules/ioredis.RedisModule.forRoot': lazy('redis', {
        url: '0.url|0.options.url',
        host: '0.options.host',
      }),
      '@nestjs-modules/ioredis.RedisModule.forRootAsync': lazy('redis', {
        url: '0.useFactory().url',
      }),
      ...each(
        ['@liaoliaots/nestjs-redis.RedisModule.forRoot', 'nestjs-redis.RedisModule.register'],
        lazy('redis', { url: '0.config.url|0.url', host: '0.config.host|0.host' }),
      ),
      ...each(
        ['@nestjs/cache-manager.CacheModule.register', '@nestjs/common.CacheModule.register'],
        lazy('redis', { url: '0.url', host: '0.host', password: '0.password' }),
      ),
      '@nestjs/microservices.ClientsModule.register': lazy('queue', {
        url: '0.*.options.url|0.*.options.urls.*|0.*.options.servers.*|0.*.options.client.brokers.*',
        host: '0.*.options.host',
        password: '0.*.options.password',
      }),
      '@nestjs/core.NestFactory.createMicroservice': lazy('queue', {
        url: '1.options.urls.*|1.options.servers.*|1.options.client.brokers.*',
      }),
    },
    plugins: each(
      ['@fastify/redis', 'fastify-redis'],
      lazy('redis', { host: '1.host', url: '1.url', password: '1.password' }),
    ),
  }),
  defineLibrary({
    packages: ['sequelize', 'sequelize-typescript', '@sequelize/core', '@nestjs/sequelize'],
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
  }),
  defineLibrary({
    packages: ['typeorm', '@nestjs/typeorm'],
    objects: { source: ['new typeorm.DataSource()', '<typeorm.DataSource>'] },
    calls: {
      'new typeorm.DataSource': typeorm('lazy', '0'),
      ...each(['typeorm.createConnection', 'typeorm.createConnections'], typeorm('once', '0')),
      'source.initialize': once('sql'),
      '@nestjs/typeorm.TypeOrmModule.forRoot': typeorm('lazy', '0'),
      '@nestjs/typeorm.TypeOrmModule.forRootAsync': typeorm('lazy', '0.useFactory()'),
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
    ],
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
    ],
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
  }),
  defineLibrary({
    packages: [
      'amqplib',
      'amqplib/callback_api',
      'amqp-connection-manager',
      'rhea',
      'amqp',
      '@golevelup/nestjs-rabbitmq',
      'rascal',
    ],
    calls: {
      ...each(
        ['amqplib.connect', 'amqplib/callback_api.connect'],
        localBelow(
          0,
          once('amqp', {
            url: '0',
            host: '0.hostname',
            user: '0.username',
            password: '0.password',
          }),
        ),
      ),
      'amqp-connection-manager.connect': lazy('amqp', { url: '0|0.*' }),
      'amqp.createConnection': once('amqp', {
        host: '0.host',
        url: '0.url',
        password: '0.password',
      }),
      '@golevelup/nestjs-rabbitmq.RabbitMQModule.forRoot': lazy('amqp', { url: '1.uri|0.uri' }),
    },
  }),
  defineLibrary({
    packages: [
      'kafkajs',
      'node-rdkafka',
      'kafka-node',
      'nats',
      'mqtt',
      'async-mqtt',
      'stompit',
      'node-nats-streaming',
      'zeromq',
      '@confluentinc/kafka-javascript',
    ],
    calls: {
      'new kafkajs.Kafka': lazy('kafka', {
        host: '0.brokers.*',
        user: '0.sasl.username',
        password: '0.sasl.password',
      }),
      'new kafka-node.KafkaClient': lazy('kafka', { host: '0.kafkaHost' }),
      ...each(
        ['new node-rdkafka.Producer', 'new node-rdkafka.KafkaConsumer'],
        lazy('kafka', { host: '0.metadata.broker.list' }),
      ),
      'nats.connect': localBelow(
        0,
        once('nats', { url: '0.servers|0.servers.*|0', password: '0.pass' }),
      ),
      ...each(
        ['mqtt.connect', 'async-mqtt.connect', 'async-mqtt.connectAsync', 'mqtt.connectAsync'],
        lazy('mqtt', {
          url: '0',
          host: '0.host',
          user: '1.username|0.username',
          password: '1.password|0.password',
        }),
      ),
      'node-nats-streaming.connect': once('nats', { url: '2.url' }),
    },
  }),
  defineLibrary({
    packages: [
      'bull',
      'bullmq',
      'bee-queue',
      'kue',
      'rsmq-worker',
      '@nestjs/bull',
      '@nestjs/bullmq',
      'node-resque',
      'resque',
    ],
    calls: {
      ...each(['new bull', 'bull'], localBelow(1, lazy('queue', bull))),
      ...each(
        ['new bullmq.Queue', 'new bullmq.QueueEvents', 'new bullmq.FlowProducer'],
        lazy('queue', { ...bull, url: '1.connection.url' }),
      ),
      'new bullmq.Worker': lazy('queue', {
        host: '2.connection.host',
        url: '2.connection.url',
        password: '2.connection.password',
      }),
      'new bee-queue': localBelow(
        1,
        lazy('queue', { host: '1.redis.host', url: '1.redis.url|1.redis' }),
      ),
      'kue.createQueue': lazy('queue', {
        host: '0.redis.host',
        url: '0.redis',
        password: '0.redis.auth',
      }),
      ...each(
        ['@nestjs/bull.BullModule.forRoot', '@nestjs/bull.BullModule.registerQueue'],
        lazy('queue', { host: '0.redis.host', url: '0.url|0.redis', password: '0.redis.password' }),
      ),
      ...each(
        ['@nestjs/bullmq.BullModule.forRoot', '@nestjs/bullmq.BullModule.registerQueue'],
        lazy('queue', {
          host: '0.connection.host',
          url: '0.connection.url',
          password: '0.connection.password',
        }),
      ),
      ...each(
        ['@nestjs/bull.BullModule.forRootAsync'],
        lazy('queue', {
          host: '0.useFactory().redis.host',
          password: '0.useFactory().redis.password',
        }),
      ),
      ...each(
        ['@nestjs/bullmq.BullModule.forRootAsync'],
        lazy('queue', {
          host: '0.useFactory().connection.host',
          password: '0.useFactory().connection.password',
        }),
      ),
    },
  }),
  defineLibrary({
    packages: [
      '@elastic/elasticsearch',
      'elasticsearch',
      '@opensearch-project/opensearch',
      '@nestjs/elasticsearch',
      'meilisearch',
      'typesense',
      '@elastic/elasticsearch-mock',
      'solr-client',
      'neo4j-driver',
      'cassandra-driver',
      'arangojs',
      'influx',
      '@influxdata/influxdb-client',
      'nano',
      'couchbase',
      'rethinkdb',
      '@clickhouse/client',
      'gremlin',
      '@qdrant/js-client-rest',
    ],
    calls: {
      ...each(
        [
          'new @elastic/elasticsearch.Client',
          'new @opensearch-project/opensearch.Client',
          '@nestjs/elasticsearch.ElasticsearchModule.register',
        ],
        lazy('elasticsearch', {
          url: '0.node|0.nodes|0.nodes.*|0.node.url',
          user: '0.auth.username',
          password: '0.auth.password|0.auth.apiKey',
        }),
      ),
      ...each(
        ['new elasticsearch.Client', 'elasticsearch.Client'],
        lazy('elasticsearch', { url: '0.host|0.hosts|0.hosts.*' }),
      ),
      'new meilisearch.MeiliSearch': lazy('elasticsearch', { url: '0.host', password: '0.apiKey' }),
      'new typesense.Client': lazy('elasticsearch', {
        host: '0.nodes.*.host',
        password: '0.apiKey',
      }),
      'neo4j-driver.driver': lazy('sql', { url: '0' }),
      'neo4j-driver.auth.basic': lazy('sql', { user: '0', password: '1' }),
      'new cassandra-driver.Client': lazy('sql', {
        host: '0.contactPoints.*',
        user: '0.credentials.username',
        password: '0.credentials.password',
      }),
      'new arangojs.Database': lazy('sql', { url: '0.url|0' }),
      'new influx.InfluxDB': lazy('sql', { host: '0.host', url: '0', password: '0.password' }),
      'new @influxdata/influxdb-client.InfluxDB': lazy('sql', {
        url: '0.url',
        password: '0.token',
      }),
      nano: lazy('sql', { url: '0|0.url' }),
      'couchbase.connect': once('sql', { url: '0', user: '1.username', password: '1.password' }),
      'rethinkdb.connect': once('sql', { host: '0.host', password: '0.password' }),
      '@clickhouse/client.createClient': lazy('sql', {
        url: '0.url|0.host',
        password: '0.password',
      }),
      'new @qdrant/js-client-rest.QdrantClient': lazy('sql', { url: '0.url' }),
    },
  }),
  defineLibrary({
    packages: [
      'minio',
      '@aws-sdk/client-s3',
      'aws-sdk',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-sqs',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-ses',
      '@google-cloud/storage',
      'aws-sdk/clients/s3',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-kinesis',
      '@azure/storage-blob',
      '@azure/storage-queue',
      '@azure/service-bus',
      '@azure/event-hubs',
      '@azure/cosmos',
      '@azure/data-tables',
    ],
    calls: {
      'new @google-cloud/storage.Storage': lazy('object-storage', { url: '0.apiEndpoint' }),
      ...each(
        [
          'new @azure/storage-blob.BlobServiceClient',
          '@azure/storage-blob.BlobServiceClient.fromConnectionString',
          'new @azure/storage-blob.ContainerClient',
        ],
        lazy('object-storage', { url: '0' }),
      ),
      ...each(
        [
          'new @azure/storage-queue.QueueServiceClient',
          '@azure/storage-queue.QueueServiceClient.fromConnectionString',
          'new @azure/service-bus.ServiceBusClient',
          'new @azure/event-hubs.EventHubProducerClient',
        ],
        lazy('queue', { url: '0' }),
      ),
      'new @azure/cosmos.CosmosClient': lazy('sql', { url: '0.endpoint|0', password: '0.key' }),
      'new @azure/data-tables.TableClient': lazy('sql', { url: '0' }),
      'new minio.Client': lazy('object-storage', {
        host: '0.endPoint',
        port: '0.port',
        user: '0.accessKey',
        password: '0.secretKey',
      }),
      ...each(
        ['new minio', 'new minio.default'],
        lazy('object-storage', {
          host: '0.endPoint',
          port: '0.port',
          user: '0.accessKey',
          password: '0.secretKey',
        }),
      ),
      ...each(
        [
          'new @aws-sdk/client-s3.S3Client',
          'new @aws-sdk/client-s3.S3',
          'new aws-sdk.S3',
          'new aws-sdk/clients/s3',
        ],
        lazy('object-storage', {
          url: '0.endpoint',
          password: '0.credentials.secretAccessKey|0.secretAccessKey',
        }),
      ),
      ...each(
        [
          'DynamoDBClient:client-dynamodb',
          'DynamoDB:client-dynamodb',
          'SQSClient:client-sqs',
          'SQS:client-sqs',
          'SNSClient:client-sns',
          'SESClient:client-ses',
          'SecretsManagerClient:client-secrets-manager',
          'KinesisClient:client-kinesis',
        ].map((entry) => {
          const [name = '', from = ''] = entry.split(':');
          return `new @aws-sdk/${from}.${name}`;
        }),
        lazy('http', { url: '0.endpoint', password: '0.credentials.secretAccessKey' }),
      ),
      ...each(
        [
          'SQS',
          'SNS',
          'SES',
          'DynamoDB',
          'DynamoDB.DocumentClient',
          'Lambda',
          'SecretsManager',
          'CognitoIdentityServiceProvider',
          'CloudWatchLogs',
          'Kinesis',
          'EC2',
          'Rekognition',
          'Endpoint',
        ].map((name) => `new aws-sdk.${name}`),
        lazy('http', {
          url: '0.endpoint',
          password: '0.secretAccessKey|0.credentials.secretAccessKey',
        }),
      ),
      'aws-sdk.config.update': lazy('http', {
        url: '0.endpoint',
        password: '0.secretAccessKey|0.credentials.secretAccessKey',
      }),
    },
  }),
  defineLibrary({
    packages: [
      'nodemailer',
      '@nestjs-modules/mailer',
      'emailjs',
      'email-templates',
      'fastify-mailer',
      'nodemailer-smtp-transport',
      'imap',
      'imapflow',
      'smtp-client',
    ],
    calls: {
      ...each(
        [
          'nodemailer.createTransport',
          'nodemailer.default.createTransport',
          'nodemailer-smtp-transport',
        ],
        lazy('smtp', mailer),
      ),
      '@nestjs-modules/mailer.MailerModule.forRoot': lazy('smtp', {
        url: '0.transport',
        host: '0.transport.host',
        user: '0.transport.auth.user',
        password: '0.transport.auth.pass',
      }),
      '@nestjs-modules/mailer.MailerModule.forRootAsync': lazy('smtp', {
        url: '0.useFactory().transport',
        host: '0.useFactory().transport.host',
        user: '0.useFactory().transport.auth.user',
        password: '0.useFactory().transport.auth.pass',
      }),
      'new emailjs.SMTPClient': lazy('smtp', {
        host: '0.host',
        user: '0.user',
        password: '0.password',
      }),
      ...each(
        ['new imap', 'new imapflow.ImapFlow'],
        lazy('smtp', {
          host: '0.host',
          user: '0.user|0.auth.user',
          password: '0.password|0.auth.pass',
        }),
      ),
    },
    plugins: {
      'fastify-mailer': lazy('smtp', {
        host: '1.transport.host',
        user: '1.transport.auth.user',
        password: '1.transport.auth.pass',
      }),
    },
  }),
  defineLibrary({
    packages: [
      'memcached',
      'memjs',
      'ldapjs',
      'ldapts',
      'activedirectory',
      'activedirectory2',
      'passport-ldapauth',
      'ssh2',
      'ssh2-sftp-client',
      'basic-ftp',
      'ftp',
      'node-ssh',
    ],
    calls: {
      'new memcached': lazy('memcached', { host: '0|0.*' }),
      'memjs.Client.create': lazy('memcached', { host: '0', password: '1.password' }),
      'ldapjs.createClient': lazy('ldap', { url: '0.url' }),
      'new ldapts.Client': lazy('ldap', { url: '0.url' }),
      ...each(
        ['new activedirectory', 'new activedirectory2', 'new activedirectory2.ActiveDirectory'],
        lazy('ldap', { url: '0.url|0', password: '0.password|3' }),
      ),
      'new passport-ldapauth': lazy('ldap', {
        url: '0.server.url',
        password: '0.server.bindCredentials',
      }),
    },
  }),
];
