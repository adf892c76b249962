import { describe, expect, it } from 'vitest';
import { runsBeforeEnvironmentFile } from '../../server/src/fixes/environment/environment-order';
import { check, type Files } from '../helpers/check';

const MANIFEST = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node src/server.js' },
  dependencies: { dotenv: '^16.0.0', '@nestjs/config': '^4.0.0' },
});

async function isEarly(files: Files): Promise<boolean> {
  const { model } = await check({ 'package.json': MANIFEST, ...files });
  return runsBeforeEnvironmentFile(model, 'src/api.js');
}

const API = { 'src/api.js': 'exports.url = process.env.API_URL;\n' };
const MODULE_API = { 'src/api.js': 'export const url = process.env.API_URL;\n' };

describe('what a module reads at load is not there yet', () => {
  it('where it is imported by the module that loads the file', async () => {
    const server =
      "import dotenv from 'dotenv';\nimport { url } from './api.js';\ndotenv.config();\n";
    expect(await isEarly({ ...MODULE_API, 'src/server.js': `${server}fetch(url);\n` })).toBe(true);
  });

  it('where it is required before', async () => {
    const require = "const { url } = require('./api');\n";
    const load = "require('dotenv').config();\n";
    expect(await isEarly({ ...API, 'src/server.js': require + load })).toBe(true);
    expect(await isEarly({ ...API, 'src/server.js': load + require })).toBe(false);
  });

  it('where it is imported before the module that loads the file', async () => {
    const module =
      "import { ConfigModule } from '@nestjs/config';\nexport const App = ConfigModule.forRoot();\n";
    const files = { ...MODULE_API, 'src/app.module.js': module };
    const here = "import { url } from './api.js';\n";
    const there = "import { App } from './app.module.js';\n";
    const use = 'console.log(url, App);\n';
    expect(await isEarly({ ...files, 'src/server.js': here + there + use })).toBe(true);
    expect(await isEarly({ ...files, 'src/server.js': there + here + use })).toBe(false);
  });

  it('but is where the module sees to it, or nothing loads a file', async () => {
    const own = "import './env.js';\nexport const url = process.env.API_URL;\n";
    const files = {
      'src/api.js': own,
      'src/env.js': "import { config } from 'dotenv';\nconfig();\n",
      'src/server.js': "import { url } from './api.js';\nimport './env.js';\nfetch(url);\n",
    };
    expect(await isEarly(files)).toBe(false);
    expect(
      await isEarly({
        ...MODULE_API,
        'src/server.js': "import 'dotenv/config';\nimport './api.js';\n",
      }),
    ).toBe(false);
  });
});
