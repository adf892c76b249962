import type { CodeAction, CodeActionContext, CodeActionParams, Range } from 'vscode-languageserver';
import { configEdit, type ConfigChange } from '../engine/config/config-edit';
import { configFileFor } from '../engine/config/folder-config';
import { settingsAt } from '../engine/config/folder-config';
import { CONFIG_FILE } from '../engine/config/config-file';
import type { FileChange, TextEdit } from '../engine/finding';
import { suppressionEdit, type Suppression } from '../engine/suppressions/suppression-edit';
import { planCodeActions, type CodeActionInput, type PlannedAction } from '../lsp/code-actions';
import { rangeConverter } from '../lsp/ranges';
import { FIX_WORKSPACE, SHOW_DOCUMENTATION, SUPPRESS, type Suppressing } from '../protocol';
import type { Located } from '../workspace/workspace';
import type { ClientFeatures } from './client-features';
import { OPEN_DOCUMENTATION } from './documentation';
import type { Edits } from './edits';
import type { DiagnosticsSource } from './file-diagnostics';
import type { OpenDocuments } from './open-documents';

const DOCUMENTATION_COMMANDS: Readonly<
  Record<ClientFeatures['documentation'], string | undefined>
> = { client: SHOW_DOCUMENTATION, server: OPEN_DOCUMENTATION, nobody: undefined };

/** What code actions are made of. */
export interface CodeActionSources {
  readonly open: OpenDocuments;
  readonly edits: Edits;
  readonly source: DiagnosticsSource;
  readonly features: ClientFeatures;
  /** The safe fixes of the whole workspace. */
  fixWorkspace: Extract<CodeActionInput['fixWorkspace'], () => unknown>;
}

/** What a client hands back to have the edit of an action made. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
  readonly only?: CodeActionContext['only'];
  readonly triggerKind?: CodeActionContext['triggerKind'];
  readonly id: string;
}

/** The code actions at a place of an open document; without edits where the client asks for those by themselves. */
export async function codeActions(
  params: CodeActionParams,
  sources: CodeActionSources,
): Promise<CodeAction[]> {
  const { textDocument, range, context } = params;
  const planned = await plan(textDocument.uri, range, context, sources);
  if (!planned) return [];
  const { actions, version } = planned;
  if (sources.features.resolvesEdits) {
    const { only, triggerKind } = context;
    const place = { uri: textDocument.uri, version, range, ...(only && { only }) };
    return actions.map(({ id, action, edit }) =>
      edit ? { ...action, data: { ...place, ...(triggerKind && { triggerKind }), id } } : action,
    );
  }
  const whole = await Promise.all(
    actions.map(async ({ action, edit }) => {
      if (!edit) return [action];
      const made = await edit();
      return made ? [{ ...action, edit: made }] : [];
    }),
  );
  return whole.flat();
}

/**
 * An action with its edit.
 * @returns undefined when it can no longer be made: the document has changed, or what it was about is gone
 */
export async function resolveCodeAction(
  action: CodeAction,
  sources: CodeActionSources,
): Promise<CodeAction | undefined> {
  const data = action.data as ActionData | null | undefined;
  // A command needs no edit.
  if (!data) return action;
  const { uri, version, range, only, triggerKind, id } = data;
  const context = { diagnostics: [], ...(only && { only }), ...(triggerKind && { triggerKind }) };
  const planned = await plan(uri, range, context, sources);
  if (planned?.version !== version) return undefined;
  const edit = await planned.actions.find((each) => each.id === id)?.edit?.();
  return edit && { ...action, edit };
}

async function plan(
  uri: string,
  range: Range,
  context: CodeActionContext,
  sources: CodeActionSources,
): Promise<{ readonly actions: PlannedAction[]; readonly version: number } | undefined> {
  const { open, edits, source, features } = sources;
  const opened = await open.report(uri, 'settled');
  if (!opened?.report) return undefined;
  const { root, path, document, report } = opened;
  const toRange = rangeConverter(document.getText());
  const needsReason = settingsAt(root.settings, path).requireSuppressionReason !== 'off';
  const actions = planCodeActions({
    report,
    range,
    context,
    toRange,
    places: source.places(root),
    edit: (changes) => edits.of(root, changes),
    documentation: DOCUMENTATION_COMMANDS[features.documentation],
    suppress: ({ span, ruleId }, scope) => suppressionAt(opened, { span, ruleId, scope }),
    reasons: features.asksForReasons
      ? {
          kind: 'asked',
          command: ({ ruleId, span }, scope) => {
            const argument: Suppressing = { uri, ruleId, range: toRange(span), scope, needsReason };
            return { title: 'Disable', command: SUPPRESS, arguments: [argument] };
          },
        }
      : { kind: needsReason ? 'missing' : 'left out' },
    configure: (change) => configChange(opened, change),
    canExclude: canExclude(path),
    fixWorkspace: fixWorkspace(sources),
  });
  return { actions, version: document.version };
}

function fixWorkspace({
  features,
  fixWorkspace: make,
}: CodeActionSources): CodeActionInput['fixWorkspace'] {
  if (features.fixesWorkspace) return { title: 'Fix', command: FIX_WORKSPACE };
  // Without a preview nobody would know what happens; made for every menu that opens, it would take too long.
  return features.resolvesEdits && features.confirmsEdits ? make : undefined;
}

/** The edit that puts a suppression comment into a file that has been analysed; see `suppressionEdit`. */
export function suppressionAt(
  { root: { analyzer }, path }: Located,
  suppression: Suppression,
): TextEdit | undefined {
  const text = analyzer.text(path);
  if (text === undefined) return undefined;
  const files = analyzer.model?.files;
  const kind = files?.kind(path);
  const syntax = kind === 'source' ? files?.source(path) : undefined;
  return suppressionEdit({ path, kind, text, syntax }, suppression);
}

/** The change of the configuration file that counts for a file of a root, or for the root itself. */
export function configChange(
  { root, path }: Pick<Located, 'root' | 'path'>,
  change: ConfigChange,
): FileChange | undefined {
  const file =
    change.kind === 'severity' ? configFileFor(root.settings, path, change.ruleId) : CONFIG_FILE;
  return configEdit(file, root.analyzer.text(file), change);
}

/** Without its manifests, nobody would know what an app is. */
export function canExclude(path: string): boolean {
  return path !== '' && path !== CONFIG_FILE && !/(^|\/)package\.json$/.test(path);
}
