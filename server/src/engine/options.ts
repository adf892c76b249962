import { globMatcher } from '../base/globs';

/** A list that users add to what a rule knows. */
export interface RuleOption {
  /**
   * - `names`: whole names, in which `*` stands for any characters;
   * - `paths`: globs of paths, relative to the root;
   * - `patterns`: regular expressions of JavaScript.
   */
  readonly lists: 'names' | 'paths' | 'patterns';
  /**
   * What is listed is no finding: the placeholder of the rule's messages that is looked up, or `subject` for what a report says it is
   * about. Absent: the rule itself asks for the list.
   */
  readonly exempts?: string;
  /** What is listed and what becomes of it; a sentence, for settings and the rule's page. */
  readonly description: string;
  /** What a user would write. */
  readonly example: readonly string[];
}

/** The lists of one rule, as its handlers ask for them. */
export type OptionsOf = (option: string) => readonly string[];

/** What users listed: rule → option → entries. */
export type GivenOptions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A rule as far as its options are concerned. */
export interface ConfigurableRule {
  readonly id: string;
  readonly options?: Readonly<Record<string, RuleOption>>;
}

/**
 * What is wrong with a list that a user gave.
 * @param value untrusted
 * @returns phrases that continue the option's name; none when all is well
 */
export function optionProblems(option: RuleOption, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [`must be a list: ${JSON.stringify(option.example)}`];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'string' || entry.trim() === '')
      return [`has an entry that is no text: ${JSON.stringify(entry)}`];
    return option.lists === 'patterns' && !compiled(entry)
      ? [`has an entry that is no regular expression: ${JSON.stringify(entry)}`]
      : [];
  });
}

/**
 * Is what a report is about listed by an option that makes it no finding?
 * @param said what the report says, by placeholder, and its `subject`
 */
export function isExempt(
  { id, options = {} }: ConfigurableRule,
  said: Readonly<Record<string, unknown>>,
  given: GivenOptions,
): boolean {
  return Object.entries(options).some(([name, option]) => {
    const text = option.exempts === undefined ? undefined : said[option.exempts];
    return typeof text === 'string' && isListed(option, given[id]?.[name] ?? [], text);
  });
}

/** Does a list name this? */
function isListed(option: RuleOption, entries: readonly string[], text: string): boolean {
  if (entries.length === 0) return false;
  switch (option.lists) {
    case 'names':
      return entries.some((entry) => named(entry).test(text));
    case 'paths':
      return globMatcher(entries.map(belowRoot), { dot: true })(belowRoot(text));
    case 'patterns':
      return entries.some((entry) => compiled(entry)?.test(text) === true);
  }
}

/** `./data/**`, `/data/**`, and `../data/x` of a module's own folder are all below `data`. */
function belowRoot(path: string): string {
  return path.replace(/^(?:\$\{…\}\/|\.{0,2}\/)+/, '');
}

/** `*.example.com` as a pattern; of hosts and names of variables nobody means two by case. */
function named(entry: string): RegExp {
  const escaped = entry.replace(/[$.+?^|()[\]{}\\/]/g, '\\$&');
  const parts = escaped.split(/\*+/);
  return parts.length > MOST_STARS + 1 ? NOTHING : new RegExp(`^${parts.join('.*')}$`, 'i');
}

/** Each one more multiplies what a match may cost. */
const MOST_STARS = 3;
const NOTHING = /$^/;

/** Something repeated in what is repeated: on some texts, matching that never ends. */
const NESTED_REPEAT = /[*+}][^()*+}]*\)(?:[*+]|\{\d*,)/;
const LONGEST_PATTERN = 500;

function compiled(pattern: string): RegExp | undefined {
  if (pattern.length > LONGEST_PATTERN || NESTED_REPEAT.test(pattern)) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
