import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import type { ProjectModel } from '../../server/src/project/model';
import { inputOf, type Files } from '../helpers/check';
import { modelOf } from '../helpers/model';

const PACKAGE = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node src/server.js' },
  dependencies: { express: '1.0.0' },
});

const FILES = {
  'package.json': PACKAGE,
  'src/server.js': `const express = require('express');
const { address } = require('./address');
const { list } = require('./users');
const app = express();
exports.port = 3000;
app.get('/', (req, res) => list(res));
app.listen(address);
`,
  'src/address.js': `const { port } = require('./server');\nconst { fixed } = require('./fixed');\nexports.address = { port, fixed };\n`,
  'src/fixed.js': `exports.fixed = 'localhost';\n`,
  'src/users.js': `function list(res) { inner(res); }\nfunction inner() {}\nfunction other() {}\nmodule.exports = { list };\n`,
} as const satisfies Files;

/** What rules would be told of the files: what the server listens on, and which functions requests reach. */
function known(model: ProjectModel): unknown {
  const listen = model.facts
    .get('src/server.js')
    ?.calls.find(({ callee }) => callee.kind === 'member' && callee.name === 'listen');
  const [argument] = listen?.args ?? [];
  const reached = [...model.facts].flatMap(([path, { functions }]) =>
    functions.filter(({ id }) => model.requestReach.way(path, id)).map(({ name }) => name),
  );
  return [argument && withoutPlaces(model.resolve(argument, 'src/server.js')), reached];
}

/** Values of other files may be older than what an edit moved there. */
function withoutPlaces(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (/span$/i.test(key) ? undefined : inner)),
  );
}

describe('the model while somebody types', () => {
  it.each<[string, readonly (readonly [keyof typeof FILES, string, string])[]]>([
    [
      'a value that comes back through another file',
      [
        ['src/server.js', '3000', '4000'],
        ['src/server.js', '4000', '5000'],
      ],
    ],
    [
      'a value of a file that is edited second',
      [
        ['src/server.js', '3000', '4000'],
        ['src/fixed.js', 'localhost', 'elsewhere'],
        ['src/server.js', '4000', '5000'],
        ['src/fixed.js', 'elsewhere', 'here'],
      ],
    ],
    ['a call in a file that a request comes to', [['src/users.js', 'inner(res)', 'other(res)']]],
    [
      'a handler, and then what it calls',
      [
        ['src/server.js', 'list(res)', 'res.end()'],
        ['src/users.js', 'inner(res)', 'other(res)'],
        ['src/server.js', 'res.end()', 'list(res)'],
      ],
    ],
  ])('is that of a fresh analysis: %s', async (_, edits) => {
    const texts: Record<string, string> = { ...FILES };
    const analyzer = createAnalyzer([], { error: () => undefined });
    await analyzer.update(inputOf(FILES), {
      breathe: () => Promise.resolve(),
      isCancelled: () => false,
    });
    for (const [path, before, after] of edits) {
      const text = texts[path]?.replace(before, after) ?? '';
      expect(text).not.toBe(texts[path]);
      texts[path] = text;
      analyzer.updateFile(path, text);
      const { model } = analyzer;
      if (!model) throw new Error('no model');
      expect(known(model), `${path}: ${after}`).toEqual(known(await modelOf(texts)));
    }
  });
});
