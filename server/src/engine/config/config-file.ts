import {
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { isFactor, FACTORS } from '../../base/factors';
import { SEVERITIES, type SeveritySetting } from '../../base/severity';
import { type Span } from '../../base/span';
import { isTooDeep, TOO_DEEP } from '../../languages/nesting';
import { isPackageKind, PACKAGE_KINDS, type PackageKind } from '../../project/map/kinds';
import { folderMatcher } from '../../project/map/overrides';
import { closestName } from '../../base/closest-name';
import { optionProblems, type ConfigurableRule, type GivenOptions } from '../options';
import { OVERLAPS, type AnalysisSettings, type FileSettings } from '../settings';

/** The configuration file of a root, relative to it. */
export const CONFIG_FILE = 'twelve-factor.json';

/** A mistake in a configuration file, at its place. What it concerns is ignored, the rest counts. */
export interface ConfigProblem {
  readonly span: Span;
  readonly message: string;
}

export interface ConfigFile {
  /** Undefined when the text is no JSON: whatever was in force stays so. */
  readonly settings: FileSettings | undefined;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
}

const SETTINGS = [...SEVERITIES, 'off'] as const;
const KEYS = [
  'rules',
  'factors',
  'options',
  'exclude',
  'packages',
  'unusedSuppressions',
  'requireSuppressionReason',
  'overlap',
  'baseline',
] as const;

/**
 * Reads a configuration file: JSON with comments and trailing commas.
 * @param text the file's text; an empty one says nothing
 * @param rules every rule, so that misspelt ones and options that they do not have are noticed
 * @param folders of the packages of the root, once they are known, so that globs which match none are noticed
 * @param place a folder below the root has no baseline of its own
 */
export function readConfigFile(
  text: string,
  rules: readonly ConfigurableRule[],
  folders?: readonly string[],
  place: 'root' | 'folder' = 'root',
): ConfigFile {
  if (isTooDeep(text)) {
    const span = { start: 0, end: text.length };
    const message = `This is ${TOO_DEEP}; nothing in it counts.`;
    return { settings: undefined, problems: [{ span, message }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) {
    const problems = errors.map(({ error, offset, length }) => ({
      span: { start: offset, end: offset + length },
      message: `This is not valid JSON (${phrase(printParseErrorCode(error))}); nothing in it counts until it is.`,
    }));
    return { settings: undefined, problems };
  }
  const problems: ConfigProblem[] = [];
  if (!root) return { settings: {}, problems };
  const settings = readSettings(root, { rules, folders, place }, problems);
  return { settings, problems: problems.sort((a, b) => a.span.start - b.span.start) };
}

/**
 * Settings of the editor with those of the file: the file wins, name by name. Patterns of files to leave out add up.
 */
export function mergeSettings(editor: AnalysisSettings, file: FileSettings): AnalysisSettings {
  return {
    ...editor,
    ...file,
    rules: { ...editor.rules, ...file.rules },
    factors: { ...editor.factors, ...file.factors },
    options: mergeOptions(editor.options, file.options ?? {}),
    packages: { ...editor.packages, ...file.packages },
    exclude: folderGlobs([...editor.exclude, ...(file.exclude ?? [])]),
  };
}

/** The file's list of an option takes the place of the editor's. */
function mergeOptions(editor: GivenOptions, file: GivenOptions): GivenOptions {
  const ids = new Set([...Object.keys(editor), ...Object.keys(file)]);
  return Object.fromEntries([...ids].map((id) => [id, { ...editor[id], ...file[id] }]));
}

/** True for a severity or `off`. */
export function isSeveritySetting(value: unknown): value is SeveritySetting {
  return (SETTINGS as readonly unknown[]).includes(value);
}

/** The allowed severities, for messages. */
export const SEVERITY_CHOICES = `${SETTINGS.slice(0, -1)
  .map((name) => `"${name}"`)
  .join(', ')} or "off"`;

/** A pattern that names a folder means what is in it: `legacy` and `legacy/` become `legacy` and `legacy/**`. */
export function folderGlobs(patterns: readonly string[]): string[] {
  const all = patterns.flatMap((pattern) => {
    const plain = pattern.replace(/^(\.?\/)+/, '').replace(/(?<!\/)\/+$/, '');
    if (plain === '') return [];
    return plain.endsWith('*') ? [plain] : [plain, `${plain}/**`];
  });
  return [...new Set(all)];
}

/** What exists, to tell what a file names in vain. */
interface Known {
  readonly rules: readonly ConfigurableRule[];
  readonly folders: readonly string[] | undefined;
  readonly place: 'root' | 'folder';
}

function readSettings(
  root: Node,
  { rules, folders, place }: Known,
  problems: ConfigProblem[],
): FileSettings {
  const complain = (node: Node, message: string): undefined => {
    problems.push({ span: { start: node.offset, end: node.offset + node.length }, message });
    return undefined;
  };
  const settings: { -readonly [K in keyof FileSettings]: FileSettings[K] } = {};
  for (const { key, name, value } of members(root, 'The configuration', complain)) {
    switch (name) {
      case '$schema':
        break;
      case 'rules':
        settings.rules = severities(value, 'rules', complain, (id) => unknownRule(id, rules));
        break;
      case 'factors':
        settings.factors = severities(value, 'factors', complain, unknownFactor);
        break;
      case 'options':
        settings.options = optionLists(value, rules, complain);
        break;
      case 'exclude':
        settings.exclude = patterns(value, complain);
        break;
      case 'packages':
        settings.packages = packageKinds(value, folders, complain);
        break;
      case 'unusedSuppressions':
      case 'requireSuppressionReason': {
        const severity = severityOf(value, name, complain);
        if (severity !== undefined) settings[name] = severity;
        break;
      }
      case 'overlap': {
        const overlap = OVERLAPS.find((one) => one === value.value);
        if (overlap) settings.overlap = overlap;
        else complain(value, '`overlap` must be "report" or "hint".');
        break;
      }
      case 'baseline': {
        const path: unknown = value.value;
        if (place === 'folder')
          complain(key, 'A root has one baseline: `baseline` belongs into its own configuration.');
        else if (typeof path === 'string' && isWithin(path)) settings.baselineFile = path;
        else complain(value, '`baseline` must be the path of a file in this folder.');
        break;
      }
      default:
        complain(key, `There is no setting \`${name}\`${didYouMean(name, KEYS)}`);
    }
  }
  return settings;
}

type Complain = (node: Node, message: string) => undefined;

interface Member {
  readonly key: Node;
  readonly name: string;
  readonly value: Node;
}

function members(node: Node, what: string, complain: Complain): Member[] {
  if (node.type !== 'object') {
    complain(node, `${what} must be an object: { … }.`);
    return [];
  }
  return (node.children ?? []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    return key && value ? [{ key, name: String(key.value), value }] : [];
  });
}

function severities(
  node: Node,
  setting: string,
  complain: Complain,
  unknown: (name: string) => string | undefined,
): Record<string, SeveritySetting> {
  const result: Record<string, SeveritySetting> = {};
  for (const { key, name, value } of members(node, `\`${setting}\``, complain)) {
    const message = unknown(name);
    const severity = severityOf(value, `${setting}.${name}`, complain);
    if (message !== undefined) complain(key, message);
    else if (severity !== undefined) result[name] = severity;
  }
  return result;
}

function optionLists(
  node: Node,
  rules: readonly ConfigurableRule[],
  complain: Complain,
): Record<string, Record<string, readonly string[]>> {
  const result: Record<string, Record<string, readonly string[]>> = {};
  for (const { key, name: id, value } of members(node, '`options`', complain)) {
    const unknown = unknownRule(id, rules);
    if (unknown !== undefined) {
      complain(key, unknown);
      continue;
    }
    const options = rules.find((rule) => rule.id === id)?.options ?? {};
    const lists = (result[id] = {} as Record<string, readonly string[]>);
    for (const option of members(value, `\`options.${id}\``, complain)) {
      const known = options[option.name];
      if (!known) complain(option.key, unknownOption(id, option.name, Object.keys(options)));
      else {
        const list: unknown = getNodeValue(option.value);
        const [problem] = optionProblems(known, list);
        if (problem === undefined) lists[option.name] = list as readonly string[];
        else complain(option.value, `\`options.${id}.${option.name}\` ${problem}.`);
      }
    }
  }
  return result;
}

function unknownOption(id: string, name: string, options: readonly string[]): string {
  return options.length === 0
    ? `The rule \`${id}\` has no options.`
    : `The rule \`${id}\` has no option \`${name}\`${didYouMean(name, options)}`;
}

function packageKinds(
  node: Node,
  folders: readonly string[] | undefined,
  complain: Complain,
): Record<string, PackageKind> {
  const result: Record<string, PackageKind> = {};
  for (const { key, name, value } of members(node, '`packages`', complain)) {
    const kind: unknown = value.value;
    if (folders && !folders.some(folderMatcher(name)))
      complain(key, `No folder with a package.json matches \`${name}\`.`);
    if (isPackageKind(kind)) result[name] = kind;
    else complain(value, `A kind of package is ${KIND_CHOICES}.`);
  }
  return result;
}

const KIND_CHOICES = `${PACKAGE_KINDS.slice(0, -1)
  .map((name) => `"${name}"`)
  .join(', ')} or "${PACKAGE_KINDS.at(-1) ?? ''}"`;

function severityOf(node: Node, setting: string, complain: Complain): SeveritySetting | undefined {
  const value: unknown = node.value;
  if (isSeveritySetting(value)) return value;
  return complain(node, `\`${setting}\` must be ${SEVERITY_CHOICES}.`);
}

function patterns(node: Node, complain: Complain): string[] {
  if (node.type !== 'array') {
    complain(node, '`exclude` must be a list of glob patterns: [ "legacy/**" ].');
    return [];
  }
  return (node.children ?? []).flatMap((child) => {
    const value: unknown = child.value;
    if (typeof value === 'string' && value.trim() !== '') return [value];
    complain(child, 'A pattern of `exclude` must be a text that is not empty.');
    return [];
  });
}

function unknownRule(id: string, rules: readonly ConfigurableRule[]): string | undefined {
  const ruleIds = rules.map((rule) => rule.id);
  return ruleIds.includes(id) ? undefined : `There is no rule \`${id}\`${didYouMean(id, ruleIds)}`;
}

function unknownFactor(name: string): string | undefined {
  return isFactor(name) ? undefined : `There is no factor \`${name}\`${didYouMean(name, FACTORS)}`;
}

function didYouMean(name: string, candidates: readonly string[]): string {
  const closest = closestName(name, candidates);
  return closest === undefined ? '.' : `; did you mean \`${closest}\`?`;
}

/** A path that leads to a file below the folder, with `/`. */
function isWithin(path: string): boolean {
  return path !== '' && !/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|\/$/.test(path);
}

/** `CommaExpected` → `comma expected`. */
function phrase(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
