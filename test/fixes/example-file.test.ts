import { describe, expect, it } from 'vitest';
import { mergeDotenvTexts } from '../../server/src/engine/edits/dotenv-text';
import { check, type Files } from '../helpers/check';

const APP: Files = {
  'package.json':
    '{ "name": "shop", "private": true, "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "^4.0.0" } }\n',
  'src/server.js': `const express = require('express');
const settings = require('./settings');
const app = express();
app.get('/', async (req, res) => res.json(await (await fetch('http://stock.internal:8080/items')).json()));
app.get('/price', async (req, res) => res.json(await (await fetch('http://prices.internal:8080/')).json()));
app.listen(process.env.PORT, () => console.log(process.env.NODE_ENV, settings));
process.once('SIGTERM', () => process.exit(0));
`,
  'src/settings.js': `module.exports = {
  database: process.env.DATABASE_URL || 'postgres://app:s3cret@db.internal/app',
  name: process.env.APP_NAME ?? 'Shop of the day',
  host: process.env.SMTP_HOST,
  password: process.env.SMTP_PASSWORD || 'changeme',
  tag: process.env.RELEASE_TAG ?? require('../package.json').version,
};
`,
  'src/server.test.js': `module.exports = process.env.TEST_ONLY;\n`,
  'webpack.config.js': `module.exports = { mode: process.env.BUNDLE_MODE };\n`,
};

describe('an example file that a fix creates', () => {
  it('lists what the fixes of the batch read; the rest is a fix of its own', async () => {
    const before = await check(APP);
    expect(before.findings.map(({ ruleId }) => ruleId)).not.toContain('undocumented-variable');
    const fixed = before.apply('env-default');
    expect(fixed['.env.example']).toBe(
      'PRICES_URL=http://prices.internal:8080/\nSTOCK_URL=http://stock.internal:8080\n',
    );
    const documented = (await check(fixed)).apply('document');
    expect(documented['.env.example']).toBe(`PRICES_URL=http://prices.internal:8080/
STOCK_URL=http://stock.internal:8080
PORT=3000
DATABASE_URL=
APP_NAME="Shop of the day"
SMTP_HOST=
SMTP_PASSWORD=
# RELEASE_TAG=
`);
    const after = await check(documented);
    expect(after.findings.map(({ ruleId }) => ruleId)).not.toContain('undocumented-variable');
  });

  it('lies in its own package', async () => {
    const nested = Object.fromEntries(
      Object.entries(APP).map(([path, text]) => [`apps/shop/${path}`, text]),
    );
    const root = {
      'package.json': '{ "name": "all", "private": true, "workspaces": ["apps/*"] }\n',
    };
    const fixed = (await check({ ...nested, ...root })).apply('env-default');
    expect(fixed['apps/shop/.env.example']).toContain('STOCK_URL=');
    expect(fixed['.env.example']).toBeUndefined();
  });
});

describe('an example file in paragraphs', () => {
  it('gets what several fixes add as paragraphs of its own', async () => {
    const example = '# Server\nPORT=3000\n\n# Mail\nSMTP_HOST=\nSMTP_PASSWORD=\n';
    const files = { ...APP, '.env.example': example };
    const fixed = (await check(files)).apply('document');
    expect(fixed['.env.example']).toBe(
      `${example}\nAPP_NAME="Shop of the day"\nDATABASE_URL=\n# RELEASE_TAG=\n`,
    );
  });
});

describe('two texts of one new env file', () => {
  it('are grouped as one, each variable once', () => {
    const first = 'A=1\n\nDB_HOST=x\nDB_USER=\n';
    expect(mergeDotenvTexts(first, 'A=2\nDB_NAME=y\nB=1\n')).toBe(
      'A=1\nB=1\n\nDB_HOST=x\nDB_NAME=y\nDB_USER=\n',
    );
  });

  it('know a key by whatever stands around its equals sign', () => {
    const first = 'PORT =\nexport SECRET_KEY =\n#DEBUG=1\n';
    expect(mergeDotenvTexts(first, 'PORT=3000\nSECRET_KEY=\nDEBUG=\nB=1\n')).toBe(`${first}B=1\n`);
  });

  it('keep comments and order where there are any', () => {
    const first = '# Where orders go\nSHOP=\nA=\n';
    expect(mergeDotenvTexts(first, 'A=1\nB=1\n')).toBe('# Where orders go\nSHOP=\nA=\nB=1\n');
  });
});

describe('a variable that nothing reads', () => {
  it('goes with its paragraph where that holds nothing else, whatever comes after', async () => {
    for (const lineEnd of ['\n', '\r\n']) {
      const lines = [
        '# Server',
        'PORT=3000',
        '',
        '# Gone',
        'OLD=1',
        '',
        '# Mail',
        'SMTP_HOST=',
        '',
      ];
      const files = { ...APP, '.env.example': lines.join(lineEnd) };
      const fixed = (await check(files)).apply('remove');
      const left = ['# Server', 'PORT=3000', '', '# Mail', 'SMTP_HOST=', ''];
      expect(fixed['.env.example']).toBe(left.join(lineEnd));
    }
  });
});
