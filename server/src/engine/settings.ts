import type { Factor } from '../base/factors';
import type { SeveritySetting } from '../base/severity';
import type { PackageKind } from '../project/map/kinds';
import { BASELINE_FILE, type Baseline } from './baseline/baseline-file';
import type { GivenOptions } from './options';

/** What users can decide, from editor settings and `twelve-factor.json` merged (the file wins, rule beats factor). */
export interface AnalysisSettings {
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  readonly factors: Readonly<Partial<Record<Factor, SeveritySetting>>>;
  /** What is listed for options of rules. */
  readonly options: GivenOptions;
  /** picomatch globs relative to the root; matching files are not analysed. */
  readonly exclude: readonly string[];
  /** What packages are, by glob of their folder relative to the root (`.` is the root); the last that matches counts. */
  readonly packages: Readonly<Record<string, PackageKind>>;
  /** What to make of suppression comments that suppress nothing. */
  readonly unusedSuppressions: SeveritySetting;
  /** A suppression without `-- reason` is reported when set. */
  readonly requireSuppressionReason: SeveritySetting;
  /** Where the baseline stands, relative to the root; it need not be there. */
  readonly baselineFile: string;
  /** What that file says; undefined where there is none. */
  readonly baseline: Baseline | undefined;
  /** What becomes of findings that the baseline lists; `marked` leaves that to whoever shows them. */
  readonly accepted: Accepted;
  /** What becomes of findings that another tool of the repository reports as well; see `overlap/`. */
  readonly overlap: Overlap;
  /** What configuration files below the root say of the folders that they stand in, outer ones before inner ones. */
  readonly folders: readonly FolderSettings[];
}

/** What a configuration file says; settings it does not name are absent. */
export type FileSettings = Partial<AnalysisSettings>;

/** What holds in a folder and below, where it differs from what holds around it. */
export interface FolderSettings {
  /** Relative to the root. */
  readonly dir: string;
  readonly settings: FileSettings;
}

export const ACCEPTED = ['marked', 'hint', 'hidden'] as const;
export type Accepted = (typeof ACCEPTED)[number];

export const OVERLAPS = ['report', 'hint'] as const;
export type Overlap = (typeof OVERLAPS)[number];

export const DEFAULT_SETTINGS: AnalysisSettings = {
  rules: {},
  factors: {},
  options: {},
  exclude: [],
  packages: {},
  unusedSuppressions: 'warning',
  requireSuppressionReason: 'off',
  baselineFile: BASELINE_FILE,
  baseline: undefined,
  accepted: 'marked',
  overlap: 'report',
  folders: [],
};
