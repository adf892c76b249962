import { SUPPRESSION_REASON, UNUSED_SUPPRESSION } from './suppressions/suppressions';

/** Code of the diagnostic that says that a file, or a rule on it, was not analysed. */
export const NOT_ANALYSED = 'not-analysed';
/** Code of the diagnostics about mistakes in a configuration file. */
export const CONFIGURATION = 'configuration';

/** What is reported and no rule, with a sentence about it. These have pages of their own. */
export const NOTICES = {
  [UNUSED_SUPPRESSION]: 'A comment suppresses nothing.',
  [SUPPRESSION_REASON]: 'A suppression does not say why.',
  [NOT_ANALYSED]: 'A file, or something in it, was not analysed.',
  [CONFIGURATION]: 'Something in `twelve-factor.json` is not as it has to be.',
} as const;

/** Is there a page of that name, of a rule or of what else is reported? */
export function hasPage(name: string, rules: { has(id: string): boolean }): boolean {
  return rules.has(name) || Object.hasOwn(NOTICES, name);
}
