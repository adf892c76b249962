import type { BadExample } from '../../../engine/rule';

/** What stands inside of a private key; no key's own. */
export const KEY_BODY = 'MIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun';

/** Secrets in files that are no code. */
export const badFileExamples: readonly BadExample[] = [
  {
    title: 'a key in an example file, and in the settings of development',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" } }\n',
      'server.js': 'require("http").createServer().listen(process.env.PORT);\n',
      '.env.example': 'PORT=3000\nSTRIPE_KEY=sk_live_R7k2Qm9sVb4nTz8wLc5xHd3j # of the shop\n',
      'config/.env.development': 'JWT_SECRET="Xq7-long-and-random-4711"\nLOG=1\n',
    },
    findings: [
      { at: 'sk_live_R7k2Qm9sVb4nTz8wLc5xHd3j', path: '.env.example' },
      { at: '"Xq7-long-and-random-4711"', path: 'config/.env.development', severity: 'hint' },
    ],
    fixed: {
      'empty-value': {
        '.env.example': 'PORT=3000\nSTRIPE_KEY= # of the shop\n',
        'config/.env.development': 'JWT_SECRET=\nLOG=1\n',
      },
    },
  },
  {
    title: 'tokens of the user’s own services',
    files: {
      'src/server.ts': `export const client = connect('ACME-7f3a-2291');\ndeclare function connect(id: string): unknown;\n`,
      'deploy/job.yml': 'run: curl -H x:ACME-7f3a-2291 https://acme.example\n',
    },
    findings: [
      { at: 'ACME-7f3a-2291', path: 'src/server.ts' },
      { at: 'ACME-7f3a-2291', path: 'deploy/job.yml' },
    ],
    options: { patterns: ['\\bACME(-[0-9a-f]{4}){2}\\b'] },
  },
  {
    title: 'a settings file whose values sign tokens and sessions',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.0.0", "express-jwt": "^6.0.0", "rootpath": "^0.1.2" } }',
      'config.json': `{
  "secret": "USED TO SIGN TOKENS, REPLACE IT WITH YOUR OWN",
  "title": "Shop"
}
`,
      'server.js': `require('rootpath')();
const express = require('express');
const jwt = require('helpers/jwt');
const config = require('config.json');
const app = express();
app.use(jwt());
app.get('/', (req, res) => res.send(config.title));
app.listen(process.env.PORT);
`,
      'helpers/jwt.js': `const expressJwt = require('express-jwt');
const config = require('config.json');
module.exports = () => expressJwt({ secret: config.secret, algorithms: ['HS256'] });
`,
    },
    findings: [{ at: '"USED TO SIGN TOKENS, REPLACE IT WITH YOUR OWN"', path: 'config.json' }],
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
          '\`SESSION_SECRET\` stands in this file in plain text; pass it in from outside the repository and rotate it.',
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
        '.env': `POSTGRES_PASSWORD=hunter2
SESSION_SECRET=sup3rs3cret
`,
        '.env.example': `POSTGRES_PASSWORD=
SESSION_SECRET=
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
  {
    title: 'the values of a Helm chart',
    files: {
      'charts/shop/Chart.yaml':
        'apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n  - name: redis\n    version: 21.2.6\n    repository: oci://registry-1.docker.io/bitnamicharts\n',
      'charts/shop/values.yaml': `config:
  sessionSecret: supersecret123
redis:
  auth:
    password: redis-4711
extraEnv:
  - name: JWT_SECRET
    value: jwt-4711-prod
`,
      'charts/shop/values-dev.yaml': 'config:\n  sessionSecret: dev-secret-1\n',
    },
    findings: [
      { at: 'dev-secret-1', path: 'charts/shop/values-dev.yaml', severity: 'hint' },
      { at: 'supersecret123', path: 'charts/shop/values.yaml' },
      {
        at: 'redis-4711',
        path: 'charts/shop/values.yaml',
        message:
          '`redis.password` stands in this file in plain text; pass it in from outside the repository and rotate it.',
      },
      { at: 'jwt-4711-prod', path: 'charts/shop/values.yaml' },
    ],
  },
  {
    title: 'compose: what is written once and merged into several services',
    files: {
      'docker-compose.yml': `x-password: &password tr0ub4dor
x-environment: &environment
  SESSION_SECRET: kept-for-all-4711
x-worker: &worker
  <<: *environment
  AMQP_PASSWORD: queue-4711
services:
  web:
    image: acme/web:1.2.3
    environment:
      <<: *environment
      PORT: '3000'
  worker:
    image: acme/worker:1.2.3
    environment:
      <<: [*worker]
  db:
    image: postgres:16.2
    environment:
      POSTGRES_PASSWORD: *password
`,
    },
    findings: [
      { at: 'tr0ub4dor', path: 'docker-compose.yml' },
      { at: 'kept-for-all-4711', path: 'docker-compose.yml' },
      { at: 'queue-4711', path: 'docker-compose.yml' },
    ],
  },
  {
    title: 'compose, for those who host it themselves; a package of tests lies beside it',
    files: {
      'package.json': '{ "name": "shop", "private": true, "workspaces": ["apps/*", "docker"] }',
      'apps/web/package.json':
        '{ "name": "web", "private": true, "scripts": { "start": "node server.js" } }',
      'apps/web/server.js': "require('http').createServer().listen(process.env.PORT);\n",
      'docker/package.json':
        '{ "name": "@shop/docker", "private": true, "scripts": { "test": "vitest run" } }',
      'docker/docker-compose.yml': `services:
  migrate:
    image: ghcr.io/acme/shop:1.2.3
    entrypoint: ['sh', '-c']
    command: ['if command -v timeout >/dev/null 2>&1; then timeout 300 node migrate.js; fi']
    environment:
      DATABASE_URL: postgres://shop:shop-4711@db/shop
      REDIS_AUTH: redis-4711
`,
    },
    findings: [
      { at: 'postgres://shop:shop-4711@db/shop', path: 'docker/docker-compose.yml' },
      { at: 'redis-4711', path: 'docker/docker-compose.yml' },
    ],
  },
  {
    title: 'a stack of Docker Swarm, and the cookie of a broker',
    files: {
      'docker/swarm/shop_v2.yaml': `services:
  shop:
    image: acme/shop:2.1.0
    environment:
      - AUTHENTICATION_API_KEY=429683C4C977415CAAFCCE10F7D57E11
  broker:
    image: rabbitmq:3.13
    environment:
      - RABBITMQ_ERLANG_COOKIE=33H2CdkzF5WrnJ4ud6nkUdRT
      - RABBITMQ_COOKIE_DOMAIN=shop
`,
    },
    findings: [
      { at: '429683C4C977415CAAFCCE10F7D57E11', path: 'docker/swarm/shop_v2.yaml' },
      { at: '33H2CdkzF5WrnJ4ud6nkUdRT', path: 'docker/swarm/shop_v2.yaml' },
    ],
  },
];
