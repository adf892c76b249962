import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { changesSomething } from '../../server/src/engine/edits/edits';
import type { Finding } from '../../server/src/engine/finding';
import type { Rule } from '../../server/src/engine/rule';
import { syntaxErrors } from '../../test/helpers/syntax-errors';
import { buildFixes, findingsIn, writeChanges, type Application } from './analyse';
import { isFollowUp } from './follow-ups';
import { newErrors, typeErrors } from './type-errors';

/** How often fixes that were in each other's way may need another go. */
const MAX_PASSES = 5;

export interface Verification {
  readonly rules: ReadonlyMap<string, RuleCount>;
  /** One sentence each. */
  readonly problems: readonly string[];
  /** What is reported next and is no problem of the fixes, one sentence each. */
  readonly followUps: readonly string[];
  readonly passes: number;
  readonly files: readonly string[];
}

/** How many findings of a rule there were, and what became of their fixes. */
export interface RuleCount {
  readonly found: number;
  /** With a fix. */
  readonly offered: number;
  /** With one that changes nothing. */
  readonly void: number;
  /** At the first go. */
  readonly applied: number;
  /** In the way of another fix, so that they wait for the next go. */
  readonly secondGo: number;
  /** Still reported after the first go. */
  readonly left: number;
}

/**
 * Applies the preferred fixes of some rules to a copy of a repository, all at once, and looks at what has become of it: it parses,
 * the compiler has nothing new to say, the findings are gone, a second go changes nothing but what follows by design.
 * @param keep leaves the copy where it is, for a look
 */
export async function verifyFixes(
  repository: string,
  rules: readonly Rule[],
  chosen: ReadonlySet<string>,
  keep: (copy: string) => boolean,
): Promise<Verification> {
  const copy = mkdtempSync(join(tmpdir(), `verify-${basename(repository)}-`));
  try {
    copyRepository(repository, copy);
    const isChosen = ({ ruleId }: Finding): boolean => chosen.has(ruleId);
    const before = (await findingsIn(copy, rules)).filter(isChosen);
    // A default that a fix keeps may be worth a hint of another rule: that is no defect of the fix.
    const isLeft = (finding: Finding): boolean =>
      isChosen(finding) &&
      (finding.severity !== 'hint' ||
        before.some(({ ruleId, path }) => ruleId === finding.ruleId && path === finding.path));
    const errorsBefore = typeErrors(copy);
    const first = buildFixes(before);
    const problems: string[] = [];
    const files = first.changes.map(({ path }) => path);
    const brokenBefore = new Set(files.filter((path) => brokenness(copy, path).length > 0));
    await writeChanges(copy, first.changes);
    for (const path of files)
      if (!brokenBefore.has(path))
        problems.push(...brokenness(copy, path).map((error) => `does not parse: ${error}`));
    const after = (await findingsIn(copy, rules)).filter(isLeft);
    const batch = {
      before,
      changes: first.changes,
      textBefore: (path: string) => textIn(repository, path),
      textAfter: (path: string) => textIn(copy, path),
    };
    const next = new Set(after.filter((finding) => isFollowUp(finding, batch)));
    const left = after.filter((finding) => !next.has(finding));
    const second = buildFixes(left).changes.map(({ path }) => path);
    if (second.length > 0 && first.dropped.length === 0)
      problems.push(`a second go changes ${second.join(', ')}`);
    const followUps = [...new Set([...next].map(({ ruleId }) => ruleId))].map(
      (rule) => `${rule} speaks about what fixes wrote: ${places(rule, [...next])}`,
    );
    let passes = 1;
    for (let findings: readonly Finding[] = after; ; passes += 1) {
      const again = buildFixes(findings);
      if (again.changes.length === 0) break;
      if (passes === MAX_PASSES) {
        problems.push(`still changing after ${MAX_PASSES} goes`);
        break;
      }
      await writeChanges(copy, again.changes);
      findings = (await findingsIn(copy, rules)).filter(isLeft);
    }
    problems.push(...newErrors(errorsBefore, typeErrors(copy)).map((error) => `new: ${error}`));
    const counts = countByRule(chosen, before, first, left);
    for (const { ruleId, path, span, fixes } of before)
      for (const { id } of fixes.filter((fix) => !changesSomething(fix)))
        problems.push(`${ruleId}: ${id} changes nothing at ${path}@${span.start}`);
    for (const [rule, { left: still, found, applied }] of counts)
      if (still > found - applied)
        problems.push(
          `${rule}: ${still} findings left of ${found}, ${applied} fixed: ${places(rule, left)}`,
        );
    return { rules: counts, problems, followUps, passes, files };
  } finally {
    if (!keep(copy)) rmSync(copy, { recursive: true, force: true });
  }
}

function copyRepository(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/(^|\/)(\.git|node_modules)(\/|$)/.test(relative(from, path)),
  });
  // Types, where they are installed.
  const modules = join(from, 'node_modules');
  if (existsSync(modules)) symlinkSync(modules, join(to, 'node_modules'));
}

function brokenness(folder: string, path: string): readonly string[] {
  const text = textIn(folder, path);
  return text === undefined ? [] : syntaxErrors(path, text);
}

function textIn(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function countByRule(
  chosen: ReadonlySet<string>,
  before: readonly Finding[],
  { applied, dropped }: Application,
  left: readonly Finding[],
): ReadonlyMap<string, RuleCount> {
  const of = (findings: readonly Finding[], rule: string): readonly Finding[] =>
    findings.filter(({ ruleId }) => ruleId === rule);
  return new Map(
    [...chosen].map((rule) => [
      rule,
      {
        found: of(before, rule).length,
        offered: of(before, rule).filter(({ fixes }) => fixes.length > 0).length,
        void: of(before, rule).filter(({ fixes }) => !fixes.every(changesSomething)).length,
        applied: of(applied, rule).length,
        secondGo: of(dropped, rule).length,
        left: of(left, rule).length,
      },
    ]),
  );
}

function places(rule: string, findings: readonly Finding[]): string {
  return findings
    .filter(({ ruleId }) => ruleId === rule)
    .map(({ path, span }) => `${path}@${span.start}`)
    .join(', ');
}
