import { describe, expect, it } from 'vitest';
import { fileKind } from '../../server/src/base/file-names';
import type { BadExample, Rule } from '../../server/src/engine/rule';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';
import { exampleFiles } from '../helpers/example';
import { syntaxErrors } from '../helpers/syntax-errors';

/**
 * Every fix of every rule that touches a manifest, over its own examples in other spellings: the file's own parser still accepts
 * the result, and the lines that change are those that change in the plain spelling.
 */

interface Variant {
  readonly name: string;
  applies(path: string): boolean;
  spell(text: string, path: string): string;
}

const isManifest = (path: string): boolean => {
  const kind = fileKind(path);
  return kind !== undefined && kind !== 'source' && kind !== 'lockfile' && kind !== 'text';
};
const isJson = (path: string): boolean => path.endsWith('.json');

const NOTE = ' # noted';

const VARIANTS: readonly Variant[] = [
  { name: 'CRLF', applies: isManifest, spell: (text) => text.replace(/\r?\n/g, '\r\n') },
  { name: 'no final newline', applies: isManifest, spell: (text) => text.replace(/\n+$/, '') },
  { name: 'a byte order mark', applies: isManifest, spell: (text) => `\uFEFF${text}` },
  {
    name: 'tabs',
    applies: isJson,
    spell: (text) => text.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
  },
  {
    name: 'comments',
    applies: (path) => isManifest(path) && !isJson(path),
    spell: withComments,
  },
  {
    name: 'comments at the ends of lines',
    applies: (path) => fileKind(path) === 'dotenv' || fileKind(path) === 'yaml',
    // A block of text has no comments.
    spell: (text) =>
      /[|>][+-]?\n/.test(text)
        ? text
        : text.replace(/^([ -]*[\w.-]+(?:: |=)[\w./:@ -]+)$/gm, `$1${NOTE}`),
  },
  {
    name: 'anchors',
    applies: (path) => fileKind(path) === 'yaml' && /compose/.test(path),
    spell: (text) => `x-shared: &shared\n  restart: "no"\nx-other: *shared\n${text}`,
  },
];

describe.each(rules.filter(({ fix }) => fix !== 'none').map((rule) => [rule.id, rule] as const))(
  '%s',
  (_, rule) => {
    const examples = rule.examples.bad.flatMap((example, index) =>
      Object.keys(example.fixed ?? {}).map(
        (fixId) => [example.title ?? `${index + 1}`, fixId, example] as const,
      ),
    );
    it.each(examples)('%s, %s', async (__, fixId, example) => {
      const files = exampleFiles(example);
      const plain = await fix(rule, example, files, fixId);
      const changed = Object.keys(plain.fixed).filter(
        (path) => plain.fixed[path] !== files[path] && isManifest(path),
      );
      if (changed.length === 0) return;
      for (const variant of VARIANTS) {
        if (!Object.keys(files).some((path) => variant.applies(path) && changed.includes(path)))
          continue;
        const spelled = mapFiles(files, (text, path) =>
          variant.applies(path) ? variant.spell(text, path) : text,
        );
        const result = await fix(rule, example, spelled, fixId);
        expect(result.findings, `findings with ${variant.name}`).toBe(plain.findings);
        for (const path of changed) {
          const about = `${path} with ${variant.name}`;
          const [before = '', after = ''] = [spelled[path], result.fixed[path]];
          expect(syntaxErrors(path, after), about).toEqual([]);
          const change = lineChange(before, after);
          expect(plainly(change), about).toEqual(
            plainly(lineChange(files[path] ?? '', plain.fixed[path] ?? '')),
          );
          const noted = (lines: readonly string[]): number =>
            lines.filter((line) => line.endsWith(NOTE)).length;
          // A line that is rewritten keeps what stands behind it.
          if (change.gone.length === change.added.length)
            expect(noted(change.added), `comments of ${about}`).toBe(noted(change.gone));
          if (variant.name === 'CRLF' && files[path] !== undefined)
            expect(after, about).not.toMatch(/[^\r]\n/);
        }
      }
      await inOneLine(rule, example, files, fixId, plain.fixed);
    });
  },
);

it('covers fixes in every language that has some', () => {
  const paths = rules.flatMap(({ examples }) =>
    examples.bad.flatMap(({ fixed }) =>
      Object.values(fixed ?? {}).flatMap((files) =>
        typeof files === 'string' ? [] : Object.keys(files),
      ),
    ),
  );
  const kinds = new Set(paths.filter(isManifest).map(fileKind));
  expect([...kinds].sort()).toEqual(
    expect.arrayContaining([
      'dockerfile',
      'dotenv',
      'ignore',
      'json',
      'package-json',
      'procfile',
      'shell',
      'yaml',
    ]),
  );
});

/** JSON on one line: the data must be the same as in the plain spelling, in the same order. */
async function inOneLine(
  rule: Rule,
  example: BadExample,
  files: Files,
  fixId: string,
  plain: Files,
): Promise<void> {
  const paths = Object.keys(files).filter(
    (path) => isJson(path) && plain[path] !== files[path] && isStrictJson(files[path] ?? ''),
  );
  if (paths.length === 0) return;
  const spelled = mapFiles(files, (text, path) =>
    paths.includes(path) ? JSON.stringify(JSON.parse(text)).replace(/([,:])(?=")/g, '$1 ') : text,
  );
  const { fixed } = await fix(rule, example, spelled, fixId);
  for (const path of paths)
    expect(JSON.stringify(JSON.parse(fixed[path] ?? '')), `${path} on one line`).toBe(
      JSON.stringify(JSON.parse(plain[path] ?? '')),
    );
}

async function fix(
  rule: Rule,
  example: BadExample,
  files: Files,
  fixId: string,
): Promise<{ readonly fixed: Files; readonly findings: number }> {
  const result = await check(files, { rules: [rule], ignored: example.ignored ?? [] });
  expect(result.errors).toEqual([]);
  return { fixed: result.apply(fixId), findings: result.findings.length };
}

/** Comments that came along with lines that are new in a file (a copy of another) do not count. */
function plainly({ gone, added }: ReturnType<typeof lineChange>): ReturnType<typeof lineChange> {
  const strip = (line: string): string =>
    line.endsWith(NOTE) ? line.slice(0, -NOTE.length) : line;
  return {
    gone: gone.map(strip),
    added: added.filter((line) => !line.startsWith('# about line')).map(strip),
  };
}

/** The lines that a change takes away and those that it adds; spelling of line ends, indentation and the last comma aside. */
function lineChange(
  before: string,
  after: string,
): { readonly gone: readonly string[]; readonly added: readonly string[] } {
  const lines = (text: string): string[] =>
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return {
    gone: without(lines(before), lines(after)),
    added: without(lines(after), lines(before)),
  };
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** A comment above every line that may have one: not inside a continued line, nor inside a block of text. */
function withComments(text: string, path: string): string {
  const isYaml = fileKind(path) === 'yaml';
  const lines = text.split('\n');
  return lines
    .map((line, index) => {
      const continues = /\\$/.test(lines[index - 1] ?? '') || (index > 0 && line === '');
      const mayHave = !continues && !line.startsWith('#!') && (!isYaml || /^\S/.test(line));
      return mayHave && index < lines.length - 1 ? `# about line ${index}\n${line}` : line;
    })
    .join('\n');
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function mapFiles(files: Files, spell: (text: string, path: string) => string): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, spell(text, path)]));
}
