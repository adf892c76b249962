/** A good text of each kind of file that the product reads: what mutations begin with. */
export const SEEDS: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "app", "private": true, "workspaces": ["packages/*"], "bin": "cli.js", "scripts": { "start": "node server.js > a.log", "build": "tsc && npm run x", "x": "PORT=3000 nodemon src" }, "dependencies": { "express": "^4.0.0", "pg": "*" }, "engines": { "node": ">=18" } }',
  'packages/api/package.json':
    '{ "name": "api", "main": "a.js", "dependencies": { "app": "workspace:*" } }',
  'package-lock.json':
    '{ "lockfileVersion": 3, "packages": { "node_modules/express": { "version": "4.0.0" } } }',
  'yarn.lock': 'express@^4.0.0:\n  version "4.0.0"\n',
  'pnpm-lock.yaml': 'lockfileVersion: "9.0"\nimporters:\n  .: {}\n',
  'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n  - "!**/test/**"\n',
  'bun.lock': '{ "lockfileVersion": 1, "packages": {} }',
  'tsconfig.json':
    '{ "extends": "./base.json", "compilerOptions": { "paths": { "@/*": ["src/*"] } }, "include": ["src/**/*"] }',
  'turbo.json': '{ "tasks": { "build": { "outputs": ["dist/**"], "env": ["A"] } } }',
  'app.json':
    '{ "env": { "A": { "value": "b" } }, "scripts": { "postdeploy": "npx knex migrate:latest" } }',
  'vercel.json': '{ "env": { "A": "b" }, "crons": [{ "path": "/a", "schedule": "* * * * *" }] }',
  'ecosystem.json': '{ "apps": [{ "name": "a", "script": "server.js", "instances": "max" }] }',
  'twelve-factor.json': '{ "rules": { "hardcoded-port": "error" }, "exclude": ["x/**"] }',
  '.vscode/launch.json': '{ "configurations": [{ "program": "server.js", "env": { "A": "1" } }] }',
  Dockerfile:
    'ARG V=20\nFROM node:${V} AS build\nWORKDIR /app\nENV A=b API_KEY="x y"\nCOPY --chown=a . .\nRUN npm install && npm run build \\\n  && rm -rf x\nFROM build\nCOPY --from=build /app /app\nHEALTHCHECK CMD curl localhost\nCMD npm start\n',
  '.dockerignore': 'node_modules\n!keep\n**/*.log\n',
  '.gitignore': 'node_modules/\n!keep\n/dist\n*.log\n',
  'docker-compose.yml':
    'x-base: &base\n  image: node\n  environment: [A=b, "C=${D:-e}"]\nservices:\n  web:\n    <<: *base\n    build: .\n    command: sh -c "npm start"\n    ports: ["80:3000"]\n    volumes:\n      - .:/app\n    env_file: .env\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2\n',
  'k8s/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:latest\n          command: [node, server.js]\n          env:\n            - name: DB_PASSWORD\n              value: hunter2\n---\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  A: b\n',
  '.github/workflows/ci.yml':
    'on: push\nenv: {A: b}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    container: node:18\n    services:\n      db: {image: "postgres:15"}\n    steps:\n      - uses: actions/setup-node@v4\n        with: {node-version: 18}\n      - run: |\n          npm install\n          npm start\n',
  '.gitlab-ci.yml':
    '.d: &d\n  image: node:18\n  script:\n    - npm install\ndeploy:\n  <<: *d\n  services: [postgres]\n',
  '.circleci/config.yml':
    'version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/node:18.0\n    steps:\n      - run: {command: npm install}\n',
  'serverless.yml':
    'service: app\nprovider:\n  environment:\n    A: b\nfunctions:\n  a:\n    handler: server.a\n    events: [{schedule: rate(1 minute)}]\n',
  'render.yaml':
    'services:\n  - type: web\n    startCommand: npm start\n    envVars:\n      - {key: A, value: b}\n',
  'fly.toml':
    'app = "a"\n[env]\nA = "b"\n[processes]\nweb = "npm start"\n[[services]]\ninternal_port = 3000\n',
  '.env': 'A=b\nSECRET="x y"\nexport C=\'d\' # e\n',
  '.env.example': 'A=\nPORT=3000\n',
  Procfile: 'web: npm start\nworker: node worker.js &\n',
  'start.sh':
    '#!/bin/sh\nset -e\nif [ -z "$A" ]; then\n  export A=$(cat a)\nfi\nexec node server.js --x "$@"\n',
  '.envrc': 'export A=b\n',
  'nginx.conf':
    'upstream a {\n  ip_hash;\n  server a:3000;\n}\nserver {\n  listen 80;\n  location / { proxy_pass http://a; }\n}\n',
  'app.service': '[Service]\nExecStart=/usr/bin/node server.js\nEnvironment=A=b\n',
  'web.config': '<configuration><add modules="iisnode" /></configuration>\n',
  '.nvmrc': 'v18\n',
  '.tool-versions': 'nodejs 18.0.0\n',
  '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\npackage-lock=false\n',
  'schema.prisma':
    'datasource db {\n  provider = "postgresql"\n  url = "postgres://a:b@localhost/c"\n}\n',
  Jenkinsfile:
    "pipeline { agent { docker 'node:18' } stages { stage('a') { steps { sh 'npm install' } } } }\n",
  crontab: '* * * * * node job.js\n',
  'key.pem':
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n-----END PRIVATE KEY-----\n',
  'ecosystem.config.js':
    "module.exports = { apps: [{ name: 'a', script: 'server.js', out_file: 'a.log' }] };\n",
  'src/a.ts':
    "import express, { type Request } from 'express';\nimport session from 'express-session';\nimport { Pool } from 'pg';\nexport const { PORT = '3000', API_KEY } = process.env;\nconst app = express();\nconst cache = new Map<string, number>();\napp.use(session({ secret: 'keyboard cat', resave: false }));\nexport class A { static n = 0; #p = `${PORT}/x`; async get(@Inject() a?: number) { return a ?? await fetch(`http://api.example.com/${this.#p}`); } }\napp.get('/:id', async (req: Request, res) => { cache.set(req.params.id, 1); res.json(cache.size); });\nconst pool = new Pool({ connectionString: 'postgres://a:hunter2@db.example.org/x' });\nprocess.on('SIGTERM', () => void pool.end());\napp.listen(Number(PORT) || 3000, 'localhost');\nsetInterval(() => { for (const [k, v] of cache) if (v > 1) cache.delete(k); }, 1000);\n",
  'src/b.js':
    "const fs = require('fs'), { a } = require('./a');\nconst winston = require('winston');\nmodule.exports = { port: process.env.PORT || 80, ...a };\nwinston.createLogger({ transports: [new winston.transports.File({ filename: 'a.log' })] });\nfs.writeFileSync('./uploads/' + a, 'x');\nif (process.env.NODE_ENV === 'production') { process.exit(1); } else switch (a) { case 1: break; default: label: for (;;) continue label; }\n// twelve-factor-disable-next-line hardcoded-port -- why\nrequire('http').createServer((q, s) => s.end()).listen(8080);\n",
  'src/c.tsx':
    'export const C = ({ a }: { a: string }) => <><a href={`${a}`} {...a}>x {a && <b />}</a></>;\nexport default C;\n',
  'src/d.vue':
    '<template><a :b="c" /></template>\n<script setup lang="ts">\nconst u = import.meta.env.VITE_A;\nfetch(\'http://localhost:3000\');\n</script>\n',
  'src/e.astro': '---\nconst a = process.env.A;\n---\n<a>{a}</a>\n',
  'src/f.svelte': '<script>\n  import a from "./b";\n  export let b = a;\n</script>\n<p>{b}</p>\n',
};
