import { beforeAll, describe, expect, it } from 'vitest';
import { fileEdit } from '../../server/src/engine/edits/edits';
import type { FileChange, TextEdit } from '../../server/src/engine/finding';
import {
  readWithDefault,
  type EnvironmentSite,
} from '../../server/src/fixes/environment/environment';
import { readRequired } from '../../server/src/fixes/environment/required';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { typeErrors } from '../helpers/type-check';
import {
  applyChanges,
  project,
  spanIn,
  syntaxErrorsOf,
  type Files,
  type ProjectOptions,
} from './harness';

beforeAll(loadTypeScript);

type Read = (site: EnvironmentSite) => readonly (TextEdit | FileChange)[] | undefined;

/** Replaces a part of a file by a read of `NAME`, and checks that the result parses and type-checks. */
async function put(
  read: Read,
  text: string,
  part: string,
  {
    path = 'src/server.ts',
    name = 'NAME',
    files = {},
    ...options
  }: ProjectOptions & { path?: string; name?: string; files?: Files } = {},
): Promise<string | undefined> {
  const model = await project({ ...files, [path]: text }, options);
  const site: EnvironmentSite = { model, path, span: spanIn(text, part), name };
  const found = read(site);
  if (!found) return undefined;
  const changes = found.filter((one): one is FileChange => 'kind' in one);
  const edits = found.filter((one): one is TextEdit => 'span' in one);
  const all = { ...files, [path]: text };
  const after = applyChanges(all, edits.length > 0 ? [fileEdit(path, edits)] : changes);
  const fixed = after[path] ?? '';
  expect(syntaxErrorsOf(fixed, path)).toEqual([]);
  expect(typeErrors({ app: after })['app']).toEqual([]);
  return fixed;
}

const engines = (node: string): Files => ({
  'package.json': JSON.stringify({ name: 'app', engines: { node } }),
});

describe('readWithDefault', () => {
  it.each<[string, Files, string, string]>([
    ['no statement', {}, 'server.js', '??'],
    ['engines that let Node 8 in', engines('>=8.10.0'), 'server.js', '||'],
    ['engines from Node 14 on', engines('>=14'), 'server.js', '??'],
    ['an old image', { Dockerfile: 'FROM node:10\n', ...engines('>=14') }, 'server.js', '||'],
    ['compiled code', engines('>=8'), 'server.ts', '??'],
  ])('uses what Node understands: %s', async (_, files, path, operator) => {
    const text = "var x = 'a';\n";
    expect(await put(readWithDefault, text, "'a'", { path, files })).toBe(
      `var x = process.env.NAME ${operator} 'a';\n`,
    );
  });

  it('writes defaults as the file does', async () => {
    const text = "const a = process.env.A || 1;\nconst x = 'a';\n";
    expect(await put(readWithDefault, text, "'a'", { path: 'server.js' })).toBe(
      "const a = process.env.A || 1;\nconst x = process.env.NAME || 'a';\n",
    );
  });

  it.each([
    ["fetch('http://x/');", "'http://x/'", "fetch(process.env.NAME ?? 'http://x/');"],
    ['fetch(`http://x/`);', '`http://x/`', 'fetch(process.env.NAME ?? `http://x/`);'],
    ['export const x = 3_000;', '3_000', 'export const x = Number(process.env.NAME ?? 3_000);'],
    ['export const x = -1;', '-1', 'export const x = Number(process.env.NAME ?? -1);'],
    ['export const x = true;', 'true', "export const x = process.env.NAME !== 'false';"],
    [
      'export const x = { y: false };',
      'false',
      "export const x = { y: process.env.NAME === 'true' };",
    ],
    ["export const x = 'a' + 'b';", "'a'", "export const x = (process.env.NAME ?? 'a') + 'b';"],
    ["export const x = 'a'.length;", "'a'", "export const x = (process.env.NAME ?? 'a').length;"],
    [
      "export const x = ['a', ...'b'];",
      "'b'",
      "export const x = ['a', ...process.env.NAME ?? 'b'];",
    ],
    [
      "export const x = async () => await 'a';",
      "'a'",
      "export const x = async () => await (process.env.NAME ?? 'a');",
    ],
    [
      "export const x = 'a' as string;",
      "'a'",
      "export const x = (process.env.NAME ?? 'a') as string;",
    ],
    [
      "export const x = process.argv[2] || 'a';",
      "'a'",
      "export const x = process.argv[2] || (process.env.NAME ?? 'a');",
    ],
    [
      "export const x = process.argv[2] ?? 'a';",
      "'a'",
      "export const x = process.argv[2] ?? process.env.NAME ?? 'a';",
    ],
    [
      "export const x = process.argv[2] === 'a';",
      "'a'",
      "export const x = process.argv[2] === (process.env.NAME ?? 'a');",
    ],
    [
      "export const x = process.argv[2] ? 'a' : 'b';",
      "'a'",
      "export const x = process.argv[2] ? process.env.NAME ?? 'a' : 'b';",
    ],
    [
      "export const x = (y = 'a') => y;",
      "'a'",
      "export const x = (y = process.env.NAME ?? 'a') => y;",
    ],
    [
      'export const x = (id: string) => `http://x/${id}`;',
      'http://x',
      "export const x = (id: string) => `${process.env.NAME ?? 'http://x'}/${id}`;",
    ],
    [
      'export const x = (id: string) => `a${id}http://x/b`;',
      'http://x',
      "export const x = (id: string) => `a${id}${process.env.NAME ?? 'http://x'}/b`;",
    ],
    [
      'export const x = (id: string) => `http://x/${id}`;',
      '`http://x/${id}`',
      'export const x = (id: string) => process.env.NAME ?? `http://x/${id}`;',
    ],
    [
      "export const x = (id: string) => 'http://x/' + id;",
      "'http://x/' + id",
      "export const x = (id: string) => process.env.NAME ?? 'http://x/' + id;",
    ],
    [
      "fetch('http://x/a/`b`');",
      'http://x',
      "fetch(`${process.env.NAME ?? 'http://x'}/a/\\`b\\``);",
    ],
    ["fetch('http://x/');", 'http://x/', "fetch(process.env.NAME ?? 'http://x/');"],
    [
      'export class A { readonly url: string | undefined = "a"; }',
      '"a"',
      'export class A { readonly url: string | undefined = process.env.NAME ?? "a"; }',
    ],
    [
      "type U = string;\nexport const x: U = 'a';",
      "'a'",
      "type U = string;\nexport const x: U = process.env.NAME ?? 'a';",
    ],
    [
      "declare const deco: (x: string) => ClassDecorator;\n@deco('a')\nexport class A {}",
      "'a'",
      "declare const deco: (x: string) => ClassDecorator;\n@deco(process.env.NAME ?? 'a')\nexport class A {}",
    ],
    ['const a = 1;\nexport const x = { a };', 'a }', undefined],
  ])('%s: %s', async (text, part, expected) => {
    expect(await put(readWithDefault, text, part)).toBe(expected);
  });

  it.each([
    ["export type T = 'a';", "'a'"],
    ["export const x: 'a' | 'b' = 'a';", "'a'", 2],
    ["export enum E { A = 'a' }", "'a'"],
    ["export const x = { y: ['a'] } as const;", "'a'"],
    ["import 'a';", "'a'"],
    ["export const x = import('a');", "'a'"],
    ["export const x = { 'a': 1 };", "'a'"],
    ["export const x = { a: 1 }['a'];", "'a'"],
    ["'a';\nexport const x = 1;", "'a'"],
    [
      "export const x = (y: string) => { switch (y) { case 'a': return 1; default: return 2; } };",
      "'a'",
    ],
    ["type U = 'a' | 'b';\nexport const x: U = 'a';", "'a'", 2],
    ['export const x = String.raw`a`;', '`a`'],
    ['export const x = (a: string) => `\\n${a}`;', '\\n'],
  ])('stays away from %s', async (text, part, occurrence = 1) => {
    const model = await project({ 'src/server.ts': text });
    const span = spanIn(text, part, occurrence);
    expect(readWithDefault({ model, path: 'src/server.ts', span, name: 'NAME' })).toBeUndefined();
  });

  it('fills a JSX attribute and a shorthand property', async () => {
    const model = await project({
      'src/a.tsx': 'export const a = <A url="http://x/b" />;\n',
      'src/b.ts': 'const port = f();\nrun({ port });\n',
    });
    const jsx = readWithDefault({
      model,
      path: 'src/a.tsx',
      span: spanIn('export const a = <A url="http://x/b" />;\n', '"http://x/b"'),
      name: 'NAME',
    });
    expect(jsx?.[0]?.newText).toBe("{process.env.NAME ?? 'http://x/b'}");
    const part = readWithDefault({
      model,
      path: 'src/a.tsx',
      span: spanIn('export const a = <A url="http://x/b" />;\n', 'http://x'),
      name: 'NAME',
    });
    expect(part?.[0]?.newText).toBe("{`${process.env.NAME ?? 'http://x'}/b`}");
    const shorthand = readWithDefault({
      model,
      path: 'src/b.ts',
      span: spanIn('const port = f();\nrun({ port });\n', 'port', 2),
      name: 'PORT',
      valueType: 'number',
    });
    expect(shorthand?.[0]?.newText).toBe('port: Number(process.env.PORT ?? port)');
  });

  it('reads the way the code does', async () => {
    const named = "import { env } from 'node:process';\nexport const x = [env.A, 'a'];\n";
    expect(await put(readWithDefault, named, "'a'")).toContain("env.NAME ?? 'a'");
    const brackets = "export const x = [process.env['A'], 'a'];\n";
    expect(await put(readWithDefault, brackets, "'a'")).toContain("process.env['NAME'] ?? 'a'");
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "noPropertyAccessFromIndexSignature": true } }',
    };
    expect(await put(readWithDefault, "export const x = 'a';\n", "'a'", { files })).toContain(
      "process.env['NAME'] ?? 'a'",
    );
  });

  it('uses the bundler’s form in browser code, or none', async () => {
    const text = "fetch('http://x');\n";
    const at = async (manifest: string, roles: ProjectOptions['roles'], code = text) => {
      const model = await project(
        { 'package.json': manifest, 'index.html': '', 'src/a.js': code },
        roles ? { roles } : {},
      );
      return readWithDefault({
        model,
        path: 'src/a.js',
        span: spanIn(code, "'http://x'"),
        name: 'VITE_URL',
      })?.[0]?.newText;
    };
    const browser = { 'src/a.js': ['browser'] } as const;
    const vite = '{ "devDependencies": { "vite": "^6.0.0" } }';
    const next = '{ "dependencies": { "next": "^15.0.0" } }';
    expect(await at(vite, browser)).toBe("import.meta.env.VITE_URL ?? 'http://x'");
    expect(await at(next, { 'src/a.js': ['web'] }, `'use client';\n${text}`)).toBe(
      "process.env.VITE_URL ?? 'http://x'",
    );
    expect(await at('{}', browser)).toBeUndefined();
    expect(await at(vite, { 'src/a.js': ['browser', 'web'] })).toBeUndefined();
  });
});

describe('readRequired', () => {
  const name = 'API_URL';

  it('hoists a constant with a check after the imports', async () => {
    const text =
      "import http from 'node:http';\n\nexport const run = () => fetch('http://x');\nhttp.get('http://x');\n";
    expect(await put(readRequired, text, "'http://x'", { name })).toBe(
      "import http from 'node:http';\n\nconst API_URL = process.env.API_URL;\nif (!API_URL) {\n  throw new Error('API_URL must be set');\n}\n\nexport const run = () => fetch(API_URL);\nhttp.get('http://x');\n",
    );
  });

  it('converts numbers', async () => {
    const text = 'export const run = (x: number) => x;\nrun(3000);\n';
    expect(await put(readRequired, text, '3000', { name: 'PORT' })).toBe(
      "const PORT = process.env.PORT;\nif (!PORT) {\n  throw new Error('PORT must be set');\n}\n\nexport const run = (x: number) => x;\nrun(Number(PORT));\n",
    );
  });

  it('uses a helper where narrowing does not reach', async () => {
    const text =
      'import "x"\n\nexport class Api {\n\tget() {\n\t\treturn fetch("http://x")\n\t}\n}\n';
    expect(await put(readRequired, text, '"http://x"', { name })).toBe(
      'import "x"\n\nfunction requireEnv(name: string): string {\n\tconst value = process.env[name]\n\tif (!value) {\n\t\tthrow new Error(`${name} must be set`)\n\t}\n\treturn value\n}\n\nconst API_URL = requireEnv("API_URL")\n\nexport class Api {\n\tget() {\n\t\treturn fetch(API_URL)\n\t}\n}\n',
    );
  });

  it('asks for the variable in its branch, where only some deploys need it', async () => {
    const helper =
      'function requireEnv(name) {\n  const value = process.env[name];\n  if (!value) {\n    throw new Error(`${name} must be set`);\n  }\n  return value;\n}\n\n';
    const branches = [
      "const key = process.env.KEY;\nmodule.exports = key ? fetch('http://x') : null;\n",
      "function connect() {\n  if (process.env.USE_API) return fetch('http://x');\n}\n",
    ];
    for (const text of branches)
      expect(await put(readRequired, text, "'http://x'", { name, path: 'src/a.js' })).toBe(
        helper + text.replace("'http://x'", "requireEnv('API_URL')"),
      );
    const choice = "exports.get = (id) => (id ? fetch('http://x') : null);\n";
    expect(await put(readRequired, choice, "'http://x'", { name, path: 'src/a.js' })).toContain(
      'const API_URL = process.env.API_URL;',
    );
  });

  it('keeps a constant that is the literal itself', async () => {
    expect(
      await put(readRequired, "const url = 'http://x';\nfetch(url);\n", "'http://x'", { name }),
    ).toBe(
      "const url = process.env.API_URL;\nif (!url) {\n  throw new Error('API_URL must be set');\n}\nfetch(url);\n",
    );
    expect(
      await put(readRequired, "export const url = 'http://x';\n", "'http://x'", { name }),
    ).toContain("export const url = requireEnv('API_URL');");
    expect(
      await put(
        readRequired,
        "const url = 'http://x';\nexport function f() {\n  return fetch(url);\n}\n",
        "'http://x'",
        { name },
      ),
    ).toContain("const url = requireEnv('API_URL');");
  });

  it('stays below the loading of an env file, CommonJS, no semicolons, CRLF', async () => {
    const text =
      "'use strict'\r\nconst jwt = require('jsonwebtoken')\r\nrequire('dotenv').config()\r\n\r\nfunction sign(x) {\r\n    return jwt.sign(x, 'abc')\r\n}\r\nmodule.exports = sign\r\n";
    expect(
      await put(readRequired, text, "'abc'", { name: 'JWT_SECRET', path: 'src/sign.js' }),
    ).toBe(
      "'use strict'\r\nconst jwt = require('jsonwebtoken')\r\nrequire('dotenv').config()\r\n\r\nconst JWT_SECRET = process.env.JWT_SECRET\r\nif (!JWT_SECRET) {\r\n    throw new Error('JWT_SECRET must be set')\r\n}\r\n\r\nfunction sign(x) {\r\n    return jwt.sign(x, JWT_SECRET)\r\n}\r\nmodule.exports = sign\r\n",
    );
  });

  it('stays above a use that precedes a later import', async () => {
    const text = "fetch('http://x');\nimport 'x';\n";
    expect(await put(readRequired, text, "'http://x'", { name })).toMatch(
      /^const API_URL[\s\S]*\nfetch\(API_URL\);\nimport 'x';\n$/,
    );
  });

  it('takes another name when the name is taken', async () => {
    const text = "export const f = (API_URL: string) => fetch('http://x' + API_URL);\n";
    expect(await put(readRequired, text, "'http://x'", { name })).toContain(
      'const apiUrl = process.env.API_URL;',
    );
  });

  it('uses the helper of the package', async () => {
    const files = {
      'src/lib/env.ts':
        "export function getOsEnv(key: string): string {\n  if (typeof process.env[key] === 'undefined') {\n    throw new Error(`${key} is not set.`);\n  }\n  return process.env[key] as string;\n}\n\nexport function getOsEnvOptional(key: string): string | undefined {\n  return process.env[key];\n}\n",
      'src/other.ts': "import './lib/env.js';\n",
    };
    const text =
      "import http from 'node:http';\nexport function get() {\n  return http.get('http://x');\n}\n";
    expect(await put(readRequired, text, "'http://x'", { name, files })).toBe(
      "import http from 'node:http';\nimport { getOsEnv } from './lib/env.js';\n\nconst API_URL = getOsEnv('API_URL');\n\nexport function get() {\n  return http.get(API_URL);\n}\n",
    );
    const js = {
      'src/env.js':
        'const must = (name) => {\n  const value = process.env[name];\n  if (!value) throw new Error(name);\n  return value;\n};\nmodule.exports = { must };\n',
    };
    expect(
      await put(readRequired, "const x = require('x');\nx('http://x');\n", "'http://x'", {
        name,
        files: js,
        path: 'src/api/a.js',
      }),
    ).toBe("const x = require('x');\nconst { must } = require('../env');\nx(must('API_URL'));\n");
  });

  it('does not take a helper that converts or gives undefined', async () => {
    const files = {
      'src/env.ts':
        'export function num(key: string) {\n  if (!process.env[key]) throw new Error(key);\n  return Number(process.env[key]);\n}\nexport const get = (key: string) => process.env[key];\n',
    };
    expect(
      await put(readRequired, "fetch('http://x');\n", "'http://x'", { name, files }),
    ).toContain('const API_URL = process.env.API_URL;');
  });

  it('offers nothing in browser code', async () => {
    const manifest = { 'package.json': '{ "devDependencies": { "vite": "^6.0.0" } }' };
    const options = {
      files: manifest,
      path: 'src/a.js',
      roles: { 'src/a.js': ['browser'] },
    } as const;
    expect(await put(readRequired, "fetch('http://x');\n", "'http://x'", options)).toBeUndefined();
  });
});
