import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a secret that signs tokens',
    path: 'src/auth.js',
    code: `const jwt = require('jsonwebtoken');

const secret = process.env.JWT_SECRET || 'superSecret';

exports.sign = (user) => jwt.sign({ id: user.id }, secret);
`,
    findings: [
      {
        at: "'superSecret'",
        message:
          'Without \`JWT_SECRET\` this literal, which everybody can read, takes its place; require the variable instead.',
      },
    ],
    fixed: {
      'env-required': {
        'src/auth.js': `const jwt = require('jsonwebtoken');

const secret = process.env.JWT_SECRET;
if (!secret) {
  throw new Error('JWT_SECRET must be set');
}

exports.sign = (user) => jwt.sign({ id: user.id }, secret);
`,
      },
    },
  },
  {
    title: 'a config module; only what is a credential',
    path: 'src/config.ts',
    code: `export const config = {
  port: Number(process.env.PORT ?? 3000),
  logLevel: process.env.LOG_LEVEL ?? 'info',
  sessionSecret: process.env.SESSION_SECRET ?? 'keyboard cat',
  db: {
    user: process.env.DB_USER ?? 'shop',
    password: process.env.DB_PASSWORD ?? 'postgres',
    test: process.env.DB_TEST_PASSWORD_FIELD ?? 'password',
  },
  stripe: process.env.STRIPE_API_KEY || 'your-stripe-key',
};
`,
    findings: [
      { at: "'keyboard cat'" },
      { at: "'postgres'" },
      { at: "'your-stripe-key'", severity: 'information' },
    ],
    fixed: {
      'env-required': {
        'src/config.ts': `const SESSION_SECRET = process.env.SESSION_SECRET;
if (!SESSION_SECRET) {
  throw new Error('SESSION_SECRET must be set');
}

const DB_PASSWORD = process.env.DB_PASSWORD;
if (!DB_PASSWORD) {
  throw new Error('DB_PASSWORD must be set');
}

const STRIPE_API_KEY = process.env.STRIPE_API_KEY;
if (!STRIPE_API_KEY) {
  throw new Error('STRIPE_API_KEY must be set');
}

export const config = {
  port: Number(process.env.PORT ?? 3000),
  logLevel: process.env.LOG_LEVEL ?? 'info',
  sessionSecret: SESSION_SECRET,
  db: {
    user: process.env.DB_USER ?? 'shop',
    password: DB_PASSWORD,
    test: process.env.DB_TEST_PASSWORD_FIELD ?? 'password',
  },
  stripe: STRIPE_API_KEY,
};
`,
      },
    },
  },
  {
    title: 'schemas',
    files: {
      'src/env.ts': `import { z } from 'zod';

export const env = z
  .object({
    PORT: z.coerce.number().default(3000),
    COOKIE_SECRET: z.string().min(8).default('development-secret'),
  })
  .parse(process.env);
`,
      'src/settings.js': `const { cleanEnv, str, num } = require('envalid');

module.exports = cleanEnv(process.env, {
  DB_PASSWORD: str({ default: '' }),
  JWT_SECRET: str({ default: 'jwt', desc: 'signs tokens' }),
  JWT_TTL: num({ default: 900 }),
});
`,
      'src/nest.ts': `import { ConfigService } from '@nestjs/config';
import { JwtService } from '@nestjs/jwt';

export const sign = (config: ConfigService, jwt: JwtService) =>
  jwt.sign({}, { secret: config.get<string>('JWT_SECRET', 'nest-secret') });
`,
    },
    findings: [
      { at: "'development-secret'", path: 'src/env.ts' },
      { at: "'nest-secret'", path: 'src/nest.ts' },
      {
        at: "''",
        path: 'src/settings.js',
        severity: 'information',
        message:
          'Without \`DB_PASSWORD\` the app runs with an empty credential; require the variable instead.',
      },
      { at: "'jwt'", path: 'src/settings.js' },
    ],
    fixed: {
      'env-required': {
        'src/env.ts': `import { z } from 'zod';

export const env = z
  .object({
    PORT: z.coerce.number().default(3000),
    COOKIE_SECRET: z.string().min(8),
  })
  .parse(process.env);
`,
        'src/settings.js': `const { cleanEnv, str, num } = require('envalid');

module.exports = cleanEnv(process.env, {
  DB_PASSWORD: str(),
  JWT_SECRET: str({ desc: 'signs tokens' }),
  JWT_TTL: num({ default: 900 }),
});
`,
        'src/nest.ts': `import { ConfigService } from '@nestjs/config';
import { JwtService } from '@nestjs/jwt';

export const sign = (config: ConfigService, jwt: JwtService) =>
  jwt.sign({}, { secret: config.getOrThrow<string>('JWT_SECRET') });
`,
      },
    },
  },
  {
    title: 'defaults of parameters and destructured names, by way of another module',
    files: {
      'src/server.ts': `import session from 'express-session';
import { createHmac } from 'node:crypto';
import { SESSION_KEY } from './settings';

export const middleware = session({ secret: SESSION_KEY, resave: false, saveUninitialized: false });
export function sign(text: string, key = 'hmac-key') {
  return createHmac('sha256', key).update(text).digest('hex');
}
`,
      'src/settings.ts': `export const { SESSION_KEY = 'session-key' } = process.env;
`,
    },
    findings: [
      {
        at: "'hmac-key'",
        path: 'src/server.ts',
        message: 'When the HMAC key is missing, this literal takes its place; require it instead.',
      },
      { at: "'session-key'", path: 'src/settings.ts' },
    ],
  },
  {
    title: 'the script that starts the container, and compose',
    files: {
      'docker-entrypoint.sh': `#!/bin/sh
set -e
# password=\${APP_PASSWORD:-secret}
host=\${APP_HOST:="127.0.0.1"}
password=\${APP_PASSWORD:=""}
token=\${ADMIN_TOKEN:-}
exec node server.js --secret-file "\${SECRET_FILE:-/run/secrets/app}"
`,
      'docker-compose.yml': `services:
  web:
    build: .
    environment:
      JWT_SECRET: \${JWT_SECRET:-not-a-secret}
      PORT: \${PORT:-3000}
`,
    },
    findings: [
      { at: '\${JWT_SECRET:-not-a-secret}', path: 'docker-compose.yml' },
      { at: '\${APP_PASSWORD:=""}', path: 'docker-entrypoint.sh', severity: 'information' },
    ],
    fixed: {
      'require-expansion': {
        'docker-entrypoint.sh': `#!/bin/sh
set -e
# password=\${APP_PASSWORD:-secret}
host=\${APP_HOST:="127.0.0.1"}
password=\${APP_PASSWORD:?APP_PASSWORD must be set}
token=\${ADMIN_TOKEN:-}
exec node server.js --secret-file "\${SECRET_FILE:-/run/secrets/app}"
`,
        'docker-compose.yml': `services:
  web:
    build: .
    environment:
      JWT_SECRET: \${JWT_SECRET:?JWT_SECRET must be set}
      PORT: \${PORT:-3000}
`,
      },
    },
  },
  {
    title: 'where a tool is told how to reach the database',
    files: {
      'drizzle.config.ts': `import { defineConfig } from 'drizzle-kit';
export default defineConfig({
  dialect: 'postgresql',
  dbCredentials: { host: process.env.PG_HOST!, database: 'shop', password: process.env.PG_PASSWORD || 'lemon' },
});
`,
    },
    findings: [{ at: "'lemon'", path: 'drizzle.config.ts' }],
  },
  {
    title: 'defaults in schemas of valibot and TypeBox',
    files: {
      'src/env.ts': `import * as v from 'valibot';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
export const env = v.parse(
  v.object({ JWT_SECRET: v.optional(v.string(), 'supersecretvalue'), LOG_LEVEL: v.optional(v.string(), 'info') }),
  process.env,
);
export const more = Value.Parse(
  Type.Object({ SESSION_SECRET: Type.String({ default: 'keyboard-cat-9' }), PORT: Type.Number({ default: 3000 }) }),
  process.env,
);
`,
    },
    findings: [
      { at: "'supersecretvalue'", path: 'src/env.ts' },
      { at: "'keyboard-cat-9'", path: 'src/env.ts' },
    ],
  },
];
