import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'required variables',
    path: 'src/config.ts',
    code: `const secret = process.env.JWT_SECRET;
if (!secret) throw new Error('JWT_SECRET must be set, e.g. JWT_SECRET=changeme');
export const config = { secret, password: process.env.DB_PASSWORD ?? fail('DB_PASSWORD') };
function fail(name: string): never {
  throw new Error(name + ' is missing');
}
`,
  },
  {
    title: 'defaults of settings that are no credentials',
    path: 'src/config.js',
    code: `module.exports = {
  tokenTtl: process.env.TOKEN_TTL || '15m',
  tokenHeader: process.env.TOKEN_HEADER || 'x-access-token',
  passwordMinLength: process.env.PASSWORD_MIN_LENGTH || '8',
  secretName: process.env.SECRET_NAME || 'prod/db',
  keyFile: process.env.PRIVATE_KEY_FILE || './certs/server.key',
  secretsDir: process.env.SECRETS_DIR ?? '/run/secrets',
  algorithm: process.env.JWT_ALGORITHM || 'HS256',
  authTokenUrl: process.env.AUTH_TOKEN_URL || 'https://login.example.com/oauth/token',
  publicKey: process.env.STRIPE_PUBLISHABLE_KEY || 'pk_test_4711',
  requirePassword: process.env.REQUIRE_PASSWORD || 'true',
};
`,
  },
  {
    title: 'only for development, as the library says',
    path: 'src/env.js',
    code: `const { cleanEnv, str } = require('envalid');
module.exports = cleanEnv(process.env, {
  JWT_SECRET: str({ devDefault: 'dev-secret' }),
  API_TOKEN: str({ desc: 'token of the provider', example: '4f9a' }),
});
`,
  },
  {
    title: 'another variable, a generated value, nothing',
    path: 'src/secrets.ts',
    code: `import { randomBytes } from 'node:crypto';
export const secret = process.env.APP_SECRET ?? process.env.SECRET_KEY;
export const csrf = process.env.CSRF_SECRET ?? randomBytes(32).toString('hex');
export const redisPassword = process.env.REDIS_PASSWORD || '';
export const apiKey = process.env.MAPS_API_KEY || undefined;
export const smtp = process.env.SMTP_PASSWORD ?? null;
`,
  },
  {
    title: 'tests and their set-up',
    files: {
      'test/setup.js': `process.env.JWT_SECRET = process.env.JWT_SECRET || 'test-secret';
const password = process.env.DB_PASSWORD || 'postgres';
module.exports = { password };
`,
      'playwright.config.js': `module.exports = { use: { secret: process.env.SESSION_SECRET || 'e2e' } };
`,
    },
  },
  {
    title: 'a database on this machine is the finding of another rule',
    path: 'src/db.js',
    code: `module.exports = process.env.DATABASE_URL || 'postgres://postgres:postgres@localhost:5432/app';
`,
  },
  {
    title: 'asking whether a variable is set; passing through',
    files: {
      'start.sh': `#!/bin/sh
set -u
if [ -z "\${DB_PASSWORD:-}" ]; then
  echo "DB_PASSWORD must be set" >&2
  exit 1
fi
exec node server.js
`,
      'compose.yml': `services:
  web:
    build: .
    environment:
      - DB_PASSWORD=\${DB_PASSWORD:?}
      - DB_PASSWORD_FILE=\${DB_PASSWORD_FILE:-/run/secrets/db}
      - REDIS_PASSWORD=\${REDIS_PASSWORD:-}
`,
    },
  },
  {
    title: 'other tools',
    files: {
      'playwright.config.ts': `export default { use: { httpCredentials: { username: 'ada', password: process.env.E2E_PASSWORD ?? 'lemon' } } };
`,
    },
  },
];
