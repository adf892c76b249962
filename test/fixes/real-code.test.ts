import { beforeAll, describe, expect, it } from 'vitest';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import {
  environmentDefaultFix,
  secretFixes,
} from '../../server/src/fixes/environment/environment-fixes';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { sessionStoreFix } from '../../server/src/rules/processes/in-memory-session/session-store';
import { check } from '../helpers/check';
import { applyChanges, project, spanIn } from './harness';

beforeAll(loadTypeScript);

const manifest = '{ "name": "app", "private": true, "scripts": { "start": "node server.js" } }\n';

async function fixIds(files: Record<string, string>, ruleId: string): Promise<string[][]> {
  const { findings } = await check(files);
  return findings
    .filter((finding) => finding.ruleId === ruleId)
    .map(({ fixes }) => fixes.map(({ id }) => id));
}

describe('fixes on code as it is written', () => {
  it('mentions a variable whose default is an expression in a comment of the example file', async () => {
    const text = 'exports.protocol = isDev ? "http://" : "https://";\n';
    const files = { 'package.json': manifest, 'server.js': text, '.example.env': 'PORT=3000\n' };
    const fix = environmentDefaultFix({
      model: await project(files),
      path: 'server.js',
      span: spanIn(text, 'isDev ? "http://" : "https://"'),
      kind: 'value',
      subject: '`protocol`',
      valueType: 'string',
    });
    expect(applyChanges(files, mergeFixes([fix]).changes)['.example.env']).toBe(
      'PORT=3000\n# PROTOCOL=\n',
    );
  });

  it('does not read a variable in order to set it', async () => {
    const text = 'if (!process.env.JWT_SECRET) {\n  process.env.JWT_SECRET = "securekey";\n}\n';
    const files = { 'package.json': manifest, 'server.js': text };
    const fixes = secretFixes({
      model: await project(files),
      path: 'server.js',
      span: spanIn(text, '"securekey"'),
      kind: 'secret',
      subject: 'the secret',
    });
    expect(mergeFixes(fixes).changes).toEqual([]);
  });

  it('gives the session store the address that the module connects to', async () => {
    const text =
      'const session = require("express-session");\nconst { MongoClient } = require("mongodb");\nconst { port, db } = require("./config");\n\nMongoClient.connect(db, () => {});\napp.use(session({ secret: key }));\n';
    const files = {
      'package.json': '{ "name": "app", "dependencies": { "mongodb": "^2.1.18" } }\n',
      'server.js': text,
    };
    const fix = sessionStoreFix({
      model: await project(files),
      path: 'server.js',
      call: spanIn(text, 'session({ secret: key })'),
      library: 'express-session',
    });
    const fixed = applyChanges(files, fix ? mergeFixes([fix]).changes : []);
    expect(fixed['server.js']).toContain('MongoStore.create({ mongoUrl: db })');
    expect(fixed['.env.example']).toBeUndefined();
  });

  it('does not put a package manager in the place of a shell', async () => {
    const docker = (command: string) => ({
      'package.json': '{ "name": "app", "scripts": { "start": "nps" } }\n',
      Dockerfile: `FROM node:22\nCOPY . .\nCMD ${command}\n`,
    });
    expect(await fixIds(docker('npm start serve'), 'shell-form-command')).toEqual([[]]);
    expect(await fixIds(docker('node server.js'), 'shell-form-command')).toEqual([
      ['exec', 'replace-shell'],
    ]);
  });

  it('puts no variable in front of a choice that asks for more than the environment', async () => {
    const choice = (condition: string) => ({
      'package.json': manifest,
      'server.js': `const isDev = process.env.NODE_ENV !== 'production';\nexports.link = (domain) => {\n  const protocol = ${condition} ? 'https://' : 'http://';\n  return protocol + domain;\n};\nrequire('http').createServer().listen(process.env.PORT);\n`,
    });
    expect(await fixIds(choice('!domain && !isDev'), 'environment-branch')).toEqual([[]]);
    expect(await fixIds(choice('!isDev'), 'environment-branch')).toEqual([['env-default']]);
  });
});
