import { FileChangeType } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { app, FIXED_PORT, SERVER } from './app';
import { codes, connect, disconnect, ROOT, type Client } from './client';

afterEach(disconnect);

/** What a rule of the rest of the app still finds. */
async function expectTheRest(client: Client): Promise<void> {
  await client.open(SERVER, FIXED_PORT);
  expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
  await client.ready();
  expect(client.log.filter(({ type }) => type === 1)).toEqual([]);
}

const DEEP = `module.exports = ${'['.repeat(20_000)}${']'.repeat(20_000)};\n`;
const MINIFIED = `var ${Array.from({ length: 9000 }, (_, n) => `a${n}=process.env.A${n}`).join(',')};`;

describe('one bad file costs nothing else', () => {
  it.each<[string, Record<string, string>]>([
    ['broken syntax', { 'broken.js': "const a = {;\nimport { from 'x'\napp.listen(\n" }],
    ['half a template', { 'half.ts': 'const url = `http://${' }],
    ['JSX in the middle of typing', { 'page.tsx': 'export const a = () => <div className={' }],
    ['a package.json that is no JSON', { 'api/package.json': '{ "name": "api", "scripts": { ' }],
    ['a package.json of the wrong shape', { 'api/package.json': '[1, null, {"scripts": 3}]' }],
    [
      'wrong types in a package.json',
      {
        'api/package.json':
          '{ "name": 3, "scripts": { "start": ["node"], "build": null }, "dependencies": "all", "workspaces": { "packages": 7 }, "engines": [] , "bin": 1, "main": {} }',
      },
    ],
    ['a compose file that is no YAML', { 'compose.yaml': 'services:\n  web:\n - x: [\n\t"' }],
    [
      'a compose file of the wrong shape',
      {
        'compose.yaml': 'services: [1, 2]\n---\n- a\n',
        'docker-compose.yml':
          'services:\n  web: 3\n  db:\n    environment: yes\n    ports: {}\n    command: [[]]\n    build: [a]\n    volumes: x\n',
      },
    ],
    ['YAML that refers to itself', { 'compose.yaml': 'services: &a\n  web: *a\n' }],
    [
      'odd Kubernetes objects',
      {
        'k8s/app.yaml':
          'kind: Deployment\nspec:\n  template:\n    spec:\n      containers: {name: a}\n---\nkind: ConfigMap\ndata: [a]\n',
      },
    ],
    [
      'odd workflows',
      {
        '.github/workflows/ci.yml':
          'jobs:\n  a: 3\n  b:\n    steps: {run: x}\n  c:\n    steps: [null, 1, {run: [x]}]\n',
      },
    ],
    [
      'a Dockerfile of nonsense',
      { Dockerfile: 'FRM node\nRUN [\nCMD ["node", \nCOPY --from=\n\\\n' },
    ],
    ['an empty Dockerfile', { Dockerfile: '' }],
    ['a Procfile of nonsense', { Procfile: 'web\n: \nweb: && || ;\n$(\n' }],
    ['odd env files', { '.env.example': '=\nA\nexport\nB="\nC=\'\n\u0000' }],
    [
      'a tsconfig that extends itself',
      { 'tsconfig.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": 3 } }' },
    ],
    [
      'modules in a circle',
      {
        'a.js': "module.exports = { ...require('./b'), port: require('./b').port };\n",
        'b.js': "module.exports = { ...require('./a'), port: require('./a').port };\n",
      },
    ],
    ['nesting without end', { 'deep.js': DEEP }],
    [
      'names of prototypes',
      {
        '__proto__.js': "process.env.constructor; process.env['__proto__'];\n",
        'constructor.js': "const { toString, hasOwnProperty } = require('./__proto__');\n",
        'api/package.json':
          '{ "name": "constructor", "scripts": { "__proto__": "node x", "toString": "node y" }, "dependencies": { "hasOwnProperty": "1" } }',
      },
    ],
    [
      'names with odd letters',
      { 'ü ö/#?%20.js': FIXED_PORT, "it's [id].ts": 'export const a = 1;\n' },
    ],
    ['an empty file', { 'empty.ts': '', 'empty.json': '', 'empty.yaml': '' }],
  ])('%s', async (_, files) => {
    const { client } = await connect(app(files));
    for (const [path, text] of Object.entries(files)) {
      const uri = `${ROOT}/${path.split('/').map(encodeURIComponent).join('/')}`;
      await client.open(uri, text);
      expect(Array.isArray(await client.diagnostics(uri))).toBe(true);
    }
    await expectTheRest(client);
  });

  it('every state of a file that is being typed', async () => {
    const { client } = await connect(app());
    await client.open(SERVER, '');
    const text = `import express from 'express';\nconst { PORT = \`\${3000}\` } = process.env;\nexpress().get('/:id?', async ({ params: { id } }, res) => res.json(await fetch(\`http://localhost:80/\${id}\`))).listen(PORT);\n`;
    for (let end = 0; end <= text.length; end += 3) {
      await client.change(SERVER, text.slice(0, end));
      expect(Array.isArray(await client.diagnostics(SERVER))).toBe(true);
    }
    expect(client.log.filter(({ type }) => type === 1)).toEqual([]);
  });
});

describe('what is not analysed is shown as that', () => {
  it('minified code', async () => {
    const { client } = await connect(app({ 'vendor.js': MINIFIED }));
    const uri = `${ROOT}/vendor.js`;
    await client.open(uri, MINIFIED);
    expect(codes(await client.diagnostics(uri))).toEqual(['not-analysed']);
    await expectTheRest(client);
    expect(client.statuses.at(-1)?.notAnalysed).toBe(1);
  });

  it('files that cannot be read, until they can', async () => {
    const { client, host } = await connect(app({ 'secret.js': FIXED_PORT }), { folders: [] });
    const uri = `${ROOT}/secret.js`;
    host.unreadable.set(uri, 'permission denied');
    await client.foldersChanged([ROOT], []);
    client.followWorkspace();
    const told = await client.until('the reason', () => client.workspace.get(uri));
    expect(told[0]?.message).toBe('Not analysed: permission denied.');
    host.unreadable.delete(uri);
    await client.watched([uri, FileChangeType.Changed]);
    await client.until('the findings', () =>
      codes(client.workspace.get(uri)).includes('hardcoded-port'),
    );
    await expectTheRest(client);
  });

  it('files that a link leads out of the folder to, also while they are open', async () => {
    const { client, host } = await connect(app({ 'link.js': FIXED_PORT }), { folders: [] });
    const uri = `${ROOT}/link.js`;
    host.outside.add(uri);
    await client.foldersChanged([ROOT], []);
    await client.open(uri, FIXED_PORT);
    expect(codes(await client.diagnostics(uri))).toEqual(['not-analysed']);
    await client.change(uri, `${FIXED_PORT}\n`);
    expect(codes(await client.diagnostics(uri))).toEqual(['not-analysed']);
    await expectTheRest(client);
  });

  it('folders that cannot be listed', async () => {
    const { client, host } = await connect(app({ 'closed/a.js': FIXED_PORT }), { folders: [] });
    host.unreadable.set(`${ROOT}/closed`, 'permission denied');
    await client.foldersChanged([ROOT], []);
    client.followWorkspace();
    const told = await client.until('the reason', () => client.workspace.get(`${ROOT}/closed`));
    expect(told[0]?.message).toBe('Not analysed: permission denied.');
    await expectTheRest(client);
  });
});
