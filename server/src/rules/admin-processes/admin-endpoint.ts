import type { Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { argumentAt, stringOf } from '../../base/values';
import { wordsOf } from '../../base/words';
import { defineRule } from '../../engine/rule';
import { canonicalName } from '../../project/facts/canonical';
import type { PackageInfo } from '../../project/model';
import { frameworkFiles } from '../../project/modules/framework-files';
import { vocabulary } from '../../vocabulary/vocabulary';

export default defineRule({
  id: 'admin-endpoint',
  factor: 'admin-processes',
  severity: 'information',
  since: '0.1.0',
  summary: 'A one-off task is an HTTP route.',
  why: 'Migrations, seeds and rebuilds are one-off tasks: they run in a process of their own, against one release, by someone who may. As a route of the app they share its memory and its time limits, run as often as somebody calls them, half-finish when the instance is replaced, and stand on the internet with nothing but a forgotten check in front of them.',
  whenNotToUse: 'For functions of an administration interface that people use every day.',
  fix: 'none',
  scope: { modules: 'server' },
  // Routes that are files need import nothing that tells, and may name the task in their path alone.
  hints: [
    /migrat|seed|backfill|re-?index|purge|truncate|populate/i,
    /\bexport\s+(?:const|(?:async\s+)?function)\s+(?:GET|POST|PUT|PATCH|DELETE)\b|\bexport\s+default\s+(?:async\s+)?function\s+handler\b|\bNextApi(?:Request|Handler)\b|\b[eE]ventHandler\(/,
  ],
  options: {
    allowedPaths: {
      lists: 'names',
      exempts: 'path',
      description:
        'Paths of routes that look like admin tasks and are part of what the app is for.',
      example: ['/api/seed*'],
    },
  },
  messages: {
    route: 'The route `{path}` runs a one-off task; make it a script that is run on its own.',
    handler: '`{name}` is a one-off task behind a route; make it a script that is run on its own.',
  },
  meaning({ meaning, call, args }, { model, report, path }) {
    if (call.context.includes('development')) return;
    if (FOR_TESTS.isIn(path)) return;
    // The schema is changed on the way of a request.
    if (meaning.kind === 'migrate') {
      const way = model.requestReach.way(path, call.fn);
      if (way)
        report({
          at: call.nameSpan,
          message: 'handler',
          data: { name: way[0]?.name ?? 'migrate' },
        });
      return;
    }
    if (meaning.kind !== 'route' || !meaning.path) return;
    const value = argumentAt(args, meaning.path);
    const route = stringOf(value);
    if (value === undefined || route === undefined || !route.startsWith('/')) return;
    if (isTaskPath(route))
      return report({ at: call.nameSpan, message: 'route', data: { path: route } });
    const task = call.args.map((arg) => handlerName(arg)).find((name) => isTask(name));
    if (task !== undefined) report({ at: call.nameSpan, message: 'handler', data: { name: task } });
  },
  file({ facts, path, package: info, report }) {
    for (const { decorators } of facts.functions)
      for (const { callee, args, span } of decorators) {
        if (
          !/^(@nestjs\/common|routing-controllers)\.(Get|Post|Put|Patch|All)$/.test(
            canonicalName(callee) ?? '',
          )
        )
          continue;
        const route = stringOf(args[0]);
        if (route !== undefined && isTaskPath(`/${route.replace(/^\//, '')}`))
          report({ at: span, message: 'route', data: { path: route } });
      }
    const route = routeOfFile(path, info);
    const handler = route && facts.exports.find(({ name }) => route.exports.test(name));
    if (route && handler && isTaskPath(route.path))
      report({ at: handler.span, message: 'route', data: { path: route.path } });
  },
  examples: {
    bad: [
      {
        title: 'routes that name the task in their path alone',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "15" } }',
          'pages/api/seed.js':
            "import { fillIn } from '@/posts';\nexport default async function handler(request, response) {\n  response.json(await fillIn());\n}\n",
          'app/api/backfill-slugs/route.ts':
            "import { fillIn } from '@/posts';\nexport const POST = async () => Response.json(await fillIn());\n",
          'app/api/admin/repair/route.ts':
            "import { mend } from '@/orders';\nexport async function POST() {\n  return Response.json(await mend());\n}\n",
        },
        findings: [
          { at: 'POST', path: 'app/api/admin/repair/route.ts' },
          { at: 'POST', path: 'app/api/backfill-slugs/route.ts' },
          { at: 'handler', path: 'pages/api/seed.js' },
        ],
      },
      {
        title: 'routes of a server',
        path: 'server.js',
        code: `const express = require('express');
const { runMigrations } = require('./tasks');
const app = express();
app.post('/admin/migrate', async (req, res) => {
  res.json(await runMigrations());
});
app.get('/api/seed-products', (req, res) => res.end());
app.post('/maintenance', runMigrations);
app.post('/internal/migration', (req, res) => res.end());
app.listen(process.env.PORT);
`,
        findings: [
          {
            at: 'post',
            message:
              'The route \`/admin/migrate\` runs a one-off task; make it a script that is run on its own.',
          },
          { at: 'get' },
          {
            at: 'post',
            occurrence: 2,
            message:
              '\`runMigrations\` is a one-off task behind a route; make it a script that is run on its own.',
          },
          { at: 'post', occurrence: 3 },
        ],
      },
      {
        title: 'a controller',
        path: 'src/admin.controller.ts',
        code: `import { Controller, Get, Post } from '@nestjs/common';

@Controller('search')
export class SearchController {
  @Post('reindex')
  reindex(): string {
    return 'started';
  }

  @Get('results')
  results(): string[] {
    return [];
  }
}
`,
        findings: [{ at: `@Post('reindex')` }],
      },
      {
        title: 'a route by its file, and a schema that a request changes',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "^14.0.0" } }',
          'app/api/seed/route.ts': `export async function GET(): Promise<Response> {
  return Response.json({ done: true, at: process.env.REGION });
}
`,
        },
        findings: [{ at: 'GET', path: 'app/api/seed/route.ts' }],
      },
      {
        title: 'a route whose file lies in folders that no address has',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "^15.0.0" } }',
          'src/app/(shop)/next/seed/route.ts': `export async function POST(): Promise<Response> {
  return Response.json({ done: true, at: process.env.REGION });
}
`,
        },
        findings: [
          {
            at: 'POST',
            path: 'src/app/(shop)/next/seed/route.ts',
            message:
              'The route `/next/seed` runs a one-off task; make it a script that is run on its own.',
          },
        ],
      },
      {
        title: 'routes that are files, of several frameworks',
        files: {
          'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*"] }',
          'apps/next/package.json':
            '{ "name": "next-app", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "^15.0.0" } }',
          'apps/next/app/api/admin/migrate/route.ts':
            "import { migrateAll } from '@/tasks';\nexport async function POST() {\n  await migrateAll();\n  return new Response('ok');\n}\n",
          'apps/kit/package.json':
            '{ "name": "kit-app", "private": true, "scripts": { "start": "node build" }, "dependencies": { "@sveltejs/kit": "^2.0.0" } }',
          'apps/kit/src/routes/api/seed/+server.ts':
            "import { seedAll } from '$lib/tasks';\nexport const POST = async () => {\n  await seedAll();\n  return new Response('ok');\n};\n",
          'apps/nitro/package.json':
            '{ "name": "nitro-app", "private": true, "scripts": { "start": "node .output/server/index.mjs" }, "dependencies": { "nuxt": "^3.0.0" } }',
          'apps/nitro/server/api/backfill-totals.post.ts':
            "export default defineEventHandler(async () => {\n  await backfillTotals();\n  return 'ok';\n});\n",
        },
        findings: [
          { at: 'POST', path: 'apps/kit/src/routes/api/seed/+server.ts' },
          { at: 'POST', path: 'apps/next/app/api/admin/migrate/route.ts' },
          {
            at: "export default defineEventHandler(async () => {\n  await backfillTotals();\n  return 'ok';\n});",
            path: 'apps/nitro/server/api/backfill-totals.post.ts',
          },
        ],
      },
    ],
    good: [
      {
        title: 'repairs that people order',
        files: {
          'app/api/repair/route.ts': 'export const POST = () => Response.json({});\n',
          'app/api/repair-orders/route.ts': 'export const GET = () => Response.json([]);\n',
        },
      },
      {
        title: 'a path that the user says is what the app is for',
        code: `import express from 'express';
const app = express();
app.post('/api/seed-products', (req, res) => res.end());
app.listen(process.env.PORT);
`,
        options: { allowedPaths: ['/api/seed*'] },
      },
      {
        title: 'administration of the product',
        path: 'server.js',
        code: `const express = require('express');
const { listUsers, deleteUser } = require('./users');
const app = express();
app.get('/admin/users', listUsers);
app.delete('/admin/users/:id', deleteUser);
app.post('/admin/settings', (req, res) => res.end());
app.post('/messages/purge-requests/:id', (req, res) => res.end());
app.listen(process.env.PORT);
`,
      },
      {
        title: 'words that are data',
        path: 'server.js',
        code: `const express = require('express');
const app = express();
app.get('/seeds', (req, res) => res.json([]));
app.get('/seeds/:id', (req, res) => res.json({}));
app.get('/migrations', (req, res) => res.json([]));
app.post('/birds/migration-routes', (req, res) => res.end());
app.post('/import/migration', (req, res) => res.end());
app.get('/resettlement', (req, res) => res.end());
app.post('/reset-password', (req, res) => res.end());
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a script of its own',
        path: 'scripts/migrate.ts',
        code: `export async function runMigrations(): Promise<void> {}
await runMigrations();
`,
      },
      {
        title: 'only while developing',
        path: 'server.js',
        code: `const express = require('express');
const app = express();
if (process.env.NODE_ENV === 'development') {
  app.post('/seed', (req, res) => res.end());
}
app.listen(process.env.PORT);
`,
      },
      {
        title: 'routes for test runs, and a wizard',
        path: 'backend/testdata-routes.js',
        code: `const express = require('express');
const router = express.Router();
router.post('/seed', (req, res) => res.end());
module.exports = router;
`,
      },
      {
        title: 'a client that calls such a route, and a test',
        files: {
          'src/client.ts': `export const migrate = (): Promise<Response> => fetch('/admin/migrate', { method: 'POST' });\n`,
          'test/seed.test.ts': `import express from 'express';\nexpress().post('/seed', (_, response) => response.end());\n`,
        },
      },
    ],
  },
});

/** The route that a framework makes of a file: `app/api/seed/route.ts`, `server/api/seed.post.ts`, `src/routes/seed/+server.ts`. */
function routeOfFile(
  path: string,
  info: PackageInfo | undefined,
): { readonly path: string; readonly exports: RegExp } | undefined {
  const file = frameworkFiles(path, info).find(({ runs }) => runs === 'request');
  const below = /(?:^|\/)(?:app|pages|server|routes|src)(\/.+)\.[cm]?[jt]sx?$/.exec(path)?.[1];
  if (!file || below === undefined) return undefined;
  const own = below
    // The folder of routes below `src`, and groups, which no address has.
    .replace(/^\/(app|pages|routes)(?=\/)/, '')
    .replaceAll(/\/\([^()/]*\)(?=\/)/g, '')
    // Remix writes the segments with dots; Nitro puts the method there.
    .replace(/\.(get|post|put|patch|delete)$/, '')
    .replaceAll('.', '/')
    .replace(/\/(route|index|\+server|\+page\/server)$/, '');
  return { path: own, exports: file.exports };
}

/** Routes that only test runs register. */
const FOR_TESTS = vocabulary(
  ['tests; `routes/test.ts` may well be deployed', 'test-data e2e testing'],
  ['what they run against', 'fixture fixtures mock mocks'],
);

/** Names of tasks that somebody runs once. */
const TASKS: readonly RegExp[] = [
  // Migrations: of the database, to the newest version.
  /^(run-?)?migrate$|^run-?migrations?$|^migrate-(db|database|data|all|up|latest)$/,
  // First data: `seed`, `db-seed`, `seed-products`, `load-fixtures`.
  /^(db-?)?(seed|reseed|populate)$|^(seed|populate)-[\w-]+$|^load-?fixtures$/,
  // What is derived is made again: `reindex`, `rebuild-cache`, `backfill-totals`.
  /^(re-?index|backfill)(-[\w-]+)?$|^(repair|fix)-(db|database|data|index|indexes|schema|slugs?|counts?|links?|relations?|timestamps?|duplicates|orphans)$|^rebuild-(index|indexes|search|cache)$/,
  // All of something is thrown away or put in order: `reset-database`, `purge`, `flush-redis`.
  /^(reset|wipe|truncate|drop|init|initialize|sync)-?(db|database|data|schema|tables?|collections?)$/,
  /^purge(-(all|db|database|cache|data|old))?$|^(clear|flush)-?(cache|db|database|all|redis)$/,
];

function isTaskName(name: string): boolean {
  return TASKS.some((form) => form.test(name));
}

/** Does the last fixed part of a route name a task: `/admin/migrate`, `/seed-products`? A list of such things is plural. */
function isTaskPath(route: string): boolean {
  const parts = route.split('/').filter((part) => part !== '');
  const last = dashed(parts.pop() ?? '');
  // Someone moving in with their data is a migration, too; only who runs the app migrates its database.
  // So may a repair be what people order.
  if (last === 'migration' || last === 'repair') return parts.some((part) => BACKSTAGE.test(part));
  return last !== 'migrations' && isTaskName(last);
}

const BACKSTAGE =
  /^_?(admin|internal|system|maintenance|ops|db|database|cron|tasks?|jobs?|dev|debug)$/i;

/** `runMigrations`, `seedDatabase`, `reindexAll`. */
function isTask(name: string | undefined): boolean {
  if (name === undefined) return false;
  return isTaskName(dashed(name));
}

function dashed(name: string): string {
  return wordsOf(name).join('-').toLowerCase();
}

function handlerName(value: Value): string | undefined {
  // `asyncHandler(seedDatabase)`
  if (value.kind === 'call') return value.args.map((arg) => handlerName(arg)).find(isTask);
  return lastName(value);
}
