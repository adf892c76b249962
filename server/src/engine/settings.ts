import type { Factor } from '../base/factors';
import type { SeveritySetting } from '../base/severity';

/** What users can decide, from editor settings and `twelve-factor.json` merged (the file wins, rule beats factor). */
export interface AnalysisSettings {
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  readonly factors: Readonly<Partial<Record<Factor, SeveritySetting>>>;
  /** picomatch globs relative to the root; matching files are not analysed. */
  readonly exclude: readonly string[];
  /** What to make of suppression comments that suppress nothing. */
  readonly unusedSuppressions: SeveritySetting;
  /** A suppression without `-- reason` is reported when set. */
  readonly requireSuppressionReason: SeveritySetting;
}

export const DEFAULT_SETTINGS: AnalysisSettings = {
  rules: {},
  factors: {},
  exclude: [],
  unusedSuppressions: 'warning',
  requireSuppressionReason: 'off',
};
