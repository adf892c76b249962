import { readBaseline, type Baseline } from '../engine/baseline/baseline-file';
import type { AnalysisSettings } from '../engine/settings';
import type { Host } from '../host';

export interface OwnBaseline {
  readonly baseline: Baseline | undefined;
  /** Why the file that is there does not count. */
  readonly problem?: string;
}

/**
 * The baseline of a root.
 * @param open texts of open documents, which win over the files
 */
export async function baselineIn(
  host: Pick<Host, 'read'>,
  root: string,
  { baselineFile }: Pick<AnalysisSettings, 'baselineFile'>,
  open: ReadonlyMap<string, string> = new Map(),
): Promise<OwnBaseline> {
  const read = open.has(baselineFile)
    ? { kind: 'text' as const, text: open.get(baselineFile) ?? '' }
    : await host.read(root, baselineFile);
  if (read.kind === 'missing') return { baseline: undefined };
  if (read.kind === 'unreadable') return { baseline: undefined, problem: read.reason };
  const result = readBaseline(read.text);
  return 'baseline' in result ? result : { baseline: undefined, ...result };
}
