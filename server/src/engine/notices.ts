import { SUPPRESSION_REASON, UNUSED_SUPPRESSION } from './suppressions/suppressions';

/** Code of the diagnostic that says that a file, or a rule on it, was not analysed. */
export const NOT_ANALYSED = 'not-analysed';
/** Code of the diagnostics about mistakes in a configuration file. */
export const CONFIGURATION = 'configuration';

/** What is reported and no rule: these have pages of their own. */
export const NOTICES = [
  UNUSED_SUPPRESSION,
  SUPPRESSION_REASON,
  NOT_ANALYSED,
  CONFIGURATION,
] as const;

/** Is there a page of that name, of a rule or of what else is reported? */
export function hasPage(name: string, rules: { has(id: string): boolean }): boolean {
  return rules.has(name) || (NOTICES as readonly string[]).includes(name);
}
