import type { ServiceKind } from '../../vocabulary/services';
import type { ImageReference } from '../manifests/image';

/** A backing service that an image runs: its product, under one name for all its images, and its kind. */
export interface ServiceImage {
  readonly product: string;
  readonly service: ServiceKind;
}

const PRODUCTS: readonly (readonly [RegExp, string, ServiceKind])[] = [
  [
    /^(postgres|postgresql|postgis|timescaledb|timescaledb-ha|pgvector|postgresql-repmgr|cimg-postgres|supabase-postgres)$/,
    'PostgreSQL',
    'postgres',
  ],
  [/^(mysql|mysql-server|percona|percona-server)$/, 'MySQL', 'mysql'],
  [/^mariadb(-galera)?$/, 'MariaDB', 'mariadb'],
  [/^(mssql-server|mssql|azure-sql-edge|server)$/, 'SQL Server', 'mssql'],
  [
    /^(mongo|mongodb|mongodb-community-server|mongodb-sharded|percona-server-mongodb)$/,
    'MongoDB',
    'mongodb',
  ],
  [/^(redis|redis-stack|redis-stack-server|redis-cluster|redis-sentinel)$/, 'Redis', 'redis'],
  [/^(valkey)$/, 'Valkey', 'redis'],
  [/^(memcached)$/, 'Memcached', 'memcached'],
  [/^(rabbitmq)$/, 'RabbitMQ', 'amqp'],
  [/^(cp-kafka|kafka|redpanda|kafka-native)$/, 'Kafka', 'kafka'],
  [/^(nats|nats-streaming)$/, 'NATS', 'nats'],
  [/^(eclipse-mosquitto|mosquitto|emqx)$/, 'MQTT broker', 'mqtt'],
  [/^(elasticsearch|elasticsearch-oss)$/, 'Elasticsearch', 'elasticsearch'],
  [/^(opensearch)$/, 'OpenSearch', 'elasticsearch'],
  [/^(meilisearch)$/, 'Meilisearch', 'elasticsearch'],
  [/^(minio)$/, 'MinIO', 'object-storage'],
  [/^(openldap)$/, 'OpenLDAP', 'ldap'],
  [/^(neo4j)$/, 'Neo4j', 'sql'],
  [/^(cassandra)$/, 'Cassandra', 'sql'],
  [/^(couchdb)$/, 'CouchDB', 'sql'],
  [/^(influxdb)$/, 'InfluxDB', 'sql'],
  [/^(clickhouse|clickhouse-server)$/, 'ClickHouse', 'sql'],
  [/^(cockroach)$/, 'CockroachDB', 'postgres'],
];

/**
 * The backing service that an image runs.
 * @returns undefined for the app's own and all other images
 */
export function serviceImage(image: ImageReference): ServiceImage | undefined {
  const short = image.shortName.toLowerCase();
  // Of `mssql/server` the last part says nothing by itself.
  const name = short === 'server' && !/mssql/.test(image.name) ? '' : short;
  const found = PRODUCTS.find(([pattern]) => pattern.test(name));
  return found && { product: found[1], service: found[2] };
}
