import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
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
    title: 'defaults that options from outside are spread over',
    files: {
      'package.json': '{ "name": "signal", "bin": "cli.js", "dependencies": { "yargs": "17" } }',
      'cli.js': `const { serve } = require('./server');
const options = require('yargs')(process.argv).options({ port: { type: 'number' } }).parseSync();
serve(options);
`,
      'defaults.js': `module.exports = { host: '::', port: 9000 };
`,
      'server.js': `const http = require('http');
const defaults = require('./defaults');
exports.serve = (options = {}) => {
  const settings = { ...defaults, ...options };
  http.createServer().listen(settings.port, settings.host);
};
`,
    },
  },
  {
    title: 'a default that an argument is spread over',
    path: 'server.js',
    code: `const http = require('http');
exports.serve = (options) => {
  const settings = { port: 9000, ...options };
  http.createServer().listen(settings.port);
};
`,
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

  {
    title: 'settings that whoever starts the server puts over defaults',
    path: 'server.js',
    code: `const extend = require('extend');
const { SMTPServer } = require('smtp-server');
class Inbox {
  constructor() {
    this.settings = { host: '127.0.0.1', port: 2500 };
  }
  start(options) {
    const { settings } = this;
    extend(true, settings, options);
    new SMTPServer().listen(settings.port, settings.host);
  }
}
new Inbox().start(process.env.MAIL ? JSON.parse(process.env.MAIL) : {});
`,
  },
  {
    title: 'what Bun serves, at a port of the environment',
    code: `import { Hono } from 'hono';
const app = new Hono();
export default { port: Number(process.env.PORT ?? 8080), fetch: app.fetch };
`,
  },
  {
    title: 'a path and a promise that resolve a name which a container holds, and a map with it',
    files: {
      'server.js': `const path = require('path');
const { createContainer, asFunction } = require('awilix');
const container = createContainer();
container.register({ app: asFunction(() => require('express')()) });
const rooms = new Map();
path.resolve('app').listen?.(8080);
rooms.get('app')?.listen(8081);
container.resolve('app').listen(process.env.PORT);
`,
    },
  },
  {
    title: 'a wrapper that takes the port from the environment where none is given',
    files: {
      'server.js': `const { boot } = require('./boot');
boot(require('express')());
`,
      'boot.js': `exports.boot = (app, options = {}) => {
  app.listen(options.port ?? process.env.PORT);
};
`,
    },
  },
  {
    title: 'a bot in socket mode, which opens no port',
    path: 'src/app.ts',
    code: `import { App } from '@slack/bolt';
const app = new App({ token: process.env.TOKEN, socketMode: true, appToken: process.env.APP });
void app.start(3000);
`,
  },
];
