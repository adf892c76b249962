import { defineLibrary, type Library } from './library';
import type { LogOutput, Meaning } from './meaning';

type LogFile = Extract<Meaning, { kind: 'log-file' }>;
type LogOutputs = Extract<Meaning, { kind: 'log-outputs' }>;

const file = (library: string, path: string, extra: Partial<LogFile> = {}): Meaning => ({ kind: 'log-file', library, path, ...extra });
const stream = (library: string, ...streams: readonly string[]): Meaning => ({ kind: 'log-stream', library, streams });
const ships = (target: string): Meaning => ({ kind: 'log-shipper', target });
const shippers = (targets: Readonly<Record<string, string>>): Record<string, Meaning> =>
  Object.fromEntries(Object.entries(targets).map(([callee, target]) => [callee, ships(target)]));

const to = (target: string): LogOutput => ({ ships: target });
/** Worker transports of pino by the module that `target` names. */
const PINO_TARGETS: Readonly<Record<string, LogOutput>> = {
  // Without a destination it writes to stdout.
  'pino/file': { file: 'options.destination', optional: true },
  'pino-pretty': { file: 'options.destination', optional: true },
  'pino-roll': { file: 'options.file' },
  'pino-rotating-file-stream': { file: 'options.filename' },
  '@jgoz/pino-rotating-file': { file: 'options.file' },
  'pino-rotate-file': { file: 'options.folder' },
  'pino-loki': to('Loki'),
  'pino-datadog-transport': to('Datadog'),
  'pino-datadog': to('Datadog'),
  'pino-elasticsearch': to('Elasticsearch'),
  'pino-opensearch': to('OpenSearch'),
  'pino-syslog': to('syslog'),
  'pino-socket': to('a socket'),
  'pino-seq': to('Seq'),
  'pino-mongodb': to('MongoDB'),
  'pino-slack-webhook': to('Slack'),
  'pino-cloudwatch-transport': to('CloudWatch'),
  '@serdnam/pino-cloudwatch-transport': to('CloudWatch'),
  'pino-logflare': to('Logflare'),
  'pino-papertrail': to('Papertrail'),
  'pino-stackdriver': to('Google Cloud Logging'),
  'pino-telegram-webhook': to('Telegram'),
  'pino-discord-webhook': to('Discord'),
  'pino-gelf': to('Graylog'),
  '@logtail/pino': to('Logtail'),
  '@axiomhq/pino': to('Axiom'),
  '@logdna/pino': to('LogDNA'),
  'pino-http-send': to('HTTP'),
};
const pinoOutputs = (...places: readonly string[]): LogOutputs => ({
  kind: 'log-outputs',
  library: 'pino',
  entries: places.flatMap((place) => [place, `${place}.targets.*`, `${place}.pipeline.*`]),
  type: 'target',
  outputs: PINO_TARGETS,
});
/** `pino(options, destination)` and what takes the same two. */
const pino: readonly Meaning[] = [pinoOutputs('0.transport'), stream('pino', '0', '1', '0.stream')];
const fastifyLogger: readonly Meaning[] = [
  pinoOutputs('0.logger.transport'),
  file('pino', '0.logger.file', { optional: true }),
  stream('pino', '0.logger.stream'),
];
const bunyanOutputs = (entries: string): Meaning => ({ kind: 'log-outputs', library: 'bunyan', entries: [entries], outputs: { '': { file: 'path', optional: true } } });

/** Where log lines go other than stdout: files and services. */
export const logLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['winston', 'winston-daily-rotate-file'],
    calls: {
      'new winston.transports.File': file('winston', '0.filename|0.stream'),
      'winston.transports.File': file('winston', '0.filename|0.stream'),
      'new winston.transports.DailyRotateFile': file('winston', '0.filename'),
      'new winston-daily-rotate-file': file('winston', '0.filename'),
      'new winston-daily-rotate-file.DailyRotateFile': file('winston', '0.filename'),
      'new winston.transports.Stream': stream('winston', '0.stream'),
      'new winston.transports.Http': ships('HTTP'),
    },
  }),
  defineLibrary({
    packages: ['pino', 'pino-http', 'nestjs-pino', 'koa-pino-logger', 'express-pino-logger', 'pino-multi-stream', 'sonic-boom', 'fastify', 'hapi-pino'],
    calls: {
      pino,
      'pino.pino': pino,
      'pino.destination': file('pino', '0.dest|0', { optional: true }),
      'pino.extreme': file('pino', '0', { optional: true }),
      'pino.transport': pinoOutputs('0'),
      'pino.multistream': stream('pino', '0.*.stream', '0.stream'),
      'pino-multi-stream.multistream': stream('pino', '0.*.stream'),
      'pino-multi-stream': stream('pino', '0.streams.*.stream'),
      'pino-http': pino,
      'pino-http.pinoHttp': pino,
      'koa-pino-logger': pino,
      'express-pino-logger': pino,
      'nestjs-pino.LoggerModule.forRoot': [pinoOutputs('0.pinoHttp.transport', '0.pinoHttp.0.transport'), stream('pino', '0.pinoHttp.stream', '0.pinoHttp.1', '0.pinoHttp')],
      'new sonic-boom': file('pino', '0.dest', { optional: true }),
      'new sonic-boom.SonicBoom': file('pino', '0.dest', { optional: true }),
      fastify: fastifyLogger,
      'fastify.fastify': fastifyLogger,
      'fastify.default': fastifyLogger,
      'fastify.Fastify': fastifyLogger,
    },
  }),
  defineLibrary({
    packages: ['bunyan', 'bunyan-rotating-file-stream', 'bunyan-daily-rotating-file'],
    calls: {
      'bunyan.createLogger': [bunyanOutputs('0.streams.*'), stream('bunyan', '0.streams.*.stream', '0.stream')],
      'new bunyan': [bunyanOutputs('0.streams.*'), stream('bunyan', '0.streams.*.stream', '0.stream')],
      'bunyan.createLogger().addStream': [bunyanOutputs('0'), stream('bunyan', '0.stream')],
      'new bunyan-rotating-file-stream': file('bunyan', '0.path'),
    },
  }),
  defineLibrary({
    packages: ['log4js'],
    calls: {
      'log4js.configure': {
        kind: 'log-outputs',
        library: 'log4js',
        entries: ['0.appenders.*'],
        type: 'type',
        outputs: {
          file: { file: 'filename' },
          fileSync: { file: 'filename' },
          dateFile: { file: 'filename' },
          datefile: { file: 'filename' },
          multiFile: { file: 'base' },
          logstashUDP: to('Logstash'),
          logstashHTTP: to('Logstash'),
          '@log4js-node/logstashudp': to('Logstash'),
          '@log4js-node/logstash-http': to('Logstash'),
          loggly: to('Loggly'),
          '@log4js-node/loggly': to('Loggly'),
          gelf: to('Graylog'),
          '@log4js-node/gelf': to('Graylog'),
          slack: to('Slack'),
          '@log4js-node/slack': to('Slack'),
          smtp: to('mail'),
          '@log4js-node/smtp': to('mail'),
          redis: to('Redis'),
          '@log4js-node/redis': to('Redis'),
          rabbitmq: to('RabbitMQ'),
          '@log4js-node/rabbitmq': to('RabbitMQ'),
          tcp: to('a TCP server'),
          hipchat: to('HipChat'),
          'logFaces-HTTP': to('logFaces'),
          'logFaces-UDP': to('logFaces'),
        },
      },
    },
  }),
  defineLibrary({
    packages: ['morgan', 'koa-morgan', 'console'],
    calls: {
      morgan: stream('morgan', '1.stream', '0.stream'),
      'koa-morgan': stream('morgan', '1.stream', '0.stream'),
      'new console.Console': stream('console', '0', '1', '0.stdout', '0.stderr'),
      'console.Console': stream('console', '0', '1', '0.stdout', '0.stderr'),
    },
  }),
  defineLibrary({
    packages: ['rotating-file-stream', 'file-stream-rotator', 'logrotate-stream', 'stream-file-archive', 'simple-node-logger', 'tracer', 'log-timestamp', 'node-file-logger', 'file-logger'],
    calls: {
      'rotating-file-stream': file('rotating-file-stream', '0'),
      'rotating-file-stream.createStream': file('rotating-file-stream', '0'),
      'rotating-file-stream.default': file('rotating-file-stream', '0'),
      'file-stream-rotator.getStream': file('file-stream-rotator', '0.filename'),
      'new file-stream-rotator': file('file-stream-rotator', '0.filename', { optional: true }),
      'logrotate-stream': file('logrotate-stream', '0.file'),
      'new stream-file-archive': file('stream-file-archive', '0.path'),
      'simple-node-logger.createSimpleFileLogger': file('simple-node-logger', '0.logFilePath|0'),
      'simple-node-logger.createRollingFileLogger': file('simple-node-logger', '0.logDirectory'),
      'simple-node-logger.createSimpleLogger': file('simple-node-logger', '0.logFilePath|0', { optional: true }),
      'tracer.dailyfile': file('tracer', '0.root'),
    },
  }),
  defineLibrary({
    packages: [
      'winston-loggly-bulk', 'winston-loggly', 'winston-syslog', 'winston-elasticsearch', 'winston-logstash', 'winston-cloudwatch', 'winston-aws-cloudwatch', 'winston-papertrail',
      'winston-slack-webhook-transport', 'winston-slack', 'winston-loki', '@logtail/winston', '@google-cloud/logging-winston', '@google-cloud/logging-bunyan', 'winston-graylog2', 'winston-mongodb',
      'winston-telegram', 'winston-discord', 'winston-discord-transport', 'winston-mail', 'datadog-winston', 'winston-azure-application-insights', 'winston-redis', 'winston-transport-http', 'logdna-winston', 'winston-sumologic-transport', 'winston-splunk-httplogger', 'winston-newrelic-logs-transport', '@axiomhq/winston', 'winston-seq', '@datalust/winston-seq', 'winston-logzio', 'winston3-graylog2', 'winston-fluentd',
      'bunyan-syslog', 'bunyan-loggly', 'bunyan-slack', 'bunyan-logstash-tcp', 'bunyan-logstash', 'gelf-stream', 'bunyan-elasticsearch', 'bunyan-cloudwatch',
    ],
    calls: shippers({
      'new winston.transports.Loggly': 'Loggly', 'new winston-loggly-bulk.Loggly': 'Loggly', 'new winston-loggly.Loggly': 'Loggly',
      'new winston.transports.Syslog': 'syslog', 'new winston-syslog.Syslog': 'syslog', 'new winston-syslog': 'syslog',
      'new winston.transports.Elasticsearch': 'Elasticsearch', 'new winston-elasticsearch.ElasticsearchTransport': 'Elasticsearch', 'new winston-elasticsearch': 'Elasticsearch',
      'new winston.transports.Logstash': 'Logstash', 'new winston-logstash': 'Logstash', 'new winston-logstash/lib/winston-logstash-latest': 'Logstash', 'new winston-logstash.LogstashTransport': 'Logstash',
      'new winston-cloudwatch': 'CloudWatch', 'new winston-aws-cloudwatch': 'CloudWatch',
      'new winston.transports.Papertrail': 'Papertrail', 'new winston-papertrail.Papertrail': 'Papertrail', 'new winston-papertrail.PapertrailTransport': 'Papertrail',
      'new winston-slack-webhook-transport': 'Slack', 'new winston-slack': 'Slack', 'new winston.transports.Slack': 'Slack',
      'new winston-loki': 'Loki', 'new winston-loki.LokiTransport': 'Loki', 'new @logtail/winston.LogtailTransport': 'Logtail',
      'new @google-cloud/logging-winston.LoggingWinston': 'Google Cloud Logging', 'new @google-cloud/logging-bunyan.LoggingBunyan': 'Google Cloud Logging',
      'new winston-graylog2': 'Graylog', 'new winston3-graylog2': 'Graylog', 'new winston.transports.MongoDB': 'MongoDB', 'new winston-mongodb.MongoDB': 'MongoDB',
      'new winston-telegram': 'Telegram', 'new winston-discord': 'Discord', 'new winston-discord-transport': 'Discord', 'new winston.transports.Mail': 'mail', 'new winston-mail.Mail': 'mail',
      'new datadog-winston': 'Datadog', 'new winston-redis': 'Redis', 'new logdna-winston': 'LogDNA', 'new winston-sumologic-transport.SumoLogic': 'Sumo Logic', 'new winston-splunk-httplogger': 'Splunk',
      'new winston-newrelic-logs-transport': 'New Relic', 'new @axiomhq/winston.WinstonTransport': 'Axiom', 'new @datalust/winston-seq.SeqTransport': 'Seq', 'new winston-logzio': 'Logz.io',
      'bunyan-syslog.createBunyanStream': 'syslog', 'new bunyan-loggly': 'Loggly', 'new bunyan-slack': 'Slack', 'bunyan-logstash-tcp.createStream': 'Logstash', 'bunyan-logstash.createStream': 'Logstash',
      'gelf-stream.forBunyan': 'Graylog', 'new bunyan-elasticsearch': 'Elasticsearch', 'bunyan-cloudwatch': 'CloudWatch',
    }),
  }),
  defineLibrary({
    packages: ['syslog-client', 'modern-syslog', 'node-syslog', 'fluent-logger', '@fluent-org/logger', '@logdna/logger', 'logdna', 'node-loggly-bulk', 'loggly', 'le_node', 'r7insight_node', 'gelf-pro', 'logzio-nodejs', '@logtail/node', 'splunk-logging', 'logstash-client', '@axiomhq/logging'],
    calls: shippers({
      'syslog-client.createClient': 'syslog', 'modern-syslog.open': 'syslog', 'node-syslog.init': 'syslog',
      'fluent-logger.configure': 'Fluentd', 'fluent-logger.createFluentSender': 'Fluentd', 'fluent-logger.support.winstonTransport': 'Fluentd', 'new @fluent-org/logger.FluentClient': 'Fluentd',
      '@logdna/logger.createLogger': 'LogDNA', 'logdna.createLogger': 'LogDNA', 'node-loggly-bulk.createClient': 'Loggly', 'loggly.createClient': 'Loggly',
      'new le_node': 'Logentries', 'new r7insight_node': 'InsightOps', 'gelf-pro.setConfig': 'Graylog', 'logzio-nodejs.createLogger': 'Logz.io', 'new @logtail/node.Logtail': 'Logtail',
      'new splunk-logging.Logger': 'Splunk', 'new logstash-client': 'Logstash',
    }),
  }),
];
