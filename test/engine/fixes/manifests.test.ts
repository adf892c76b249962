import { describe, expect, it } from 'vitest';
import type { Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { applyEdits, mergeFixes } from '../../../server/src/engine/edits';
import { passThroughCompose } from '../../../server/src/engine/fixes/compose';
import { execForm, replaceInstruction } from '../../../server/src/engine/fixes/dockerfile-edit';
import {
  documentVariable,
  dotenvValue,
  removeVariable,
  setVariable,
} from '../../../server/src/engine/fixes/dotenv-edit';
import { documentInExample, keepValueLocally } from '../../../server/src/engine/fixes/example-file';
import { addIgnorePatterns, appendLines } from '../../../server/src/engine/fixes/lines';
import {
  addDependencies,
  moveDependency,
  removeDependency,
  setEngine,
  setRange,
  setScript,
} from '../../../server/src/engine/fixes/package-json';
import {
  addMapEntry,
  addSequenceItem,
  fillEmpty,
  removeMapEntry,
  removeSequenceItem,
  replaceScalar,
} from '../../../server/src/engine/fixes/yaml-edit';
import { parseDockerfileSyntax } from '../../../server/src/languages/dockerfile';
import { parseDotenvSyntax } from '../../../server/src/languages/dotenv';
import { parseYamlSyntax } from '../../../server/src/languages/yaml';
import type { FileChange } from '../../../server/src/engine/finding';
import type { ProjectModel } from '../../../server/src/project/model';
import { applyChanges, project, type Files, type ProjectOptions } from './harness';

/** Applies a change to files, checks that applying it again changes nothing, and answers one file. */
async function after(
  files: Files,
  path: string,
  change: (model: ProjectModel) => readonly FileChange[],
  options: ProjectOptions = {},
): Promise<string | undefined> {
  const fixed = applyChanges(files, change(await project(files, options)));
  const again = applyChanges(fixed, change(await project(fixed, options)));
  expect(again, 'twice').toEqual(fixed);
  return fixed[path];
}

describe('lines', () => {
  it.each([
    ['a\nb\n', 'a\nb\nx\ny\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\nx\r\ny\r\n'],
    ['a\nb', 'a\nb\nx\ny'],
    ['', 'x\ny\n'],
    ['a\n\n', 'a\nx\ny\n\n'],
  ])('appends to %j', (text, expected) => {
    expect(applyEdits(text, appendLines(text, ['x', 'y']))).toBe(expected);
  });

  it('adds ignore patterns once, creating the file', async () => {
    const add = (model: ProjectModel) =>
      addIgnorePatterns(model, '.dockerignore', ['.env*', '!.env.example']);
    expect(await after({}, '.dockerignore', add)).toBe('.env*\n!.env.example\n');
    expect(await after({ '.dockerignore': 'node_modules\n/.env*\n' }, '.dockerignore', add)).toBe(
      'node_modules\n/.env*\n!.env.example\n',
    );
  });
});

describe('dotenv', () => {
  const edit = (text: string, change: typeof setVariable, name: string, value: string) => {
    const fixed = applyEdits(text, change(parseDotenvSyntax(text), name, value));
    expect(change(parseDotenvSyntax(fixed), name, value), 'twice').toEqual([]);
    const value1 = parseDotenvSyntax(fixed).entries.find(
      (entry) => entry.name === name && !entry.commented,
    )?.value;
    return { fixed, value: value1 };
  };

  it.each([
    ['at the end', 'A=1\n', 'A=1\nSTRIPE_URL=x\n'],
    ['without final newline', '# a\r\nA=1', '# a\r\nA=1\r\nSTRIPE_URL=x'],
    [
      'next to its group',
      'STRIPE_KEY=\n\n# mail\nMAIL=1\n',
      'STRIPE_KEY=\nSTRIPE_URL=x\n\n# mail\nMAIL=1\n',
    ],
    ['with export', 'export A=1\n', 'export A=1\nexport STRIPE_URL=x\n'],
  ])('adds %s', (_title, text, expected) => {
    expect(edit(text, documentVariable, 'STRIPE_URL', 'x').fixed).toBe(expected);
  });

  it('takes a commented line for documentation', () => {
    expect(documentVariable(parseDotenvSyntax('# PORT=3000\n'), 'PORT', '1')).toEqual([]);
  });

  it('sets and removes', () => {
    expect(edit("A='1' # why\nB=2\n", setVariable, 'A', '2').fixed).toBe('A=2 # why\nB=2\n');
    const text = 'A=1\n# about B\nB=2\nC=3';
    expect(applyEdits(text, removeVariable(parseDotenvSyntax(text), 'C'))).toBe(
      'A=1\n# about B\nB=2',
    );
    expect(applyEdits(text, removeVariable(parseDotenvSyntax(text), 'A'))).toBe(
      '# about B\nB=2\nC=3',
    );
  });

  it.each([
    'http://localhost:3000/?a=b&c',
    'two words',
    'a#b',
    "it's",
    'say "hi"',
    'p$ss',
    'a\\b',
    'line\nline',
    '',
  ])('writes %j so that it reads back', (value) => {
    const [entry] = parseDotenvSyntax(`A=${dotenvValue(value)}\n`).entries;
    expect(entry?.value).toBe(value);
  });
});

describe('example file', () => {
  const url = { name: 'API_URL', value: 'http://localhost:3000', isSecret: false };
  const secret = { name: 'JWT_SECRET', value: 's3cret', isSecret: true };
  const document = (variable: typeof url) => (model: ProjectModel) =>
    documentInExample(model, 'src/a.ts', variable);

  it('adds a line, to whichever file is the example', async () => {
    expect(await after({ '.env.sample': 'A=1' }, '.env.sample', document(url))).toBe(
      'A=1\nAPI_URL=http://localhost:3000',
    );
    expect(await after({ '.example.env': 'A=1\n' }, '.example.env', document(secret))).toBe(
      'A=1\nJWT_SECRET=\n',
    );
    expect(await after({}, '.env.example', document(url))).toBe('API_URL=http://localhost:3000\n');
  });

  it('prefers the package, then the root', async () => {
    const change = (model: ProjectModel) => documentInExample(model, 'apps/api/src/a.ts', url);
    const files = { 'apps/api/package.json': '{}', '.env.example': 'A=1\n' };
    expect(await after(files, '.env.example', change)).toBe('A=1\nAPI_URL=http://localhost:3000\n');
    expect(
      await after({ ...files, 'apps/api/.env.example': '' }, 'apps/api/.env.example', change),
    ).toBe('API_URL=http://localhost:3000\n');
    expect(await after({ 'apps/api/package.json': '{}' }, 'apps/api/.env.example', change)).toBe(
      'API_URL=http://localhost:3000\n',
    );
  });

  it('creates nothing that git ignores', async () => {
    expect(await after({ '.gitignore': '.env*\n' }, '.env.example', document(url))).toBeUndefined();
  });

  it('joins the lines of several fixes', async () => {
    const model = await project({});
    const merged = mergeFixes(
      [url, secret, url].map((one) => ({ build: () => documentInExample(model, 'a.ts', one) })),
    );
    expect(merged.changes).toEqual([
      {
        kind: 'create',
        path: '.env.example',
        text: 'API_URL=http://localhost:3000\nJWT_SECRET=\n',
      },
    ]);
  });

  it('keeps the real value only where git ignores it', async () => {
    const keep = (model: ProjectModel) => keepValueLocally(model, 'src/a.ts', secret);
    const gitignore = { '.gitignore': '.env\n' };
    const dotenv = { ...gitignore, 'package.json': '{ "dependencies": { "dotenv": "^16.0.0" } }' };
    expect(await after(dotenv, '.env', keep)).toBe('JWT_SECRET=s3cret\n');
    expect(await after(gitignore, '.env', keep), 'nothing would read it').toBeUndefined();
    expect(
      await after({ ...gitignore, '.env': 'A=1\n' }, '.env', keep, { ignored: ['.env'] }),
    ).toBe('A=1\nJWT_SECRET=s3cret\n');
    expect(
      await after({ ...gitignore, '.env': 'JWT_SECRET=x\n' }, '.env', keep, { ignored: ['.env'] }),
    ).toBe('JWT_SECRET=x\n');
    expect(await after({}, '.env', keep)).toBeUndefined();
    expect(await after({ '.env': 'A=1\n' }, '.env', keep)).toBe('A=1\n');
  });
});

describe('package.json', () => {
  const at = (
    text: string,
    change: (model: ProjectModel, owner: ProjectModel['packages'][number]) => FileChange[],
  ) =>
    after({ 'package.json': text }, 'package.json', (model) =>
      change(model, model.packages[0] ?? expect.fail()),
    );
  const add =
    (...names: string[]) =>
    (model: ProjectModel, owner: ProjectModel['packages'][number]) =>
      addDependencies(
        model,
        owner,
        names.map((name) => ({ name, range: '^1.0.0' })),
      );

  it.each([
    [
      '{\n  "dependencies": {\n    "a": "1",\n    "c": "1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "a": "1",\n    "b": "^1.0.0",\n    "c": "1"\n  }\n}\n',
    ],
    [
      '{\n\t"dependencies": {\n\t\t"c": "1"\n\t}\n}',
      '{\n\t"dependencies": {\n\t\t"b": "^1.0.0",\n\t\t"c": "1"\n\t}\n}',
    ],
    [
      '{\r\n  "dependencies": {\r\n    "a": "1"\r\n  }\r\n}\r\n',
      '{\r\n  "dependencies": {\r\n    "a": "1",\r\n    "b": "^1.0.0"\r\n  }\r\n}\r\n',
    ],
    [
      '{ "dependencies": { "a": "1", "c": "1" } }',
      '{ "dependencies": { "a": "1", "b": "^1.0.0", "c": "1" } }',
    ],
    ['{ "name": "x" }', '{ "name": "x", "dependencies": { "b": "^1.0.0" } }'],
    [
      '{\n  "name": "x",\n  "dependencies": {}\n}',
      '{\n  "name": "x",\n  "dependencies": {\n    "b": "^1.0.0"\n  }\n}',
    ],
    [
      '{\n    "name": "x",\n    "devDependencies": {\n        "z": "1"\n    }\n}\n',
      '{\n    "name": "x",\n    "dependencies": {\n        "b": "^1.0.0"\n    },\n    "devDependencies": {\n        "z": "1"\n    }\n}\n',
    ],
    [
      '{\n  "name": "x"\n}\n',
      '{\n  "name": "x",\n  "dependencies": {\n    "b": "^1.0.0"\n  }\n}\n',
    ],
    [
      '{\n  "dependencies": {\n    "z": "1",\n    "a": "1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "z": "1",\n    "a": "1",\n    "b": "^1.0.0"\n  }\n}\n',
    ],
    [
      '{ "devDependencies": { "a": "1", "b": "^2.0.0" }, "dependencies": { "c": "1" } }',
      '{ "devDependencies": { "a": "1" }, "dependencies": { "b": "^2.0.0", "c": "1" } }',
    ],
    ['{ "peerDependencies": { "b": "^2.0.0" } }', '{ "peerDependencies": { "b": "^2.0.0" } }'],
  ])('adds a dependency to %j', async (text, expected) => {
    expect(await at(text, add('b'))).toBe(expected);
  });

  it('adds several at once', async () => {
    expect(await at('{ "dependencies": { "a": "1" } }', add('c', 'b'))).toBe(
      '{ "dependencies": { "a": "1", "b": "^1.0.0", "c": "^1.0.0" } }',
    );
    expect(await at('{}', add('c', 'b'))).toBe(
      '{ "dependencies": { "b": "^1.0.0", "c": "^1.0.0" } }',
    );
  });

  it('does not let two fixes add one section twice', async () => {
    const model = await project({ 'package.json': '{ "name": "x" }' });
    const owner = model.packages[0] ?? expect.fail();
    const fixes = ['a', 'b', 'a'].map((name) => ({ build: () => add(name)(model, owner) }));
    expect(mergeFixes(fixes)).toMatchObject({ applied: [0, 2], dropped: [1] });
  });

  it('moves, removes, and changes ranges', async () => {
    const text =
      '{\n  "dependencies": {\n    "a": "1"\n  },\n  "devDependencies": {\n    "tsx": "4",\n    "vitest": "3"\n  }\n}\n';
    expect(
      await at(text, (model, owner) =>
        moveDependency(model, owner, 'tsx', 'devDependencies', 'dependencies'),
      ),
    ).toBe(
      '{\n  "dependencies": {\n    "a": "1",\n    "tsx": "4"\n  },\n  "devDependencies": {\n    "vitest": "3"\n  }\n}\n',
    );
    expect(await at(text, (model, owner) => removeDependency(model, owner, 'vitest'))).toBe(
      '{\n  "dependencies": {\n    "a": "1"\n  },\n  "devDependencies": {\n    "tsx": "4"\n  }\n}\n',
    );
    expect(
      await at('{"dependencies":{"a":"*"}}', (model, owner) =>
        setRange(model, owner, 'a', '^1.2.3'),
      ),
    ).toBe('{"dependencies":{"a":"^1.2.3"}}');
  });

  it('sets engines and scripts', async () => {
    expect(
      await at('{\n  "name": "x",\n  "scripts": {}\n}\n', (model, owner) =>
        setEngine(model, owner, 'node', '>=20'),
      ),
    ).toBe('{\n  "name": "x",\n  "engines": {\n    "node": ">=20"\n  },\n  "scripts": {}\n}\n');
    const scripts =
      '{\n  "scripts": {\n    "start": "tsc && node dist", // run\n    "test": "vitest"\n  }\n}\n';
    expect(await at(scripts, (model, owner) => setScript(model, owner, 'start', 'node dist'))).toBe(
      scripts.replace('tsc && node dist', 'node dist'),
    );
    expect(await at(scripts, (model, owner) => setScript(model, owner, 'test', undefined))).toBe(
      '{\n  "scripts": {\n    "start": "tsc && node dist" // run\n  }\n}\n',
    );
  });
});

describe('yaml', () => {
  const doc = (text: string) => {
    const [document] = parseYamlSyntax(text).documents;
    return document ?? expect.fail();
  };
  const at = (text: string, ...path: (string | number)[]) => doc(text).getIn(path, true);
  const scalarAt = (text: string, key: string) => at(text, key) as Scalar;
  const mapAt = (text: string, ...path: (string | number)[]) => at(text, ...path) as YAMLMap;
  const seqAt = (text: string, key: string) => at(text, key) as YAMLSeq;
  const parsed = (text: string) => doc(text).toJS() as unknown;

  it.each([
    ['image: node # base\n', 'node:20', 'image: node:20 # base\n'],
    ["image: 'node'\r\n", 'node:20', "image: 'node:20'\r\n"],
    ['image: "node"', 'a"b', 'image: "a\\"b"'],
    ['image: &img node\n', 'yes', 'image: &img "yes"\n'],
    ['image: |\n  node\n  x\nb: 1\n', 'one', 'image: one\nb: 1\n'],
  ])('replaces the scalar in %j', (text, value, expected) => {
    const fixed = applyEdits(text, replaceScalar(text, scalarAt(text, 'image'), value));
    expect(fixed).toBe(expected);
    expect(parsed(fixed)).toMatchObject({ image: value });
  });

  it.each([
    ['m:\n  a: 1 # one\n\nn: 2\n', 'm:\n  a: 1 # one\n  x: y\n\nn: 2\n'],
    ['m: &m\n    a:\n        b: 1\n', 'm: &m\n    a:\n        b: 1\n    x: y\n'],
    ['m: { a: 1 }\n', 'm: { a: 1, x: y }\n'],
    ['m: {}\n', 'm: {x: y}\n'],
    ['m:\r\n  a: |\r\n    t\r\nn: 1\r\n', 'm:\r\n  a: |\r\n    t\r\n  x: y\r\nn: 1\r\n'],
    ['m:\n  a: 1', 'm:\n  a: 1\n  x: y'],
  ])('adds an entry to %j', (text, expected) => {
    const fixed = applyEdits(text, addMapEntry(text, mapAt(text, 'm'), 'x', 'y'));
    expect(fixed).toBe(expected);
    expect(parsed(fixed)).toMatchObject({ m: { x: 'y' } });
  });

  it.each([
    ['l:\n  - a # one\n  - b\nn: 1\n', 'l:\n  - a # one\n  - b\n  - x\nn: 1\n'],
    ['l:\n- k: 1\n  m: 2\n', 'l:\n- k: 1\n  m: 2\n- x\n'],
    ['l: [a, b]', 'l: [a, b, x]'],
  ])('adds an item to %j', (text, expected) => {
    const fixed = applyEdits(text, addSequenceItem(text, seqAt(text, 'l'), 'x'));
    expect(fixed).toBe(expected);
    expect((parsed(fixed) as { l: unknown[] }).l.at(-1)).toBe('x');
  });

  it('fills a key without value', () => {
    const text = 's:\n  environment: # none\n  image: x\n';
    const pair = mapAt(text, 's').items[0] ?? expect.fail();
    const fixed = applyEdits(text, fillEmpty(text, pair, '- A\n- B', '  '));
    expect(fixed).toBe('s:\n  environment: # none\n    - A\n    - B\n  image: x\n');
  });

  it('removes entries and items', () => {
    const text = 'm:\n  # about a\n  a: 1 # one\n  b:\n    c: 2\nl:\n  - x\n  - y: 1\n    z: 2\n';
    expect(applyEdits(text, removeMapEntry(text, mapAt(text, 'm'), 'b'))).toBe(
      text.replace('  b:\n    c: 2\n', ''),
    );
    expect(applyEdits(text, removeMapEntry(text, mapAt(text, 'm'), 'a'))).toBe(
      text.replace('  a: 1 # one\n', ''),
    );
    expect(applyEdits(text, removeSequenceItem(text, seqAt(text, 'l'), 1))).toBe(
      text.replace('  - y: 1\n    z: 2\n', ''),
    );
    expect(applyEdits(text, removeMapEntry(text, mapAt(text, 'l', 1), 'y'))).toBe(
      text.replace('y: 1\n    z', 'z'),
    );
    const flow = 'm: { a: 1, b: 2 }';
    expect(applyEdits(flow, removeMapEntry(flow, mapAt(flow, 'm'), 'a'))).toBe('m: { b: 2 }');
  });
});

describe('compose', () => {
  const change = (model: ProjectModel) => passThroughCompose(model, 'src/a.ts', 'API_URL');

  it('passes a variable through where the environment is listed', async () => {
    const text =
      'services:\n  web:\n    build: .\n    environment:\n      - PORT=3000 # port\n  db:\n    image: postgres:16\n    environment:\n      - A=1\n';
    expect(await after({ 'docker-compose.yml': text }, 'docker-compose.yml', change)).toBe(
      text.replace('# port\n', '# port\n      - API_URL\n'),
    );
    const map =
      'services:\n  web:\n    build:\n      context: .\n    environment:\n      PORT: 3000\n';
    expect(await after({ 'compose.yaml': map }, 'compose.yaml', change)).toBe(
      `${map}      API_URL:\n`,
    );
  });

  it.each([
    'services:\n  web:\n    build: ./other\n    environment:\n      - A=1\n',
    'services:\n  web:\n    build: .\n    env_file: .env\n',
    'services:\n  web:\n    build: .\n    environment:\n      - API_URL=x\n',
    'x: &e\n  A: 1\nservices:\n  web:\n    build: .\n    environment: *e\n',
  ])('leaves %j alone', async (text) => {
    expect(await after({ 'compose.yml': text }, 'compose.yml', change)).toBe(text);
  });
});

describe('dockerfile', () => {
  it('replaces an instruction with its continuation lines', () => {
    const text = 'FROM node:20\r\n# start\r\nCMD npm \\\r\n  start\r\n';
    const syntax = parseDockerfileSyntax(text);
    const cmd = syntax.dockerfile.getInstructions()[1] ?? expect.fail();
    expect(
      applyEdits(text, [replaceInstruction(syntax, cmd, execForm('CMD', ['node', 'a "b".js']))]),
    ).toBe('FROM node:20\r\n# start\r\nCMD ["node", "a \\"b\\".js"]\r\n');
  });
});
