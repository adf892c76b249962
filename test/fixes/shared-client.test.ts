import { describe, expect, it } from 'vitest';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';
import { applyChanges } from './harness';

const MANIFEST = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node src/app.js' },
  dependencies: { express: '^5.0.0', 'express-session': '^1.18.0', 'express-rate-limit': '^8.0.0' },
});
const APP =
  "const express = require('express');\nconst session = require('express-session');\nconst limiter = require('./lib/limiter');\n\nconst app = express();\napp.use(session({ secret: process.env.SESSION_SECRET }));\napp.use(limiter);\napp.listen(process.env.PORT);\n";
const LIMITER =
  "const { rateLimit } = require('express-rate-limit');\n\nmodule.exports = rateLimit({ windowMs: 60000, limit: 10 });\n";

/** Both stores in one batch. */
async function fixed(files: Files): Promise<Files> {
  const all = {
    'package.json': MANIFEST,
    'src/app.js': APP,
    'src/lib/limiter.js': LIMITER,
    ...files,
  };
  const chosen = rules.filter(({ id }) => id === 'in-memory-session' || id === 'memory-store');
  const { findings } = await check(all, { rules: chosen });
  const { changes, dropped } = mergeFixes(findings.flatMap(({ fixes }) => fixes.slice(0, 1)));
  expect([findings.length, dropped]).toEqual([2, []]);
  return applyChanges(all, changes);
}

describe('a process has one client of Redis', () => {
  it('in a new module, where several need it', async () => {
    const after = await fixed({});
    expect(after['src/lib/redis-client.js']).toBe(
      "const { createClient } = require('redis');\n\nif (!process.env.REDIS_URL) {\n  throw new Error('REDIS_URL must be set');\n}\n\nconst redisClient = createClient({ url: process.env.REDIS_URL });\nredisClient.on('error', console.error);\nredisClient.connect().catch(console.error);\n\nmodule.exports = { redisClient };\n",
    );
    expect(after['src/app.js']).toContain("const { redisClient } = require('./lib/redis-client');");
    expect(after['src/lib/limiter.js']).toContain(
      "const { redisClient } = require('./redis-client');",
    );
    expect(after['src/lib/limiter.js']).not.toContain('exports:');
    expect(after['.env.example']).toBe('REDIS_URL=redis://localhost:6379\n');
  });

  it('the one that a module exports', async () => {
    const redis =
      "const Redis = require('ioredis');\n\nconst cache = new Redis(process.env.REDIS_URL);\n\nmodule.exports = { cache };\n";
    const after = await fixed({
      'src/lib/redis.js': redis,
      'src/app.js': APP.replace('const limiter', "require('./lib/redis');\nconst limiter"),
    });
    expect(Object.keys(after)).not.toContain('src/lib/redis-client.js');
    expect(after['src/app.js']).toContain('new RedisStore({ client: cache })');
    expect(after['src/lib/limiter.js']).toContain("const { cache } = require('./redis');");
  });

  it('by the address that the package’s settings require', async () => {
    const env =
      "const { cleanEnv, str } = require('envalid');\n\nmodule.exports = cleanEnv(process.env, {\n  SESSION_SECRET: str(),\n});\n";
    const after = await fixed({
      'src/env.js': env,
      'src/app.js': APP.replace('const limiter', "require('./env');\nconst limiter"),
    });
    expect(after['src/env.js']).toContain('REDIS_URL: str(),');
    expect(after['src/lib/redis-client.js']).toContain("const config = require('../env');");
    expect(after['src/lib/redis-client.js']).toContain('createClient({ url: config.REDIS_URL })');
  });
});
