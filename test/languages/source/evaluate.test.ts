import { describe, expect, it } from 'vitest';
import type { Value } from '../../../server/src/base/value';
import { possibleValues } from '../../../server/src/base/values';
import { canonicalName } from '../../../server/src/project/facts/canonical';
import { probe } from '../../helpers/source';

/** A value in one line: literals as JSON, reads as $NAME, alternatives with their operator, references by canonical name. */
function show(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return value.value === undefined ? 'undefined' : JSON.stringify(value.value);
    case 'env':
      return `$${value.name ?? '?'}`;
    case 'either':
      return `(${value.options.map(show).join(` ${value.operator} `)})`;
    case 'template':
      return `\`${value.parts.map(show).join('')}\``;
    case 'object':
      return `{${value.properties.map(({ key, value: each }) => `${key}: ${show(each)}`).join(', ')}${value.spreads.map(() => ', …').join('')}}`;
    case 'array':
      return `[${value.items.map(show).join(', ')}]`;
    case 'function':
      return value.isClass ? `class#${value.id}` : `fn#${value.id}`;
    case 'parameter':
      return `param ${value.name}`;
    default:
      return canonicalName(value) ?? value.kind;
  }
}

const cases: readonly (readonly [string, string, string])[] = [
  ['a constant', `const a = 3000; probe(a);`, '3000'],
  [
    'a member of a constant object',
    `const c = { server: { port: 80 } }; probe(c.server.port);`,
    '80',
  ],
  ['bracket access', `const c = { 'x-y': 1 }; probe(c['x-y']);`, '1'],
  [
    'a template of constants',
    'const h = "localhost"; probe(`http://${h}:${8080}/`);',
    '"http://localhost:8080/"',
  ],
  ['a template with an unknown part', 'probe(`http://${location}/`);', '`"http://"location"/"`'],
  ['concatenation', `const a = 'x'; probe('http://' + a + '/y');`, '"http://x/y"'],
  ['arithmetic', `probe(60 * 60 * 1000);`, '3600000'],
  ['the environment with a default', `probe(process.env.PORT ?? 3000);`, '($PORT ?? 3000)'],
  [
    'the environment by ||',
    `const port = process.env.PORT || '3000'; probe(port);`,
    '($PORT || "3000")',
  ],
  [
    'a destructured read with a default',
    `const { PORT = 3000 } = process.env; probe(PORT);`,
    '($PORT default 3000)',
  ],
  ['a renamed destructured read', `const { PORT: port } = process.env; probe(port);`, '$PORT'],
  ['process imported by name', `import { env } from 'node:process'; probe(env.HOST);`, '$HOST'],
  ['import.meta.env', `probe(import.meta.env.VITE_API);`, '$VITE_API'],
  ['a conditional', `probe(flag ? 'a' : 'b');`, '("a" ?: "b")'],
  ['a default parameter', `function f(port = 3000) { probe(port); }`, '(param port default 3000)'],
  [
    'a let that is assigned later',
    `let port = 1; port = process.env.PORT; probe(port);`,
    '(1 assigned $PORT)',
  ],
  ['a let without initialiser', `let port; port = 8080; probe(port);`, '8080'],
  ['a shadowed name', `const port = 1; function f() { const port = 2; probe(port); }`, '2'],
  ['a name used before it is declared', `function f() { probe(port); } const port = 7;`, '7'],
  ['an enum member', `enum Port { Http = 80 } probe(Port.Http);`, '80'],
  ['a frozen object', `const c = Object.freeze({ a: 1 }); probe(c.a);`, '1'],
  ['as const and satisfies', `const c = { a: 1 } as const satisfies object; probe(c.a);`, '1'],
  ['a spread object', `const base = { a: 1 }; probe({ ...base, b: 2 });`, '{a: 1, b: 2}'],
  ['an unknown spread', `probe({ ...rest, b: 2 });`, '{b: 2, …}'],
  ['a class field', `class A { port = 3000; go() { probe(this.port); } }`, '3000'],
  [
    'a field set in the constructor',
    `class A { constructor() { this.app = require('express')(); } go() { probe(this.app); } }`,
    'express()',
  ],
  [
    'a parameter property',
    `import { JwtService } from '@nestjs/jwt'; class A { constructor(private readonly jwt: JwtService) {} go() { probe(this.jwt.sign); } }`,
    '<@nestjs/jwt.JwtService>.sign',
  ],
  [
    'an annotated parameter',
    `import type { FastifyInstance } from 'fastify'; function f(app: FastifyInstance) { probe(app.listen); }`,
    '<fastify.FastifyInstance>.listen',
  ],
  [
    'a member of an annotated shape',
    `import express from 'express'; export default ({ app }: { app: express.Application }) => { probe(app.use); };`,
    '<express.Application>.use',
  ],
  [
    'an item of a loop',
    `for (const s of ['SIGTERM', 'SIGINT']) probe(s);`,
    '("SIGTERM" assigned "SIGINT")',
  ],
  [
    'an item of forEach',
    `['SIGTERM', 'SIGINT'].forEach((s) => probe(s));`,
    '("SIGTERM" assigned "SIGINT")',
  ],
  ['a required package', `const s = require('express-session'); probe(s);`, 'express-session'],
  ['a destructured require', `const { Worker: W } = require('bullmq'); probe(W);`, 'bullmq.Worker'],
  ['a default import', `import session from 'express-session'; probe(session);`, 'express-session'],
  [
    'a default import by name',
    `import { default as session } from 'express-session'; probe(session);`,
    'express-session',
  ],
  [
    'a namespace import',
    `import * as http from 'node:http'; probe(http.createServer().listen);`,
    'http.createServer().listen',
  ],
  [
    'import equals',
    `import express = require('express'); probe(express().listen);`,
    'express().listen',
  ],
  [
    'a dynamic import',
    `const { createServer } = await import('http'); probe(createServer);`,
    'http.createServer',
  ],
  ['fs.promises', `import fs from 'fs'; probe(fs.promises.readFile);`, 'fs/promises.readFile'],
  ['a local function of the same name', `function session() {} probe(session);`, 'fn#1'],
  ['a shadowed require', `function f(require) { probe(require('express')); }`, 'call'],
  [
    'a getter that returns a constant',
    `const c = { get port() { return 80; } }; probe(c.port);`,
    '80',
  ],
];

describe('constant evaluation', () => {
  it.each(cases)('sees through %s', async (_title, text, expected) => {
    expect(show(await probe(text))).toBe(expected);
  });

  it('lands on the defining expression', async () => {
    const text = `const port = 3000;\nprobe(port);`;
    const { span } = await probe(text);
    expect(text.slice(span.start, span.end)).toBe('3000');
  });

  it('survives a cycle and answers something', async () => {
    expect((await probe(`const a = b; const b = a; probe(a);`)).kind).toBe('unknown');
  });

  it('lists every value an expression may take, through casts', async () => {
    const value = await probe(`probe(Number(process.env.PORT || 3000));`);
    expect(possibleValues(value).map(show)).toEqual(['$PORT', '3000']);
  });
});
