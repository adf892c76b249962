import { ROOT } from '../client';

/** A second folder that may be opened beside the first. */
export const OTHER_ROOT = 'file:///work/other';
/** A folder inside the first that may be opened as one of its own. */
export const NESTED_ROOT = `${ROOT}/packages/mail`;

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * Files that say something about each other, each in several versions: what code reads of the environment and what manifests supply, what
 * starts what, what is declared and imported, what git ignores, what settings switch off. By URI.
 */
export const POOL: Readonly<Record<string, readonly string[]>> = {
  [`${ROOT}/package.json`]: [
    json({
      name: 'shop',
      scripts: { start: 'node src/server.js', worker: 'node src/worker.js' },
      dependencies: { express: '4.19.2', 'express-session': '1.18.0', bullmq: '5.0.0' },
      engines: { node: '20.x' },
    }),
    json({
      name: 'shop',
      workspaces: ['packages/*'],
      scripts: { start: 'node src/server.js', 'start:dev': 'node src/worker.js' },
      dependencies: { express: '^4.19.2', dotenv: '16.0.0' },
      devDependencies: { 'express-session': '1.18.0' },
    }),
    json({ name: 'shop', scripts: { test: 'node --test' } }),
    '{ "name": "shop", ',
  ],
  [`${ROOT}/src/server.js`]: [
    lines(
      "const express = require('express');",
      "const session = require('express-session');",
      "const { origin, connect } = require('./config');",
      "const { hits, remember } = require('./state');",
      'const app = express();',
      "app.use(session({ secret: process.env.SESSION_SECRET || 'keyboard cat' }));",
      "app.get('/', (request, response) => {",
      '  remember(request.ip);',
      '  response.send(String(hits.size) + origin);',
      '});',
      'connect();',
      'app.listen(3000);',
    ),
    lines(
      "const express = require('express');",
      "const { origin } = require('./config');",
      "require('./jobs');",
      'const app = express();',
      "app.get('/', (request, response) => response.send(origin));",
      'app.listen(process.env.PORT);',
      "process.on('SIGTERM', () => process.exit(0));",
    ),
    lines("import express from 'express';", 'express().listen(8080, () => {', ''),
  ],
  [`${ROOT}/src/config.js`]: [
    lines(
      "exports.origin = process.env.ORIGIN || 'http://localhost:8080';",
      "exports.secret = 'correct horse battery staple 42';",
      "exports.connect = () => require('pg').connect(process.env.DATABASE_URL);",
    ),
    lines(
      "const PORT = '5432';",
      'exports.origin = `http://db.internal:${PORT}/`;',
      'exports.connect = () => undefined;',
    ),
    lines("module.exports = require('./settings.json');"),
  ],
  [`${ROOT}/src/settings.json`]: [
    json({ origin: 'http://billing.internal:8080', name: 'shop' }),
    json({ name: 'shop' }),
  ],
  [`${ROOT}/src/state.js`]: [
    lines(
      'const hits = new Map();',
      'function remember(ip) {',
      '  hits.set(ip, (hits.get(ip) ?? 0) + 1);',
      '}',
      'module.exports = { hits, remember };',
    ),
    lines(
      "const fs = require('fs');",
      'exports.hits = new Map();',
      "exports.remember = (ip) => fs.writeFileSync('hits.json', JSON.stringify(ip));",
    ),
  ],
  [`${ROOT}/src/worker.js`]: [
    lines(
      "const { Worker } = require('bullmq');",
      "new Worker('mail', async () => undefined, { connection: { host: 'localhost' } });",
    ),
    lines("const { origin } = require('./config');", 'setInterval(() => fetch(origin), 1000);'),
  ],
  [`${ROOT}/src/jobs.js`]: [
    lines(
      "const { CronJob } = require('cron');",
      "new CronJob('* * * * *', () => console.log(process.env.JOB_TOKEN)).start();",
    ),
    lines("console.log('no jobs', process.env.NODE_ENV === 'production');"),
  ],
  [`${ROOT}/src/unused.ts`]: [
    lines("export const api = 'http://10.1.2.3:8080';", "export const flag = 'OLD_FLAG';"),
    lines('// nothing but TOKEN'),
  ],
  [`${ROOT}/.env.example`]: [
    lines('ORIGIN=http://localhost:8080', 'OLD_FLAG=1', 'TOKEN='),
    lines('PORT=3000', 'SESSION_SECRET='),
  ],
  [`${ROOT}/.env`]: [
    lines('SESSION_SECRET=0f8e7d6c5b4a39281706f5e4d3c2b1a0', 'ORIGIN=https://shop.example.org'),
    lines('PORT=3000'),
  ],
  [`${ROOT}/.gitignore`]: [
    lines('node_modules/', '.env'),
    lines('node_modules/', 'dist/'),
    lines('src/unused.ts'),
  ],
  [`${ROOT}/Dockerfile`]: [
    lines('FROM node:20', 'COPY . .', 'RUN npm install', 'CMD npm start'),
    lines('FROM node:22.1.0-alpine', 'COPY . .', 'RUN npm ci', 'CMD ["node", "src/server.js"]'),
    lines('FROM node:20', 'ENV SESSION_SECRET=0f8e7d6c5b4a3928', 'CMD ["node", "src/worker.js"]'),
  ],
  [`${ROOT}/docker-compose.yml`]: [
    lines(
      'services:',
      '  web:',
      '    build: .',
      '    environment:',
      '      ORIGIN: http://web:3000',
      '  db:',
      '    image: postgres:16',
    ),
    lines('services:', '  web:', '    build: .', '    env_file: .env', '    volumes: [".:/app"]'),
    lines('services: [', '  web'),
  ],
  [`${ROOT}/Procfile`]: [
    lines('web: node src/server.js', 'worker: node src/worker.js'),
    lines('worker: node src/worker.js'),
  ],
  [`${ROOT}/ecosystem.config.js`]: [
    lines('module.exports = { apps: [] };'),
    lines("module.exports = { apps: [{ script: 'src/server.js', instances: 4 }] };"),
    lines(
      "module.exports = { apps: [{ script: 'src/worker.js', env: { JOB_TOKEN: 'abc' }, watch: true }] };",
    ),
  ],
  [`${ROOT}/twelve-factor.json`]: [
    json({ rules: { 'hardcoded-port': 'off' } }),
    json({ exclude: ['src/jobs.js'], rules: { 'in-memory-session': 'error' } }),
    json({ packages: { 'packages/*': 'library' } }),
    '{ "rules": ',
  ],
  [`${ROOT}/packages/mail/package.json`]: [
    json({ name: 'mail', main: 'index.js', dependencies: { express: '4.19.2' } }),
    json({ name: 'mail', private: true, scripts: { start: 'node index.js' } }),
  ],
  [`${ROOT}/packages/mail/index.js`]: [
    lines(
      "const express = require('express');",
      "exports.send = (to) => fetch('http://mail.internal:8080', { body: to });",
      'express().listen(4000);',
    ),
    lines("const { origin } = require('../../src/config');", 'exports.send = () => origin;'),
  ],
  [`${ROOT}/scripts/start.sh`]: [
    lines('#!/bin/sh', 'npm install', 'exec node src/server.js'),
    lines('#!/bin/sh', 'node src/worker.js > worker.log'),
  ],
  [`${OTHER_ROOT}/package.json`]: [json({ name: 'other', scripts: { start: 'node main.js' } })],
  [`${OTHER_ROOT}/main.js`]: [
    lines("require('http').createServer().listen(9000);"),
    lines("require('http').createServer().listen(process.env.PORT);"),
  ],
};

/** Documents that may be opened although no scan lists them. */
export const UNLISTED: readonly string[] = [
  `${ROOT}/node_modules/express/index.js`,
  `${ROOT}/dist/bundle.js`,
  `${ROOT}/src/draft.js`,
  'file:///elsewhere/alone.js',
];

/** Bits that people type, and that change what a file means in the middle of a word. */
export const TYPED: readonly string[] = [
  "'",
  '`',
  '}',
  '{',
  ' ',
  '\n',
  '// ',
  '/*',
  'x',
  'const ',
  ' TOKEN ',
  'OLD_FLAG',
  'process.env.TOKEN;\n',
  "require('./jobs');\n",
  "fetch('http://10.0.0.8:9200');\n",
  '// twelve-factor-disable-next-line hardcoded-port\n',
];

export const SETTINGS: readonly unknown[] = [
  null,
  { rules: { 'hardcoded-url': 'off', 'missing-sigterm-handler': 'error' } },
  { enable: false },
  { exclude: ['src/state.js'] },
];
