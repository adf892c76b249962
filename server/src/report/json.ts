import type { Factor } from '../base/factors';
import type { Severity } from '../base/severity';
import type { FixKind, NotAnalysed } from '../engine/finding';
import { jsonText } from './escape';
import { packageAt, packagePath } from './packages';
import { rangesByPath, type Range } from './positions';
import type { ReportInput } from './report';

/** The machine-readable report. Paths are relative to the analysed folder, with `/`; lines and columns start at 1. */
export interface JsonReport {
  readonly schemaVersion: 1;
  readonly findings: readonly JsonFinding[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** Present where there is a baseline: what it lists that is gone. */
  readonly gone?: readonly JsonGone[];
}

export interface JsonGone {
  readonly ruleId: string;
  readonly path: string;
  readonly fingerprint: string;
}

export interface JsonFinding {
  readonly ruleId: string;
  readonly factor: Factor;
  readonly severity: Severity;
  readonly path: string;
  /** The folder of the package that the file belongs to; `.` is the analysed folder itself. */
  readonly package: string;
  readonly range: Range;
  readonly message: string;
  /** Other places of the same fact, and what has to do with it; empty for most. */
  readonly related: readonly JsonRelated[];
  readonly fixes: readonly { readonly title: string; readonly kind: FixKind }[];
  /** Tells the finding from all others, and is the same when lines move. */
  readonly fingerprint: string;
  /** Present where there is a baseline: whether it lists the finding. */
  readonly baseline?: 'accepted' | 'new';
}

export interface JsonRelated {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** The report as plain data; see {@link JsonReport}. */
export function jsonReport(input: ReportInput): JsonReport {
  const range = rangesByPath((path) => input.text(path));
  return {
    schemaVersion: 1,
    findings: input.findings.map((finding) => ({
      ruleId: finding.ruleId,
      factor: finding.factor,
      severity: finding.severity,
      path: finding.path,
      package: packagePath(packageAt(input.packages, finding.path)),
      range: range(finding.path, finding.span),
      message: finding.message,
      related: finding.related.map(({ path, span, message }) => ({
        path,
        range: range(path, span),
        message,
      })),
      fixes: finding.fixes.map(({ title, kind }) => ({ title, kind })),
      fingerprint: finding.fingerprint ?? '',
      ...(input.baseline ? { baseline: finding.accepted ? 'accepted' : 'new' } : {}),
    })),
    notAnalysed: input.notAnalysed.map(({ path, reason }) => ({ path, reason })),
    ...(input.baseline
      ? {
          gone: input.baseline.gone.map(({ rule: ruleId, path, fingerprint }) => ({
            ruleId,
            path,
            fingerprint,
          })),
        }
      : {}),
  };
}

/** The report as indented JSON text that ends with a line break. */
export function formatJson(input: ReportInput): string {
  return jsonText(jsonReport(input));
}
