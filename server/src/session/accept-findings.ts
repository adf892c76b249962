import { version } from '../../../package.json';
import { baselineText, renewBaseline } from '../engine/baseline/baseline-file';
import type { AcceptFindingsResult } from '../protocol';
import { fileUri } from '../workspace/root-uri';
import type { Workspace } from '../workspace/workspace';
import type { OpenDocuments } from './open-documents';

/** The baselines that accept everything that is found now; folders where nothing is found and nothing was accepted have none. */
export async function acceptFindings(
  workspace: Workspace,
  open: OpenDocuments,
): Promise<AcceptFindingsResult> {
  await Promise.all(workspace.roots.map((root) => root.schedule()));
  open.sync();
  const files = workspace.roots.flatMap((root) => {
    // An analysis that failed found nothing, which is not the same as that nothing is there.
    if (!root.isEnabled || root.failure !== undefined) return [];
    const { baselineFile, baseline: before } = root;
    const found = root.analyzer.acceptable();
    const unknown = root.reports().flatMap(({ notAnalysed }) => notAnalysed);
    const { baseline, gone, fresh } = renewBaseline(before, found, 'accepted', version, unknown);
    if (fresh.length + gone.length === 0) return [];
    const uri = fileUri(root.uri, baselineFile);
    return [{ uri, text: baselineText(baseline), added: fresh.length, gone: gone.length }];
  });
  return { files };
}
