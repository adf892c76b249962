import { SEVERITIES } from '../base/severity';
import { changedFinding } from './edits/lazy-fixes';
import { groupByPath, type Finding } from './finding';
import type { Judgement } from './judge';
import type { Shift } from '../base/text-change';

/** What an edit did to findings that were said before it. */
export interface Moved {
  /** Files other than the edited one that have a finding which points into it from elsewhere, and so is another now. */
  readonly others: ReadonlySet<string>;
  /** Where the edit touches a place that somebody else's finding points at: only judging anew tells what became of it. */
  readonly isTorn: boolean;
}

/**
 * What rules have said, before settings and suppressions: by the file whose judging brought it, and of the project as a whole. A rule may
 * point into any file, so both are asked for what there is to say of one.
 */
export class JudgedFindings {
  private readonly byOwner = new Map<string, Judgement>();
  /** By rule. */
  private readonly projectFindings = new Map<string, readonly Finding[]>();
  private projectByPath: ReadonlyMap<string, readonly Finding[]> | undefined;
  /** File → the owners of findings that point into it, or once did. */
  private readonly pointing = new Map<string, Set<string>>();

  /** Takes what judging a file has brought, in place of what it brought before. */
  keep(owner: string, judgement: Judgement): void {
    this.byOwner.set(owner, judgement);
    for (const finding of judgement.findings)
      for (const path of pathsOf(finding)) {
        if (path === owner) continue;
        const owners = this.pointing.get(path) ?? new Set();
        this.pointing.set(path, owners.add(owner));
      }
  }

  /** Takes what a rule says of the project as a whole, in place of what it said before. */
  keepProject(ruleId: string, findings: readonly Finding[]): void {
    this.projectFindings.set(ruleId, findings);
    this.projectByPath = undefined;
  }

  private ofProject(path: string): readonly Finding[] {
    this.projectByPath ??= groupByPath([...this.projectFindings.values()].flat());
    return this.projectByPath.get(path) ?? [];
  }

  /** Forgets what a file that is gone has brought. */
  delete(owner: string): void {
    this.byOwner.delete(owner);
  }

  failuresOf(owner: string): Judgement['failures'] {
    return this.byOwner.get(owner)?.failures ?? [];
  }

  /** Those whose findings point, or pointed, into a file, other than itself. */
  ownersPointingInto(path: string): ReadonlySet<string> {
    return this.pointing.get(path) ?? new Set();
  }

  /** What there is to say of a file; a place once for each rule. */
  about(path: string): readonly Finding[] {
    const saidBy = (owner: string): readonly Finding[] =>
      (this.byOwner.get(owner)?.findings ?? []).filter((finding) => finding.path === path);
    return distinct([
      ...saidBy(path),
      ...this.ofProject(path),
      ...[...this.ownersPointingInto(path)].sort().flatMap(saidBy),
    ]);
  }

  /**
   * Moves what others have said of an edited file, or at places in it.
   * @param shift from the text before the edit to the one after it
   */
  move(path: string, shift: Shift): Moved {
    const others = new Set<string>();
    let isTorn = false;
    const movedIn = (findings: readonly Finding[]): readonly Finding[] => {
      if (!findings.some((finding) => pathsOf(finding).has(path))) return findings;
      return findings.flatMap((finding) => {
        const moved = movedFinding(finding, path, shift);
        if (!moved) isTorn = true;
        if (moved !== finding && finding.path !== path) others.add(finding.path);
        // A place that is no more cannot be shown; a related one can stay until its rule is asked again.
        return moved ?? (finding.path === path ? [] : [finding]);
      });
    };
    for (const owner of this.ownersPointingInto(path)) {
      const judgement = this.byOwner.get(owner);
      if (!judgement || owner === path) continue;
      this.byOwner.set(owner, { ...judgement, findings: [...movedIn(judgement.findings)] });
    }
    for (const [ruleId, findings] of this.projectFindings) {
      const moved = movedIn(findings);
      if (moved !== findings) this.keepProject(ruleId, moved);
    }
    return { others, isTorn };
  }

  /**
   * Moves what judging the edited file itself brought, where its rules would say the same again.
   * @param again rules that have to be asked all the same: what they said is forgotten
   * @returns false where that cannot be told, as the edit touches a place; nothing is moved then
   */
  moveOwn(path: string, shift: Shift, again: ReadonlySet<string>): boolean {
    const own = this.byOwner.get(path);
    if (!own) return false;
    const findings: Finding[] = [];
    for (const finding of own.findings) {
      if (again.has(finding.ruleId)) continue;
      const moved = movedFinding(finding, path, shift);
      if (!moved) return false;
      findings.push(moved);
    }
    const failures = own.failures.filter(({ ruleId }) => !again.has(ruleId));
    this.byOwner.set(path, { failures, findings });
    return true;
  }

  /** Adds what some rules say of a file to what others have said. */
  add(owner: string, { findings, failures }: Judgement): void {
    const known = this.byOwner.get(owner);
    this.keep(owner, {
      findings: [...(known?.findings ?? []), ...findings],
      failures: [...(known?.failures ?? []), ...failures],
    });
  }
}

function pathsOf({ path, related }: Finding): ReadonlySet<string> {
  return new Set([path, ...related.map((place) => place.path)]);
}

/** The finding after an edit of one file; the same object where that changes nothing. Undefined where the edit touches a place. */
function movedFinding(finding: Finding, path: string, shift: Shift): Finding | undefined {
  const span = finding.path === path ? shift(finding.span) : finding.span;
  if (!span) return undefined;
  let isSame = span === finding.span;
  const related = [];
  for (const place of finding.related) {
    const moved = place.path === path ? shift(place.span) : place.span;
    if (!moved) return undefined;
    if (moved !== place.span) isSame = false;
    related.push(moved === place.span ? place : { ...place, span: moved });
  }
  return isSame ? finding : changedFinding(finding, { span, related });
}

/** Several files may report the same literal that they share; the most severe report of a rule at a place counts, else the first. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.ruleId}\0${finding.span.start}\0${finding.span.end}`;
    const known = best.get(key);
    if (!known || SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(known.severity))
      best.set(key, finding);
  }
  return best.size === findings.length ? findings : [...best.values()];
}
