import { fileEdit, replacement } from '../../../engine/edits/edits';
import { closestName } from '../../../base/closest-name';
import type { Fix, TextEdit } from '../../../engine/finding';
import type { ExampleFile } from '../../../project/environment/example-files';
import { renamed } from '../../../project/environment/places/place';
import { isTyped, placesOf } from '../../../project/environment/places/places';
import type { ProjectModel } from '../../../project/model';

/**
 * The variable that was meant by a name that nothing supplies: one that is documented or supplied, and differs by a slip alone.
 * @param examples the files that document the variables where it is read
 */
export function meantBy(
  name: string,
  examples: readonly ExampleFile[],
  model: ProjectModel,
): string | undefined {
  if ((model.environment.get(name)?.supplies.length ?? 0) > 0) return undefined;
  const supplied = [...model.environment.values()].filter(({ supplies }) =>
    supplies.some(({ kind }) => kind !== 'example' && kind !== 'ci'),
  );
  const known = [
    ...examples.flatMap(({ names }) => [...names.keys()]),
    ...supplied.map((variable) => variable.name),
  ];
  return closestName(
    name,
    known.filter((candidate) => candidate !== name && isSlip(name, candidate)),
  );
}

/**
 * Is it the same name but for a slip: other case, an underscore more or less, in one word two letters that changed places, or one that is
 * doubled, missing or another? Names differ on purpose by a digit, an ending in `s`, or in short words (`DB_HOST`, `DB_PORT`).
 */
export function isSlip(a: string, b: string): boolean {
  if (plain(a) === plain(b)) return true;
  const words = a.toUpperCase().split('_');
  const others = b.toUpperCase().split('_');
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, index) => {
    const other = others[index] ?? '';
    return word === other ? [] : [[word, other] as const];
  });
  const [pair] = differing;
  if (!pair || differing.length > 1) return false;
  const [word, other] = pair;
  if (/\d/.test(word + other)) return false;
  if (haveChangedPlaces(word, other)) return true;
  const isPlural = `${word}S` === other || `${other}S` === word;
  return Math.min(word.length, other.length) >= LONG_WORD && !isPlural && isOneLetter(word, other);
}

/** In shorter words, one letter makes another word. */
const LONG_WORD = 6;

function plain(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}

/** `PROT`, `PORT` */
function haveChangedPlaces(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = commonStart(a, b);
  const swapped = a.slice(0, at) + (a[at + 1] ?? '') + (a[at] ?? '') + a.slice(at + 2);
  return swapped === b;
}

/** Does one letter more, less or else make one of the other? */
function isOneLetter(a: string, b: string): boolean {
  const start = commonStart(a, b);
  const rest = (text: string, skipped: number): string => text.slice(start + skipped);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at++;
  return at;
}

/** Reads the variable that was meant, wherever code reads the misspelt one; none where its type or schema has to change as well. */
export function readInstead(model: ProjectModel, name: string, meant: string): Fix {
  return {
    id: 'read-instead',
    kind: 'suggest',
    title: `Read \`${meant}\` instead`,
    build: () => {
      const places = placesOf(name, model);
      const isSimple = places.every(
        (place) =>
          (place.kind === 'read' || place.kind === 'write') &&
          place.form !== 'computed' &&
          !isTyped(place, model),
      );
      if (!isSimple || places.length === 0) return undefined;
      const byPath = new Map<string, TextEdit[]>();
      for (const place of places) {
        const edit = replacement(place.span, renamed(place, meant));
        byPath.set(place.path, [...(byPath.get(place.path) ?? []), edit]);
      }
      return [...byPath].map(([path, edits]) => fileEdit(path, edits));
    },
  };
}
