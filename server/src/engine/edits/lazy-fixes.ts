import type { Finding, Fix } from '../finding';

/** A finding without its fixes. */
export type Statement = Omit<Finding, 'fixes'>;

/** Makes the fixes of a finding when somebody asks for them; gets the finding as it then is (its span may have moved). */
export type FixSource = (statement: Statement) => readonly Fix[];

const sources = new WeakMap<Finding, FixSource>();

/**
 * A finding whose fixes are made on demand: few are ever asked for, and what they would change may have changed by then.
 * @param source asked at every access
 */
export function lazyFinding(statement: Statement, source: FixSource): Finding {
  const finding: Finding = {
    ...statement,
    get fixes() {
      return source(finding);
    },
  };
  sources.set(finding, source);
  return finding;
}

/** The finding with another severity or place, or among others; its fixes are still made on demand. */
export function changedFinding(
  finding: Finding,
  change: Partial<Omit<Statement, 'ruleId' | 'factor' | 'path'>>,
): Finding {
  const source = sources.get(finding);
  return source
    ? lazyFinding({ ...statementOf(finding), ...change }, source)
    : { ...finding, ...change };
}

/** The finding with another source of fixes. */
export function withFixSource(finding: Finding, source: FixSource): Finding {
  return lazyFinding(statementOf(finding), source);
}

/** Copied by name: spreading the finding would make its fixes. */
function statementOf(finding: Finding): Statement {
  const { ruleId, factor, severity, path, span, message, related } = finding;
  const { fact, accepted, fingerprint } = finding;
  return {
    ...{ ruleId, factor, severity, path, span, message, related },
    ...(fact ? { fact } : {}),
    ...(accepted ? { accepted } : {}),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}
