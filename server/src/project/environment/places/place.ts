import type { Location } from '../../../base/span';

/** What a variable's name is doing at a place. */
export type PlaceKind =
  /** Code reads it. */
  | 'read'
  /** Code sets or removes it. */
  | 'write'
  /** A schema of the configuration declares it. */
  | 'schema'
  /** An interface names it: `ProcessEnv`, `ImportMetaEnv`. */
  | 'type'
  /** An example file documents it. */
  | 'example'
  /** An env file sets it. */
  | 'env-file'
  /** Another manifest hands it to a process. */
  | 'manifest'
  /** A manifest or a script refers to it: `${NAME}`. */
  | 'use';

/** One place where the name of a variable stands; `span` is that of the name alone, without quotes. */
export interface Place extends Location {
  readonly name: string;
  readonly kind: PlaceKind;
  /**
   * - `name`: another name can be written there
   * - `binding`, `imported`: it names something of the module as well (`const { PORT } = process.env`, `import { PORT } from
   *   '$env/static/private'`)
   * - `computed`: the name is put together; `span` is that of the whole expression
   */
  readonly form: 'name' | 'binding' | 'imported' | 'computed';
  /** An identifier that is a property of a type: TypeScript may know it. False for texts. */
  readonly isProperty?: boolean;
}

const NAME = /^[A-Za-z_]\w*$/;

/** Can a variable be called so in every place: code, shells, manifests? */
export function isVariableName(name: string): boolean {
  return NAME.test(name);
}

/** Places in the order of a text, each name's place once: the first that says what it is counts. */
export function inOrder(places: readonly Place[]): readonly Place[] {
  const byStart = new Map<number, Place>();
  for (const place of places)
    if (!byStart.has(place.span.start)) byStart.set(place.span.start, place);
  return [...byStart.values()].sort((a, b) => a.span.start - b.span.start);
}

/** What has to be written at a place for the variable to be called otherwise there; what the module itself calls so stays. */
export function renamed({ name, form }: Place, newName: string): string {
  if (form === 'binding') return `${newName}: ${name}`;
  return form === 'imported' ? `${newName} as ${name}` : newName;
}
