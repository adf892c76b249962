import { environmentFixes } from '../../engine/fixes/environment-fixes';
import { defineRule } from '../../engine/rule';
import type { LiteralValue, Value } from '../../languages/source/value';
import { argumentAt, possibleValues, readsEnvironment } from '../../languages/source/values';
import { deploymentOf, isServerModule } from '../../project/deployment';
import type { ProjectModel } from '../../project/model';
import { isConsole } from '../../project/served-process';
import { storedSetting } from '../../project/settings';

export default defineRule({
  id: 'hardcoded-port',
  factor: 'port-binding',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A server listens on a port that is fixed in code.',
  why: 'A twelve-factor app is self-contained: it exports its service by binding a port, and the execution environment says which one. A port fixed in code collides as soon as two processes share a host, cannot be given by a platform that assigns ports, and needs a new build to change. With `PORT` from the environment and today’s value as default nothing changes on your machine.',
  whenNotToUse:
    'For a tool that only ever runs on a developer’s machine, or a console that is bound to a well-known port on purpose.',
  fix: 'safe',
  messages: {
    fixed:
      'Port {port} is fixed in code; read it from the environment so that the platform can assign it.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if ((meaning.kind !== 'listen' && meaning.kind !== 'server') || meaning.port === undefined)
      return;
    if (!isServerModule(context.module) || call.context.includes('development')) return;
    const value = argumentAt(found.args, meaning.port);
    const literals = value ? fixedPorts(value, context.path, context.model) : [];
    if (literals.length === 0) return;
    const isQuiet =
      deploymentOf(context.module, context.model) === 'unlikely' || isConsole(found, context.model);
    for (const literal of literals) {
      const path = literal.path ?? context.path;
      context.report({
        at: { path, span: literal.span },
        message: 'fixed',
        data: { port: String(literal.value).replace(/^.*:/, '') },
        ...(isQuiet ? { severity: 'hint' } : {}),
        fixes: () =>
          isNumeric(literal)
            ? environmentFixes({
                model: context.model,
                path,
                span: literal.span,
                kind: 'port',
                subject: 'the port',
              })
            : [],
      });
    }
  },
  examples: {
    bad: [
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
    ],
    good: [
      {
        title: 'defaults that the environment, or something unknown, goes over',
        files: {
          'server.js': `const Koa = require('koa');
const config = require('./config');
new Koa().listen(config.port);
`,
          'config.js': `const groups = {
  base: { port: 7070 },
  production: { port: process.env.APP_PORT || 7071 },
};
module.exports = Object.assign(groups.base, groups[process.env.NODE_ENV]);
`,
          'worker.js': `const _ = require('lodash');
const defaults = { port: 7070 };
const own = { port: process.env.WORKER_PORT };
require('express')().listen(_.merge({}, defaults, own).port);
`,
        },
      },
      {
        title: 'a default behind the environment',
        path: 'server.js',
        code: `const express = require('express');
const PORT = process.env.PORT || 3000;
express().listen(PORT);
`,
      },
      {
        title: 'the generator’s normalised port',
        files: {
          'bin/www': `#!/usr/bin/env node
const app = require('../app');
const http = require('http');
const port = normalizePort(process.env.PORT || '3000');
app.set('port', port);
http.createServer(app).listen(port);
function normalizePort(val) {
  const port = parseInt(val, 10);
  if (isNaN(port)) return val;
  if (port >= 0) return port;
  return false;
}
`,
          'app.js': `const express = require('express');
module.exports = express();
`,
        },
      },
      {
        title: 'a config module that reads the environment',
        files: {
          'src/server.ts': `import express from 'express';
import config from './config';
express().listen(config.port);
`,
          'src/config.ts': `import { z } from 'zod';
const schema = z.object({ PORT: z.coerce.number().default(3000) });
const env = schema.parse(process.env);
export default { port: env.PORT };
`,
        },
      },
      {
        title: 'any free port',
        path: 'src/server.ts',
        code: `import http from 'node:http';
http.createServer().listen(0);
`,
      },
      {
        title: 'sockets on a server that listens elsewhere',
        path: 'src/server.ts',
        code: `import express from 'express';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
const server = createServer(express());
const io = new Server(server, { cors: { origin: '*' } });
server.listen(Number(process.env.PORT));
export { io };
`,
      },
      {
        title: 'a test server',
        path: 'test/server.test.js',
        code: `const express = require('express');
const server = express().listen(3999);
after(() => server.close());
`,
      },
      {
        title: 'Nest’s configuration service',
        path: 'src/main.ts',
        code: `import { NestFactory } from '@nestjs/core';
import { ConfigService } from '@nestjs/config';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
await app.listen(app.get(ConfigService).get('PORT', 3000));
`,
      },
      {
        title: 'defaults that the environment is merged over',
        files: {
          'server.js': `const express = require('express');
const config = require('./config');
express().listen(config.port, config.host);
`,
          'config/defaults.js': `module.exports = { port: 3000, host: '0.0.0.0' };
`,
          'config/environment.js': `module.exports = { port: process.env.APP_PORT, host: process.env.APP_HOST };
`,
          'config/index.js': `const { merge } = require('lodash');
const deepFreeze = require('deep-freeze');
let config = require('./defaults');
merge(config, require('./environment'));
config = deepFreeze(config);
module.exports = config;
`,
        },
      },
      {
        title: 'a setting that a file on the machine may replace',
        path: 'server.js',
        code: `const fs = require('fs');
const http = require('http');
const config = { port: 3000 };
Object.assign(config, JSON.parse(fs.readFileSync(process.env.CONFIG_PATH, 'utf8')));
http.createServer().listen(config.port);
`,
      },
      {
        title: 'a port given on the command line',
        path: 'server.js',
        code: `const express = require('express');
const argv = require('minimist')(process.argv.slice(2));
express().listen(argv.port || 3000);
`,
      },
    ],
  },
});

/**
 * The literals that decide the port, one of each module that settings come from; none as soon as anything else may decide.
 */
function fixedPorts(value: Value, path: string, model: ProjectModel): readonly LiteralValue[] {
  const options = possibleValues(value).flatMap((option) => {
    const stored = storedSetting(option, path, model);
    return stored ? possibleValues(stored) : [option];
  });
  const literals: LiteralValue[] = [];
  for (const option of options) {
    if (option.kind !== 'literal') return [];
    if (isPort(option)) literals.push(option);
    else if (
      option.value !== undefined &&
      option.value !== null &&
      option.value !== false &&
      Number(option.value) !== 0
    )
      return [];
  }
  // Chosen by the environment's name: that the choice is made in code is the finding of another rule.
  if (value.kind === 'either' && value.condition && readsEnvironment(value.condition)) return [];
  return literals.filter(
    (literal, index) => literals.findIndex((each) => each.path === literal.path) === index,
  );
}

function isPort({ value }: LiteralValue): boolean {
  const text =
    typeof value === 'string'
      ? /^(?:[\w.-]+:|\[[\da-f:]*\]:)?(\d{1,5})$/i.exec(value)?.[1]
      : undefined;
  const port = typeof value === 'number' ? value : Number(text ?? 0);
  return Number.isInteger(port) && port > 0 && port < 65_536;
}

function isNumeric({ value, direct }: LiteralValue): boolean {
  return direct && !Number.isNaN(Number(value));
}
