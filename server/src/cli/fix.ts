import { randomUUID } from 'node:crypto';
import { folderOf } from '../base/paths';
import { mergeFixes } from '../engine/edits/edits';
import type { FileChange, Finding, Fix } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { visible, visiblePath } from '../report/escape';
import { maskedDiff } from '../report/masked-diff';
import { counted } from '../report/report';
import { unifiedDiff } from '../report/unified-diff';
import { analyseFolder, type Analysed } from './analyse';
import { existingFolder } from './folder';
import { unknownRule } from './option-values';
import { createProgress } from './progress';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { writeChanges } from './write-changes';

export interface FixOptions {
  readonly config?: string;
  readonly rule?: readonly string[];
  readonly suggestions?: boolean;
  readonly dryRun?: boolean;
  readonly showSecrets?: boolean;
}

/** Fixes that overlap others are left for the next pass; more passes than this mean that fixes undo each other. */
const MOST_PASSES = 10;

/**
 * Applies the preferred fix of every finding to the folder, or prints what would change.
 * @throws UsageError for what the caller got wrong
 */
export async function fixFolder(
  dir: string,
  options: FixOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<void> {
  const folder = await existingFolder(dir, terminal.cwd);
  const wrong = unknownRule(options.rule ?? [], rules);
  if (wrong !== undefined) throw new UsageError(wrong);
  if (options.suggestions && !options.rule) {
    throw new UsageError('--suggestions may change behaviour: say with --rule which ones to apply');
  }
  const changed = new Set<string>();
  let fixed = 0;
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const progress = createProgress(terminal);
    const analysed = await analyseFolder(
      folder,
      // What was accepted may be fixed all the same.
      { rules, config: options.config, baseline: 'none' },
      terminal,
      progress,
    );
    const { changes, applied } = mergeFixes(
      possible(chosenFixes(analysed.findings, options), analysed),
    );
    if (options.dryRun) {
      terminal.out.write(asLog(diffOf(changes, analysed, options), terminal));
      return;
    }
    if (changes.length === 0) break;
    for (const path of await writeChanges(folder, changes, analysed.text)) changed.add(path);
    fixed += applied.length;
  }
  const paths = [...changed].sort().map((path) => `  ${visiblePath(path)}\n`);
  terminal.out.write(
    fixed === 0
      ? 'Nothing to fix.\n'
      : `Fixed ${counted(fixed, 'finding')} in ${counted(changed.size, 'file')}:\n${paths.join('')}`,
  );
}

/** One fix a finding: its first that may be applied, as fixes come with the preferred one first. */
function chosenFixes(findings: readonly Finding[], options: FixOptions): readonly Fix[] {
  const wanted = options.rule && new Set(options.rule);
  return (
    findings
      // A hint is there to be looked at; who names its rule has done so.
      .filter(({ ruleId, severity }) => (wanted ? wanted.has(ruleId) : severity !== 'hint'))
      .flatMap(({ fixes }) => {
        const fix = fixes.find(({ kind }) => kind === 'safe' || options.suggestions);
        return fix ? [fix] : [];
      })
  );
}

/** Without the fixes that would create a file where there is one that was not read, or where a link leads elsewhere. */
function possible(fixes: readonly Fix[], { notAnalysed }: Analysed): readonly Fix[] {
  const taken = new Set(notAnalysed.map(({ path }) => path));
  const isTaken = (path: string): boolean =>
    path !== '' && (taken.has(path) || isTaken(folderOf(path)));
  return fixes.map((fix) => ({
    ...fix,
    build(batch) {
      const changes = fix.build(batch);
      return changes?.some(({ kind, path }) => kind === 'create' && isTaken(path))
        ? undefined
        : changes;
    },
  }));
}

function diffOf(
  changes: readonly FileChange[],
  analysed: Analysed,
  { showSecrets }: FixOptions,
): string {
  if (!showSecrets) return maskedDiff(changes, analysed);
  return changes.map((change) => unifiedDiff(change, analysed.text(change.path) ?? '')).join('');
}

/** A diff begins lines with what stands in files; in a job of GitHub some of those would be commands. */
function asLog(diff: string, { env }: Terminal): string {
  const shown = diff
    .split('\n')
    .map((line) => visible(line))
    .join('\n');
  if (env['GITHUB_ACTIONS'] !== 'true' || shown === '') return shown;
  const token = randomUUID();
  return `::stop-commands::${token}\n${shown}::${token}::\n`;
}
