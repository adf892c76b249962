import { DEVELOPMENT, NOT_DEPLOYED, PRODUCTION } from '../../vocabulary/environments';
import { DEPLOYING } from '../../vocabulary/processes';
import { vocabulary } from '../../vocabulary/vocabulary';
import type { ComposeFile } from '../manifests/compose';

/** Services to develop against, or a source tree mounted into the container: nobody deploys it. */
export function isComposeForDevelopment({ path, production, services }: ComposeFile): boolean {
  if (!production) return true;
  if (PRODUCTION.isIn(path) || DEPLOYING.isIn(path) || SWARM.isIn(path)) return false;
  const isApp = ({ name, build, image }: ComposeFile['services'][number]): boolean =>
    // `build` of a database with extensions, or of what migrates it, is none of the app.
    build !== undefined
      ? !isBackingImage(name) && !/^(db|database)\b/.test(name)
      : image !== undefined && !isBackingImage(image.value) && !isBackingImage(name);
  if (!services.some(isApp)) return true;
  return services.some(
    (service) =>
      (service.build !== undefined &&
        service.volumes.some(({ bind, source, target }) => bind && isSourceTree(source, target))) ||
      service.environment.some(
        ({ name, value }) =>
          // Also in `${NODE_ENV:-development}`.
          name === 'NODE_ENV' && value !== undefined && NOT_DEPLOYED.isIn(value),
      ) ||
      WATCHING.isIn(commandOf(service)),
  );
}

/** What a service runs; `/dev/null` and its like say nothing about development. */
function commandOf({ command }: ComposeFile['services'][number]): string {
  const text = command?.text?.text ?? command?.words.map(({ value }) => value).join(' ') ?? '';
  return text.replaceAll(/\/dev\/\w+/g, '');
}

/** What is handed to a cluster. */
const SWARM = vocabulary(['Docker’s own cluster', 'stack swarm']);
/** What a command says that developers run: `npm run start:dev`. */
const WATCHING = vocabulary(...DEVELOPMENT.groups, ['watchers', 'watch nodemon']);

/** Is an image one that other services lean on: a database, a broker, a tool to look into them? */
export function isBackingImage(image: string): boolean {
  return BACKING.test(image.replace(/^.*\//, ''));
}

/** Images that other services lean on, and tools to look into them. */
const BACKING =
  /^(?:postgres|postgis|timescaledb|pgvector|mysql|mariadb|percona|mongo|redis|valkey|keydb|memcached|rabbitmq|kafka|zookeeper|cp-\w+|nats|mosquitto|elasticsearch|opensearch|kibana|minio|localstack|mailhog|mailpit|maildev|mailcatcher|adminer|pgadmin|phpmyadmin|mongo-express|redis-commander|redisinsight|azurite|dynamodb-local|cassandra|neo4j|influxdb|clickhouse|cockroach|couchdb|mssql|server:20|azure-sql-edge|oracle|vault|consul|etcd|jaeger|zipkin|prometheus|grafana|otel|keycloak|meilisearch|typesense|nginx|traefik|caddy|haproxy|fake-gcs|firebase|pulsar|redpanda|arangodb|surrealdb|solr|electric(?:$|:)|s2(?:$|[:@])|toxiproxy)/i;

function isSourceTree(source: string | undefined, target: string): boolean {
  return (
    /^\.{1,2}\/?$|^\.\/(?:src|app|server|api|backend)\b|^\$\{?PWD\}?\/?$/.test(source ?? '') ||
    /^\/(?:usr\/src\/app|app|src)(?:\/src)?\/?$/.test(target)
  );
}
