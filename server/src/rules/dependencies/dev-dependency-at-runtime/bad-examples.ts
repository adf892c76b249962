import type { BadExample } from '../../../engine/rule';
import { manifest } from './example-parts';

export const badExamples: readonly BadExample[] = [
  {
    title: 'imported by the server',
    files: {
      'package.json': manifest({
        dependencies: { express: '^5.0.0' },
        devDependencies: { morgan: '^1.10.0' },
      }),
      'src/server.js': `const express = require('express');\nconst morgan = require('morgan');\nexpress().use(morgan('combined')).listen(process.env.PORT);\n`,
    },
    findings: [{ at: 'morgan', occurrence: 2, path: 'src/server.js' }],
    fixed: {
      move: {
        'package.json': manifest({
          dependencies: { express: '^5.0.0', morgan: '^1.10.0' },
          devDependencies: {},
        }),
      },
    },
  },
  {
    title: 'a module deep in the process',
    files: {
      'package.json': manifest({ devDependencies: { dayjs: '^1.11.0' } }),
      'src/server.js': `require('http').createServer(require('./time')).listen(process.env.PORT);\n`,
      'src/time.js': `const dayjs = require('dayjs/plugin/utc');\nmodule.exports = dayjs;\n`,
    },
    findings: [{ at: 'dayjs/plugin/utc', path: 'src/time.js' }],
  },
  {
    title: 'called by the start command',
    files: {
      'package.json': manifest({
        scripts: { start: 'cross-env NODE_ENV=production node src/server.js' },
        devDependencies: { 'cross-env': '^7.0.0' },
      }),
      'src/server.js': '',
    },
    findings: [{ at: 'cross-env NODE_ENV=production node src/server.js', path: 'package.json' }],
  },
  {
    title: 'around another script, reported where it is called',
    files: {
      'package.json': manifest({
        scripts: {
          serve: 'mkdir -p tmp && node src/server.js',
          start: 'cross-env NODE_ENV=production npm run serve',
        },
        devDependencies: { 'cross-env': '^7.0.0' },
      }),
      'src/server.js': '',
    },
    findings: [{ at: 'cross-env NODE_ENV=production npm run serve', path: 'package.json' }],
  },
  {
    title: 'a release phase',
    files: {
      'package.json': manifest({ devDependencies: { 'sequelize-cli': '^6.0.0' } }),
      'src/server.js': '',
      Procfile: 'release: npx sequelize-cli db:migrate\nweb: node src/server.js\n',
    },
    findings: [{ at: 'npx sequelize-cli db:migrate', path: 'Procfile' }],
  },
  {
    title: 'what serves what the start has built',
    files: {
      'package.json': manifest({
        scripts: { build: 'vite build', start: 'npm run build && http-server dist' },
        devDependencies: { vite: '^7.0.0', 'http-server': '^14.0.0' },
      }),
      'src/main.ts': '',
      Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm install -g serve\nCMD ["npm", "start"]\n',
    },
    findings: [{ at: 'http-server dist', path: 'package.json' }],
  },

  {
    title: 'a transport that the logger loads by its name',
    files: {
      'package.json': manifest({
        dependencies: { fastify: '^5.0.0' },
        devDependencies: { 'pino-pretty': '^13.0.0' },
      }),
      'src/server.js': `const Fastify = require('fastify');
const options = { translateTime: true };
const app = Fastify({ logger: { level: 'info', transport: { target: 'pino-pretty', options } } });
app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
`,
    },
    findings: [{ at: `'pino-pretty'`, path: 'src/server.js' }],
  },
  {
    title: 'what Node is told to load first',
    files: {
      'package.json': manifest({
        scripts: { start: 'node -r dotenv/config src/server.js' },
        devDependencies: { dotenv: '^16.0.0' },
      }),
      'src/server.js': '',
    },
    findings: [{ at: 'node -r dotenv/config src/server.js', path: 'package.json' }],
  },
  {
    title: 'a release that compiles what it runs',
    files: {
      'package.json': manifest({
        scripts: {
          start: 'node src/server.js',
          migrate: 'ts-node ./node_modules/.bin/typeorm migration:run -d src/source.ts',
        },
        dependencies: { typeorm: '^0.3.20' },
        devDependencies: { 'ts-node': '^10.9.2' },
      }),
      'src/server.js': '',
      'src/source.ts': '',
      'fly.toml': 'app = "a"\n[deploy]\n  release_command = "npm run migrate"\n',
    },
    findings: [{ at: 'npm run migrate', path: 'fly.toml' }],
  },
];
