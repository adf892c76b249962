/**
 * A plausible server module of a given length: routes with queries, fetches and logging.
 * @returns source text of at least `lines` lines
 */
export function sampleServer(lines: number): string {
  const head = [
    "import express from 'express';",
    "import { Pool } from 'pg';",
    "import pino from 'pino';",
    '',
    'const app = express();',
    'const log = pino();',
    'const pool = new Pool({ connectionString: process.env.DATABASE_URL });',
    '',
  ];
  const parts = [...head];
  for (let index = 0; parts.length < lines - 2; index += 1) parts.push(...route(index));
  parts.push('app.listen(Number(process.env.PORT ?? 3000));', '');
  return parts.join('\n');
}

function route(index: number): readonly string[] {
  return [
    `interface Item${index} {`,
    '  readonly id: string;',
    '  readonly amount: number;',
    '}',
    '',
    `app.get('/items/${index}/:id', async (request, response) => {`,
    `  const { rows } = await pool.query<Item${index}>('select * from item_${index} where id = $1', [`,
    '    request.params.id,',
    '  ]);',
    `  const upstream = await fetch(\`\${process.env.UPSTREAM_${index}}/prices?id=\${request.params.id}\`);`,
    '  const prices = (await upstream.json()) as Record<string, number>;',
    '  const total = rows.reduce((sum, row) => sum + row.amount * (prices[row.id] ?? 1), 0);',
    `  log.info({ route: ${index}, total }, 'priced');`,
    '  response.json({ total, rows });',
    '});',
    '',
  ];
}
