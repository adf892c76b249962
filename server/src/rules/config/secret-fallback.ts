import { requireVariableFix } from '../../engine/fixes/required-default';
import { fileEdit, replacement } from '../../engine/edits';
import type { Fix, Severity } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { isComposePath, readCompose } from '../../project/manifests/compose';
import { isDocumentPath, isTestPath } from '../../project/paths';
import { isComposeForDevelopment } from '../../project/secrets/compose-purpose';
import { secretFallbacks, type SecretFallback } from '../../project/secrets/fallbacks';
import { expansionFallbacks, type ExpansionFallback } from '../../project/secrets/shell-fallbacks';
import { isDevelopmentPath } from '../../project/start/purpose';

export default defineRule({
  id: 'secret-fallback',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A literal takes the place of a credential that is not set.',
  why: 'A default for a credential is a credential in the code. The deploy that forgets the variable starts without a word and runs on a secret that everybody with the repository knows: whoever reads it can sign sessions and tokens of that deploy. Without a default the same mistake stops the start, names the variable, and is corrected in a minute. For development, the value belongs into a `.env` that is not committed.',
  whenNotToUse:
    'For the sandbox keys that a provider publishes for everybody, or when something else makes sure that the default never reaches a deploy.',
  fix: 'suggest',
  // What reads `process.env`, or imports a library that takes credentials or reads schemas, is parsed anyway.
  hints: [/[A-Z_](?:SECRET|PASSWORD|TOKEN|KEY)\w*['")\]]+\s*(?:\|\||\?\?|,)\s*['"`]/],
  messages: {
    known:
      'Without `{name}` this literal, which everybody can read, takes its place; require the variable instead.',
    unnamed: 'When the {what} is missing, this literal takes its place; require it instead.',
    useless:
      'Without `{name}` the app starts on a placeholder and fails later; require the variable instead.',
    empty: 'Without `{name}` the app runs with an empty credential; require the variable instead.',
  },
  file({ module, model, report }) {
    const isOneOff = module.roles.has('admin') || module.roles.has('cli');
    const isServed = ['web', 'worker', 'clock', 'serverless'].some((role) =>
      module.roles.has(role as never),
    );
    for (const fallback of secretFallbacks(module, model)) {
      const { path, span, name, what, how } = fallback;
      const place = { at: { path, span }, ...severityOf(how, isOneOff && !isServed) };
      if (name === undefined) {
        report({ ...place, message: 'unnamed', data: { what } });
        continue;
      }
      // Destructured with a default: what a missing variable does has to be written elsewhere.
      const isBound = /[{,]\s*\w+\s*(?::\s*\w+\s*)?=\s*$/.test(
        (model.files.text(path) ?? '').slice(Math.max(0, span.start - 80), span.start),
      );
      const fixes = isBound ? [] : [requireVariableFix({ model, path, span, name })];
      report({ ...place, message: how, data: { name }, fixes });
    }
  },
  manifest: {
    kinds: ['shell', 'yaml'],
    check({ path, text, model, report }) {
      if (isTestPath(path) || isDocumentPath(path)) return;
      const compose = isComposePath(path) ? readCompose(model.files, path) : undefined;
      if (model.files.kind(path) === 'yaml' && !compose) return;
      const isQuiet = compose ? isComposeForDevelopment(compose) : isDevelopmentPath(path);
      for (const found of expansionFallbacks(text)) {
        const { name, how, span } = found;
        report({
          at: span,
          message: how,
          data: { name },
          ...severityOf(how, false),
          ...(isQuiet ? { severity: 'hint' as const } : {}),
          fixes: [expansionFix(path, found)],
        });
      }
    },
  },
  examples: {
    bad: [
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
            message:
              'When the HMAC key is missing, this literal takes its place; require it instead.',
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
    ],
    good: [
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
    ],
  },
});

function severityOf(
  how: SecretFallback['how'],
  isOneOff: boolean,
): { readonly severity?: Severity } {
  return how === 'known' && !isOneOff ? {} : { severity: 'information' };
}

/** `${X:-default}` → `${X:?X must be set}`, which stops shell and compose alike. */
function expansionFix(path: string, { name, span, nameEnd }: ExpansionFallback): Fix {
  return {
    id: 'require-expansion',
    kind: 'suggest',
    title: `Require \`${name}\`: drop the default`,
    build: () => [
      fileEdit(path, [replacement({ start: nameEnd, end: span.end - 1 }, `:?${name} must be set`)]),
    ],
  };
}
