import { beforeAll, describe, expect, it } from 'vitest';
import { createFixBatch } from '../../server/src/engine/edits/batch';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { sessionStoreFix } from '../../server/src/rules/processes/in-memory-session/session-store';
import { typeErrors } from '../helpers/type-check';
import { applyChanges, project, spanIn, syntaxErrorsOf, type Files } from './harness';

beforeAll(loadTypeScript);

async function store(
  dependencies: Record<string, string>,
  text: string,
  call: string,
  more: { path?: string; library?: string; files?: Files } = {},
) {
  const path = more.path ?? 'src/server.ts';
  const manifest = `${JSON.stringify({ name: 'app', dependencies }, null, 2)}\n`;
  const files: Files = { 'package.json': manifest, [path]: text, ...more.files };
  const model = await project(files);
  const fix = sessionStoreFix({
    model,
    path,
    call: spanIn(text, call),
    library: more.library ?? 'express-session',
  });
  const changes = fix?.build(createFixBatch());
  if (!fix || !changes) return undefined;
  const fixed = applyChanges(files, changes);
  const code = fixed[path] ?? '';
  expect(syntaxErrorsOf(code, path)).toEqual([]);
  expect(typeErrors({ app: { [path]: code } })['app']).toEqual([]);
  const declared = JSON.parse(fixed['package.json'] ?? '{}') as {
    dependencies: object;
    devDependencies?: object;
  };
  return {
    title: fix.title,
    code,
    dependencies: declared.dependencies,
    dev: declared.devDependencies,
    example: fixed['.env.example'],
  };
}

const text =
  "import session from 'express-session';\ndeclare const app: any;\n\napp.use(\n  session({\n    secret: 'x',\n    resave: false,\n  }),\n);\n";
const call = "session({\n    secret: 'x',\n    resave: false,\n  })";

describe('sessionStoreFix', () => {
  it('sets up Redis where the package has no database', async () => {
    expect(await store({ 'express-session': '^1.18.0' }, text, call)).toEqual({
      title: 'Keep sessions in Redis (`connect-redis`); the start requires `REDIS_URL`',
      code: "import session from 'express-session';\nimport { RedisStore } from 'connect-redis';\nimport { createClient } from 'redis';\n\nif (!process.env.REDIS_URL) {\n  throw new Error('REDIS_URL must be set');\n}\nconst redisClient = createClient({ url: process.env.REDIS_URL });\nredisClient.on('error', console.error);\nredisClient.connect().catch(console.error);\n\ndeclare const app: any;\n\napp.use(\n  session({\n    secret: 'x',\n    resave: false,\n    store: new RedisStore({ client: redisClient }),\n  }),\n);\n",
      dependencies: { 'connect-redis': '^9.0.0', 'express-session': '^1.18.0', redis: '^5.0.0' },
      dev: undefined,
      example: 'REDIS_URL=redis://localhost:6379\n',
    });
  });

  it('uses the Redis client that is there, with the store that takes it', async () => {
    const redis = text.replace(
      'declare const app: any;\n',
      "import Redis from 'ioredis';\ndeclare const app: any;\nconst cache = new Redis('x');\n",
    );
    const fixed = await store({ ioredis: '^5.0.0' }, redis, call);
    expect(fixed?.code).toContain('store: new RedisStore({ client: cache })');
    expect(fixed?.dependencies).toEqual({ 'connect-redis': '^8.0.0', ioredis: '^5.0.0' });
    expect(fixed?.example).toBeUndefined();
    const other = await store({ ioredis: '^5.0.0' }, text, call);
    expect(other?.code).toContain('const redisClient = new Redis(process.env.REDIS_URL);');
  });

  it('uses MongoDB where the package does, with its variable', async () => {
    const js =
      'var session = require("express-session")\nvar app = require("./app")\n\nfunction start() {\n    app.use(session({ secret: "x", store: new session.MemoryStore() }))\n}\nstart()\n';
    const config = {
      'config.js':
        "module.exports = process.env.MONGODB_URI || 'mongodb://localhost:27017/shop';\n",
    };
    const fixed = await store(
      { mongodb: '^6.0.0' },
      js,
      'session({ secret: "x", store: new session.MemoryStore() })',
      { path: 'server.js', files: config },
    );
    expect(fixed).toMatchObject({
      title: 'Keep sessions in MongoDB (`connect-mongo`); the start requires `MONGODB_URI`',
      code: 'var session = require("express-session")\nvar app = require("./app")\nvar MongoStore = require("connect-mongo")\n\nif (!process.env.MONGODB_URI) {\n    throw new Error("MONGODB_URI must be set")\n}\n\nfunction start() {\n    app.use(session({ secret: "x", store: MongoStore.create({ mongoUrl: process.env.MONGODB_URI }) }))\n}\nstart()\n',
      dependencies: { 'connect-mongo': '^5.1.0', mongodb: '^6.0.0' },
    });
    const connected = text
      .replace(
        'declare',
        "import mongoose from 'mongoose';\nmongoose.connect(process.env.DB_URI!);\ndeclare",
      )
      .replace('DB_URI!', 'DB_URI');
    expect((await store({ mongoose: '^8.0.0' }, connected, call))?.code).toContain(
      'MongoStore.create({ mongoUrl: process.env.DB_URI })',
    );
    expect((await store({ mongoose: '^9.0.0' }, text, call))?.code).toContain(
      "import { MongoStore } from 'connect-mongo';",
    );
  });

  it.each([
    [{ mongoose: '~4.13.1' }, '~4.5.0'],
    [{ mongoose: '^6.0.0' }, '^4.6.0'],
    [{ mongoose: '^7.0.0' }, '^5.1.0'],
    [{ mongoose: '^7.0.0', 'express-session': '~1.14.1' }, '~4.5.0'],
  ])(
    'takes the store that works with %o, and the address of a settings module',
    async (dependencies, range) => {
      const js =
        "var session = require('express-session');\nvar app = require('express')();\nvar mongoose = require('mongoose');\nvar configDB = require('./database');\n\nmongoose.connect(configDB.url);\napp.use(session({ secret: 'x' }));\n";
      const fixed = await store(dependencies, js, "session({ secret: 'x' })", {
        path: 'server.js',
        files: { 'database.js': "module.exports = { url: 'mongodb://localhost/app' };\n" },
      });
      expect(fixed?.code).toContain(
        "var configDB = require('./database');\nvar MongoStore = require('connect-mongo');\n",
      );
      expect(fixed?.code).toContain('store: MongoStore.create({ mongoUrl: configDB.url })');
      expect(fixed?.example).toBeUndefined();
      expect(fixed?.dependencies).toEqual({ ...dependencies, 'connect-mongo': range });
    },
  );

  it('takes the address in a name of the module, of a chain over several lines', async () => {
    const js =
      "const mongoose = require('mongoose');\nconst session = require('express-session');\nconst app = require('express')();\n\nconst db = require('./keys').mongoURI;\n\nmongoose\n  .connect(db)\n  .catch(console.log);\napp.use(session({ secret: 'x' }));\n";
    const fixed = await store({ mongoose: '^9.0.0' }, js, "session({ secret: 'x' })", {
      path: 'app.js',
      files: { 'keys.js': "module.exports = { mongoURI: 'mongodb://localhost/app' };\n" },
    });
    expect(fixed?.code).toContain('store: MongoStore.create({ mongoUrl: db })');
    expect(fixed?.example).toBeUndefined();
  });

  it('uses PostgreSQL, with the pool that is there', async () => {
    const fixed = await store({ pg: '^8.0.0' }, text, call);
    expect(fixed?.code).toContain("import connectPgSimple from 'connect-pg-simple';");
    expect(fixed?.code).toContain('const PgSession = connectPgSimple(session);\n\napp.use(');
    expect(fixed?.code).toContain(
      'store: new PgSession({ conString: process.env.DATABASE_URL, createTableIfMissing: true }),',
    );
    expect(fixed?.dependencies).toEqual({ 'connect-pg-simple': '^10.0.0', pg: '^8.0.0' });
    expect(fixed?.dev).toEqual({ '@types/connect-pg-simple': '^7.0.3' });
    const pool = text.replace(
      'declare',
      "import { Pool } from 'pg';\nconst pool = new Pool();\ndeclare",
    );
    expect((await store({ pg: '^8.0.0' }, pool, call))?.code).toContain(
      'new PgSession({ pool, createTableIfMissing: true })',
    );
  });

  it('drops a memory store with its package', async () => {
    const memory =
      "import session from 'express-session';\nimport makeStore from 'memorystore';\ndeclare const app: any;\nconst MemoryStore = makeStore(session);\nconst store = new MemoryStore({ checkPeriod: 1 });\napp.use(session({ secret: 'x', store }));\n";
    const fixed = await store(
      { ioredis: '^5.0.0', memorystore: '^1.0.0' },
      memory,
      "session({ secret: 'x', store })",
    );
    expect(fixed?.code).toContain(
      "session({ secret: 'x', store: new RedisStore({ client: redisClient }) })",
    );
    expect(fixed?.code).not.toMatch(/MemoryStore|memorystore|const store/);
    expect(fixed?.dependencies).toEqual({ 'connect-redis': '^8.0.0', ioredis: '^5.0.0' });
  });

  it('says the address of an outer scope again where a parameter hides its name', async () => {
    const hidden =
      "const { MongoClient } = require('mongodb');\nconst session = require('express-session');\nconst app = require('express')();\nconst { db } = require('./config');\n\nMongoClient.connect(db, (err, db) => {\n  app.use(session({ secret: 'x' }));\n  app.listen(process.env.PORT, () => console.log(db));\n});\n";
    const fixed = await store({ mongodb: '^6.0.0' }, hidden, "session({ secret: 'x' })", {
      path: 'server.js',
      files: { 'config.js': 'module.exports = { db: process.env.MONGODB_URI };\n' },
    });
    expect(fixed?.title).toBe('Keep sessions in MongoDB (`connect-mongo`)');
    expect(fixed?.code).toContain(
      "const sessionUrl = db;\n\nMongoClient.connect(db, (err, db) => {\n  app.use(session({ secret: 'x', store: MongoStore.create({ mongoUrl: sessionUrl }) }));",
    );
  });

  it('follows options that stand in a variable', async () => {
    const options =
      "import session from 'express-session';\ndeclare const app: any;\nconst options = { secret: 'x' };\napp.use(session(options));\n";
    expect((await store({}, options, 'session(options)'))?.code).toMatch(
      /redisClient\.connect\(\)\.catch\(console\.error\);\n\ndeclare const app: any;\nconst options = \{ secret: 'x', store: new RedisStore/,
    );
  });

  it('sets up @fastify/session', async () => {
    const fastify =
      "import fastifySession from '@fastify/session';\ndeclare const app: any;\napp.register(fastifySession, { secret: 'x' });\n";
    const fixed = await store(
      { '@fastify/session': '^11.0.0', pg: '^8.0.0' },
      fastify,
      "app.register(fastifySession, { secret: 'x' })",
      { library: '@fastify/session' },
    );
    expect(fixed?.code).toContain(
      "app.register(fastifySession, { secret: 'x', store: new RedisStore({ client: redisClient }) });",
    );
    expect(fixed?.dependencies).toMatchObject({
      'connect-redis': '^9.0.0',
      'express-session': '^1.18.0',
    });
  });

  it('offers nothing where it cannot be right', async () => {
    expect(await store({}, text, call, { library: 'koa-session' })).toBeUndefined();
    const unknown =
      "import session from 'express-session';\nimport { options } from './options';\nsession(options);\n";
    expect(await store({}, unknown, 'session(options)')).toBeUndefined();
  });
});
