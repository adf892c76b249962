import { isBuiltin } from 'node:module';
import type { BadExample, ExpectedFinding, GoodExample } from '../../server/src/engine/rule';
import type { Finding } from '../../server/src/engine/finding';
import type { Files } from './check';

/** Where the code of an example stands that does not say. */
export const DEFAULT_PATH = 'src/server.ts';

const SOURCE = /\.[cm]?[jt]sx?$/;

/**
 * The files of an example. An example without a package.json gets one that starts its first module and declares what it
 * imports, so that the rule under test meets a plain, complete app.
 */
export function exampleFiles(example: BadExample | GoodExample): Files {
  const { code, files } = example;
  if (code !== undefined && files) throw new Error('an example has either `code` or `files`');
  if (files && example.path !== undefined) throw new Error('`path` goes with `code`');
  const own = files ?? { [example.path ?? DEFAULT_PATH]: code ?? '' };
  if (Object.keys(own).some((path) => /(^|\/)package\.json$/.test(path))) return own;
  return { ...own, 'package.json': packageJson(own) };
}

function packageJson(files: Files): string {
  const sources = Object.keys(files).filter((path) => SOURCE.test(path));
  const entry = sources.find((path) => path === DEFAULT_PATH) ?? sources[0];
  const names = new Set(sources.flatMap((path) => bareImports(files[path] ?? '')));
  const usesImport = sources.some(
    (path) => /\.jsx?$/.test(path) && /^(import|export)\b/m.test(files[path] ?? ''),
  );
  const manifest = {
    name: 'app',
    private: true,
    ...(usesImport ? { type: 'module' } : {}),
    scripts: entry === undefined ? {} : { start: `node ${compiledPath(entry)}` },
    dependencies: Object.fromEntries([...names].sort().map((name) => [name, '^1.0.0'])),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Where a module lies after `tsc` with `src` as its root: `src/server.ts` → `dist/server.js`. */
function compiledPath(path: string): string {
  if (!/\.[cm]?tsx?$/.test(path)) return path;
  const compiled = path.replace(/\.([cm]?)tsx?$/, '.$1js');
  return compiled.startsWith('src/') ? `dist/${compiled.slice('src/'.length)}` : compiled;
}

/** The packages a text imports, by their specifiers' spelling. */
function bareImports(text: string): readonly string[] {
  const specifiers = text.matchAll(
    /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\s*\(\s*)(['"])([^'"\n]+)\1/g,
  );
  return [...specifiers].flatMap(([, , specifier = '']) => {
    if (/^[.#/~]|^@\/|:/.test(specifier) || isBuiltin(specifier)) return [];
    const [scope = '', name = ''] = specifier.split('/');
    return [scope.startsWith('@') ? `${scope}/${name}` : scope];
  });
}

/** A finding in the terms that examples use. */
export interface ShownFinding {
  readonly path: string;
  readonly at: string;
  readonly occurrence: number;
  readonly severity: string;
  readonly message?: string;
}

/**
 * What an example expects, complete and in the order of the files.
 * @throws Error when the expected text does not occur
 */
export function expectedFindings(
  example: BadExample,
  files: Files,
  severity: string,
): readonly ShownFinding[] {
  const onlyPath = example.files ? undefined : (example.path ?? DEFAULT_PATH);
  const shown = example.findings.map((expected) => {
    const path = expected.path ?? onlyPath ?? firstPathWith(expected, files);
    const { at, occurrence = 1 } = expected;
    const offset = offsetOf(files[path] ?? '', at, occurrence);
    if (offset < 0) throw new Error(`${path} has no occurrence ${occurrence} of ${show(at)}`);
    return {
      offset,
      finding: {
        path,
        at,
        occurrence,
        severity: expected.severity ?? severity,
        ...(expected.message === undefined ? {} : { message: expected.message }),
      },
    };
  });
  return shown
    .sort((a, b) => compare(a.finding.path, b.finding.path) || a.offset - b.offset)
    .map(({ finding }) => finding);
}

/**
 * What was found, in the same terms and order; the message only where the finding expected at that place names one.
 */
export function shownFindings(
  findings: readonly Finding[],
  files: Files,
  expected: readonly ShownFinding[],
): readonly ShownFinding[] {
  return [...findings]
    .sort((a, b) => compare(a.path, b.path) || a.span.start - b.span.start)
    .map(({ path, span, severity, message }) => {
      const text = files[path] ?? '';
      const at = text.slice(span.start, span.end);
      const occurrence = occurrenceAt(text, at, span.start);
      const namesMessage = expected.some(
        (other) =>
          other.message !== undefined &&
          other.path === path &&
          other.at === at &&
          other.occurrence === occurrence,
      );
      return { path, at, occurrence, severity, ...(namesMessage ? { message } : {}) };
    });
}

function firstPathWith({ at }: ExpectedFinding, files: Files): string {
  const path = Object.keys(files).find((candidate) => files[candidate]?.includes(at));
  if (path === undefined) throw new Error(`no file of the example contains ${show(at)}`);
  return path;
}

function offsetOf(text: string, part: string, occurrence: number): number {
  let offset = -1;
  for (let count = 0; count < occurrence; count += 1) {
    offset = text.indexOf(part, offset + 1);
    if (offset < 0) return -1;
  }
  return offset;
}

function occurrenceAt(text: string, part: string, offset: number): number {
  let count = 1;
  let at = text.indexOf(part);
  while (at >= 0 && at < offset) {
    at = text.indexOf(part, at + 1);
    count += 1;
  }
  return count;
}

function show(text: string): string {
  return JSON.stringify(text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
