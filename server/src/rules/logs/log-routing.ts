import { defineRule } from '../../engine/rule';
import { logPlaces } from '../../project/disk/log-places';

export default defineRule({
  id: 'log-routing',
  factor: 'logs',
  severity: 'information',
  since: '0.1.0',
  summary: 'The app ships its logs to a service itself.',
  why: 'Routing and storing logs is the environment’s business: it collects stdout of every process and sends it where it belongs, which may differ by deploy and change without a release. An app that ships its own logs needs credentials and network for it, loses what it has buffered when it crashes, slows down or fails with the log service, and has to be changed to send its logs elsewhere.',
  whenNotToUse:
    'When the platform offers no way to collect stdout. Exporters of OpenTelemetry and error trackers are not meant.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    ships:
      'The app ships its logs to {target} itself; write to stdout and let the platform route them.',
  },
  meaning(found, context) {
    if (found.call.context.includes('development')) return;
    for (const { kind, name, at } of logPlaces(found, context.model)) {
      if (kind !== 'service') continue;
      context.report({
        at,
        message: 'ships',
        data: { target: name },
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'winston to Loggly',
        path: 'logger.js',
        code: `const winston = require('winston');
const { Loggly } = require('winston-loggly-bulk');
winston.add(new Loggly({ token: process.env.LOGGLY_TOKEN, subdomain: 'shop', json: true }));
`,
        findings: [
          {
            at: 'Loggly',
            occurrence: 2,
            message:
              'The app ships its logs to Loggly itself; write to stdout and let the platform route them.',
          },
        ],
      },
      {
        title: 'a worker transport of pino',
        path: 'src/logger.ts',
        code: `import pino from 'pino';
export const logger = pino({ transport: { targets: [{ target: 'pino/file' }, { target: 'pino-loki', options: { host: process.env.LOKI_URL } }] } });
`,
        findings: [{ at: `'pino-loki'` }],
      },
      {
        title: 'HTTP, Slack and syslog',
        path: 'src/logger.ts',
        code: `import winston from 'winston';
import SlackHook from 'winston-slack-webhook-transport';
import 'winston-syslog';
export const logger = winston.createLogger({
  transports: [
    new winston.transports.Http({ host: process.env.LOG_HOST }),
    new SlackHook({ webhookUrl: process.env.SLACK_URL ?? '' }),
    new winston.transports.Syslog(),
  ],
});
`,
        findings: [{ at: 'Http' }, { at: 'SlackHook', occurrence: 2 }, { at: 'Syslog' }],
      },
      {
        title: 'log4js appenders',
        path: 'logger.js',
        code: `const log4js = require('log4js');
log4js.configure({
  appenders: { out: { type: 'stdout' }, stash: { type: 'logstashUDP', host: process.env.LOGSTASH_HOST, port: 5000 } },
  categories: { default: { appenders: ['out', 'stash'], level: 'info' } },
});
`,
        findings: [{ at: `'logstashUDP'` }],
      },
    ],
    good: [
      {
        title: 'stdout',
        path: 'src/logger.ts',
        code: `import pino from 'pino';
export const logger = pino({ transport: { target: 'pino-pretty' } });
`,
      },
      {
        title: 'OpenTelemetry',
        path: 'src/tracing.ts',
        code: `import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
export const exporter = new OTLPLogExporter({ url: process.env.OTEL_EXPORTER_OTLP_ENDPOINT });
`,
      },
      {
        title: 'an error tracker',
        path: 'src/sentry.ts',
        code: `import * as Sentry from '@sentry/node';
Sentry.init({ dsn: process.env.SENTRY_DSN });
`,
      },
      {
        title: 'the product talks to Slack',
        path: 'src/notify.ts',
        code: `import { WebClient } from '@slack/web-api';
export const slack = new WebClient(process.env.SLACK_TOKEN);
`,
      },
      {
        title: 'a class of one’s own',
        path: 'src/http.ts',
        code: `import { transports } from './transports';
export const http = new transports.Http({ host: process.env.API_HOST });
`,
      },
    ],
  },
});
