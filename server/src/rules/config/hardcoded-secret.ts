import { secretFixes } from '../../engine/fixes/environment-fixes';
import { manifestSecretFixes } from '../../engine/fixes/manifest-secrets';
import type { Fix, Severity, Span } from '../../engine/finding';
import { defineRule, onSource } from '../../engine/rule';
import type { ServiceKind } from '../../project/libraries/meaning';
import type { ModuleInfo, ProjectModel } from '../../project/model';
import { assignedSecret, type AssignedSecret } from '../../project/secrets/assignments';
import { comparedSecret } from '../../project/secrets/comparisons';
import { shapesOfFile } from '../../project/secrets/file-shapes';
import { shapesOfLiteral, type LiteralShape } from '../../project/secrets/literal-shapes';
import { manifestCredentials } from '../../project/secrets/manifest-credentials';
import { MADE_BY_PROVIDERS } from '../../project/secrets/shapes';
import { secretUses, usesOf } from '../../project/secrets/uses';

type SourceMark =
  | ({ readonly kind: 'shape' } & LiteralShape)
  | { readonly kind: 'compared'; readonly name: string }
  | ({ readonly kind: 'assigned' } & AssignedSecret);

// Put together, so that this file itself does not look as if it gave something away.
const TOKEN = ['ghp', 'R7k2Qm9sVb4nTz8wLc5xHd3jFg6pYa1eUi0o'].join('_');
const KEY_BODY = 'MIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun';

export default defineRule({
  id: 'hardcoded-secret',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A credential is written into code or a tracked file.',
  why: 'A credential in the repository is known to everybody who ever had a copy of it, and the history keeps it when the line is gone. It cannot be changed without a commit and a release, and all deploys share it, so that a laptop can sign what production believes. The test of the twelve factors: could the code be published right now without giving anything away? Kept in the environment, each deploy has its own value, and it is changed where it is used. Removing the line does not help what was already read: issue a new value as well.',
  whenNotToUse:
    'For values that are no secret although they go where secrets go: keys of a sandbox that everybody may have, or a key that is only there to make a hash reproducible.',
  fix: 'suggest',
  hints: [
    MADE_BY_PROVIDERS,
    /:\/\/[^\s:/?#@'"`]*:[^\s/?#@'"`]+@|['"`](?:Bearer|Basic|Bot|Token|ApiKey)\s+[\w+/.~-]{12}|[?&](?:api[-_]?key|app_?id|app_?key|access[-_]?token|auth[-_]?token|client[-_]?secret|secret|token|key|sig|subscription-key)=[\w.~%-]{16}/i,
    /(?:secret|secret_?key|api_?key|account_?key|access_?key|private_?key|master_?key|token|password|pass|pwd|authorization)['"]?\s*:\s*['"`][^'"`\s]/i,
    /(?:[Ss]ecret|[Pp]assword|[Aa]pi[-_]?[Kk]ey|[Tt]oken|[Aa]uthorization)['")\]]*\s*[!=]==?\s*(?:['"]|[A-Z]{3})/,
    /\bbtoa\(\s*['"`]|\.toString\(\s*['"`]base64/,
  ],
  scope: { include: ['browser'] },
  messages: {
    sink: 'The {what} is fixed in code; require it from the environment and rotate this value.',
    shape:
      'The code holds {what}; read it from the environment, and rotate it: the history keeps it.',
    compared:
      'The value that `{name}` has to match is fixed in code; require it from the environment and rotate it.',
    file: 'This tracked file holds {what}; keep it out of the repository, and issue a new one.',
    manifest:
      '{what} stands here in plain text; pass it in from outside the repository and rotate the value.',
    configMap:
      'A ConfigMap shows {what} to everybody who may read it; move it to a Secret and rotate the value.',
  },
  source: [
    onSource(
      ['StringLiteral', 'NoSubstitutionTemplateLiteral', 'TemplateExpression'],
      (node, { syntax, mark }) => {
        for (const shape of shapesOfLiteral(node, syntax.text))
          mark(shape.span, { kind: 'shape', ...shape });
      },
    ),
    onSource(['BinaryExpression'], (node, { evaluate, mark }) => {
      const found = comparedSecret(node, evaluate);
      if (found) mark(found.span, { kind: 'compared', name: found.name });
      const assigned = assignedSecret(node, evaluate);
      if (assigned) mark(node.right, { kind: 'assigned', ...assigned });
    }),
  ],
  file({ facts, module, model, report, resolve }) {
    const taken: { readonly path: string; readonly span: Span }[] = [];
    const isTaken = (path: string, span: Span): boolean =>
      taken.some(
        (one) => one.path === path && one.span.start <= span.start && span.end <= one.span.end,
      );
    const isBrowser = module.roles.has('browser');
    const marks = (facts.marks['hardcoded-secret'] ?? []).map(({ span, data }) => ({
      span,
      data: data as unknown as SourceMark,
    }));
    const assigned = marks.flatMap(({ data }) =>
      data.kind === 'assigned'
        ? usesOf(resolve(data.value), { what: data.what, issued: data.issued }, module.path, model)
        : [],
    );
    for (const use of [...secretUses(module.path, model), ...assigned]) {
      const { literal, path, role, what, issued, service } = use;
      // What is sent to browsers is public: there, only a key that is made up to be secret is a mistake.
      if (role !== 'fixed' || (isBrowser && issued)) continue;
      const { span } = literal;
      if (isTaken(path, span)) continue;
      taken.push({ path, span });
      const fixes = literal.direct ? fixesFor({ model, path, span, what, service }) : [];
      report({ at: { path, span }, message: 'sink', data: { what }, fixes });
    }
    for (const mark of marks) {
      const { data } = mark;
      const { path } = module;
      if (data.kind === 'assigned' || isTaken(path, mark.span)) continue;
      if (data.kind === 'compared') {
        const fixes = fixesFor({
          model,
          path,
          span: mark.span,
          what: data.name.replace(/^x-/i, '').replace(/-/g, ' '),
        });
        report({ at: mark.span, message: 'compared', data: { name: data.name }, fixes });
      } else if (!data.position.afterEnvironment) {
        report({
          at: mark.span,
          message: 'shape',
          data: { what: data.what },
          ...(data.harmless ? { severity: 'hint' } : {}),
          fixes: data.isReplaceable ? fixesFor({ model, path, span: mark.span }, data) : [],
        });
      }
    }
  },
  manifest: {
    kinds: ['yaml', 'json', 'toml', 'dotenv', 'text', 'shell', 'package-json'],
    check({ path, text, model, report }) {
      if (model.files.isIgnored(path)) return;
      const reported: Span[] = [];
      for (const credential of manifestCredentials(model.files).get(path) ?? []) {
        const { span, what, from, development, shaped, harmless } = credential;
        reported.push(span);
        // Services to develop against, and env files, which committed-env-file reports as a whole: only what a provider issued.
        const isIssued = shaped && !what.startsWith('a password in');
        const isQuiet = harmless || ((development || from === 'env-file') && !isIssued);
        report({
          at: span,
          message: from === 'config-map' ? 'configMap' : 'manifest',
          data: { what: from === 'config-map' ? what : capital(what) },
          ...(isQuiet ? { severity: 'hint' as Severity } : {}),
          fixes: manifestSecretFixes(credential, model),
        });
      }
      for (const { span, what, harmless } of shapesOfFile(path, text)) {
        if (reported.some((one) => one.start <= span.start && span.end <= one.end)) continue;
        report({
          at: span,
          message: 'file',
          data: { what },
          ...(harmless ? { severity: 'hint' } : {}),
        });
      }
    },
  },
  examples: {
    bad: [
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
            '.env.example': `SESSION_SECRET=
JWT_SECRET=
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
            '.env.example': `DB_PASSWORD=
SMTP_PASSWORD=
CLOUDINARY_API_SECRET=
DB_URL=
API_TOKEN=
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
        title: 'key files',
        files: {
          'certs/server.key': `-----BEGIN RSA PRIVATE KEY-----
${KEY_BODY}
-----END RSA PRIVATE KEY-----
`,
          'config/service-account.json': `{ "type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\\\n${KEY_BODY}\\\\n-----END PRIVATE KEY-----\\\\n" }
`,
          'config/production.json': `{
  "db": { "user": "shop", "password": "tr0ub4dor" },
  "mail": { "passwordField": "password" }
}
`,
        },
        findings: [
          {
            at: '-----BEGIN RSA PRIVATE KEY-----',
            path: 'certs/server.key',
            message:
              'This tracked file holds a private key; keep it out of the repository, and issue a new one.',
          },
          { at: 'tr0ub4dor', path: 'config/production.json' },
          {
            at: `-----BEGIN PRIVATE KEY-----\\\\n${KEY_BODY}\\\\n-----END PRIVATE KEY-----\\\\n`,
            path: 'config/service-account.json',
          },
        ],
      },
      {
        title: 'compose',
        files: {
          'docker-compose.yml': `services:
  web:
    build: .
    environment:
      # signs sessions
      SESSION_SECRET: sup3rs3cret
      DB_PASSWORD: "\${DB_PASSWORD}"
  db:
    image: postgres:16
    environment:
      - POSTGRES_PASSWORD=hunter2
`,
          Dockerfile: `FROM node:22-alpine
CMD ["node", "server.js"]
`,
          '.gitignore': `.env
`,
        },
        ignored: ['.env'],
        findings: [
          {
            at: 'sup3rs3cret',
            path: 'docker-compose.yml',
            message:
              '\`SESSION_SECRET\` stands here in plain text; pass it in from outside the repository and rotate the value.',
          },
          { at: 'hunter2', path: 'docker-compose.yml' },
        ],
        fixed: {
          'compose-variable': {
            'docker-compose.yml': `services:
  web:
    build: .
    environment:
      # signs sessions
      SESSION_SECRET: \${SESSION_SECRET:?SESSION_SECRET must be set}
      DB_PASSWORD: "\${DB_PASSWORD}"
  db:
    image: postgres:16
    environment:
      - POSTGRES_PASSWORD=\${POSTGRES_PASSWORD:?POSTGRES_PASSWORD must be set}
`,
            '.env': `SESSION_SECRET=sup3rs3cret
POSTGRES_PASSWORD=hunter2
`,
            '.env.example': `SESSION_SECRET=
POSTGRES_PASSWORD=
`,
          },
        },
      },
      {
        title: 'Kubernetes',
        files: {
          'k8s/config.yml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: db-config
data:
  database.host: mysql
  database.password: mytest
`,
          'k8s/app.yml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          image: acme/shop:1.4.2
          env:
            - name: DATABASE_PASSWORD
              valueFrom:
                configMapKeyRef:
                  name: db-config
                  key: database.password
            - name: API_TOKEN_SECRET
              value: "9d8f7a6b"
`,
        },
        findings: [
          { at: '9d8f7a6b', path: 'k8s/app.yml' },
          {
            at: 'mytest',
            path: 'k8s/config.yml',
            message:
              'A ConfigMap shows \`database.password\` to everybody who may read it; move it to a Secret and rotate the value.',
          },
        ],
        fixed: {
          'secret-reference': {
            'k8s/config.yml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: db-config
data:
  database.host: mysql
`,
            'k8s/app.yml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          image: acme/shop:1.4.2
          env:
            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: db-config-secrets
                  key: database.password
            - name: API_TOKEN_SECRET
              valueFrom:
                secretKeyRef:
                  name: shop-secrets
                  key: API_TOKEN_SECRET
`,
          },
        },
      },
      {
        title: 'deploy jobs and platforms',
        files: {
          '.github/workflows/deploy.yml': `name: deploy
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      SESSION_SECRET: prod-session-9134
    steps:
      - run: flyctl deploy --remote-only
        env:
          FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}
`,
          'fly.toml': `app = "shop"

[env]
  LOG_LEVEL = "info"
  JWT_SECRET = "fly-jwt-4711"
`,
        },
        findings: [
          { at: 'prod-session-9134', path: '.github/workflows/deploy.yml' },
          { at: '"fly-jwt-4711"', path: 'fly.toml' },
        ],
        fixed: {
          'ci-secret': {
            '.github/workflows/deploy.yml': `name: deploy
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      SESSION_SECRET: \${{ secrets.SESSION_SECRET }}
    steps:
      - run: flyctl deploy --remote-only
        env:
          FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}
`,
          },
        },
      },
    ],
    good: [
      {
        title: 'secrets from the environment',
        files: {
          'server.js': `const session = require('express-session');
const jwt = require('jsonwebtoken');
const { auth } = require('./config');
if (!process.env.SESSION_SECRET) throw new Error('SESSION_SECRET must be set, e.g. SESSION_SECRET=changeme');
module.exports = [
  session({ secret: process.env.SESSION_SECRET, name: 'sid', resave: false }),
  (token) => jwt.verify(token, auth.secret, { algorithms: ['HS256'] }),
];
`,
          'config.js': `exports.auth = { secret: process.env.JWT_SECRET, tokenHeader: 'x-access-token' };
`,
        },
      },
      {
        title: 'names of things about secrets',
        path: 'src/passport.ts',
        code: `import passport from 'passport';
import { Strategy } from 'passport-local';
import { HeaderAPIKeyStrategy } from 'passport-headerapikey';

export enum Field {
  PASSWORD = 'password',
  RESET_TOKEN = 'reset_token',
}
export const SECRETS_DIR = '/run/secrets';
export const API_KEY_HEADER = 'X-Api-Key';
export const messages = { password: 'Password is required', apiKey: 'Your API key' };
passport.use(new Strategy({ usernameField: 'email', passwordField: 'password' }, () => undefined));
passport.use(new HeaderAPIKeyStrategy({ header: 'X-Api-Key', prefix: '' }, false, () => undefined));
`,
      },
      {
        title: 'validators, schemas and documentation',
        path: 'src/validators.js',
        code: `const Joi = require('joi');
const mongoose = require('mongoose');
const swaggerJsdoc = require('swagger-jsdoc');
exports.login = Joi.object({ username: Joi.string(), password: Joi.string().regex(/^[a-z0-9]{8,}$/) });
exports.user = new mongoose.Schema({ username: 'string', password: { type: String, select: false }, apiKey: 'string' });
exports.docs = swaggerJsdoc({ definition: { example: { username: 'ada', password: 'Password123', apiKey: 'f81d4fae7dec11d0' } } });
exports.check = (req, res) => {
  if (req.body.password === '') return res.status(422).json({ password: 'Please enter a password' });
  if (req.body.token === 'undefined') return res.sendStatus(400);
};
`,
      },
      {
        title: 'public keys, hashes, namespaces',
        path: 'src/keys.js',
        code: `const jwt = require('jsonwebtoken');
const { v5: uuid } = require('uuid');
const publicKey = \`-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9
-----END PUBLIC KEY-----\`;
const NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const alphabet = 'abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWXYZ23456789';
exports.verify = (token) => jwt.verify(token, publicKey, { algorithms: ['ES256'] });
exports.id = (name) => uuid(name, NAMESPACE);
exports.integrity = 'sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC';
exports.hash = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
exports.alphabet = alphabet;
`,
      },
      {
        title: 'placeholders of what others issue, prefixes, dummies',
        path: 'src/clients.js',
        code: `const Stripe = require('stripe');
const OpenAI = require('openai');
const { Sequelize } = require('sequelize');
exports.local = new OpenAI({ baseURL: process.env.OLLAMA_URL, apiKey: 'ollama' });
exports.stripe = new Stripe(process.env.STRIPE_KEY);
exports.isLive = (key) => key.startsWith('sk_live_');
exports.sample = new Stripe('<your-secret-key>');
exports.memory = new Sequelize('database', 'username', 'password', { dialect: 'sqlite' });
`,
      },
      {
        title: 'tests and their fixtures',
        files: {
          'test/auth.test.js': `const jwt = require('jsonwebtoken');
const token = jwt.sign({ id: 1 }, 'test-secret');
fetch('/login', { headers: { Authorization: 'Bearer 9f3b7c1d5e2a8046' } });
`,
          'test/fixtures/server.key': `-----BEGIN RSA PRIVATE KEY-----
${KEY_BODY}
-----END RSA PRIVATE KEY-----
`,
        },
      },
      {
        title: 'manifests that refer to secrets, or document them',
        files: {
          'compose.yml': `services:
  web:
    build: .
    environment:
      - SESSION_SECRET
      - DB_PASSWORD=\${DB_PASSWORD:?}
      - DB_PASSWORD_FILE=/run/secrets/db
      - ALLOW_EMPTY_PASSWORD=yes
`,
          'k8s/app.yml': `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: acme/shop:1.4.2
      env:
        - name: DATABASE_PASSWORD
          valueFrom:
            secretKeyRef:
              name: db
              key: password
        - name: PASSWORD_MIN_LENGTH
          value: "12"
`,
          'k8s/sealed.yml': `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
spec:
  encryptedData:
    password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEqAx
`,
          'app.json': `{ "env": { "JWT_SECRET": { "generator": "secret" }, "API_KEY": { "description": "from the provider" } } }
`,
          '.env.example': `JWT_SECRET=change-me
STRIPE_KEY=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx
`,
        },
      },
      {
        title: 'throwaway services of tests in CI',
        files: {
          '.github/workflows/ci.yml': `name: ci
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    services:
      db:
        image: postgres:16
        env:
          POSTGRES_PASSWORD: postgres
    env:
      DATABASE_URL: postgres://postgres:postgres@localhost:5432/test
      JWT_SECRET: test-secret
    steps:
      - run: npm test
`,
        },
      },
      {
        title: 'names under which data is shown in browsers',
        path: 'public/i18n.js',
        code: `export const en = { password: 'Password', secret: 'Secret', token: 'Your token', apiKey: 'API key' };
export const STORAGE_KEY = 'theme-token';
`,
      },
    ],
  },
});

interface Place {
  readonly model: ProjectModel;
  readonly path: string;
  readonly span: Span;
  readonly what?: string;
  readonly service?: ServiceKind | undefined;
}

function fixesFor(
  { model, path, span, what, service }: Place,
  shape?: LiteralShape,
): readonly Fix[] {
  if (isOnlyInBrowsers(model.modules.get(path))) return [];
  const party =
    service ??
    (shape?.isUrl === true ? SCHEMES[/\w+(?=:\/\/)/.exec(shape.what)?.[0] ?? ''] : undefined);
  const isVague = what === undefined || service !== undefined || VAGUE.test(what);
  const kind = shape?.isUrl === true ? 'url' : /password/.test(what ?? '') ? 'password' : 'secret';
  return secretFixes({
    model,
    path,
    span,
    kind,
    subject:
      what === undefined ? (shape?.isUrl === true ? 'the URL' : 'the credential') : `the ${what}`,
    ...(isVague
      ? shape?.what.endsWith('header') === true
        ? { what: 'API token' }
        : {}
      : { what }),
    ...(party === undefined ? {} : { service: party }),
  });
}

/** Of these there are several; the names in the code say which it is. */
const VAGUE = /^(?:OAuth|client|token|API key|password|secret)/;

const SCHEMES: Readonly<Record<string, ServiceKind>> = {
  mongodb: 'mongodb',
  srv: 'mongodb',
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mariadb',
  redis: 'redis',
  rediss: 'redis',
  amqp: 'amqp',
  amqps: 'amqp',
  smtp: 'smtp',
  smtps: 'smtp',
};

/** A bundler would put the variable's value into what it sends to browsers: a variable is no remedy there. */
function isOnlyInBrowsers(module: ModuleInfo | undefined): boolean {
  return module?.roles.has('browser') === true;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
