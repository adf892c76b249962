import { expect, it } from 'vitest';
import { maskedText } from '../../server/src/engine/masked';
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
