import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a middleware that a class binds and hands out',
    files: {
      'src/server.ts': `import Koa from 'koa';
import { DiskCache } from './cache';
const app = new Koa();
app.use(new DiskCache().middleware());
app.listen(Number(process.env.PORT));
`,
      'src/cache.ts': `import { writeFileSync } from 'node:fs';
import type { Context } from 'koa';
export class DiskCache {
  save(ctx: Context) {
    writeFileSync('/tmp/' + ctx.path, String(ctx.body));
  }
  middleware() {
    const save = this.save.bind(this);
    return async function (this: DiskCache, ctx: Context, next: () => Promise<unknown>) {
      await next();
      save(ctx);
    }.bind(this);
  }
}
`,
    },
    findings: [{ at: 'writeFileSync', occurrence: 2, path: 'src/cache.ts' }],
  },
  {
    title: 'methods that every document of a model has',
    files: {
      'server.js': `const express = require('express');
const User = require('./models/user');
const app = express();
app.post('/login', async (req, res) => {
  const user = await User.findOne({ email: req.body.email });
  res.json({ ok: user.matches(req.body.password) });
});
app.listen(process.env.PORT);
`,
      'models/user.js': `const bcrypt = require('bcrypt');
const mongoose = require('mongoose');
const schema = new mongoose.Schema({ email: String, hash: String });
schema.methods = {
  matches: function (password) {
    return bcrypt.compareSync(password, this.hash);
  },
};
schema.statics.hashOf = (password) => bcrypt.hashSync(password, 10);
schema.virtual('password').set(function (password) {
  this.hash = bcrypt.hashSync(password, 10);
});
module.exports = mongoose.model('User', schema);
`,
    },
    findings: [
      { at: 'compareSync', path: 'models/user.js' },
      { at: 'hashSync', path: 'models/user.js' },
      { at: 'hashSync', occurrence: 2, path: 'models/user.js' },
    ],
  },
  {
    title: 'a file read per request',
    path: 'server.js',
    code: `const express = require('express');
const fs = require('fs');
const app = express();
app.get('/terms', async (req, res) => {
  const text = fs.readFileSync('terms.txt').toString();
  res.send(text);
});
app.listen(process.env.PORT);
`,
    findings: [
      {
        at: 'readFileSync',
        message:
          '`readFileSync` blocks every other request while it runs; use its asynchronous form in request code.',
      },
    ],
    fixed: {
      'await-async': `const express = require('express');
const fs = require('fs');
const app = express();
app.get('/terms', async (req, res) => {
  const text = (await fs.promises.readFile('terms.txt')).toString();
  res.send(text);
});
app.listen(process.env.PORT);
`,
    },
  },
  {
    title: 'a password hash in a service that a controller calls',
    files: {
      'src/server.ts': `import express from 'express';
import { register } from './users.controller';
const app = express();
app.post('/users', register);
app.listen(process.env.PORT);
`,
      'src/users.controller.ts': `import type { Request, Response } from 'express';
import { createUser } from './users.service';
export const register = async (req: Request, res: Response) => {
  res.json(await createUser(req.body.password));
};
`,
      'src/users.service.ts': `import bcrypt from 'bcryptjs';
export async function createUser(password: string) {
  return { password: bcrypt.hashSync(password, 12) };
}
`,
    },
    findings: [{ at: 'hashSync', path: 'src/users.service.ts' }],
    fixed: {
      'await-async': {
        'src/users.service.ts': `import bcrypt from 'bcryptjs';
export async function createUser(password: string) {
  return { password: await bcrypt.hash(password, 12) };
}
`,
      },
    },
  },
  {
    title: 'named imports',
    path: 'src/server.ts',
    code: `import { readdirSync } from 'node:fs';
import Fastify from 'fastify';
const app = Fastify();
app.get('/files', async () => {
  return readdirSync('files').length;
});
`,
    findings: [{ at: 'readdirSync', occurrence: 2 }],
    fixed: {
      'await-async': `import Fastify from 'fastify';
import { readdir } from 'node:fs/promises';
const app = Fastify();
app.get('/files', async () => {
  return (await readdir('files')).length;
});
`,
    },
  },
  {
    title: 'a child process, and a hook of a schema',
    files: {
      'src/server.js': `const app = require('express')();
const { execSync } = require('child_process');
const User = require('./user');
app.post('/convert', (req, res) => {
  execSync('convert in.png out.jpg');
  res.end();
});
app.post('/users', (req, res, next) => new User(req.body).save().then(() => res.end(), next));
app.listen(process.env.PORT);
`,
      'src/user.js': `const mongoose = require('mongoose');
const bcrypt = require('bcrypt');
const schema = new mongoose.Schema({ password: String });
schema.pre('save', function (next) {
  this.password = bcrypt.hashSync(this.password, 10);
  next();
});
module.exports = mongoose.model('User', schema);
`,
    },
    findings: [
      { at: 'execSync', occurrence: 2, path: 'src/server.js' },
      { at: 'hashSync', path: 'src/user.js' },
    ],
  },
  {
    title: 'a subscriber that hashes whatever is saved',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "^10.0.0", "typeorm": "^0.3.0", "bcrypt": "^5.0.0" } }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UserSubscriber } from './user.subscriber';
@Module({ imports: [TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL, subscribers: [UserSubscriber] })] })
class AppModule {}
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
      'src/user.subscriber.ts': `import { hashSync } from 'bcrypt';
import { EventSubscriber, type EntitySubscriberInterface, type InsertEvent } from 'typeorm';
@EventSubscriber()
export class UserSubscriber implements EntitySubscriberInterface<{ password: string }> {
  beforeInsert(event: InsertEvent<{ password: string }>): void {
    event.entity.password = hashSync(event.entity.password, 10);
  }
}
`,
    },
    findings: [{ at: 'hashSync', occurrence: 2, path: 'src/user.subscriber.ts' }],
  },
  {
    title: 'what the first request loads for all others is only worth knowing',
    path: 'server.js',
    code: `const app = require('express')();
const fs = require('fs');
const pages = new Map();
let names;
let isLoaded = false;
function pageNames() {
  if (names) return names;
  names = fs.readdirSync('pages').filter((file) => file.endsWith('.html'));
  return names;
}
function load() {
  if (isLoaded) return;
  isLoaded = true;
  for (const name of pageNames()) pages.set(name, fs.readFileSync('pages/' + name));
}
app.get('/pages/:name', (req, res) => {
  load();
  res.send(pages.get(req.params.name));
});
app.get('/pages', (req, res) => res.json(pageNames()));
let busy = false;
app.post('/pages/:name', (req, res) => {
  if (busy) return res.sendStatus(429);
  busy = true;
  fs.writeFileSync('pages/' + req.params.name, req.body);
  busy = false;
  res.sendStatus(204);
});
`,
    findings: [
      { at: 'readdirSync', severity: 'hint' },
      { at: 'readFileSync', severity: 'hint' },
      { at: 'writeFileSync' },
    ],
  },
  {
    title: 'cheap calls are only worth knowing',
    path: 'server.js',
    code: `const app = require('express')();
const fs = require('fs');
app.get('/avatar', (req, res) => {
  res.json({ exists: fs.existsSync('avatars/' + req.query.id) });
});
`,
    findings: [{ at: 'existsSync', severity: 'hint' }],
  },
  {
    title: 'what has a twin with a callback is awaited as a promise, and a route waits for it',
    path: 'server.js',
    code: `const { pbkdf2Sync } = require('crypto');
const zlib = require('zlib');
const { execSync } = require('child_process');
const fastify = require('fastify')();

fastify.post('/login', (request) => {
  return { key: pbkdf2Sync(request.body.password, request.body.salt, 100000, 64, 'sha512').toString('hex') };
});
fastify.get('/pack', async () => {
  return zlib.gzipSync('x'.repeat(100));
});
fastify.get('/version', async () => {
  return execSync('git rev-parse HEAD').toString().trim();
});
fastify.listen({ port: process.env.PORT });
`,
    findings: [
      { at: 'pbkdf2Sync', occurrence: 2 },
      { at: 'gzipSync' },
      { at: 'execSync', occurrence: 2 },
    ],
    fixed: {
      'await-async': `const { pbkdf2 } = require('crypto');
const zlib = require('zlib');
const { exec } = require('child_process');
const fastify = require('fastify')();
const { promisify } = require('util');

const pbkdf2Async = promisify(pbkdf2);

const gzipAsync = promisify(zlib.gzip);

const execAsync = promisify(exec);

fastify.post('/login', async (request) => {
  return { key: (await pbkdf2Async(request.body.password, request.body.salt, 100000, 64, 'sha512')).toString('hex') };
});
fastify.get('/pack', async () => {
  return await gzipAsync('x'.repeat(100));
});
fastify.get('/version', async () => {
  return (await execAsync('git rev-parse HEAD')).stdout.trim();
});
fastify.listen({ port: process.env.PORT });
`,
    },
  },
  {
    title:
      'a route of Express 4 becomes async only where its failure is caught; bytes of a program have no twin',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0" } }',
      'server.js': `const fs = require('fs');
const { execSync } = require('child_process');
const app = require('express')();

app.get('/plain', (req, res) => res.send(fs.readFileSync('a.txt')));
app.get('/caught', (req, res, next) => {
  try {
    res.send(fs.readFileSync('b.txt'));
  } catch (error) {
    next(error);
  }
});
app.get('/shot', async (req, res) => res.send(execSync('shoot page')));
app.listen(process.env.PORT);
`,
    },
    findings: [
      { at: 'readFileSync', path: 'server.js' },
      { at: 'readFileSync', occurrence: 2, path: 'server.js' },
      { at: 'execSync', occurrence: 2, path: 'server.js' },
    ],
    fixed: {
      'await-async': {
        'server.js': `const fs = require('fs');
const { execSync } = require('child_process');
const app = require('express')();

app.get('/plain', (req, res) => res.send(fs.readFileSync('a.txt')));
app.get('/caught', async (req, res, next) => {
  try {
    res.send(await fs.promises.readFile('b.txt'));
  } catch (error) {
    next(error);
  }
});
app.get('/shot', async (req, res) => res.send(execSync('shoot page')));
app.listen(process.env.PORT);
`,
      },
    },
  },
  {
    title: 'what Better Auth calls while somebody signs in',
    files: {
      'src/auth.ts': `import bcrypt from 'bcrypt';
import { betterAuth } from 'better-auth';
export const auth = betterAuth({
  secret: process.env.AUTH_SECRET,
  emailAndPassword: {
    enabled: true,
    password: {
      async hash(password: string) {
        return bcrypt.hashSync(password, 10);
      },
    },
  },
});
`,
      'src/server.ts': `import { toNodeHandler } from 'better-auth/node';
import express from 'express';
import { auth } from './auth';
const app = express();
app.all('/api/auth/*', toNodeHandler(auth));
app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'hashSync', path: 'src/auth.ts' }],
  },
];
