import type { Factor } from '../base/factors';
import type { Severity } from '../base/severity';
import { globMatcher } from '../base/globs';
import { folderGlobs } from '../engine/config/config-file';
import type { Finding } from '../engine/finding';
import { isOfApp, packageCalled, type ReportPackage } from '../report/packages';
import { rangesByPath } from '../report/positions';
import type { Changes } from './git/git-diff';
import { atLeast } from './option-values';

export interface Selection {
  /** Only these rules' findings. */
  readonly rule?: readonly string[];
  /** Only those of these factors. */
  readonly factor?: readonly Factor[];
  /** Only what stands on changed lines. */
  readonly changes?: Changes | undefined;
  /** Only those of files that match one of these globs; a folder means what is in it. */
  readonly path?: readonly string[];
  /** Only those of this package, by name or folder, and of what it depends on. */
  readonly app?: string;
  /** The packages of the folder, where an app is asked for. */
  readonly packages?: readonly ReportPackage[];
  /** Only those of this file. */
  readonly file?: string | undefined;
}

/** The findings that the command line asks for. */
export function selected(
  findings: readonly Finding[],
  { rule, factor, path, app, packages = [], changes, file }: Selection,
  text: (path: string) => string | undefined,
): readonly Finding[] {
  const isChanged = changes && onChangedLines(changes, text);
  const isOfPath = path && globMatcher(folderGlobs(path), { dot: true });
  const own = app === undefined ? undefined : packageCalled(packages, app);
  const isOwn = own && isOfApp(own, packages);
  return findings.filter(
    (finding) =>
      (rule?.includes(finding.ruleId) ?? true) &&
      (factor?.includes(finding.factor) ?? true) &&
      (isOfPath?.(finding.path) ?? true) &&
      (isOwn?.(finding.path) ?? true) &&
      (file === undefined || file === finding.path) &&
      (isChanged?.(finding) ?? true),
  );
}

/** A finding counts as changed where it, or a place that it speaks for or that leads to it, stands on a changed line. */
function onChangedLines(
  { lines, tracked }: Changes,
  text: (path: string) => string | undefined,
): (finding: Finding) => boolean {
  const rangeOf = rangesByPath(text);
  const isChanged = ({ path, span }: Pick<Finding, 'path' | 'span'>): boolean => {
    if (tracked?.(path) === false) return true;
    const ranges = lines.get(path);
    if (!ranges) return false;
    const { start, end } = rangeOf(path, span);
    // What ends before the first character of a line has nothing of that line.
    const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
    return ranges.some(([first, to]) => first <= last && start.line <= to);
  };
  return (finding) => isChanged(finding) || finding.related.some(isChanged);
}

/**
 * Do these findings fail a check? Errors do; of others, more than are allowed.
 * @param severity the least that counts
 * @param most how many warnings and less are allowed
 */
export function fails(findings: readonly Finding[], severity: Severity, most: number): boolean {
  const failing = atLeast(severity);
  const counting = findings.filter((finding) => !finding.accepted && failing.has(finding.severity));
  return counting.length > most || counting.some((finding) => finding.severity === 'error');
}
