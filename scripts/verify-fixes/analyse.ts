import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { applyEdits, mergeFixes } from '../../server/src/engine/edits/edits';
import type { FileChange, Finding } from '../../server/src/engine/finding';
import type { Rule } from '../../server/src/engine/rule';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { createNodeHost } from '../../server/src/host-node';
import { createPace } from '../../server/src/workspace/pace';
import { scanRoot } from '../../server/src/workspace/scan-root';

/** Analyses a folder from nothing, as the command line does. */
export async function findingsIn(
  folder: string,
  rules: readonly Rule[],
): Promise<readonly Finding[]> {
  const host = createNodeHost();
  const log = {
    error: (message: string) => {
      throw new Error(message);
    },
  };
  const analyzer = createAnalyzer(rules, log);
  const root = pathToFileURL(folder).href;
  const scan = await scanRoot(host, root, DEFAULT_SETTINGS, analyzer, createPace(host), {
    rules,
  });
  return scan.findings;
}

/** What became of the preferred fixes of some findings. */
export interface Application {
  readonly applied: readonly Finding[];
  /** Void, or in the way of an earlier one. */
  readonly dropped: readonly Finding[];
  readonly changes: readonly FileChange[];
}

/** Builds the preferred fix of every finding in one batch. */
export function buildFixes(findings: readonly Finding[]): Application {
  const fixable = findings.flatMap((finding) => {
    const [fix] = finding.fixes;
    return fix ? [{ finding, fix }] : [];
  });
  const merged = mergeFixes(fixable.map(({ fix }) => fix));
  const pick = (indexes: readonly number[]): Finding[] =>
    indexes.flatMap((index) => fixable[index]?.finding ?? []);
  return {
    applied: pick(merged.applied),
    dropped: pick(merged.dropped),
    changes: merged.changes,
  };
}

/** Writes changes to a folder. */
export async function writeChanges(folder: string, changes: readonly FileChange[]): Promise<void> {
  for (const change of changes) {
    const file = join(folder, change.path);
    if (change.kind === 'create') {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, change.text, { flag: 'wx' });
    } else {
      // As the analysis sees it: without a byte order mark.
      const text = await readFile(file, 'utf8');
      const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
      await writeFile(file, mark + applyEdits(text.slice(mark.length), change.edits));
    }
  }
}
