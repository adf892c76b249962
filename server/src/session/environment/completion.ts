import type { CompletionItem, CompletionParams } from 'vscode-languageserver';
import { folderOf, isInside } from '../../base/paths';
import type { Rule } from '../../engine/rule';
import { rangeConverter } from '../../lsp/ranges';
import { variableMarkdown } from '../../lsp/variable-card';
import { offerData, toCompletionItems, type Offer } from '../../lsp/variable-completion';
import { isConventional, publicPrefix } from '../../project/environment/conventional-variables';
import { isVariableName } from '../../project/environment/places/place';
import { typedNames } from '../../project/environment/places/type-places';
import type { EnvironmentVariable } from '../../project/model';
import { secretKind } from '../../project/secrets/names';
import type { Workspace } from '../../workspace/workspace';
import type { DiagnosticsSource } from '../file-diagnostics';
import type { OpenDocuments } from '../open-documents';
import { contextAt, type Asked, type Context } from './contexts';
import { describe } from './describe';

/** A letter of a name asks by itself; these begin one. */
export const TRIGGERS: readonly string[] = ['.', "'", '"', '`', '{', '$'];

/**
 * The variables that may be meant where a name is being typed. Looks at the text of the document and at what the last analysis knows:
 * nothing is analysed for it.
 */
export async function completion(
  { textDocument, position }: CompletionParams,
  open: OpenDocuments,
): Promise<CompletionItem[] | null> {
  const opened = await open.current(textDocument.uri);
  const model = opened?.root.explainsVariables ? opened.root.analyzer.model : undefined;
  const kind = opened && model?.files.kind(opened.path);
  if (!opened || !model || !kind) return null;
  const { path, document } = opened;
  const text = document.getText();
  const context = contextAt(text, document.offsetAt(position), kind);
  if (!context) return null;
  const typed = typedNames(path, model);
  const offers = [...model.environment.values()]
    .filter((variable) => isOffered(variable, context, path, text, typed))
    .map((variable) => offer(variable, context, path, text));
  return toCompletionItems(offers, rangeConverter(text)(context), textDocument.uri);
}

/** The documentation of one item: what pointing at the variable shows. */
export function resolveCompletion(
  item: CompletionItem,
  workspace: Workspace,
  source: DiagnosticsSource,
  rules: readonly Rule[],
): CompletionItem {
  const data = offerData(item.data);
  const located = data && workspace.locate(data.uri);
  const card = located && describe(data.name, located.path, located.root, rules);
  if (!card) return item;
  const value = variableMarkdown(card, source.places(located.root));
  return { ...item, documentation: { kind: 'markdown', value } };
}

/** What TypeScript offers already, it would offer twice; what somebody is about to write is no variable yet. */
function isOffered(
  variable: EnvironmentVariable,
  { asked, start, end }: Context,
  path: string,
  text: string,
  typed: ReadonlySet<string>,
): boolean {
  const { name, reads, supplies } = variable;
  if (!isVariableName(name)) return false;
  const isSupplied = supplies.some((supply) => supply.path !== path);
  const isOnlyHere = !isSupplied && reads.every((read) => read.path === path);
  if (isOnlyHere && name === text.slice(start, end) && text.split(name).length === 2) return false;
  if (asked === 'code' || asked === 'import-meta') return !typed.has(name) && isMeant(variable);
  // SvelteKit declares what it finds in env files.
  if (asked === 'typed') return !supplies.some(({ kind }) => kind === 'env-file');
  if (asked === 'own') return supplies.some((supply) => supply.path === path);
  if (asked === 'use') return true;
  // Each line says a name once.
  return (
    isMeant(variable) && (!supplies.some((supply) => supply.path === path) || asked !== 'line')
  );
}

/** What the platform sets is one of the project's variables only where its code asks for it. */
function isMeant({ name, reads }: EnvironmentVariable): boolean {
  return !isConventional(name) || reads.length > 0;
}

const SUFFIXES: Readonly<Partial<Record<Asked, string>>> = { line: '=', key: ': ' };

function offer(
  { name, reads, supplies }: EnvironmentVariable,
  { asked, end }: Context,
  path: string,
  text: string,
): Offer {
  const folder = folderOf(path);
  const isWritten = /^[ \t]*[=:]/.test(text.slice(end, end + 20));
  const isNear = [...reads, ...supplies].some(
    (place) => isInside(place.path, folder) || isInside(path, folderOf(place.path)),
  );
  const isOut = asked === 'import-meta' && publicPrefix(name) === undefined;
  const example = supplies.find(({ kind }) => kind === 'example');
  const secret = secretKind(name) === undefined ? undefined : 'secret';
  const documented =
    example?.path ?? (supplies.length === 0 ? 'not documented' : supplies[0]?.path);
  return {
    name,
    suffix: isWritten ? '' : (SUFFIXES[asked] ?? ''),
    detail: [documented, secret].filter((each) => each !== undefined).join(', '),
    rank: Number(!isNear) + Number(isOut),
  };
}
