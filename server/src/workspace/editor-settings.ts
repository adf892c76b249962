import picomatch from 'picomatch';
import { isFactor, type Factor } from '../base/factors';
import { isModestGlob } from '../base/globs';
import type { SeveritySetting } from '../base/severity';
import { isSeveritySetting, SEVERITY_CHOICES } from '../engine/config/config-file';
import { optionProblems, type ConfigurableRule, type GivenOptions } from '../engine/options';
import { ACCEPTED, DEFAULT_SETTINGS, type AnalysisSettings } from '../engine/settings';

/** What the editor's settings say for a folder. */
export interface EditorSettings {
  readonly enable: boolean;
  /** Are variables of the environment completed, explained, renamed …? */
  readonly environment: boolean;
  readonly analysis: AnalysisSettings;
  /** Wrong values, one sentence each, for the log; what they concern keeps its default. */
  readonly problems: readonly string[];
}

/**
 * Reads the section `twelveFactor` of the editor's settings; anything may be missing or wrong.
 * @param value as the client answered, untrusted
 * @param known those that have options; settings for others are left alone
 */
export function readEditorSettings(
  value: unknown,
  known: readonly ConfigurableRule[],
): EditorSettings {
  const problems: string[] = [];
  const section = isRecord(value) ? value : {};
  const severity = (key: string, given: unknown, fallback: SeveritySetting): SeveritySetting => {
    if (given === undefined || given === null) return fallback;
    if (isSeveritySetting(given)) return given;
    problems.push(
      `twelveFactor.${key} must be one of ${SEVERITY_CHOICES}, not ${JSON.stringify(given)}.`,
    );
    return fallback;
  };
  const rules: Record<string, SeveritySetting> = {};
  for (const [id, given] of entries(section['rules'])) {
    // `default` leaves a rule as it is; settings editors write it when a choice is taken back.
    if (given !== 'default' && given !== null) {
      const set = severity(`rules.${id}`, given, 'off');
      if (isSeveritySetting(given)) rules[id] = set;
    }
  }
  const factors: Partial<Record<Factor, SeveritySetting>> = {};
  for (const [id, given] of entries(section['factors'])) {
    if (!isFactor(id)) problems.push(`twelveFactor.factors names no factor: ${id}.`);
    else if (
      given !== 'default' &&
      given !== null &&
      (isSeveritySetting(given) || severity(`factors.${id}`, given, 'off') !== 'off')
    )
      factors[id] = given as SeveritySetting;
  }
  return {
    enable: section['enable'] !== false,
    environment: !isRecord(section['environment']) || section['environment']['enable'] !== false,
    analysis: {
      rules,
      factors,
      options: optionLists(section['options'], known, problems),
      exclude: globs(section['exclude'], problems),
      packages: DEFAULT_SETTINGS.packages,
      unusedSuppressions: severity(
        'unusedSuppressions',
        section['unusedSuppressions'],
        DEFAULT_SETTINGS.unusedSuppressions,
      ),
      requireSuppressionReason: severity(
        'requireSuppressionReason',
        section['requireSuppressionReason'],
        DEFAULT_SETTINGS.requireSuppressionReason,
      ),
      baselineFile: DEFAULT_SETTINGS.baselineFile,
      baseline: undefined,
      overlap: DEFAULT_SETTINGS.overlap,
      folders: DEFAULT_SETTINGS.folders,
      accepted: acceptedIn(section['acceptedFindings'], problems),
    },
    problems,
  };
}

function acceptedIn(value: unknown, problems: string[]): AnalysisSettings['accepted'] {
  if (value === undefined || value === null) return 'hidden';
  const shown = value === 'shown' ? 'marked' : value;
  const known = ACCEPTED.find((one) => one === shown && value !== 'marked');
  if (known === undefined)
    problems.push('twelveFactor.acceptedFindings must be "hidden", "hint" or "shown".');
  return known ?? 'hidden';
}

/** Lists that are as they should be, of options that exist: settings of other versions may stand beside them. */
function optionLists(
  section: unknown,
  rules: readonly ConfigurableRule[],
  problems: string[],
): GivenOptions {
  const given = isRecord(section) ? section : {};
  return Object.fromEntries(
    rules.flatMap(({ id, options = {} }) => {
      const own = given[id];
      if (!isRecord(own)) return [];
      const lists = Object.entries(options).flatMap(([name, option]): [string, string[]][] => {
        const list = own[name];
        if (list === undefined || list === null) return [];
        const wrong = optionProblems(option, list);
        problems.push(...wrong.map((phrase) => `twelveFactor.options.${id}.${name} ${phrase}.`));
        return wrong.length > 0 ? [] : [[name, list as string[]]];
      });
      return [[id, Object.fromEntries(lists)]];
    }),
  );
}

function globs(value: unknown, problems: string[]): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push('twelveFactor.exclude must be a list of glob patterns.');
    return [];
  }
  return value.filter((each): each is string => {
    const isGlob = typeof each === 'string' && each !== '' && isParsable(each);
    if (!isGlob)
      problems.push(
        `twelveFactor.exclude has an entry that is no glob pattern: ${JSON.stringify(each)}.`,
      );
    return isGlob;
  });
}

function isParsable(glob: string): boolean {
  try {
    picomatch.makeRe(glob);
    return isModestGlob(glob);
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entries(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
