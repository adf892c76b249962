import type { Span } from '../../../base/span';
import { unlessTooDeep } from '../../../languages/nesting';
import { collectFacts } from '../../facts/collect';
import type { EnvironmentFact } from '../../facts/facts';
import type { ProjectModel } from '../../model';
import { query } from '../../query';
import { moduleEnvironment } from '../environment';
import type { Place } from './place';

/** Without any of this, a text reads no variable by itself. */
const MAY_READ = /\bprocess\b|\bBun\.env\b|\bimport\.meta\.env\b|\$env\/|\bastro:env\//;

/** Templates of Vue, Svelte and Astro are not parsed. */
const EMBEDDED = /\.(?:vue|svelte|astro)$/;
const IN_TEMPLATE = /\b(?:process|Bun|import\.meta)\.env(?:\?\.|\.|\[['"])([A-Za-z_]\w*)/g;

/**
 * Where a source file names variables that it reads or sets, as its text is now; also where no rule wanted it parsed, as with tests and
 * pages. Files that are not read at all (bundles) have none.
 */
export function codePlaces(path: string, model: ProjectModel): readonly Place[] {
  const text = model.files.text(path);
  const facts = model.facts.get(path);
  if (text === undefined || !facts) return [];
  const own =
    facts.detail === 'full'
      ? moduleEnvironment(path, model)
      : MAY_READ.test(text)
        ? unlessTooDeep(() => collectFacts(path, text, []).facts.environment, [])
        : [];
  const handedOn = schemasOfOthers(model).get(path) ?? [];
  return [
    ...[...own, ...handedOn].flatMap((fact) => placeOf(fact, path, text)),
    ...(EMBEDDED.test(path) ? inTemplate(path, text) : []),
  ];
}

/** Schemas that stand in one module and are handed the environment in another, by the module that they stand in. */
const schemasOfOthers = query('modules', (model) => {
  const byPath = new Map<string, EnvironmentFact[]>();
  for (const { reads } of model.environment.values())
    for (const { path, fact } of reads)
      if (fact.via === 'schema') byPath.set(path, [...(byPath.get(path) ?? []), fact]);
  return byPath;
});

function placeOf(fact: EnvironmentFact, path: string, text: string): readonly Place[] {
  const { name, via, write } = fact;
  if (name === undefined || name === '*') return [];
  const kind = write ? 'write' : via === 'schema' ? 'schema' : 'read';
  const isAccess = via === 'direct' || via === 'import-meta';
  const span = nameIn(fact.span, name, text, isAccess ? 'last' : 'first');
  // A schema that another module hands on may be older than the text.
  if (!span)
    return via === 'schema' ? [] : [{ name, path, span: fact.span, kind, form: 'computed' }];
  const before = text[span.start - 1] ?? '';
  const isQuoted = /['"`]/.test(before);
  const rest = text.slice(span.end + (isQuoted ? 1 : 0));
  const isKey = /^\s*(?:\?\s*)?:/.test(rest);
  const isBinding =
    via === 'import'
      ? !/^\s+as\s/.test(rest)
      : (via === 'destructured' || via === 'schema') && !isQuoted && !isKey;
  return [
    {
      name,
      path,
      span,
      kind,
      form: !isBinding ? 'name' : via === 'import' ? 'imported' : 'binding',
      isProperty: via === 'schema' ? !isQuoted || isKey : via !== 'wrapper',
    },
  ];
}

/** Where a name stands in a text within a span, as a word. */
export function nameIn(
  { start, end }: Span,
  name: string,
  text: string,
  which: 'first' | 'last',
): Span | undefined {
  const part = text.slice(start, end);
  const isWord = (at: number): boolean =>
    !/[\w$]/.test(part[at - 1] ?? '') && !/[\w$]/.test(part[at + name.length] ?? '');
  const step = which === 'first' ? 1 : -1;
  const next = (from: number): number =>
    which === 'first' ? part.indexOf(name, from) : from < 0 ? -1 : part.lastIndexOf(name, from);
  let at = next(which === 'first' ? 0 : part.length);
  while (at >= 0 && !isWord(at)) at = next(at + step);
  return at < 0 ? undefined : { start: start + at, end: start + at + name.length };
}

function inTemplate(path: string, text: string): readonly Place[] {
  return [...text.matchAll(IN_TEMPLATE)].map((match) => {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    return { name, path, span: { start, end: start + name.length }, kind: 'read', form: 'name' };
  });
}
