import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'express in CommonJS',
    path: 'server.js',
    code: `const express = require('express');
const app = express();

app.listen(3000, () => console.log('listening'));
`,
    findings: [
      {
        at: '3000',
        message:
          'Port 3000 is fixed in code; read it from the environment so that the platform can assign it.',
      },
    ],
    fixed: {
      'env-default': `const express = require('express');
const app = express();

app.listen(Number(process.env.PORT ?? 3000), () => console.log('listening'));
`,
      'env-required': `const express = require('express');

const PORT = process.env.PORT;
if (!PORT) {
  throw new Error('PORT must be set');
}

const app = express();

app.listen(Number(PORT), () => console.log('listening'));
`,
    },
  },
  {
    title: 'a constant of another module',
    files: {
      'src/server.ts': `import Fastify from 'fastify';
import { PORT } from './constants';

const app = Fastify({ logger: true });
await app.listen({ port: PORT, host: '0.0.0.0' });
`,
      'src/constants.ts': `export const PORT = 8080;
`,
    },
    findings: [{ at: '8080', path: 'src/constants.ts' }],
    fixed: {
      'env-default': {
        'src/constants.ts': `export const PORT = Number(process.env.PORT ?? 8080);
`,
        '.env.example': `PORT=8080
`,
      },
    },
  },
  {
    title: 'settings of several modules, put together',
    files: {
      'server.js': `const Koa = require('koa');
const config = require('./config');
new Koa().listen(config.port);
`,
      'config/index.js': `const base = require('./base');
const dev = require('./dev');
const pro = require('./pro');
function load() {
  switch (process.env.NODE_ENV) {
    case 'production':
      return Object.assign({}, base, pro);
    default:
      return Object.assign({}, base, dev);
  }
}
module.exports = load();
`,
      'config/base.js': `module.exports = { port: 8080, title: 'Shop' };\n`,
      'config/dev.js': `module.exports = { port: 8081 };\n`,
      'config/pro.js': `module.exports = { port: 8084 };\n`,
    },
    findings: [
      { at: '8081', path: 'config/dev.js' },
      { at: '8084', path: 'config/pro.js' },
    ],
  },
  {
    title: 'hapi before version 8',
    path: 'server.js',
    code: `var Hapi = require('hapi');
var server = Hapi.createServer('0.0.0.0', 8001);
server.start();
`,
    findings: [{ at: '8001' }],
  },
  {
    title: 'hapi by a manifest',
    path: 'server.js',
    code: `const Glue = require('@hapi/glue');
const manifest = { server: { port: 8000, host: '0.0.0.0' }, register: { plugins: [] } };
Glue.compose(manifest, { relativeTo: __dirname }).then((server) => server.start());
`,
    findings: [{ at: '8000' }],
  },
  {
    title: 'the settings of express',
    path: 'app.js',
    code: `const http = require('http');
const express = require('express');
const app = express();
app.set('port', 5000);
http.createServer(app).listen(app.get('port'));
`,
    findings: [{ at: '5000' }],
  },
  {
    title: 'nest',
    path: 'src/main.ts',
    code: `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
void bootstrap();
`,
    findings: [{ at: '3000' }],
    fixed: {
      'env-default': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(Number(process.env.PORT ?? 3000));
}
void bootstrap();
`,
    },
  },
  {
    title: 'a setting of an object that is put together',
    files: {
      'server.js': `const settings = Object.assign({}, require('./defaults'), { port: 3000 });
require('express')().listen(settings.port);
`,
      'defaults.js': `module.exports = { host: '0.0.0.0' };
`,
    },
    findings: [{ at: '3000', path: 'server.js' }],
  },
  {
    title: 'server options of hapi',
    path: 'server.js',
    code: `const Hapi = require('@hapi/hapi');

const init = async () => {
  const server = Hapi.server({ port: 4000, host: '0.0.0.0' });
  await server.start();
};
init();
`,
    findings: [{ at: '4000' }],
  },
  {
    title: 'a class with its port in a field',
    path: 'src/server.ts',
    code: `import express, { Application } from 'express';

class Server {
  private app: Application;
  private readonly port = 4321;
  constructor() {
    this.app = express();
  }
  start() {
    this.app.listen(this.port);
  }
}
new Server().start();
`,
    findings: [{ at: '4321' }],
  },
  {
    title: 'handed to a constructor; websockets beside it',
    path: 'src/server.ts',
    code: `import http from 'node:http';
import { WebSocketServer } from 'ws';

class Api {
  constructor(private readonly port: number) {}
  listen() {
    http.createServer().listen(this.port);
  }
}
new Api(3001).listen();
new WebSocketServer({ port: 3002 });
`,
    findings: [{ at: '3001' }, { at: '3002' }],
  },

  {
    title: 'of what Bun serves because the module that it runs exports it',
    files: {
      'package.json':
        '{ "name": "tides", "private": true, "scripts": { "start": "bun src/index.ts" }, "dependencies": { "hono": "4" } }',
      'src/index.ts': `import { Hono } from 'hono';
const app = new Hono();
app.get('/', (c) => c.text('tides'));
export default { port: 8080, fetch: app.fetch };
`,
    },
    findings: [{ at: '8080', path: 'src/index.ts' }],
    fixed: {
      'env-default': {
        '.env.example': 'PORT=8080\n',
        'src/index.ts': `import { Hono } from 'hono';
const app = new Hono();
app.get('/', (c) => c.text('tides'));
export default { port: Number(process.env.PORT ?? 8080), fetch: app.fetch };
`,
      },
    },
  },
  {
    title: 'the app of a server that a class makes its own',
    code: `import { Server } from '@overnightjs/core';
const server = new (class extends Server {
  constructor() {
    super();
    this.app.use((_req, _res, next) => next());
  }
})();
server.app.listen(4000);
`,
    findings: [{ at: '4000' }],
  },
];
