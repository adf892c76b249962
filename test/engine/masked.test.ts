import { expect, it } from 'vitest';
import { maskedFindings, maskedText } from '../../server/src/engine/masked';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';

async function masked(files: Files, path: string): Promise<string> {
  const { findings } = await check(files);
  const own = findings.filter((finding) => finding.path === path);
  return maskedText(path, files[path] ?? '', own, rules);
}

it('masks what a finding marks as a credential, and nothing else', async () => {
  const files = {
    'package.json': '{ "name": "a", "private": true, "scripts": { "start": "node server.js" } }',
    'server.js': `const session = require('express-session');
const app = require('express')();
app.use(session({ secret: 'Y29ycmVjdA== horse', name: 'shop' }));
app.listen(process.env.PORT);
`,
  };
  const text = await masked(files, 'server.js');
  expect(text).toBe(files['server.js'].replace('Y29ycmVjdA== horse', '************ *****'));
});

it('masks what looks like one beside a finding, and the values of env files', () => {
  const url = "const db = 'postgres://shop:hunter2@db.example/shop'; // why\n";
  expect(maskedText('db.js', url, [], rules)).not.toContain('hunter2');
  const env = '# API\nAPI_KEY=abc123\nexport PORT = 3000\n';
  expect(maskedText('.env', env, [], rules)).toBe('# API\nAPI_KEY=******\nexport PORT = ****\n');
});

it('shows what an example file says, but for credentials', () => {
  const example = 'PORT=3000\nAPI_KEY=abc123\nURL=postgres://shop:hunter2@db.example/shop\n';
  const shown = maskedText('.env.example', example, [], rules);
  expect(shown).toMatch(/^PORT=3000\nAPI_KEY=\*{6}\n/);
  expect(shown).not.toContain('hunter2');
});

it.each([
  ['Dockerfile', 'ENV JWT_SECRET=abc123 PORT=3000', 'ENV JWT_SECRET=****** PORT=3000'],
  ['Dockerfile', 'ENV JWT_SECRET abc 123', 'ENV JWT_SECRET *** ***'],
  ['Dockerfile', 'ARG NPM_TOKEN="abc 123"', 'ARG NPM_TOKEN="*** ***"'],
  ['compose.yaml', '      - DB_PASSWORD=abc123', '      - DB_PASSWORD=******'],
  ['compose.yaml', '      DB_PASSWORD: abc123 # why', '      DB_PASSWORD: ****** # why'],
  ['compose.yaml', '      DB_PASSWORD: ${DB_PASSWORD}', '      DB_PASSWORD: ${DB_PASSWORD}'],
  ['app.yaml', '- name: DB_PASSWORD\n  value: abc 123', '- name: DB_PASSWORD\n  value: *** ***'],
  ['app.yaml', 'kind: Secret\ndata:\n  config: YWJj', 'kind: Secret\ndata:\n  config: ****'],
  ['app.json', '{ "env": { "API_KEY": "abc123" } }', '{ "env": { "API_KEY": "******" } }'],
  ['fly.toml', 'API_KEY = "abc123"', 'API_KEY = "******"'],
  ['start.sh', 'node a --password abc123 --port 80', 'node a --password ****** --port 80'],
  ['a.ts', "connect({ password: 'abc123', port })", "connect({ password: '******', port })"],
  [
    'a.ts',
    "const s = process.env['JWT_SECRET'] ?? 'abc';",
    "const s = process.env['JWT_SECRET'] ?? '***';",
  ],
  ['a.ts', 'check({ password: body.password })', 'check({ password: body.password })'],
])('masks what a name says to be one: %s, %s', (path, text, expected) => {
  expect(maskedText(path, text, [], rules)).toBe(expected);
});

it('masks the part that is shown of a line that is too long to be read', () => {
  const line = `DB_PASSWORD=abc123 ${'x'.repeat(10_000)}`;
  expect(maskedText('start.sh', line, [], rules)).toBe(line.replace('abc123', '******'));
});

it('masks overlapping places once', () => {
  const marked = [
    [0, 8],
    [2, 5],
    [2, 10],
  ].map(([start = 0, end = 0]) => ({
    ruleId: 'hardcoded-secret',
    path: 'a',
    span: { start, end },
  }));
  expect(maskedText('a', 'abcdefghijkl', marked, rules)).toBe('**********kl');
});

it('quotes in messages and titles no credential that a finding marks, nor what has the form of one', async () => {
  const files = {
    'package.json': '{ "name": "a", "private": true, "scripts": { "start": "node server.js" } }',
    'server.js': `const app = require('express')();
app.use(require('express-session')({ secret: 'Y29ycmVjdA== horse' }));
`,
  };
  const { findings } = await check(files);
  const quoting = findings.map((finding) => ({
    ...finding,
    message: 'It says Y29ycmVjdA== horse and postgres://a:hunter2@db/x',
    fixes: [
      {
        id: 'a',
        kind: 'safe' as const,
        title: 'Take Y29ycmVjdA== horse out',
        build: () => undefined,
      },
    ],
  }));
  const said = JSON.stringify(
    maskedFindings(quoting, rules, (path) => files[path as keyof typeof files]).map(
      ({ message, fixes }) => [message, fixes],
    ),
  );
  expect(findings.map(({ ruleId }) => ruleId)).toContain('hardcoded-secret');
  expect(said).not.toMatch(/Y29ycmVj|hunter2/);
});
