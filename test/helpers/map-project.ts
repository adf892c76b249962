import type { Files } from './check';

const manifest = (content: object): string => `${JSON.stringify(content, undefined, 2)}\n`;

/** A small workspace with an app of several processes, a library that it loads and an example. */
export const MAP_PROJECT: Files = {
  'package.json': manifest({ private: true, workspaces: ['apps/*', 'packages/*', 'examples/*'] }),
  'apps/shop/package.json': manifest({
    name: '@acme/shop',
    private: true,
    scripts: { start: 'node server.js', seed: 'node scripts/seed.js' },
    dependencies: { '@acme/money': '*', bullmq: '5', express: '4', pg: '8' },
  }),
  'apps/shop/Procfile':
    'release: node scripts/migrate.js\nweb: node server.js\nworker: node worker.js\nclock: node clock.js\n',
  'apps/shop/server.js': `const app = require('express')();
const { Pool } = require('pg');
require('@acme/money');
new Pool({ connectionString: process.env.DATABASE_URL });
const server = app.listen(process.env.PORT || 3000);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`,
  'apps/shop/worker.js': `const { Worker } = require('bullmq');
new Worker('mail', async () => {}, { connection: { url: process.env.REDIS_URL } });
`,
  'apps/shop/clock.js': `setInterval(() => console.log('tick'), Number(process.env.INTERVAL));\n`,
  'apps/shop/scripts/migrate.js': 'require("pg");\n',
  'apps/shop/scripts/seed.js': 'require("pg");\n',
  'packages/money/package.json': manifest({
    name: '@acme/money',
    version: '1.0.0',
    main: 'index.js',
    files: ['index.js'],
  }),
  'packages/money/index.js': 'module.exports = {};\n',
  'examples/cart/package.json': manifest({
    name: 'cart',
    scripts: { start: 'node index.js' },
    dependencies: { express: '4' },
  }),
  'examples/cart/index.js': `require('express')().listen(3000);\n`,
};
