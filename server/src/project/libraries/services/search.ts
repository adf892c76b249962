import { awaited } from '../closing';
import { lazy, once } from '../connect';
import { defineLibrary, each, type Library } from '../library';

/** Search engines, and databases for graphs, time series and wide rows. */
export const searchLibraries: readonly Library[] = [
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
    traits: ['data'],
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
    closing: {
      '@elastic/elasticsearch.Client': awaited('close'),
    },
  }),
];
