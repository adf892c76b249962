import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a call that the user says is short enough',
    code: `import express from 'express';
import fs from 'node:fs';
const app = express();
app.get('/terms', (req, res) => res.end(fs.readFileSync('terms.txt', 'utf8')));
app.listen(process.env.PORT);
`,
    options: { allowedCalls: ['readFileSync'] },
  },
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
];
