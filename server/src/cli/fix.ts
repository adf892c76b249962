import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderOf } from '../base/paths';
import { applyEdits, mergeFixes } from '../engine/edits/edits';
import type { FileChange, Finding, Fix, TextEdit } from '../engine/finding';
import { markedValues, maskedText, maskedValues } from '../engine/masked';
import type { Rule } from '../engine/rule';
import { IN_BACKGROUND, staysWithin } from '../host-node-disk';
import { visible, visiblePath } from '../report/escape';
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
      terminal.out.write(asLog(diffOf(changes, analysed, rules, options), terminal));
      return;
    }
    if (changes.length === 0) break;
    for (const path of await write(folder, changes, analysed)) changed.add(path);
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
  { findings, text }: Analysed,
  rules: readonly Rule[],
  { showSecrets }: FixOptions,
): string {
  if (showSecrets)
    return changes.map((change) => unifiedDiff(change, text(change.path) ?? '')).join('');
  const values = markedValues(findings, rules, text);
  const masked = (path: string, part: string): string =>
    maskedValues(maskedText(path, part, [], rules), values);
  return changes
    .map((change) => {
      const { path } = change;
      if (change.kind === 'create')
        return unifiedDiff({ ...change, text: masked(path, change.text) }, '');
      const edits = change.edits.map((edit) => ({ ...edit, newText: masked(path, edit.newText) }));
      const own = findings.filter((finding) => finding.path === path);
      return unifiedDiff({ ...change, edits }, maskedText(path, text(path) ?? '', own, rules));
    })
    .join('');
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

/**
 * @returns the paths that were written; of several names of one file the first, as its text is another then: the next pass sees it
 * @throws UsageError for what the analysis did not know of, and where a link leads out of the folder
 */
async function write(
  folder: string,
  changes: readonly FileChange[],
  analysed: Analysed,
): Promise<readonly string[]> {
  const written = new Map<string, string>();
  for (const change of changes) {
    const { path } = change;
    const file = join(folder, path);
    if (!(await staysWithin(folder, file, IN_BACKGROUND)))
      throw new UsageError(`${path} lies outside of the folder, by a symbolic link`);
    if (change.kind === 'create') await create(file, path, change.text);
    else {
      const place = await realpath(file);
      if (written.has(place)) continue;
      await rewrite(file, analysed.text(path) ?? '', change.edits);
    }
    written.set(await realpath(file), path);
  }
  return [...written.values()];
}

async function create(file: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // `wx` overwrites nothing, and follows no link.
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${path} is in the way: it could not be read`);
  });
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
