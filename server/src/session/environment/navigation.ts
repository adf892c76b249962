import type {
  DefinitionParams,
  DocumentHighlight,
  DocumentHighlightKind,
  DocumentHighlightParams,
  Location,
  ReferenceParams,
} from 'vscode-languageserver';
import { exampleFilesFor } from '../../project/environment/example-files';
import { isBinding, isTyped, placesIn, placesOf } from '../../project/environment/places/places';
import type { Place, PlaceKind } from '../../project/environment/places/place';
import { schemaUses } from '../../project/environment/places/schema-uses';
import type { Places } from '../../lsp/diagnostics';
import { rangeConverter } from '../../lsp/ranges';
import type { WorkspaceRoot } from '../../workspace/root';
import type { DiagnosticsSource } from '../file-diagnostics';
import type { OpenDocuments } from '../open-documents';
import { placeUnder, type FoundPlace } from './lookup';

/** What says that there is such a variable, and what it is. */
const DECLARING: ReadonlySet<PlaceKind> = new Set(['schema', 'type', 'example']);

/** What comes next, where no schema and no example file for the module says it. */
const DECLARED = ['example', 'type', 'env-file', 'manifest', 'read'] as const;
/** What of that is not code. */
const OUTSIDE = ['example', 'env-file', 'manifest'] as const;

/**
 * Where a variable is declared: by a schema, else an example file, else a type, else whatever sets it, else the code that reads it. In code
 * only where TypeScript leads nowhere by itself.
 */
export async function definition(
  params: DefinitionParams,
  open: OpenDocuments,
  source: DiagnosticsSource,
): Promise<Location[] | null> {
  const found = await placeUnder(params, open);
  if (!found) return null;
  const { place, model, root, isSchemaUse } = found;
  if (isSchemaUse !== true && (isTyped(place, model) || isBinding(place))) return null;
  const examples = new Set(exampleFilesFor(model, place.path).map(({ path }) => path));
  const others = placesOf(place.name, model).filter((other) => !isSame(other, place));
  const groups: readonly (readonly Place[])[] = [
    // From what it yields, TypeScript leads to the schema.
    isSchemaUse ? [] : others.filter(({ kind }) => kind === 'schema'),
    others.filter(({ kind, path }) => kind === 'example' && examples.has(path)),
    ...(isSchemaUse ? OUTSIDE : DECLARED).map((kind) =>
      others.filter((other) => other.kind === kind),
    ),
  ];
  const best = groups.find((group) => group.length > 0) ?? [];
  return best.map((each) => locationOf(each, root, source));
}

/** Every place of a variable, in code and manifests; from code that TypeScript knows the variable in, those that it does not find. */
export async function references(
  params: ReferenceParams,
  open: OpenDocuments,
  source: DiagnosticsSource,
): Promise<Location[] | null> {
  const found = await placeUnder(params, open);
  if (!found) return null;
  const { includeDeclaration } = params.context;
  return allPlaces(found)
    .filter(({ kind }) => includeDeclaration || !DECLARING.has(kind))
    .map((each) => locationOf(each, found.root, source));
}

function allPlaces({ place, model }: FoundPlace): readonly Place[] {
  const places = placesOf(place.name, model);
  if (isTyped(place, model)) return places.filter((each) => !isTyped(each, model));
  const schemas = places.filter(({ kind }) => kind === 'schema');
  const uses = schemaUses(place.name, schemas, model);
  return [...places, ...uses.filter(({ certainty }) => certainty === 'certain')];
}

const READ: DocumentHighlightKind = 2;
const WRITE: DocumentHighlightKind = 3;
const READING: ReadonlySet<PlaceKind> = new Set(['read', 'use']);

/** The places of a variable in one document. */
export async function highlights(
  params: DocumentHighlightParams,
  open: OpenDocuments,
): Promise<DocumentHighlight[] | null> {
  const found = await placeUnder(params, open);
  if (!found) return null;
  const { place, model, path, document } = found;
  if (isTyped(place, model) || isBinding(place)) return null;
  const toRange = rangeConverter(document.getText());
  return placesIn(path, model)
    .filter(({ name }) => name === place.name)
    .map(({ span, kind }) => ({ range: toRange(span), kind: READING.has(kind) ? READ : WRITE }));
}

function locationOf(
  { path, span }: Place,
  root: WorkspaceRoot,
  source: { places(root: WorkspaceRoot): Places },
): Location {
  const places = source.places(root);
  return { uri: places.uri(path), range: places.range(path, span) };
}

function isSame(a: Place, b: Place): boolean {
  return a.path === b.path && a.span.start === b.span.start;
}
