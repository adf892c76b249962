import type { GoodExample } from '../../../engine/rule';
import { KEY_BODY } from './bad-file-examples';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a name that the user says holds no credential',
    files: {
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n    environment:\n      SORT_PASSWORD: by-name-desc-92\n',
    },
    options: { ignoredNames: ['SORT_*'] },
  },
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
    title: 'names of secrets that the platform keeps',
    files: {
      'index.js': `module.exports = (req, res) => res.end();
`,
      'vercel.json': `{ "env": { "API_TOKEN_SECRET": "@api-token-secret", "REDIS_PASSWORD": "@redis-labs-password" } }
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
  {
    title: 'what settings are called elsewhere',
    code: `import { load } from '@acme/settings';
enum Keys {
  clientId = 'client_id',
  privateKey = 'private_key',
}
export const settings = load(Keys, { apiSecret: 'API_SECRET', secretKey: 'SECRET_KEY' });
`,
  },
  {
    title:
      'the values of a Helm chart: names of Secrets and of keys in them, and what the chart makes up',
    files: {
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
      'charts/shop/values.yaml': `secrets:
  existingSecret: shop-datastore
  sessionSecret: "" # left empty, it is generated
postgres:
  auth:
    password: ""
    existingSecret: shop-datastore
    secretKeys:
      adminPasswordKey: postgres-password
      userPasswordKey: password
embeddings:
  auth:
    existingSecret: ""
    secretKey: EMBEDDING_PROVIDER_API_KEY
clickhouse:
  external:
    existingSecretKey: clickhouse-password
    password: \${CLICKHOUSE_PASSWORD}
`,
    },
  },
  {
    title: 'what a validator says when it is wrong',
    files: {
      'src/settings.ts': `import { IsUrl } from 'class-validator';
export class Settings {
  @IsUrl({ protocols: ['http'] }, { message: 'CLICKHOUSE_URL must be like http://user:password@db:8123/app' })
  CLICKHOUSE_URL: string;
}
`,
    },
  },
];
