import { asynchronousCallFix } from '../../engine/fixes/asynchronous-call';
import { defineRule } from '../../engine/rule';
import { memberAt } from '../../languages/source/values';
import { deploymentOf, isServerModule } from '../../project/deployment';
import type { SourceFacts } from '../../project/facts';
import type { CallMeaning } from '../../project/model';
import { wayLocations } from '../../project/request-reach';

export default defineRule({
  id: 'blocking-handler',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Code that requests run blocks the whole process.',
  why: 'A Node process scales because one thread serves many requests while each waits for input and output. A synchronous read, a child process that is waited for or a password hash on that thread stops all of them: while it runs, no request is answered, no health check passes, no signal is handled. More processes only spread the damage. At start-up the same calls cost nothing, because nobody is waiting yet.',
  whenNotToUse: 'For internal tools with one user at a time.',
  fix: 'suggest',
  messages: {
    blocks:
      '`{name}` blocks every other request while it runs; use its asynchronous form in request code.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (
      meaning.kind !== 'blocking' ||
      call.context.includes('development') ||
      !isServerModule(context.module)
    )
      return;
    const way = context.model.requestReach.way(context.path, call.fn);
    if (!way || isAsynchronous(found)) return;
    const isQuiet =
      meaning.cheap === true ||
      runsOnce(found, context.facts) ||
      deploymentOf(context.module, context.model) === 'unlikely';
    const isAsync = context.facts.functions[call.fn]?.async === true;
    context.report({
      at: call.nameSpan,
      message: 'blocks',
      data: {
        name: found.callee.replace(/^.*\.(?=\w+\.sync$)|^.*\.(?!sync$)/, '').replace(/\(\)$/, ''),
      },
      ...(isQuiet ? { severity: 'hint' } : {}),
      related: wayLocations(way),
      fixes:
        isAsync && meaning.asynchronous !== undefined && !isNeverThrowing(found)
          ? [
              asynchronousCallFix({
                model: context.model,
                path: context.path,
                call: call.span,
                asynchronous: meaning.asynchronous,
              }),
            ]
          : [],
    });
  },
  examples: {
    bad: [
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
    ],
    good: [
      {
        title: 'a hash in a model that only a seed script loads',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "seed": "node scripts/seed.js" } }\n',
          'scripts/seed.js': `const User = require('./user');
User.create({ password: 'x' }).then((user) => console.log(user.id));
`,
          'scripts/user.js': `const bcrypt = require('bcrypt');
const mongoose = require('mongoose');
const schema = new mongoose.Schema({ password: String });
schema.methods.encrypt = (plain) => bcrypt.hashSync(plain, 10);
module.exports = mongoose.model('User', schema);
`,
        },
      },
      {
        title: 'at start',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const page = fs.readFileSync('index.html', 'utf8');
function loadTemplates() {
  return fs.readdirSync('templates');
}
loadTemplates();
app.get('/', (req, res) => res.send(page));
app.listen(process.env.PORT, () => fs.writeFileSync('/tmp/ready', ''));
`,
      },
      {
        title: 'while routes are registered',
        path: 'src/server.ts',
        code: `import Fastify from 'fastify';
import { readFileSync } from 'node:fs';
const app = Fastify();
app.register(async (instance) => {
  const schema = JSON.parse(readFileSync('schema.json', 'utf8'));
  instance.get('/', async () => schema);
});
`,
      },
      {
        title: 'cheap computation',
        path: 'server.js',
        code: `const app = require('express')();
const jwt = require('jsonwebtoken');
const crypto = require('crypto');
app.post('/in', (req, res) => {
  const hash = crypto.createHash('sha256').update(req.body.id).digest('hex');
  res.json({ token: jwt.sign({ hash }, process.env.JWT_SECRET), nonce: crypto.randomBytes(8) });
});
`,
      },
      {
        title: 'the asynchronous form',
        path: 'server.js',
        code: `const app = require('express')();
const bcrypt = require('bcrypt');
const fs = require('fs/promises');
app.post('/in', async (req, res) => {
  const hash = await bcrypt.hash(req.body.password, 10);
  await fs.readFile('terms.txt');
  res.json(hash);
});
`,
      },
      {
        title: 'a script beside the server',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js", "seed": "node scripts/seed.js" }, "dependencies": { "express": "5.0.0", "bcrypt": "5.0.0" } }',
          'server.js': `const app = require('express')();
app.get('/', (req, res) => res.send('ok'));
app.listen(process.env.PORT);
`,
          'scripts/seed.js': `const bcrypt = require('bcrypt');
const fs = require('fs');
const users = JSON.parse(fs.readFileSync('users.json', 'utf8'));
for (const user of users) user.password = bcrypt.hashSync(user.password, 10);
`,
        },
      },
      {
        title: 'a factory of middleware',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
function signedBy(file) {
  const key = fs.readFileSync(file);
  return (req, res, next) => { req.key = key; next(); };
}
app.use(signedBy('key.pem'));
`,
      },
      {
        title: 'a provider that reads when the module starts',
        path: 'src/main.ts',
        code: `import { Controller, Get, Injectable } from '@nestjs/common';
import { readFileSync } from 'fs';
@Injectable()
export class Terms {
  private text = '';
  onModuleInit() {
    this.text = readFileSync('terms.txt', 'utf8');
  }
  get() { return this.text; }
}
@Controller()
export class TermsController {
  constructor(private readonly terms: Terms) {}
  @Get()
  show() { return this.terms.get(); }
}
`,
      },
    ],
  },
});

/** shelljs runs in the background when told so, or given a callback. */
function isAsynchronous({ callee, args }: CallMeaning): boolean {
  if (callee !== 'shelljs.exec') return false;
  return args.some((arg) => {
    const option = memberAt(arg, ['async']);
    return arg.kind === 'function' || (option?.kind === 'literal' && option.value === true);
  });
}

/** `if (!page) page = fs.readFileSync(…)`: only the first request waits. */
function runsOnce({ call }: CallMeaning, facts: SourceFacts): boolean {
  return (
    call.context.includes('once') ||
    (call.boundTo !== undefined &&
      call.context.includes('condition') &&
      facts.state.some(({ name, owner }) => name === call.boundTo && owner !== call.fn))
  );
}

/** `statSync(path, { throwIfNoEntry: false })` has no asynchronous twin. */
function isNeverThrowing({ args }: CallMeaning): boolean {
  return args.some((arg) => memberAt(arg, ['throwIfNoEntry']) !== undefined);
}
