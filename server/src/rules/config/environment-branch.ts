import type * as TypeScript from 'typescript';
import { environmentDefaultFix } from '../../engine/fixes/environment-fixes';
import type { Fix, Span } from '../../engine/finding';
import { defineRule, onSource, type SourceContext } from '../../engine/rule';
import { ts } from '../../languages/source/ts';
import type { Value } from '../../languages/source/value';
import {
  caseChoice,
  flagChoice,
  ifChoice,
  namedResource,
  ternaryChoice,
  type EnvironmentChoice,
} from '../../project/environment-choices';
import {
  environmentQuestion,
  isEnvironmentName,
  isEnvironmentWord,
  isTestWord,
} from '../../project/environment-name';
import { deploymentOf, isServerModule } from '../../project/deployment';

interface Noted {
  readonly choice: EnvironmentChoice;
  /** A condition, or the environment's name itself. */
  readonly asked: Value;
  readonly form: 'condition' | 'name';
  /** What is looked up by the name. */
  readonly table?: Value;
}

/** Text of conditions worth evaluating. */
const TELLING =
  /[A-Z]_?ENV(?:IRONMENT)?\b|\bENVIRONMENT\b|\b(?:STAGE|ENV|DEV|PROD|__DEV__)\b|\benv(?:ironment)?(?:\b(?!\s*\.)|['"])|(?:nodeEnv|appEnv|envName)\b|(?:\b|_)(?:is|in|on)_?(?:an?_?)?(?:prod|dev|stag)|\b(?:prod|dev|stag)\w*\b/i;

export default defineRule({
  id: 'environment-branch',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The environment’s name decides a setting.',
  why: 'Grouping settings under names such as “production” and “staging” does not scale: the next deploy (a preview, a load test, a second region) needs a new name and a change of code, and nobody can turn one knob without taking the others along. What differs between deploys belongs into variables of its own, each set on its own. The code then asks what to do, not where it is.',
  whenNotToUse:
    'For conveniences of development that no deploy ever wants. Tests, error pages, stack traces and pretty logs are left alone.',
  fix: 'suggest',
  hints: [
    /\b(?:NODE|APP|DEPLOY|SERVER|NEST|VERCEL|NODE_CONFIG)_?ENV(?:IRONMENT)?\b|\b_*(?:is|in|IS)_?(?:prod|dev|stag|PROD|DEV|STAG|Prod|Dev|Stag)|\benv(?:ironment)?\s*[=!]==?|[=!]==?\s*['"](?:prod|dev|stag)|['"]env['"]\)/,
  ],
  messages: {
    setting: '`{name}` depends on the environment’s name; give it a variable of its own.',
    value: 'The environment’s name decides this value; give it a variable of its own.',
    service: 'The environment’s name decides what this app connects to; let a variable say it.',
    feature: 'The environment’s name decides what runs here; let a variable say it.',
  },
  source: [
    onSource(['ConditionalExpression'], (node, context) => {
      const { text } = context.syntax;
      let { parent } = node;
      while (ts().isParenthesizedExpression(parent)) ({ parent } = parent);
      // Chains are one choice.
      if (ts().isConditionalExpression(parent) && asksIn(parent.condition, text)) return;
      if (!asksIn(node.condition, text)) return;
      const choice = ternaryChoice(node, text);
      if (choice) note(node.condition, 'condition', choice, context);
    }),
    onSource(['IfStatement'], (node, context) => {
      const { text } = context.syntax;
      if (ts().isIfStatement(node.parent) && node.parent.elseStatement === node) return;
      if (!asksIn(node.expression, text)) return;
      const choice = ifChoice(node, text);
      if (choice) note(node.expression, 'condition', choice, context);
    }),
    onSource(['SwitchStatement'], (node, context) => {
      const { text } = context.syntax;
      if (!asksIn(node.expression, text)) return;
      const choice = caseChoice(node, text);
      if (choice) note(node.expression, 'name', choice, context);
    }),
    onSource(['PropertyAssignment'], (node, context) => {
      if (!ts().isExpression(node.initializer) || !asksIn(node.initializer, context.syntax.text))
        return;
      const kind = node.initializer.kind;
      const { SyntaxKind } = ts();
      if (kind === SyntaxKind.ConditionalExpression || kind === SyntaxKind.ObjectLiteralExpression)
        return;
      const choice = flagChoice(node);
      if (choice) note(node.initializer, 'condition', choice, context);
    }),
    onSource(['ElementAccessExpression'], (node, context) => {
      if (!asksIn(node.argumentExpression, context.syntax.text)) return;
      const table = context.evaluate(node.expression);
      note(node.argumentExpression, 'name', { weight: 'setting' }, context, table);
    }),
    onSource(['TemplateExpression'], (node, context) => {
      const { text } = context.syntax;
      for (const { expression } of node.templateSpans) {
        const choice = asksIn(expression, text) && namedResource(node, text);
        if (choice) return note(expression, 'name', choice, context);
      }
    }),
  ],
  judge(mark, { model, module, path, facts, resolve, report }) {
    if (!isServerModule(module)) return;
    // A local stand-in for a real service is the graver matter, and said by rules of its own.
    const isServiceChoice = ['local-vs-remote-branch', 'different-backing-service'].some((id) =>
      facts.marks[id]?.some(({ span }) => span.start === mark.span.start),
    );
    if (isServiceChoice) return;
    const { choice, asked, form, table } = mark.data as unknown as Noted;
    const resolved = resolve(asked);
    if (form === 'name') {
      if (!isEnvironmentName(resolved)) return;
      if (table && !isTableOfSettings(resolve(table))) return;
    } else {
      const question = environmentQuestion(resolved);
      if (!question || question.testOnly) return;
    }
    const service = model
      .meanings(path)
      .some(
        ({ meaning, call }) =>
          SERVICES.has(meaning.kind) && choice.branches?.some((branch) => isIn(call.span, branch)),
      );
    if (service) return report({ at: mark.span, message: 'service' });
    if (choice.servicesOnly) return;
    // What production starts leads elsewhere: a front end, a tool, or code that nobody uses.
    const isUnlikely = deploymentOf(module, model) === 'unlikely';
    const isFeature = choice.weight === 'feature';
    const weight = isFeature || isUnlikely ? { severity: 'hint' as const } : {};
    if (choice.name === undefined) {
      const message = isFeature ? 'feature' : 'value';
      return report({ at: mark.span, message, ...weight });
    }
    const fixes: Fix[] = [];
    // What else the condition asks (an argument, another setting) a variable in front would overrule.
    const asksMore = /&&|\|\|/.test(
      model.files.text(path)?.slice(mark.span.start, mark.span.end) ?? '',
    );
    if (choice.whole && choice.valueType && !asksMore)
      fixes.push(
        environmentDefaultFix({
          model,
          path,
          span: choice.whole,
          kind: 'value',
          subject: `\`${choice.name}\``,
          ...(choice.name === 'level' ? { what: 'log level' } : {}),
          valueType: choice.valueType,
        }),
      );
    report({ at: mark.span, message: 'setting', data: { name: choice.name }, ...weight, fixes });
  },
  examples: {
    bad: [
      {
        title: 'log level and port',
        code: `import pino from 'pino';
import express from 'express';

const isProduction = process.env.NODE_ENV === 'production';
export const logger = pino({ level: isProduction ? 'info' : 'debug' });
const port = isProduction ? 80 : 3000;
express().listen(port);
`,
        findings: [
          {
            at: 'isProduction',
            occurrence: 2,
            message: '`level` depends on the environment’s name; give it a variable of its own.',
          },
          { at: 'isProduction', occurrence: 3 },
        ],
        fixed: {
          'env-default': `import pino from 'pino';
import express from 'express';

const isProduction = process.env.NODE_ENV === 'production';
export const logger = pino({ level: process.env.LOG_LEVEL ?? (isProduction ? 'info' : 'debug') });
const port = Number(process.env.PORT ?? (isProduction ? 80 : 3000));
express().listen(port);
`,
        },
      },
      {
        title: 'a helper flag of another module, in both module systems',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0", "envalid": "^8.0.0" } }',
          'server.js': `const express = require('express');
const { getSiteURL } = require('./url');
const app = express();
app.get('/', (req, res) => res.send(getSiteURL()));
app.listen(process.env.PORT);
`,
          'env.js': `const { cleanEnv, str } = require('envalid');
module.exports = cleanEnv(process.env, { DOMAIN: str() });
`,
          'url.js': `const env = require('./env');

function getSiteURL() {
  const protocol = !env.isDev ? 'https://' : 'http://';
  return \`\${protocol}\${env.DOMAIN}\`;
}

module.exports = { getSiteURL };
`,
        },
        findings: [
          {
            at: '!env.isDev',
            path: 'url.js',
            message: '`protocol` depends on the environment’s name; give it a variable of its own.',
          },
        ],
        fixed: {
          'env-default': {
            'url.js': `const env = require('./env');

function getSiteURL() {
  const protocol = process.env.PROTOCOL ?? (!env.isDev ? 'https://' : 'http://');
  return \`\${protocol}\${env.DOMAIN}\`;
}

module.exports = { getSiteURL };
`,
          },
        },
      },
      {
        title: 'if, switch and functions',
        code: `import express from 'express';

let apiUrl = 'http://localhost:4000';
if (process.env.NODE_ENV === 'production') {
  apiUrl = 'https://api.acme.io';
} else if (process.env.NODE_ENV === 'staging') {
  apiUrl = 'https://api.staging.acme.io';
}

export function bucket(): string {
  switch (process.env.APP_ENV) {
    case 'production':
      return 'acme-uploads';
    default:
      return 'acme-uploads-dev';
  }
}

export function poolSize(): number {
  if (process.env.NODE_ENV === 'production') return 20;
  return 2;
}

express().get('/', (_, response) => response.json({ apiUrl })).listen(process.env.PORT);
`,
        findings: [
          {
            at: `process.env.NODE_ENV === 'production'`,
            message: '`apiUrl` depends on the environment’s name; give it a variable of its own.',
          },
          { at: 'process.env.APP_ENV' },
          { at: `process.env.NODE_ENV === 'production'`, occurrence: 2 },
        ],
      },
      {
        title: 'which service, looked up and named after the environment',
        path: 'server.js',
        code: `const mongoose = require('mongoose');
const env = process.env.NODE_ENV || 'development';
const urls = { development: 'mongodb://localhost/shop', production: 'mongodb://db.acme.io/shop' };
if (env === 'production') {
  mongoose.connect(process.env.MONGO_URL);
} else {
  mongoose.connect('mongodb://localhost/shop');
}
exports.url = urls[env];
exports.database = \`shop_\${env}\`;
exports.client = { url: env === 'production' ? process.env.PROD_URL : process.env.DEV_URL };
`,
        findings: [
          {
            at: `env === 'production'`,
            message:
              'The environment’s name decides what this app connects to; let a variable say it.',
          },
          { at: 'env', occurrence: 5 },
          { at: 'env', occurrence: 6 },
          { at: `env === 'production'`, occurrence: 2 },
        ],
      },
      {
        title: 'switches: what changes services weighs more than cookies and comforts',
        code: `import { DataSource } from 'typeorm';
import session from 'express-session';

const isProduction = process.env.NODE_ENV === 'production';
export const source = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  synchronize: !isProduction,
  ssl: isProduction ? { rejectUnauthorized: false } : false,
});
export const cookies = session({ secret: process.env.KEY!, cookie: { secure: isProduction } });
`,
        findings: [
          { at: '!isProduction' },
          { at: 'isProduction', occurrence: 3 },
          { at: 'isProduction', occurrence: 4, severity: 'hint' },
        ],
      },
      {
        title: 'a switch for encryption under a name of the app’s own',
        code: `const inDevelopment = process.env.NODE_ENV == 'development';
export const config = { useDbSsl: true, db_ssl_enabled: !inDevelopment };
`,
        findings: [{ at: '!inDevelopment' }],
      },
      {
        title: 'the format of logs is worth a hint',
        code: `export const logs = process.env.NODE_ENV === 'production' ? 'combined' : 'dev';
`,
        findings: [{ at: `process.env.NODE_ENV === 'production'`, severity: 'hint' }],
      },
      {
        title: 'NestJS and a configuration service',
        path: 'src/app.service.ts',
        code: `import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class AppService {
  constructor(private readonly config: ConfigService) {}

  host(): string {
    return this.config.get('NODE_ENV') === 'production' ? 'mail.acme.io' : 'localhost';
  }
}
`,
        findings: [{ at: `this.config.get('NODE_ENV') === 'production'` }],
      },
    ],
    good: [
      {
        title: 'one database client across hot reloads',
        files: {
          'src/server.ts': `import express from 'express';
import { prisma } from './db';
import { legacy } from './legacy';
express().get('/', async (req, res) => res.json([await prisma.user.count(), await legacy.user.count()])).listen(process.env.PORT);
`,
          'src/db.ts': `import { PrismaClient } from '@prisma/client';
const globalForPrisma = global as unknown as { prisma: PrismaClient };
export const prisma = globalForPrisma.prisma || new PrismaClient();
if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;
`,
          'src/legacy.ts': `import { PrismaClient } from '@prisma/client';
declare global { var client: PrismaClient | undefined; }
let legacy: PrismaClient;
if (process.env.NODE_ENV === 'production') {
  legacy = new PrismaClient();
} else {
  if (!global.client) global.client = new PrismaClient();
  legacy = global.client;
}
export { legacy };
`,
        },
      },
      {
        title: 'a variable of its own comes first',
        code: `import pino from 'pino';
const isProduction = process.env.NODE_ENV === 'production';
export const logger = pino({ level: process.env.LOG_LEVEL ?? (isProduction ? 'info' : 'debug') });
export const url = process.env.API_URL || (isProduction ? 'https://api.acme.io' : 'http://localhost:4000');
`,
      },
      {
        title: 'tests',
        code: `const isTest = process.env.NODE_ENV === 'test';
export const level = isTest ? 'silent' : 'info';
if (process.env.NODE_ENV !== 'test') {
  console.log('starting');
}
export const database = process.env.NODE_ENV === 'test' ? 'shop_test' : 'shop';
`,
      },
      {
        title: 'middleware for development, error pages and stack traces',
        path: 'app.js',
        code: `const express = require('express');
const morgan = require('morgan');
const errorHandler = require('errorhandler');
const app = express();
if (app.get('env') === 'development') {
  app.use(morgan('dev'));
}
if (process.env.NODE_ENV === 'development') {
  app.use(errorHandler());
} else {
  app.use((err, req, res, next) => {
    res.status(500).send('Server Error');
  });
}
app.use((err, req, res, next) => {
  res.locals.message = err.message;
  res.locals.error = req.app.get('env') === 'development' ? err : {};
  res.status(err.status || 500).json({
    message: process.env.NODE_ENV === 'production' ? 'Internal error' : err.message,
    stack: process.env.NODE_ENV === 'production' ? null : err.stack,
  });
});
app.listen(process.env.PORT || 3000);
`,
      },
      {
        title: 'pretty logs',
        code: `import pino from 'pino';
export const logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  transport: process.env.NODE_ENV === 'development' ? { target: 'pino-pretty' } : undefined,
});
`,
      },
      {
        title: 'the name itself, and flags made of it',
        code: `import next from 'next';
const env = process.env.NODE_ENV || 'development';
export const mode = env === 'production' ? 'production' : 'development';
const dev = process.env.NODE_ENV !== 'production';
export const app = next({ dev });
export const config = { env, isProduction: env === 'production', isDevelopment: env === 'development' };
`,
      },
      {
        title: 'bundlers',
        path: 'webpack.config.js',
        code: `const isProduction = process.env.NODE_ENV === 'production';
module.exports = {
  mode: isProduction ? 'production' : 'development',
  output: { publicPath: isProduction ? 'https://cdn.acme.io/' : '/' },
};
`,
      },
      {
        title: 'other conditions that look alike',
        code: `export function priceOf(plan: { mode: string; env: string }): number {
  return plan.mode === 'yearly' ? 100 : 10;
}
const stages: Record<string, number> = { draft: 1, review: 2 };
export const stageOf = (stage: string): number | undefined => stages[stage];
const environment: Record<string, string> = { wind: 'strong' };
export const wind = environment['wind'] === 'strong' ? 'storm' : 'calm';
`,
      },
      {
        title: 'failing early and messages',
        code: `import express from 'express';
if (process.env.NODE_ENV === 'production' && !process.env.SESSION_KEY) {
  throw new Error('SESSION_KEY must be set');
}
const app = express();
app.listen(process.env.PORT, () => {
  console.log(process.env.NODE_ENV === 'production' ? 'Serving' : 'Serving for development');
});
`,
      },
      {
        title: 'a one-off script',
        path: 'scripts/seed.ts',
        code: `export const rows = process.env.NODE_ENV === 'production' ? 10 : 1000;
`,
      },
    ],
  },
});

const SERVICES: ReadonlySet<string> = new Set([
  'connect',
  'local-database',
  'session',
  'memory-session-store',
  'memory-store',
  'shared-store',
  'consumer',
  'scheduler',
]);

function asksIn(node: TypeScript.Node, text: string): boolean {
  return TELLING.test(text.slice(node.getStart(), node.end));
}

function note(
  node: TypeScript.Expression,
  form: Noted['form'],
  choice: EnvironmentChoice,
  context: SourceContext,
  table?: Value,
): void {
  const asked = context.evaluate(node);
  context.mark(node, { choice, asked, form, ...(table ? { table } : {}) });
}

/** One setting per environment; whole groups of settings are another rule's finding. */
function isTableOfSettings(table: Value): boolean {
  if (table.kind !== 'object') return false;
  const values = table.properties.filter(({ key }) => isEnvironmentWord(key) && !isTestWord(key));
  return (
    values.length > 0 &&
    values.every(({ value }) => !['object', 'import', 'function'].includes(value.kind))
  );
}

function isIn(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
