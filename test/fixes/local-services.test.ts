import { describe, expect, it } from 'vitest';
import { check, type CheckResult, type Files } from '../helpers/check';

const SERVER: Files = {
  'package.json':
    '{ "name": "shop", "private": true, "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "^4.0.0", "mongoose": "^8.0.0" } }\n',
  'src/server.js': `const express = require('express');
const mongoose = require('mongoose');
const app = express();
mongoose.connect('mongodb://localhost:27017/shop').catch(() => process.exit(1));
app.get('/', async (req, res) => res.json(await (await fetch('http://localhost:4000/items')).json()));
app.listen(process.env.PORT);
process.once('SIGTERM', () => process.exit(0));
`,
};

function fixesOf({ findings }: CheckResult, rule: string): readonly string[] {
  const finding = findings.find(({ ruleId }) => ruleId === rule);
  return (finding?.fixes ?? []).map(({ id, kind }) => `${id} ${kind}`);
}

function rulesOf({ findings }: CheckResult): readonly string[] {
  return findings.filter(({ severity }) => severity !== 'hint').map(({ ruleId }) => ruleId);
}

describe('the fix for a service on this machine', () => {
  it('keeps the default first, so that an app still starts after all of them, and requires on demand', async () => {
    const result = await check(SERVER);
    const order = ['env-default suggest', 'env-required suggest'];
    expect(fixesOf(result, 'hardcoded-connection')).toEqual(order);
    expect(fixesOf(result, 'hardcoded-url')).toEqual(order);
    const required = rulesOf(await check(result.apply('env-required')));
    expect(required).not.toContain('local-default');
    expect(required).not.toContain('hardcoded-url');
    // What is left to say of a default.
    expect(rulesOf(await check(result.apply('env-default')))).toContain('local-default');
  });

  it('keeps the default where a deploy chooses another way, or nothing reports it', async () => {
    const elsewhere = SERVER['src/server.js']!.replaceAll('localhost', 'stock.internal');
    expect(
      fixesOf(await check({ ...SERVER, 'src/server.js': elsewhere }), 'hardcoded-url'),
    ).toEqual(['env-default safe', 'env-required suggest']);
    const page: Files = {
      'package.json':
        '{ "name": "page", "private": true, "dependencies": { "react": "^18.0.0", "react-dom": "^18.0.0", "vite": "^5.0.0" } }\n',
      'index.html': '<script type="module" src="/src/main.js"></script>\n',
      'src/api.js': "export const items = () => fetch('http://localhost:4000/items');\n",
    };
    const result = await check(page);
    expect(fixesOf(result, 'hardcoded-url')[0]).toBe('env-default safe');
    expect(rulesOf(await check(result.apply('env-default')))).not.toContain('local-default');
  });
});
