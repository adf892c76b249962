import {
  LSPErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileChange, TextEdit } from '../../engine/finding';
import { rangeConverter } from '../../lsp/ranges';
import {
  isConventional,
  isNamedByOthers,
  isReadByLibraries,
  publicPrefix,
} from '../../project/environment/conventional-variables';
import { isBinding, isTyped, placesOf } from '../../project/environment/places/places';
import { isVariableName, renamed, type Place } from '../../project/environment/places/place';
import { schemaUses } from '../../project/environment/places/schema-uses';
import type { ProjectModel } from '../../project/model';
import type { ClientFeatures } from '../client-features';
import type { Edits } from '../edits';
import type { OpenDocuments } from '../open-documents';
import { placeUnder } from './lookup';

/**
 * What would be renamed at a position; null where it is something else, or something of the module as well.
 * @throws ResponseError that says why a variable cannot be renamed
 */
export async function prepareRename(
  params: PrepareRenameParams,
  open: OpenDocuments,
): Promise<PrepareRenameResult | null> {
  const found = await placeUnder(params, open);
  if (!found || !isRenamed(found.place, found.model)) return null;
  const { place, model, document } = found;
  refuse(whyNot(place, model));
  return { range: rangeConverter(document.getText())(place.span), placeholder: place.name };
}

/**
 * Calls a variable otherwise in all places of the project: its name alone is written, no value. Places that only look like it are to be
 * confirmed; clients that cannot ask leave them.
 * @throws ResponseError that says why that cannot be
 */
export async function rename(
  params: RenameParams,
  open: OpenDocuments,
  edits: Edits,
  { confirmsEdits }: Pick<ClientFeatures, 'confirmsEdits'>,
): Promise<WorkspaceEdit | null> {
  const found = await placeUnder(params, open);
  if (!found || !isRenamed(found.place, found.model)) return null;
  const { place, model, root } = found;
  const { newName } = params;
  if (newName === place.name) return null;
  refuse(whyNot(place, model) ?? whyNotCalled(newName, place.name, model));
  const places = placesOf(place.name, model);
  const uses = schemaUses(
    place.name,
    places.filter(({ kind }) => kind === 'schema'),
    model,
  );
  const certain = [...places, ...uses.filter(({ certainty }) => certainty === 'certain')];
  const likely = confirmsEdits ? uses.filter(({ certainty }) => certainty === 'likely') : [];
  const unsure = new Set<TextEdit>();
  const byPath = new Map<string, TextEdit[]>();
  for (const each of [...certain, ...likely]) {
    const edit = { span: each.span, newText: renamed(each, newName) };
    byPath.set(each.path, [...(byPath.get(each.path) ?? []), edit]);
    if ((likely as readonly Place[]).includes(each)) unsure.add(edit);
  }
  const changes = [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, own]): FileChange => ({ kind: 'edit', path, edits: own }));
  const confirmation = {
    label: `Rename ${place.name} to ${newName}`,
    description: 'A member of this name, of an object that is not known',
    only: unsure,
  };
  const edit = edits.of(root, changes, unsure.size > 0 ? confirmation : undefined);
  if (!edit) refuse('A file has changed meanwhile. Rename again.');
  return edit ?? null;
}

/** What a binding of the module is called is TypeScript's to change. */
function isRenamed(place: Place, model: ProjectModel): boolean {
  return place.form !== 'computed' && (!isBinding(place) || isTyped(place, model));
}

function whyNot({ name }: Place, model: ProjectModel): string | undefined {
  const { reads = [], supplies = [] } = model.environment.get(name) ?? {};
  const isListed = supplies.some(({ kind }) => kind === 'example');
  if (isNamedByOthers(name, isListed ? 'documented' : 'nowhere'))
    return `${name} is given by the platform or a tool, which will go on calling it that.`;
  if (reads.length === 0 && isReadByLibraries(name))
    return `No code here reads ${name}: a library or an image does, under this name.`;
  const [computed] = placesOf(name, model).filter(({ form }) => form === 'computed');
  return computed && `${name} is put together in ${computed.path}, where no name can be changed.`;
}

function whyNotCalled(newName: string, name: string, model: ProjectModel): string | undefined {
  if (!isVariableName(newName))
    return `${newName} cannot be the name of a variable: letters, digits and _ only.`;
  if (isConventional(newName)) return `${newName} belongs to the platform or a tool.`;
  if (model.environment.has(newName)) return `There is a variable ${newName} already.`;
  const before = publicPrefix(name);
  const after = publicPrefix(newName);
  if (before === after) return undefined;
  return before === undefined
    ? `With ${after ?? ''} in front, its value would be put into code for browsers.`
    : `Without ${before} in front, code for browsers would not see it.`;
}

function refuse(reason: string | undefined): void {
  if (reason !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
