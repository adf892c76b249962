import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { collectFacts } from '../../server/src/project/facts/collect';
import type { RuleHandlers } from '../../server/src/project/facts/source-handlers';
import { rules } from '../../server/src/rules';

const ROOT = join(import.meta.dirname, '../..');
const EDITS = 8;

/** What people type, and what breaks code. */
const TYPED = [
  'const typed = 1;',
  "app.get('/x', (req, res) => res.send(process.env.FOO));",
  'cache.set(key, value);',
  'this.count++;',
  'return x;',
  "if (process.env.NODE_ENV === 'production') {\n}",
  'x = y;',
  '// note',
  "import a from 'a';",
  "const url = 'http://localhost:3000/api';",
  'exports.foo = 1;',
  'delete a.b;',
  '.',
  '(',
  '}',
  '"',
  '\n',
];

const handlers: readonly RuleHandlers[] = rules.flatMap((rule) =>
  rule.source ? [{ ruleId: rule.id, handlers: rule.source }] : [],
);

/** Numbers below a limit, the same each time. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return (state >> 8) % limit;
  };
}

/** One text after the other, as somebody types, deletes and pastes. */
function* editsOf(text: string, seed: number): Generator<string> {
  const below = randomNumbers(seed);
  const words = text.match(/[A-Za-z_$][\w$]*/g) ?? ['x'];
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let now = text;
  for (let edit = 0; edit < EDITS; edit += 1) {
    const at = below(now.length + 1);
    const line = now.lastIndexOf('\n', at) + 1;
    const word = now.indexOf(pick(words), at);
    const kind = below(5);
    if (kind === 0) now = now.slice(0, at) + pick(TYPED) + now.slice(at);
    else if (kind === 1) now = now.slice(0, at) + now.slice(at + below(12));
    else if (kind === 2 && word >= 0)
      now = now.slice(0, word) + pick(words) + now.slice(word).replace(/^[\w$]+/, '');
    else if (kind === 3) now = now.slice(0, line) + now.slice(now.indexOf('\n', at) + 1 || line);
    else
      for (const character of `${pick(TYPED)}\n`) {
        now = now.slice(0, line) + character + now.slice(line);
        yield now;
      }
    yield now;
  }
}

/** The larger sources of a folder: code as people write it. */
function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /(?<!\.d)\.ts$/.test(path) && statSync(join(ROOT, path)).size > 6_000)
    .sort();
}

/** All but what may hold more than the text asks for. */
function compared(path: string, text: string, before?: Parameters<typeof collectFacts>[3]) {
  const { demands, ...facts } = collectFacts(path, text, handlers, before).facts;
  return { facts, demands };
}

describe('facts that are kept over an edit', () => {
  beforeAll(loadTypeScript);

  const paths = [...sourcesOf('client/src'), ...sourcesOf('server/src/project')].filter(
    (_, index) => index % 5 === 0,
  );

  it.each(paths)('are those of a fresh collection: %s', (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    let { syntax } = collectFacts(path, text, handlers);
    for (const edited of editsOf(text, path.length)) {
      const fresh = compared(path, edited);
      const collected = collectFacts(path, edited, handlers, syntax);
      const { demands, ...facts } = collected.facts;
      expect(JSON.stringify(facts)).toBe(JSON.stringify(fresh.facts));
      expect(demands).toEqual(expect.arrayContaining([...fresh.demands]));
      ({ syntax } = collected);
    }
  });

  const FILE = `import express from 'express';
const port = 3000;
const app = express();
function greet(req, res) {
  const name = req.query.name;
  res.send('Hello ' + name);
  return undefined;
}
app.get('/', greet);
app.listen(port);
`;

  it.each([
    ['typing in a function', "'Hello '", "'Hello, '", true],
    ['typing between statements', 'app.get', '\napp.get', true],
    ['a value that others use', '3000', '3001', true],
    ['a function more', "app.get('/', greet)", "app.get('/', () => greet)", false],
    ['an import', "'express'", "'express5'", false],
  ])('takes what it can from before: %s', (_, from, to, isPart) => {
    const { syntax } = collectFacts('app.js', FILE, handlers);
    const text = FILE.replace(from, to);
    const fresh = collectFacts('app.js', text, handlers);
    const collected = collectFacts('app.js', text, handlers, syntax);
    expect(collected.isPart).toBe(isPart);
    expect(collected.facts).toEqual(fresh.facts);
  });

  it('follows a value to who uses it', () => {
    const { syntax } = collectFacts('app.js', FILE, handlers);
    const { facts } = collectFacts('app.js', FILE.replace('3000', '30001'), handlers, syntax);
    const listen = facts.calls.find(
      ({ callee }) => callee.kind === 'member' && callee.name === 'listen',
    );
    expect(listen?.args[0]).toMatchObject({ kind: 'literal', value: 30_001 });
  });
});
