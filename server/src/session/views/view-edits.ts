import { settingsAt } from '../../engine/config/folder-config';
import { CONFIG_FILE } from '../../engine/config/config-file';
import { mergeFixes } from '../../engine/edits/edits';
import type { FileChange, Finding } from '../../engine/finding';
import { rangeConverter } from '../../lsp/ranges';
import type {
  ConfigureParams,
  EditResult,
  FindingReference,
  FixFindingParams,
  FixFindingResult,
  SuppressParams,
} from '../../protocol';
import { oneLine } from '../../report/escape';
import type { WorkspaceRoot } from '../../workspace/root';
import type { Located, Workspace } from '../../workspace/workspace';
import { canExclude, configChange, suppressionAt } from '../code-actions';
import type { Edits } from '../edits';
import type { OpenDocuments } from '../open-documents';

const GONE = 'This finding is no longer there.';
const MOVED = 'A file changed meanwhile, or this editor cannot make the edit. Try again.';

/** Edits that views ask for. Nothing has to be open. */
export class ViewEdits {
  constructor(
    private readonly workspace: Workspace,
    private readonly open: Pick<OpenDocuments, 'sync'>,
    private readonly edits: Edits,
  ) {}

  fix({ fixId, ...reference }: FixFindingParams): FixFindingResult {
    const found = this.find(reference);
    if (!found) return null;
    const { fixes } = found.finding;
    const wanted = fixes.find(({ id }) => id === fixId);
    const edit = wanted && this.edits.of(found.root, mergeFixes([wanted]).changes);
    return {
      fixes: fixes.map(({ id, title, kind }) => ({ id, title: oneLine(title), kind })),
      ...(edit ? { edit } : {}),
    };
  }

  suppress({ scope, reason, ...reference }: SuppressParams): EditResult {
    const found = this.find(reference);
    if (!found) return { problem: GONE };
    const { root, path, finding } = found;
    const { requireSuppressionReason } = settingsAt(root.settings, path);
    if (reason.trim() === '' && requireSuppressionReason !== 'off')
      return { problem: 'Here a suppression has to say why.' };
    const { span, ruleId } = finding;
    const comment = suppressionAt(found, { span, ruleId, scope, reason });
    if (!comment) return { problem: 'No comment can stand there.' };
    return this.made(root, { kind: 'edit', path, edits: [comment] });
  }

  configure({ uri, change }: ConfigureParams): EditResult {
    const root = this.workspace.rootOf(uri);
    const path = this.workspace.locate(uri)?.path ?? '';
    if (!root) return { problem: 'This file lies in no folder of the workspace.' };
    if (change.kind === 'exclude' && !canExclude(path))
      return { problem: `Nothing could be said without ${oneLine(path)}.` };
    this.open.sync();
    const made = configChange(
      { root, path },
      change.kind === 'exclude' ? { ...change, path } : change,
    );
    if (!made) return { problem: `${CONFIG_FILE} says so already, or is no valid JSON.` };
    return this.made(root, made);
  }

  private made(root: WorkspaceRoot, change: FileChange): EditResult {
    const edit = this.edits.of(root, [change]);
    return edit ? { edit } : { problem: MOVED };
  }

  private find({
    uri,
    ruleId,
    range,
  }: FindingReference): (Located & { readonly finding: Finding }) | undefined {
    this.open.sync();
    const located = this.workspace.locate(uri);
    if (!located) return undefined;
    const { root, path } = located;
    const toRange = rangeConverter(root.analyzer.text(path) ?? '');
    const same = (root.report(path)?.findings ?? []).filter((each) => each.ruleId === ruleId);
    const { line, character } = range.start;
    const finding = same.find(({ span }) => {
      const { start } = toRange(span);
      return start.line === line && start.character === character;
    });
    return finding && { ...located, finding };
  }
}
