import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { check, type Files } from '../helpers/check';
import { syntaxErrors } from '../helpers/syntax-errors';

beforeAll(loadTypeScript);

const manifest = JSON.stringify({
  name: 'shop',
  private: true,
  scripts: { start: 'node src/server.js' },
  dependencies: { cors: '^2.8.5', dotenv: '^16.0.0', express: '^5.0.0', jsonwebtoken: '^9.0.0' },
});

/** What a fix makes of the files that it changes. */
async function fixed(files: Files, fixId: string): Promise<Record<string, string>> {
  const all = { 'package.json': manifest, ...files };
  const after = (await check(all)).apply(fixId);
  const changed = Object.entries(after).filter(
    ([path, text]) => all[path as keyof typeof all] !== text,
  );
  for (const [path, text] of changed) expect(syntaxErrors(path, text)).toEqual([]);
  return Object.fromEntries(changed);
}

const ORIGINS = `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://shop.example-corp.com', 'https://admin.example-corp.com'] }));
app.listen(process.env.PORT);
`;

describe('variables that hold more than a word', () => {
  it('keeps a list of origins in one variable, with commas', async () => {
    const after = await fixed({ 'src/server.js': ORIGINS }, 'env-default');
    expect(after['src/server.js']).toContain(
      "origin: (process.env.CORS_ORIGINS ?? 'https://shop.example-corp.com,https://admin.example-corp.com').split(',')",
    );
    expect(after['.env.example']).toBe(
      'CORS_ORIGINS=https://shop.example-corp.com,https://admin.example-corp.com\n',
    );
  });

  it('requires such a list at the start', async () => {
    const after = await fixed({ 'src/server.js': ORIGINS }, 'env-required');
    expect(after['src/server.js']).toContain("throw new Error('CORS_ORIGINS must be set');");
    expect(after['src/server.js']).toContain("origin: CORS_ORIGINS.split(',')");
  });

  it('leaves a single origin a single one, and a list with more than texts alone', async () => {
    const one = ORIGINS.replace(/\[.*?\]/, "'https://shop.example-corp.com'");
    expect((await fixed({ 'src/server.js': one }, 'env-default'))['src/server.js']).toContain(
      "origin: process.env.CORS_ORIGIN ?? 'https://shop.example-corp.com' }",
    );
    const mixed = ORIGINS.replace("'https://admin.example-corp.com'", '/\\.internal$/');
    expect((await fixed({ 'src/server.js': mixed }, 'env-default'))['src/server.js']).toContain(
      "origin: [process.env.CORS_ORIGIN ?? 'https://shop.example-corp.com', /",
    );
  });

  it('takes \\n for the line breaks of a key', async () => {
    const key =
      '-----BEGIN PRIVATE KEY-----\\nMIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo\\n-----END PRIVATE KEY-----\\n';
    const code = `const jwt = require('jsonwebtoken');
const app = require('express')();
app.post('/token', (request, response) => {
  response.send(jwt.sign({ id: 1 }, '${key}', { algorithm: 'RS256' }));
});
app.listen(process.env.PORT);
`;
    const after = (await fixed({ 'src/server.js': code }, 'env-required'))['src/server.js'] ?? '';
    expect(after).toMatch(/\.replace\(\/\\\\n\/g, '\\n'\), \{ algorithm/);
    expect(after).not.toContain('BEGIN');
  });
});

describe('a module that is loaded before the env file', () => {
  const files: Files = {
    'src/server.js': `const app = require('./app');
require('dotenv').config();
app.listen(process.env.PORT);
`,
    'src/app.js': `const jwt = require('jsonwebtoken');
const app = require('express')();
app.post('/token', (request, response) => {
  response.send(jwt.sign({ id: 1 }, 'my-very-secret-key-4711'));
});
module.exports = app;
`,
  };

  it('has its variables checked where the file is loaded, not by a request', async () => {
    const after = await fixed(files, 'env-required');
    expect(after['src/server.js']).toBe(`const app = require('./app');
require('dotenv').config();
if (!process.env.JWT_SECRET) {
  throw new Error('JWT_SECRET must be set');
}
app.listen(process.env.PORT);
`);
    expect(after['src/app.js']).toContain("requireEnv('JWT_SECRET')");
  });
});
