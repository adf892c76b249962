import type { TextDocumentPositionParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { placeAt } from '../../project/environment/places/places';
import type { Place } from '../../project/environment/places/place';
import { schemaUseAt } from '../../project/environment/places/schema-uses';
import type { ProjectModel } from '../../project/model';
import type { Located } from '../../workspace/workspace';
import type { OpenDocuments, OpenReport } from '../open-documents';

/** An open document of a project in which variables are explained. */
export interface Explained extends Located {
  readonly document: TextDocument;
  readonly model: ProjectModel;
}

/** A variable's name under the pointer. */
export interface FoundPlace extends Explained {
  readonly place: Place;
  /** A member of what a schema yields (`env.PORT`). */
  readonly isSchemaUse?: true;
}

/** Undefined where the settings want no such answers, and for files that are not analysed at the text that is open. */
export function explained(opened: OpenReport | undefined): Explained | undefined {
  if (!opened?.root.explainsVariables) return undefined;
  const { root, path, document } = opened;
  const { model } = root.analyzer;
  if (!model?.files.has(path) || root.analyzer.text(path) !== document.getText()) return undefined;
  return { root, path, document, model };
}

/** The place at a position of an open document, when the whole project is known; all open documents are then at their current texts. */
export async function placeUnder(
  { textDocument, position }: TextDocumentPositionParams,
  open: OpenDocuments,
): Promise<FoundPlace | undefined> {
  const at = explained(await open.report(textDocument.uri, 'settled'));
  if (!at) return undefined;
  open.sync();
  // Another document may have moved the model on.
  const model = at.root.analyzer.model ?? at.model;
  const offset = at.document.offsetAt(position);
  const place = placeAt(at.path, offset, model);
  if (place) return { ...at, model, place };
  const use = schemaUseAt(at.path, offset, model);
  return use && { ...at, model, place: use, isSchemaUse: true };
}
