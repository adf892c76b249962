import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Finding } from '../engine/finding';
import { fixAll, type FixSelection } from '../lsp/fix-all';
import type { FixAllParams } from '../protocol';
import type { WorkspaceRoot } from '../workspace/root';
import type { Workspace } from '../workspace/workspace';
import { joinEdits, type Edits } from './edits';
import type { OpenDocuments } from './open-documents';

/** The edit that fixes a file, or one rule everywhere; undefined when there is nothing to fix. */
export async function fixEverything(
  params: FixAllParams,
  workspace: Workspace,
  open: OpenDocuments,
  edits: Edits,
): Promise<WorkspaceEdit | undefined> {
  const { ruleId, uri } = params;
  const selection: FixSelection =
    ruleId === undefined ? { kind: 'safe' } : { kind: 'rule', ruleId };
  if (params.scope === 'file') {
    const opened = uri === undefined ? undefined : await open.report(uri, 'settled');
    const changes = fixAll(opened?.report?.findings ?? [], selection);
    return opened && changes.length > 0 ? edits.of(opened.root, changes) : undefined;
  }
  await Promise.all(workspace.roots.map((root) => root.schedule()));
  // What was typed meanwhile counts; nothing is awaited from here on.
  open.sync();
  const findings = new Map<WorkspaceRoot, Finding[]>();
  for (const { root, report } of workspace.reports())
    findings.set(root, [...(findings.get(root) ?? []), ...(report?.findings ?? [])]);
  const label = ruleId === undefined ? 'Fix all safe problems' : `Fix all ${ruleId} problems`;
  return joinEdits(
    [...findings].flatMap(([root, found]) => {
      const changes = fixAll(found, selection);
      return changes.length > 0 ? (edits.of(root, changes, { label }) ?? []) : [];
    }),
  );
}
