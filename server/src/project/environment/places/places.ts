import type { ProjectModel } from '../../model';
import { codePlaces } from './code-places';
import { manifestPlaces } from './manifest-places';
import { inOrder, type Place } from './place';
import { typedNames, typePlaces } from './type-places';

/** Where a file names variables of the environment, in the order of its text, as that is now. */
export function placesIn(path: string, model: ProjectModel): readonly Place[] {
  return inOrder([
    ...(model.files.kind(path) === 'source'
      ? [...codePlaces(path, model), ...typePlaces(path, model)]
      : []),
    ...manifestPlaces(path, model.files, (name) => model.environment.has(name)),
  ]);
}

/** The place whose name an offset stands in or beside. */
export function placeAt(path: string, offset: number, model: ProjectModel): Place | undefined {
  return placesIn(path, model).find(({ span }) => span.start <= offset && offset <= span.end);
}

/** Every place of a variable in the project, by path and order. */
export function placesOf(name: string, model: ProjectModel): readonly Place[] {
  const { files } = model;
  // Where it is put together, the text does not say it.
  const reading = new Set(model.environment.get(name)?.reads.map(({ path }) => path));
  return [...files.paths, ...files.ignoredPaths]
    .filter(
      (path) =>
        reading.has(path) ||
        (files.kind(path) !== 'lockfile' && files.text(path)?.includes(name) === true),
    )
    .sort()
    .flatMap((path) => placesIn(path, model).filter((place) => place.name === name));
}

/**
 * Is the name a property of a type there, so that TypeScript by itself leads to its other places in code: a key of a schema, a variable
 * that an interface adds to `process.env`? Of the rest it knows nothing.
 */
export function isTyped(place: Place, model: ProjectModel): boolean {
  const { kind, path, name, isProperty } = place;
  if (isProperty !== true) return false;
  return kind === 'schema' || kind === 'type' || typedNames(path, model).has(name);
}

/** Does it name something of the module as well, which TypeScript follows? */
export function isBinding({ form }: Place): boolean {
  return form === 'binding' || form === 'imported';
}
