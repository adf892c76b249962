import type { BadExample } from '../../../engine/rule';

// Put together, so that this file itself does not look as if it gave something away.
const TOKEN = ['ghp', 'R7k2Qm9sVb4nTz8wLc5xHd3jFg6pYa1eUi0o'].join('_');

export const badExamples: readonly BadExample[] = [
  {
    title: 'what signs sessions and tokens',
    files: {
      'server.js': `const express = require('express');
const session = require('express-session');
const jwt = require('jsonwebtoken');
require('dotenv').config();

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

app.post('/login', (req, res) => {
  res.json({ token: jwt.sign({ sub: req.body.user }, 'changeme', { expiresIn: '1h' }) });
});
app.listen(process.env.PORT);
`,
      '.env': `PORT=3000
`,
      '.gitignore': `.env
node_modules
`,
      'package.json': `{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "dotenv": "^16.0.0", "express": "^4.0.0", "express-session": "^1.0.0", "jsonwebtoken": "^9.0.0" } }
`,
    },
    ignored: ['.env'],
    findings: [
      {
        at: "'keyboard cat'",
        path: 'server.js',
        message:
          'The session secret is fixed in code; require it from the environment and rotate this value.',
      },
      { at: "'changeme'", path: 'server.js' },
    ],
    fixed: {
      'env-required': {
        'server.js': `const express = require('express');
const session = require('express-session');
const jwt = require('jsonwebtoken');
require('dotenv').config();

const SESSION_SECRET = process.env.SESSION_SECRET;
if (!SESSION_SECRET) {
  throw new Error('SESSION_SECRET must be set');
}

const JWT_SECRET = process.env.JWT_SECRET;
if (!JWT_SECRET) {
  throw new Error('JWT_SECRET must be set');
}

const app = express();
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }));

app.post('/login', (req, res) => {
  res.json({ token: jwt.sign({ sub: req.body.user }, JWT_SECRET, { expiresIn: '1h' }) });
});
app.listen(process.env.PORT);
`,
        '.env': `PORT=3000
SESSION_SECRET="keyboard cat"
JWT_SECRET=changeme
`,
        '.env.example': `JWT_SECRET=
SESSION_SECRET=
`,
      },
    },
  },
  {
    title: 'a secret of the configuration, used elsewhere',
    files: {
      'src/server.ts': `import express from 'express';
import jwt from 'jsonwebtoken';
import config from './config';

const app = express();
app.use((req, res, next) => {
  jwt.verify(String(req.headers['authorization']), config.auth.jwtSecret);
  next();
});
app.listen(config.port);
`,
      'src/config.ts': `export default {
  port: Number(process.env.PORT ?? 3000),
  auth: { jwtSecret: 'f8a1-not-so-secret', jwtAlgorithm: 'HS256' },
};
`,
    },
    findings: [{ at: "'f8a1-not-so-secret'", path: 'src/config.ts' }],
    fixed: {
      'env-required': {
        'src/config.ts': `const JWT_SECRET = process.env.JWT_SECRET;
if (!JWT_SECRET) {
  throw new Error('JWT_SECRET must be set');
}

export default {
  port: Number(process.env.PORT ?? 3000),
  auth: { jwtSecret: JWT_SECRET, jwtAlgorithm: 'HS256' },
};
`,
        '.env.example': `JWT_SECRET=
`,
      },
    },
  },
  {
    title: 'a package with a schema for its environment',
    files: {
      'src/server.ts': `import express from 'express';
import { createHmac } from 'node:crypto';
import { env } from './env';

const app = express();
app.post('/hooks', (req, res) => {
  res.send(createHmac('sha256', 'hook-signing-key').update(String(req.body)).digest('hex'));
});
app.listen(env.PORT);
`,
      'src/env.ts': `import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().default(3000),
});

export const env = schema.parse(process.env);
`,
    },
    findings: [{ at: "'hook-signing-key'", path: 'src/server.ts' }],
    fixed: {
      'env-config': {
        'src/server.ts': `import express from 'express';
import { createHmac } from 'node:crypto';
import { env } from './env';

const app = express();
app.post('/hooks', (req, res) => {
  res.send(createHmac('sha256', env.HMAC_KEY).update(String(req.body)).digest('hex'));
});
app.listen(env.PORT);
`,
        'src/env.ts': `import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().default(3000),
  HMAC_KEY: z.string().min(1),
});

export const env = schema.parse(process.env);
`,
        '.env.example': `HMAC_KEY=
`,
      },
    },
  },
  {
    title: 'constants of a Nest module',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AuthModule } from './auth.module';

const app = await NestFactory.create(AuthModule);
await app.listen(process.env.PORT ?? 3000);
`,
      'src/auth.module.ts': `import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { jwtConstants } from './constants';

@Module({ imports: [JwtModule.register({ secret: jwtConstants.secret })] })
export class AuthModule {}
`,
      'src/constants.ts': `export const jwtConstants = { secret: 'secretKey' };
`,
    },
    findings: [{ at: "'secretKey'", path: 'src/constants.ts' }],
  },
  {
    title: 'passwords of services, and what providers issued',
    path: 'app.js',
    code: `const mysql = require('mysql2');
const nodemailer = require('nodemailer');
const cloudinary = require('cloudinary').v2;
const mongoose = require('mongoose');
const axios = require('axios');

const pool = mysql.createPool({ host: process.env.DB_HOST, user: 'shop', password: 'root1234' });
const mail = nodemailer.createTransport({ host: process.env.SMTP_HOST, auth: { user: 'shop', pass: 'p4ss' } });
cloudinary.config({ cloud_name: 'shop', api_key: '519284736105928', api_secret: 'aQ3nT7pLx0VbZr5Kd' });
mongoose.connect('mongodb://shop:hunter2@db.acme.io/shop');
const rates = axios.create({ headers: { Authorization: 'Bearer 9f3b7c1d5e2a8046' } });
module.exports = { pool, mail, rates };
`,
    findings: [
      {
        at: "'root1234'",
        message:
          'The database password is fixed in code; require it from the environment and rotate this value.',
      },
      { at: "'p4ss'" },
      { at: "'aQ3nT7pLx0VbZr5Kd'" },
      {
        at: "'mongodb://shop:hunter2@db.acme.io/shop'",
        message:
          'The code holds a password in a mongodb:// URL; read it from the environment, and rotate it: the history keeps it.',
      },
      { at: '9f3b7c1d5e2a8046' },
    ],
    fixed: {
      'env-required': {
        'app.js': `const mysql = require('mysql2');
const nodemailer = require('nodemailer');
const cloudinary = require('cloudinary').v2;
const mongoose = require('mongoose');
const axios = require('axios');

const DB_PASSWORD = process.env.DB_PASSWORD;
if (!DB_PASSWORD) {
  throw new Error('DB_PASSWORD must be set');
}

const SMTP_PASSWORD = process.env.SMTP_PASSWORD;
if (!SMTP_PASSWORD) {
  throw new Error('SMTP_PASSWORD must be set');
}

const CLOUDINARY_API_SECRET = process.env.CLOUDINARY_API_SECRET;
if (!CLOUDINARY_API_SECRET) {
  throw new Error('CLOUDINARY_API_SECRET must be set');
}

const DB_URL = process.env.DB_URL;
if (!DB_URL) {
  throw new Error('DB_URL must be set');
}

const API_TOKEN = process.env.API_TOKEN;
if (!API_TOKEN) {
  throw new Error('API_TOKEN must be set');
}

const pool = mysql.createPool({ host: process.env.DB_HOST, user: 'shop', password: DB_PASSWORD });
const mail = nodemailer.createTransport({ host: process.env.SMTP_HOST, auth: { user: 'shop', pass: SMTP_PASSWORD } });
cloudinary.config({ cloud_name: 'shop', api_key: '519284736105928', api_secret: CLOUDINARY_API_SECRET });
mongoose.connect(DB_URL);
const rates = axios.create({ headers: { Authorization: \`Bearer \${API_TOKEN}\` } });
module.exports = { pool, mail, rates };
`,
        '.env.example': `API_TOKEN=
CLOUDINARY_API_SECRET=
SMTP_PASSWORD=

DB_PASSWORD=
DB_URL=
`,
      },
    },
  },
  {
    title: 'a token in browser code, a key that requests have to bring',
    files: {
      'package.json': `{ "name": "shop", "private": true, "dependencies": { "express": "^4.0.0", "react-dom": "^18.0.0" }, "scripts": { "start": "node server.js" } }
`,
      'public/issues.js': `const TOKEN = '${TOKEN}';
fetch('/issues', { headers: { 'X-Token': TOKEN } });
`,
      'server.js': `const express = require('express');
const app = express();
app.use((req, res, next) => {
  if (req.headers['x-api-key'] !== 'let-me-in-2024') return res.sendStatus(401);
  next();
});
const admin = { login: 'root', password: 'open-sesame' };
app.post('/login', (req, res) => {
  if (req.body.login !== admin.login || req.body.password !== admin.password) return res.sendStatus(403);
  res.json({ login: admin.login });
});
app.listen(process.env.PORT);
`,
    },
    findings: [
      {
        at: `'${TOKEN}'`,
        path: 'public/issues.js',
        message:
          'The code holds a GitHub token; read it from the environment, and rotate it: the history keeps it.',
      },
      { at: "'let-me-in-2024'", path: 'server.js' },
      { at: "'open-sesame'", path: 'server.js' },
    ],
  },
  {
    title: 'objects that are filled in, settings of express, keys of koa',
    path: 'app.js',
    code: `const express = require('express');
const Koa = require('koa');
const jwt = require('jsonwebtoken');
const { Strategy } = require('passport-jwt');

const options = {};
options.jwtFromRequest = (req) => req.cookies.jwt;
options.secretOrKey = 'ilovescotch';
const strategy = new Strategy(options, (payload, done) => done(null, payload));

const app = express();
app.set('tokenSecret', 'hush-hush');
app.post('/token', (req, res) => res.send(jwt.sign({ sub: 1 }, app.get('tokenSecret'))));

const site = new Koa();
site.keys = ['koa key'];
const auth = 'Basic ' + Buffer.from('shop:hunter22').toString('base64');
module.exports = { strategy, app, site, auth };
`,
    findings: [
      { at: "'ilovescotch'" },
      { at: "'hush-hush'" },
      { at: "'koa key'" },
      { at: "'shop:hunter22'" },
    ],
  },
  {
    title: 'connections that a tool reads from a module',
    files: {
      'src/server.js': `const express = require('express');
express().listen(process.env.PORT);
`,
      'config/database.js': `module.exports = {
  production: { dialect: 'mysql', host: process.env.DB_HOST, username: 'shop', password: 's3qu3l' },
  test: { dialect: 'mysql', username: 'root', password: 'root' },
};
`,
      'knexfile.js': `module.exports = {
  client: 'pg',
  connection: { host: process.env.DB_HOST, user: 'shop', password: 'kn3x' },
};
`,
    },
    findings: [
      { at: "'s3qu3l'", path: 'config/database.js' },
      { at: "'kn3x'", path: 'knexfile.js' },
    ],
  },
  {
    title: 'the name of the package, which everybody knows',
    files: {
      'server.js': `const express = require('express');
const session = require('express-session');
const pkg = require('./package.json');
const app = express();
app.set('version', pkg.version);
app.use(session({ secret: pkg.name, store: require('./store'), resave: false, saveUninitialized: false }));
app.listen(process.env.PORT);
`,
      'store.js': 'module.exports = null;\n',
      'package.json':
        '{ "name": "shop", "version": "1.0.0", "private": true, "scripts": { "start": "node server.js" } }\n',
    },
    findings: [{ at: 'pkg.name', path: 'server.js' }],
  },
  {
    title: 'a setting that is a secret whatever uses it',
    files: {
      'src/server.ts': `import { createServer } from 'node:http';
import nconf from 'nconf';
nconf.defaults(require('./config/production'));
createServer((request, response) => response.end(nconf.get('app:name'))).listen(process.env.PORT);
`,
      'src/config/production.ts': `module.exports = {
  app: { name: 'shop', theme: 'kpoiuw304ohHJKnjKJHHJLKJm098' },
  auth: {
    tokenSecret: 'fr2po3758ur0[uaDS {(YQb *gatH 9PUH Eut5goi234dfsgw',
    tokenLifetime: 3600,
    inviteTokenSecret: 'kpoiuw304ohHJKnjKJHHJLKJm098iPOK9[oujiIUGY879u',
  },
};
`,
    },
    findings: [
      {
        at: "'fr2po3758ur0[uaDS {(YQb *gatH 9PUH Eut5goi234dfsgw'",
        path: 'src/config/production.ts',
        message:
          'The value of `tokenSecret` is fixed in code; require it from the environment and rotate this value.',
      },
      {
        at: "'kpoiuw304ohHJKnjKJHHJLKJm098iPOK9[oujiIUGY879u'",
        path: 'src/config/production.ts',
      },
    ],
  },
];
