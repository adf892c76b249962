import { SEVERITIES } from '../base/severity';
import type { RelatedLocation } from '../base/span';
import { combineChanges } from './edits/edits';
import type { Finding, Fix, Whole } from './finding';
import { changedFinding, lazyFinding, type Statement } from './edits/lazy-fixes';
import { linesOf } from './lines';

/**
 * From how many files on one finding speaks for all of them. In fewer each keeps its own, where people see it while they work in
 * that file.
 */
const MANY_FILES = 5;
/** From how many missing names on there is one finding for the list: so many are no oversights at single places. */
const MANY_NAMES = 7;
/** How many names of a list its message gives. */
const NAMED = 3;

/** The message at another place of the same fact. */
export const SAME_FACT = 'The same here.';

/** A finding that speaks for others. */
export interface Folded {
  /** The finding that stays where it is, with the other places as related ones. */
  readonly at: Finding;
  readonly places: readonly Finding[];
}

/** The finding at a file that lacks several names. */
export interface ListFinding {
  readonly path: string;
  /** @param text of that file: the finding stands on its first line */
  at(text: string): Finding;
}

/**
 * Makes one finding of those that state one fact.
 * @param findings of one rule with equal facts, after suppressions: a suppressed place says nothing of the others
 */
export function fold(findings: readonly Finding[]): {
  readonly kept: readonly Folded[];
  readonly list: ListFinding | undefined;
} {
  const places = [...findings].sort(inReadingOrder);
  const [about] = parts(places);
  if (about) {
    if (places.length < MANY_NAMES)
      return { kept: places.map((at) => ({ at, places: [] })), list: undefined };
    return { kept: [], list: { path: about.path, at: (text) => asList(places, text) } };
  }
  const files = new Map<string, Finding[]>();
  for (const place of places) {
    const own = files.get(place.path);
    if (own) own.push(place);
    else files.set(place.path, [place]);
  }
  const groups = files.size < MANY_FILES ? [...files.values()] : [places];
  return { kept: groups.flatMap((group) => folded(group) ?? []), list: undefined };
}

function parts(places: readonly Finding[]): readonly Whole[] {
  return places.flatMap(({ fact }) => fact?.whole ?? []);
}

/** The gravest place speaks, the first of those; it knows the fix that repairs the others, too. */
function folded(group: readonly Finding[]): Folded | undefined {
  const [at] = [...group].sort((a, b) => gravity(a) - gravity(b));
  return at && { at, places: group.filter((place) => place !== at) };
}

/** A finding that names the other places of its fact. */
export function withPlaces({ at, places }: Folded): Finding {
  if (places.length === 0) return at;
  const related = places.map(({ path, span, message }): RelatedLocation => ({
    path,
    span,
    message: message === at.message ? SAME_FACT : message,
  }));
  return changedFinding(at, { related: [...at.related, ...related] });
}

/** @param places in reading order, each a part of one list */
function asList(places: readonly Finding[], text: string): Finding {
  const [{ ruleId, factor, accepted }] = places as [Finding];
  const lines = [...parts(places)].sort((a, b) => gravity(a) - gravity(b));
  const [gravest] = lines as [Whole];
  const statement: Statement = {
    ruleId,
    factor,
    severity: gravest.severity,
    path: gravest.path,
    span: linesOf(text).span(0),
    message: gravest.message
      .replace('{count}', String(lines.length))
      .replace('{names}', () => listed(lines.map(({ name }) => name))),
    related: places.map(({ path, span, message }) => ({ path, span, message })),
    // Places that were accepted share their fact with no others.
    ...(accepted ? { accepted } : {}),
  };
  return lazyFinding(statement, () => fixesOfList(places, gravest));
}

/** ``A`, `B`, `C` and 12 more`` */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `\`${name}\``);
  return `${shown.join(', ')} and ${names.length - NAMED} more`;
}

/** What is asked for is what places that are more than hints lack; all that there is takes somebody who wants it. */
function fixesOfList(places: readonly Finding[], about: Whole): readonly Fix[] {
  const all = fixesOfAll(places, about.fixTitle);
  const needed = places.filter(({ fact }) => fact?.whole?.severity !== 'hint');
  if (needed.length === 0 || needed.length === places.length) return all;
  return [
    ...fixesOfAll(needed, about.neededFixTitle),
    ...all.map((fix): Fix => ({ ...fix, id: `${fix.id}-all`, kind: 'suggest' })),
  ];
}

/** The fixes that every place has, each doing what it does at all of them. */
function fixesOfAll(places: readonly Finding[], title: string): readonly Fix[] {
  return (places[0]?.fixes ?? []).map((fix) => ({
    ...fix,
    title,
    build: (batch) =>
      combineChanges(
        ...places.flatMap(({ fixes }) => {
          const changes = fixes.find(({ id }) => id === fix.id)?.build(batch);
          return changes ? [changes] : [];
        }),
      ),
  }));
}

function inReadingOrder(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

function gravity({ severity }: Pick<Finding, 'severity'>): number {
  return SEVERITIES.indexOf(severity);
}
