import { describe, expect, it } from 'vitest';
import { check } from '../helpers/check';

/** One good text for each kind of manifest that the product reads. */
const MANIFESTS: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "app", "scripts": { "start": "npm i && node server.js > a.log" }, "dependencies": { "a": "*" } }',
  'app.json': '{ "env": { "A": "b" }, "scripts": { "postdeploy": "npx knex migrate:latest" } }',
  'vercel.json': '{ "env": { "A": "b" } }',
  'railway.json': '{ "deploy": { "startCommand": "npm start" } }',
  Dockerfile: 'FROM node\nCOPY . .\nRUN npm install\nCMD npm start\n',
  'docker-compose.prod.yml':
    'services:\n  web: &web\n    build: .\n    command: sh -c "npm start"\n    volumes:\n      - .:/app\n  other:\n    <<: *web\n',
  'k8s/web.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  sessionAffinity: ClientIP\n',
  '.github/workflows/ci.yml':
    'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install\n',
  '.gitlab-ci.yml': 'deploy:\n  image: node\n  script:\n    - npm install\n',
  '.circleci/config.yml':
    'version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/node\n    steps:\n      - run: npm install\n',
  'serverless.yml':
    'service: app\nprovider:\n  environment:\n    A: b\nfunctions:\n  a:\n    handler: server.a\n',
  'render.yaml': 'services:\n  - type: web\n    startCommand: npm start\n',
  'fly.toml': 'app = "a"\n[env]\nA = "b"\n[processes]\nweb = "npm start"\n',
  '.env': 'A=b\nSECRET="x y"\n',
  '.env.example': 'A=\n',
  Procfile: 'web: npm start\n',
  'docker-entrypoint.sh': '#!/bin/sh\nset -e\nnode server.js\n',
  '.gitignore': 'node_modules\n!keep\n',
  '.dockerignore': 'node_modules\n',
  'ecosystem.config.js':
    "module.exports = { apps: [{ name: 'a', script: 'server.js', out_file: 'a.log' }] };\n",
  'ecosystem.json': '{ "apps": [{ "name": "a", "script": "server.js" }] }',
  'nginx.conf': 'upstream a {\n  ip_hash;\n}\nserver {\n  passenger_enabled on;\n}\n',
  'app.service': '[Service]\nExecStart=/usr/bin/node server.js\n',
  'web.config': '<configuration><add modules="iisnode" /></configuration>\n',
  '.nvmrc': 'v18\n',
  '.tool-versions': 'nodejs 18.0.0\n',
  '.npmrc': 'package-lock=false\n',
  'package-lock.json':
    '{ "lockfileVersion": 3, "packages": { "node_modules/a": { "version": "1.0.0" } } }',
  'yarn.lock': 'a@^1.0.0:\n  version "1.0.0"\n',
  'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n',
  'bun.lock': '{ "lockfileVersion": 1 }',
  'schema.prisma':
    'datasource db {\n  provider = "postgresql"\n  url = "postgres://a:b@localhost/c"\n}\n',
};

const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it should be': (text) => text,
  empty: () => '',
  'white space only': () => ' \t\r\n\n',
  'a byte order mark': (text) => `\uFEFF${text}`,
  'CRLF and tabs': (text) => text.replace(/\n/g, '\r\n').replace(/ {2}/g, '\t'),
  'lone carriage returns': (text) => text.replace(/\n/g, '\r'),
  'cut off in the middle': (text) => text.slice(0, Math.floor(text.length * 0.6)),
  'every other character': (text) => text.replace(/(.)./gs, '$1'),
  'brackets that nothing closes': (text) => `${'{[("'.repeat(300)}${text}`,
  'control characters': (text) => `\u0000\u0001\uFFFD${text}\u0000`,
  'half a surrogate pair': (text) => text.replace(/e/g, '\uD83D'),
  'one very long line': (text) => text + 'x'.repeat(100_000),
  'very many lines': (text) => text + '# x\n'.repeat(5_000),
};

const PROJECT = {
  'package.json': MANIFESTS['package.json'] ?? '',
  Dockerfile: MANIFESTS['Dockerfile'] ?? '',
  '.env': 'PASSWORD=hunter2\n',
  'server.js': "require('http').createServer().listen(process.env.PORT);\n",
};

describe.each(Object.entries(SPELLINGS))('a manifest that is %s', (_, spell) => {
  it.each(Object.keys(MANIFESTS))('%s', { timeout: 20_000 }, async (path) => {
    const text = spell(MANIFESTS[path] ?? '');
    const { errors, findings } = await check({ ...PROJECT, [path]: text });
    expect(errors).toEqual([]);
    for (const { path: where, span } of findings.filter((finding) => finding.path === path)) {
      expect(span.start, where).toBeGreaterThanOrEqual(0);
      expect(span.end, where).toBeLessThanOrEqual(text.length);
      expect(span.start, where).toBeLessThanOrEqual(span.end);
    }
  });
});

it.each([
  ['package.json', '{ "name": "app", ', /^invalid JSON in line 1/],
  ['app.json', '{\n  "env": { "A": }\n}', /^invalid JSON in line 2 \(value expected\)/],
  ['fly.toml', 'app = \n', /^invalid TOML/],
  ['docker-compose.yml', 'services:\n\tweb:\n', /^invalid YAML/],
  [
    'chart/templates/web.yaml',
    'kind: Pod\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n',
    /^a template, not YAML/,
  ],
  ['Dockerfile', 'RUN npm ci\n', /^a Dockerfile without FROM/],
  ['Dockerfile.j2', 'FROM node:{{ version }}\n', /^a template/],
  ['Procfile', 'npm start\n', /^no line of the form/],
  ['start.sh', '#!/bin/sh\nif true; then\n', /^invalid shell/],
  ['yarn.lock', '<<<<<<< HEAD\na@1:\n=======\n>>>>>>> main\n', /^an unresolved merge conflict/],
] as const)('%s that cannot be read is said to be not analysed', async (path, text, reason) => {
  const { notAnalysed } = await check({ [path]: text });
  expect(notAnalysed).toEqual([{ path, reason: expect.stringMatching(reason) as string }]);
});

it.each([
  [
    'tsconfig.json',
    '{\n  // comments and trailing commas are allowed here\n  "compilerOptions": {},\n}\n',
  ],
  ['data/broken.json', '{ not json'],
  ['.env', 'no assignment\n'],
  [
    'Dockerfile',
    '# syntax=docker/dockerfile:1\nARG V=22\nFROM node:${V}\nRUN <<EOF\nnpm ci\nEOF\n',
  ],
  [
    '.github/workflows/ci.yml',
    'on: push\njobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    steps: []\n',
  ],
  ['Procfile', '# nothing yet\n'],
] as const)('%s is no cause for concern', async (path, text) => {
  expect((await check({ [path]: text })).notAnalysed).toEqual([]);
});

describe('a manifest without end', () => {
  const APP = {
    'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node server.js" } }',
    'server.js': "require('http').createServer().listen(3000);\n",
  };
  const DEEP = '['.repeat(16_384);

  it.each([
    'tsconfig.json',
    'config/default.json',
    'vercel.json',
    'app.json',
    'turbo.json',
    'a.yml',
  ])('as %s is not analysed, and hides nothing elsewhere', async (path) => {
    const { findings, errors, notAnalysed } = await check({ ...APP, [path]: DEEP });
    expect(errors).toEqual([]);
    expect(findings.map(({ ruleId }) => ruleId)).toContain('hardcoded-port');
    if (!path.endsWith('.yml'))
      expect(notAnalysed).toContainEqual({ path, reason: 'nested more than 200 levels deep' });
  });

  it('as package.json is not analysed', async () => {
    const { errors, notAnalysed } = await check({ ...APP, 'package.json': DEEP });
    expect(errors).toEqual([]);
    expect(notAnalysed).toContainEqual({
      path: 'package.json',
      reason: 'nested more than 200 levels deep',
    });
  });

  it('that merges mappings twice at each step is read, step by step', async () => {
    const steps = Array.from(
      { length: 200 },
      (_, index) => `x-${index + 1}: &a${index + 1}\n  <<: [*a${index}, *a${index}]\n`,
    );
    const compose = [
      'x-0: &a0\n  command: npm start\n  build: .\n',
      ...steps,
      'services:\n  web:\n    <<: *a200\n  itself: &self\n    <<: *self\n    image: redis\n',
    ].join('');
    const { findings, errors } = await check({ ...APP, 'docker-compose.yml': compose });
    expect(errors).toEqual([]);
    expect(findings.map(({ path, ruleId }) => `${path} ${ruleId}`)).toContain(
      'docker-compose.yml mutable-base-image',
    );
  });
});

it.each([
  ['itself', { 'a/package.json': '{ "name": "a", "main": "." }' }],
  ['nothing', { 'a/package.json': '{ "name": "a", "main": "" }' }],
  [
    'each other',
    {
      'a/package.json': '{ "name": "a", "main": "../b" }',
      'b/package.json': '{ "name": "b", "main": "../a" }',
    },
  ],
])('a package whose entry names %s has none', async (_, files) => {
  const { errors } = await check({
    'package.json': '{ "name": "app", "private": true, "workspaces": ["a", "b"] }',
    'index.js': "require('a');\n",
    ...files,
  });
  expect(errors).toEqual([]);
});

describe('code without end', () => {
  const PLACE = {
    'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node server.js" } }',
    'server.js': "require('http').createServer().listen(3000);\n",
  };

  it.each([
    ['parentheses', '(\n', '1', ')\n'],
    ['lists', '[\n', '1', ']\n'],
    ['templates', '`${\n', '1', '}`\n'],
    ['elements', '<a>\n', '1', '</a>\n'],
    ['operators', "'a' +\n", '1', ''],
    ['members', 'a.\n', 'a', ''],
    ['calls', '', 'a', '.b()\n'],
    ['conditions', 'a ? b :\n', '1', ''],
    ['functions', '() =>\n', '1', ''],
  ])('of %s is not analysed, and hides nothing elsewhere', async (_, open, inner, close) => {
    const deep = `process.env.A;\nconst a = ${open.repeat(20_000)}${inner}${close.repeat(20_000)};\n`;
    for (const path of ['deep.tsx', 'ecosystem.config.js']) {
      const { findings, errors, notAnalysed } = await check({ ...PLACE, [path]: deep });
      expect(errors).toEqual([]);
      expect(findings.map(({ ruleId }) => ruleId)).toContain('hardcoded-port');
      expect(notAnalysed).toEqual([
        { path, reason: expect.stringMatching(/nested more than \d+ levels deep$/) as string },
      ]);
    }
  });

  it('of a length that people write is', async () => {
    const long = `process.env.A;\nmodule.exports = ${"'a' +\n".repeat(500)}'b';\n`;
    const { notAnalysed } = await check({ ...PLACE, 'long.js': long });
    expect(notAnalysed).toEqual([]);
  });
});

it.each([
  ['docker-compose.yml', Array.from({ length: 3_000 }, (_, n) => `${' '.repeat(n)}a:\n`).join('')],
  ['docker-compose.yml', `${'- '.repeat(20_000)}a\n`],
  ['fly.toml', `[${'a.'.repeat(20_000)}a]\nb = 1\n`],
  ['start.sh', `#!/bin/sh\n${'$('.repeat(20_000)}${')'.repeat(20_000)}\n`],
])('%s that nests without end is not analysed', async (path, text) => {
  const { errors, notAnalysed } = await check({ [path]: text });
  expect(errors).toEqual([]);
  expect(notAnalysed).toEqual([
    { path, reason: expect.stringContaining('nested more than 200 levels deep') as string },
  ]);
});

describe('a manifest that is longer than people write', () => {
  const APP = {
    'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node server.js" } }',
    'server.js': "require('http').createServer().listen(3000);\n",
  };
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const scripts = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, n) => [`s${n}`, `npm run s${n + 1} && npm run s${n + 1}`]),
  );

  it.each([
    ['Dockerfile', many(20_000, (n) => `FROM ${n === 0 ? 'node' : `s${n - 1}`} AS s${n}`)],
    ['Dockerfile', many(1_500, (n) => `FROM ${n === 0 ? 'node' : `s${n - 1}`} AS s${n}`)],
    ['Procfile', many(20_000, (n) => `web${n}: node server.js`)],
    ['start.sh', many(20_000, (n) => `f${n}() { f${n + 1}; }`)],
    ['tools/package.json', JSON.stringify({ name: 'tools', scripts })],
  ])('as %s is not analysed, and hides nothing elsewhere', async (path, text) => {
    const { findings, errors, notAnalysed } = await check({ ...APP, [path]: text });
    expect(errors).toEqual([]);
    expect(findings.map(({ ruleId }) => ruleId)).toContain('hardcoded-port');
    expect(notAnalysed).toEqual([
      { path, reason: expect.stringMatching(/(longer|more) than [\d,]+ \w+$/) as string },
    ]);
  });

  it('is read where it has hundreds of lines', async () => {
    const { findings, notAnalysed } = await check({
      ...APP,
      Dockerfile: `FROM node\n${many(400, (n) => `RUN echo ${n}`)}\nCMD ["node", "server.js"]\n`,
    });
    expect(notAnalysed).toEqual([]);
    expect(findings.map(({ path, ruleId }) => `${path} ${ruleId}`)).toContain(
      'Dockerfile mutable-base-image',
    );
  });
});

it('globs that match for ever match nothing', async () => {
  const name = 'a'.repeat(100);
  const { errors } = await check(
    {
      'package.json': `{ "name": "app", "workspaces": ["${'*a'.repeat(30)}b", "{1..1000000}", "${'{a,b}'.repeat(20)}"] }`,
      [`${name}/package.json`]: `{ "name": "${name}" }`,
      '.gitignore': `${'*a'.repeat(30)}b\n`,
      '.dockerignore': `${'**/'.repeat(30)}b\n`,
      Dockerfile: 'FROM node\nCOPY . .\n',
    },
    { settings: { exclude: [`${'*a'.repeat(30)}b`] } },
  );
  expect(errors).toEqual([]);
});

it('a service in thousands by an alias is read once each', async () => {
  const services = Array.from({ length: 3_000 }, (_, n) => `  s${n}: *x\n`).join('');
  const { findings, errors } = await check({
    'docker-compose.yml': `x: &x {image: node}\nservices:\n${services}`,
  });
  expect(errors).toEqual([]);
  expect(findings.map(({ ruleId }) => ruleId)).toContain('mutable-base-image');
});
