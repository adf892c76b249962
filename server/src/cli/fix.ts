import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyEdits, mergeFixes } from '../engine/edits/edits';
import type { FileChange, Finding, Fix, TextEdit } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { counted } from '../report/report';
import { analyseFolder, type Analysed } from './analyse';
import { existingFolder } from './folder';
import { unknownRule } from './option-values';
import { createProgress } from './progress';
import type { Terminal } from './terminal';
import { unifiedDiff } from './unified-diff';
import { UsageError } from './usage-error';

export interface FixOptions {
  readonly config?: string;
  readonly rule?: readonly string[];
  readonly suggestions?: boolean;
  readonly dryRun?: boolean;
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
      { rules, config: options.config },
      terminal,
      progress,
    );
    const { changes, applied } = mergeFixes(chosenFixes(analysed.findings, options));
    if (options.dryRun) {
      terminal.out.write(changes.map((change) => diffOf(change, analysed)).join(''));
      return;
    }
    if (changes.length === 0) break;
    await write(folder, changes, analysed);
    for (const { path } of changes) changed.add(path);
    fixed += applied.length;
  }
  const paths = [...changed].sort().map((path) => `  ${path}\n`);
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

function diffOf(change: FileChange, analysed: Analysed): string {
  return unifiedDiff(change, analysed.text(change.path) ?? '');
}

async function write(
  folder: string,
  changes: readonly FileChange[],
  analysed: Analysed,
): Promise<void> {
  for (const change of changes) {
    const file = join(folder, change.path);
    await mkdir(dirname(file), { recursive: true });
    // `wx` refuses to overwrite what the analysis did not know of.
    if (change.kind === 'create') await writeFile(file, change.text, { flag: 'wx' });
    else await rewrite(file, analysed.text(change.path) ?? '', change.edits);
  }
}

/**
 * Edits a file that still is what was analysed; a byte order mark stays.
 * @throws UsageError when the file changed in the meantime
 */
async function rewrite(file: string, text: string, edits: readonly TextEdit[]): Promise<void> {
  const present = await readFile(file, 'utf8');
  const mark = present.startsWith('\uFEFF') && !text.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (present !== mark + text) throw new UsageError(`${file} changed meanwhile; run it again`);
  await writeFile(file, mark + applyEdits(text, edits));
}
