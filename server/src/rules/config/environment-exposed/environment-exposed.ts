import { defineRule } from '../../../engine/rule';
import type { CallFact } from '../../../project/facts/facts';
import type { ProjectModel } from '../../../project/model';
import { exposure, type Exposure } from './exposure';

export default defineRule({
  id: 'environment-exposed',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The environment, or a credential from it, is logged or returned.',
  why: 'The environment holds the credentials of a deploy, because that is where they belong. Written to the log they are copied to every place that stores, searches and forwards logs, and stay there; returned by a route they are public. Both happen by printing an object as a whole: `process.env`, or the settings that were read from it. Log the names of what is set, or single values that say nothing.',
  whenNotToUse: 'For objects of which you know that they hold no credential in any deploy.',
  fix: 'none',
  hints: [
    /(?:console|[lL]ogger|\blog)\.\w+\([^\n]*\b(?:\w*[cC]onfig|settings|env|\w+_(?:URL|URI))\b/,
  ],
  messages: {
    logged: 'This logs {what}; log the names of the variables, or redact the values.',
    returned: 'This returns {what} to whoever asks; return single values that are public.',
  },
  file({ facts, module, model, report }) {
    const isServed = ['web', 'worker', 'clock', 'serverless'].some((role) =>
      module.roles.has(role as never),
    );
    if (!isServed && (module.roles.has('admin') || module.roles.has('cli'))) return;
    for (const call of facts.calls) {
      if (call.args.length === 0 || call.context.includes('development')) continue;
      const use = useOf(call, model, module.path);
      if (!use) continue;
      const found = call.args
        .map((argument) => exposure(argument, model, module.path))
        .find((one) => one !== undefined);
      // Keys that providers issue for browsers are handed to pages by design; secrets and passwords are not.
      if (!found || (use === 'returned' && found.what !== 'environment' && found.kind === 'issued'))
        continue;
      report({ at: call.span, message: use, data: { what: describe(found) } });
    }
  },
  examples: {
    bad: [
      {
        title: 'the address of a database, with the user and password in it',
        path: 'src/app.js',
        code: `const mongoose = require('mongoose');
const MONGODB_URL = process.env.MONGODB_URL;
mongoose.connect(MONGODB_URL).then(() => {
  console.log('Connected to %s', MONGODB_URL);
});
`,
        findings: [{ at: "console.log('Connected to %s', MONGODB_URL)" }],
      },
      {
        title: 'the whole environment',
        path: 'src/server.js',
        code: `const express = require('express');
const app = express();
console.log('starting with', process.env);
app.get('/debug', (req, res) => res.json(process.env));
app.get('/status', (req, res) => {
  res.status(200).send({ uptime: process.uptime(), env: { ...process.env } });
});
app.listen(process.env.PORT);
`,
        findings: [
          {
            at: "console.log('starting with', process.env)",
            message:
              'This logs the whole environment; log the names of the variables, or redact the values.',
          },
          {
            at: 'res.json(process.env)',
            message:
              'This returns the whole environment to whoever asks; return single values that are public.',
          },
          { at: 'res.status(200).send({ uptime: process.uptime(), env: { ...process.env } })' },
        ],
      },
      {
        title: 'settings of another module',
        files: {
          'src/server.ts': `import express from 'express';
import { inspect } from 'node:util';
import pino from 'pino';
import config from './config';

const logger = pino();
logger.info({ config }, 'loaded');
console.log(inspect(config.db));
console.log(\`\${JSON.stringify(config, null, 2)}\`);
express().listen(config.port);
`,
          'src/config.ts': `export default {
  port: Number(process.env.PORT ?? 3000),
  db: { host: process.env.DB_HOST, password: process.env.DB_PASSWORD },
};
`,
        },
        findings: [
          {
            at: "logger.info({ config }, 'loaded')",
            path: 'src/server.ts',
            message:
              'This logs settings with \`DB_PASSWORD\`; log the names of the variables, or redact the values.',
          },
          { at: 'console.log(inspect(config.db))', path: 'src/server.ts' },
          { at: 'console.log(\`\${JSON.stringify(config, null, 2)}\`)', path: 'src/server.ts' },
        ],
      },
      {
        title: 'a credential; what dotenv read; a validated environment',
        path: 'src/app.js',
        code: `const dotenv = require('dotenv');
const { cleanEnv, str } = require('envalid');
const result = dotenv.config();
console.log(result.parsed);
const env = cleanEnv(process.env, { JWT_SECRET: str(), LOG_LEVEL: str({ default: 'info' }) });
console.debug(env);
console.log(\`secret: \${process.env.JWT_SECRET}\`);
`,
        findings: [
          { at: 'console.log(result.parsed)' },
          { at: 'console.debug(env)' },
          {
            at: 'console.log(\`secret: \${process.env.JWT_SECRET}\`)',
            message:
              'This logs the credential \`JWT_SECRET\`; log the names of the variables, or redact the values.',
          },
        ],
      },
    ],
    good: [
      {
        title: 'names, and whether something is set',
        path: 'src/server.js',
        code: `console.log('variables:', Object.keys(process.env).sort());
console.log('secret is', process.env.JWT_SECRET ? 'set' : 'missing');
console.log({ hasKey: Boolean(process.env.API_SECRET), length: process.env.API_SECRET.length });
console.log('JWT_SECRET' in process.env);
`,
      },
      {
        title: 'single settings',
        path: 'src/server.js',
        code: `console.log('links lead to', process.env.PUBLIC_URL, 'and the API to', process.env.API_URL);
const config = { port: process.env.PORT, db: { host: process.env.DB_HOST, password: process.env.DB_PASSWORD } };
console.log(\`listening on \${config.port}, database at \${config.db.host}, \${process.env.NODE_ENV}\`);
console.error('cannot connect', { host: config.db.host, tokenTtl: process.env.TOKEN_TTL });
`,
      },
      {
        title: 'a host with its port',
        path: 'src/redis.js',
        code: `const redis = require('redis');
const host = process.env.APP_REDIS_URL;
const port = process.env.APP_REDIS_PORT || 6379;
const client = redis.createClient(port, host);
client.on('connect', () => console.log(\`Connected to \${host}:\${port}, or \${host}:6379\`));
`,
      },
      {
        title: 'redacted',
        path: 'src/server.js',
        code: `const config = { port: process.env.PORT, password: process.env.DB_PASSWORD };
const redact = (settings) => Object.fromEntries(Object.entries(settings).map(([key]) => [key, '***']));
console.log(redact(config));
console.log({ ...config, password: '***' });
console.log(JSON.stringify(config, (key, value) => (key === 'password' ? undefined : value)));
console.log('token', process.env.API_TOKEN.slice(0, 4) + '…');
`,
      },
      {
        title: 'keys for browsers',
        path: 'src/routes.js',
        code: `const express = require('express');
const router = express.Router();
router.get('/config', (req, res) => {
  res.json({ stripeKey: process.env.STRIPE_PUBLISHABLE_KEY, mapsKey: process.env.GOOGLE_MAPS_API_KEY });
});
router.get('/map', (req, res) => res.render('map', { apikey: process.env.HERE_API_KEY }));
module.exports = router;
`,
      },
      {
        title: 'handed to clients and child processes',
        path: 'src/clients.ts',
        code: `import { spawn } from 'node:child_process';
import { createPool } from 'mysql2';
export const pool = createPool({ password: process.env.DB_PASSWORD });
export const child = spawn('node', ['worker.js'], { env: { ...process.env } });
`,
      },
      {
        title: 'only in development; tests; messages',
        files: {
          'src/server.js': `if (process.env.NODE_ENV === 'development') console.log(process.env);
console.warn('Set process.env.JWT_SECRET before you start');
`,
          'test/env.test.js': `console.log(process.env);
`,
        },
      },
    ],
  },
});

const LOG_NAMES = /^(?:log|info|warn|error|debug|dir|table|trace|verbose|silly|fatal|notice)$/;
const SEND_NAMES = /^(?:json|send|jsonp|end|write|render|response|sendAsync)$/;

function useOf(
  call: CallFact,
  { files }: ProjectModel,
  path: string,
): 'logged' | 'returned' | undefined {
  const written = files
    .piece(path, { start: call.span.start, end: call.nameSpan.end })
    .replace(/\([^()]*\)/g, '')
    .replace(/\s+/g, '');
  const [, object = '', name = ''] = /^(?:(.*)\.)?([\w$]+)$/.exec(written) ?? [];
  if (
    LOG_NAMES.test(name) &&
    /(?:^|\.)(?:console|\w*log(?:ger)?|winston|pino|bunyan|consola|signale|req\.log)$/i.test(object)
  )
    return 'logged';
  if (object === '' && /^(?:debug|log)$/.test(name) && call.callee.kind !== 'function')
    return 'logged';
  if (name === 'Response' && call.isNew) return 'returned';
  return SEND_NAMES.test(name) &&
    /(?:^|\.)(?:res|response|reply|resp|ctx|c|h|context|Response|NextResponse)(?:\.|$)/.test(object)
    ? 'returned'
    : undefined;
}

function describe({ what, name }: Exposure): string {
  if (what === 'environment')
    return name === '.env' ? 'all variables of the env file' : 'the whole environment';
  return what === 'credential' ? `the credential \`${name}\`` : `settings with \`${name}\``;
}
