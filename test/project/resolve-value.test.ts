import { describe, expect, it } from 'vitest';
import type { Value } from '../../server/src/base/value';
import { canonicalName } from '../../server/src/project/facts/canonical';
import type { Files } from '../helpers/check';
import { meaningsOf, modelOf } from '../helpers/model';

const manifest = (extra: object = {}): string =>
  JSON.stringify({ name: 'app', private: true, scripts: { start: 'node src/main.js' }, ...extra });

/** The first argument of the only `listen` call of src/main, resolved. */
async function port(files: Files, main = 'src/main.ts'): Promise<Value> {
  const model = await modelOf({ 'package.json': manifest(), ...files });
  const call = model.facts
    .get(main)
    ?.calls.find(({ callee }) => callee.kind === 'member' && callee.name === 'listen');
  const argument = call?.args[0];
  if (!argument) throw new Error('no listen(…) with an argument');
  return model.resolve(argument, main);
}

const listening = (imports: string, argument: string): string =>
  `import express from 'express';\n${imports}\nexpress().listen(${argument});\n`;

describe('values across modules', () => {
  it.each<[string, Files]>([
    [
      'a named constant',
      {
        'src/main.ts': listening(`import { PORT } from './config';`, 'PORT'),
        'src/config.ts': 'export const PORT = 3000;',
      },
    ],
    [
      'a member of a default export',
      {
        'src/main.ts': listening(`import config from './config';`, 'config.server.port'),
        'src/config.ts': 'export default { server: { port: 3000 } };',
      },
    ],
    [
      'a namespace import',
      {
        'src/main.ts': listening(`import * as config from './config';`, 'config.port'),
        'src/config.ts': 'export const port = 3000;',
      },
    ],
    [
      'a barrel',
      {
        'src/main.ts': listening(`import { port } from './config';`, 'port'),
        'src/config/index.ts': `export * from './values';`,
        'src/config/values.ts': 'export const port = 3000;',
      },
    ],
    [
      'a renamed re-export',
      {
        'src/main.ts': listening(`import { listenOn } from './config';`, 'listenOn'),
        'src/config/index.ts': `export { port as listenOn } from './values';`,
        'src/config/values.ts': 'export const port = 3000;',
      },
    ],
    [
      'a tsconfig path',
      {
        'src/main.ts': listening(`import { port } from '@cfg/values';`, 'port'),
        'src/config/values.ts': 'export const port = 3000;',
        'tsconfig.json':
          '{ "compilerOptions": { "baseUrl": ".", "paths": { "@cfg/*": ["src/config/*"] } } }',
      },
    ],
    [
      'a package import',
      {
        'package.json': manifest({ imports: { '#cfg': './src/config.ts' } }),
        'src/main.ts': listening(`import { port } from '#cfg';`, 'port'),
        'src/config.ts': 'export const port = 3000;',
      },
    ],
    [
      'a function that returns it',
      {
        'src/main.ts': listening(`import { load } from './config';`, 'load().port'),
        'src/config.ts': 'export function load() { return { port: 3000 }; }',
      },
    ],
    [
      'a static class member',
      {
        'src/main.ts': listening(`import { Config } from './config';`, 'Config.port'),
        'src/config.ts': 'export class Config { static port = 3000; }',
      },
    ],
  ])('follows %s', async (_title, files) => {
    const value = await port(files);
    expect(value).toMatchObject({ kind: 'literal', value: 3000 });
    expect(value.path).toMatch(/config/);
  });

  it('follows a workspace package', async () => {
    const files = {
      'package.json': manifest({ scripts: {}, workspaces: ['libs/*', 'api'] }),
      'libs/config/package.json': '{ "name": "@app/config", "main": "index.ts" }',
      'libs/config/index.ts': 'export const port = 3000;',
      'api/package.json': manifest({ name: 'api' }),
      'api/src/main.ts': listening(`import { port } from '@app/config';`, 'port'),
    };
    expect(await port(files, 'api/src/main.ts')).toMatchObject({
      kind: 'literal',
      value: 3000,
      path: 'libs/config/index.ts',
    });
  });

  it('follows CommonJS exports, whole and by name', async () => {
    const files = (config: string): Files => ({
      'src/main.js': `const { port } = require('./config');\nrequire('express')().listen(port);`,
      'src/config.js': config,
    });
    for (const config of [
      'module.exports = { port: 3000 };',
      'exports.port = 3000;',
      'module.exports.port = 3000;',
    ])
      expect(await port(files(config), 'src/main.js')).toMatchObject({
        kind: 'literal',
        value: 3000,
      });
  });

  it('sees the environment through a wrapper with a default', async () => {
    const value = await port({
      'src/main.ts': listening(`import { env } from './env';`, `env('PORT', 3000)`),
      'src/env.ts':
        'export function env(name: string, fallback?: unknown) { return process.env[name] ?? fallback; }',
    });
    expect(value).toMatchObject({
      kind: 'either',
      options: [
        { kind: 'env', name: 'PORT' },
        { kind: 'literal', value: 3000 },
      ],
    });
  });

  it('knows what a parameter receives when all calls agree', async () => {
    const model = await modelOf({
      'package.json': manifest(),
      'src/main.js': `const app = require('express')();\nrequire('./routes')(app);\napp.listen(1);`,
      'src/routes.js': `module.exports = (app) => { app.get('/', (req, res) => res.end()); };`,
    });
    expect(meaningsOf(model, 'src/routes.js')).toEqual(['route express().get']);
  });

  it.each([
    ['of a parameter', `export const start = (port = 8080) => app.listen(port);\nstart();`],
    ['of an object', `export const start = ({ port = 8080 } = {}) => app.listen(port);\nstart();`],
    [
      'behind a member',
      `export const start = (options = {}) => app.listen(options.port ?? 8080);\nstart();`,
    ],
    [
      'of a class',
      `export class Server {\n  constructor(private port = 8080) {}\n  start() { app.listen(this.port); }\n}\nnew Server().start();`,
    ],
  ])('takes the default %s that no call replaces', async (_, code) => {
    const main = `import express from 'express';\nconst app = express();\n${code}`;
    expect(await port({ 'src/main.ts': main })).toMatchObject({ kind: 'literal', value: 8080 });
  });

  it.each([
    ['a call gives a value', `start(Number(process.env.PORT));`],
    ['one of several does', `start();\nstart(Number(process.argv[2]));`],
  ])('leaves a default open where %s', async (_, calls) => {
    const main = `import express from 'express';\nconst app = express();\nexport const start = (port = 8080) => app.listen(port);\n${calls}`;
    expect((await port({ 'src/main.ts': main })).kind).not.toBe('literal');
  });

  it('leaves what a request may bring open', async () => {
    const main = `import express from 'express';\nconst app = express();\napp.get('/', (req) => app.listen(req.query.port ?? 8080));`;
    expect((await port({ 'src/main.ts': main })).kind).not.toBe('literal');
  });

  it('leaves a parameter alone when calls disagree', async () => {
    const model = await modelOf({
      'package.json': manifest(),
      'src/main.js': `const use = require('./use');\nuse(require('express')());\nuse(new Map());\nrequire('express')().listen(1);`,
      'src/use.js': `module.exports = (target) => { target.get('/'); };`,
    });
    expect(meaningsOf(model, 'src/use.js')).toEqual([]);
  });

  it('follows an app that another module creates', async () => {
    const model = await modelOf({
      'package.json': manifest(),
      'src/main.ts': `import { createApp } from './app';\ncreateApp().listen(80);`,
      'src/app.ts': `import fastify from 'fastify';\nexport function createApp() { const app = fastify(); return app; }`,
    });
    expect(meaningsOf(model, 'src/main.ts')).toEqual(['listen fastify().listen']);
  });

  it('follows injected services into their methods', async () => {
    const model = await modelOf({
      'package.json': manifest(),
      'src/main.ts': `import { Service } from './service';\nclass A { constructor(private readonly service: Service) {} go() { this.service.run(process.env.X); } }`,
      'src/service.ts': `export class Service { run() {} }\nprocess.on('exit', () => {});`,
    });
    const call = model.facts.get('src/main.ts')?.calls[0];
    const callee = call && model.resolve(call.callee, 'src/main.ts');
    expect(callee).toMatchObject({ kind: 'function', path: 'src/service.ts', isClass: false });
    expect(callee && canonicalName(callee)).toBeUndefined();
  });

  it('ends on modules that import each other', async () => {
    const value = await port({
      'src/main.ts': listening(`import { a } from './a';`, 'a'),
      'src/a.ts': `import { b } from './b';\nexport const a = b;`,
      'src/b.ts': `import { a } from './a';\nexport const b = a;`,
    });
    expect(['import', 'unknown']).toContain(value.kind);
  });
});
