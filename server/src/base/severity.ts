/** How much a finding matters, the gravest first. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];
/** What a user can set for a rule or a factor. */
export type SeveritySetting = Severity | 'off';

/** Does the first matter less than the second? */
export function isWeaker(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);
}
