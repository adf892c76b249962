// How findings are grouped, filtered and counted; without VS Code, so that it can be tested by itself.
import type {
  FindingsResult,
  FolderFindings,
  ListedFinding,
  ListedGap,
} from '../../../server/src/protocol';
import { count } from '../words';

/** What findings are grouped by. */
export const GROUPINGS = ['factor', 'app', 'rule', 'file'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type Severity = ListedFinding['severity'];
/** The gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** What is shown, and how. */
export interface Shown {
  readonly grouping: Grouping;
  readonly severities: ReadonlySet<Severity>;
  /** `new`: only what stands on lines that differ from the last commit. */
  readonly lines: 'all' | 'new';
}

/** A folder's findings, with the name that the workspace gives it. */
export interface NamedFolder extends FolderFindings {
  readonly name: string;
}

export interface FindingGroup {
  readonly kind: 'factor' | 'app' | 'process' | 'rule' | 'file' | 'not analysed';
  /** Names it among all nodes. */
  readonly id: string;
  readonly label: string;
  /** How many there are, and what else tells it from others. */
  readonly description: string;
  /** The file that it is. */
  readonly uri?: string;
  readonly children: readonly FindingNode[];
}

export interface FindingLeaf {
  readonly kind: 'finding';
  readonly id: string;
  readonly finding: ListedFinding;
  readonly label: string;
  readonly description: string;
  readonly needsReason: boolean;
}

export interface GapLeaf {
  readonly kind: 'gap';
  readonly id: string;
  readonly gap: ListedGap;
  readonly label: string;
  readonly description: string;
}

export type FindingNode = FindingGroup | FindingLeaf | GapLeaf;

/** What the findings of a workspace amount to, for the words that stand where there is nothing to list. */
export type FindingsState =
  'found' | 'hidden' | 'clean' | 'nothing' | 'off' | 'failed' | 'scanning';

/** A finding that is shown, with what is known of its folder. */
interface Entry {
  readonly finding: ListedFinding;
  readonly folder: NamedFolder;
  /** Where it is, for people. */
  readonly place: string;
  /** It stands on a line that differs from the last commit. */
  readonly isNew: boolean;
}

/**
 * The nodes to show: groups with their findings, what could not be analysed last.
 * @param isNew whether a finding stands on a line that differs from the last commit
 */
export function findingNodes(
  folders: readonly NamedFolder[],
  factors: FindingsResult['factors'],
  { grouping, severities, lines }: Shown,
  isNew: (finding: ListedFinding) => boolean = () => false,
): readonly FindingNode[] {
  const isMulti = folders.length > 1;
  const shownPath = (folder: NamedFolder, path: string): string =>
    isMulti ? `${folder.name}/${path}` : path;
  const entries = folders.flatMap((folder) =>
    folder.findings
      .filter(({ severity }) => severities.has(severity))
      .map((finding): Entry => {
        const place = shownPath(folder, finding.path);
        return { finding, folder, place, isNew: isNew(finding) };
      })
      .filter((entry) => lines === 'all' || entry.isNew),
  );
  const gaps = folders.flatMap((folder) =>
    folder.notAnalysed.map((gap) => ({ gap, place: shownPath(folder, gap.path) })),
  );
  return [...GROUPERS[grouping](entries, factors, isMulti), ...gapNodes(gaps)];
}

/** How many findings there are of the severities that are shown. */
export function shownCount(
  folders: readonly FolderFindings[],
  severities: ReadonlySet<Severity>,
): number {
  return folders.flatMap(({ findings }) => findings.filter((each) => severities.has(each.severity)))
    .length;
}

/** What there is to say of a workspace whose server has nothing left to do. */
export function findingsState(
  folders: readonly FolderFindings[],
  severities: ReadonlySet<Severity>,
): FindingsState {
  if (folders.some(({ state }) => state === 'failed')) return 'failed';
  const some = folders.filter(({ findings }) => findings.length > 0);
  if (shownCount(some, severities) > 0 || folders.some((each) => each.notAnalysed.length > 0))
    return 'found';
  if (folders.some(({ state }) => state === 'unknown')) return 'scanning';
  if (some.length > 0) return 'hidden';
  if (folders.length > 0 && folders.every(({ state }) => state === 'off')) return 'off';
  return folders.some(({ files }) => files > 0) ? 'clean' : 'nothing';
}

type Grouper = (
  entries: readonly Entry[],
  factors: FindingsResult['factors'],
  isMulti: boolean,
) => readonly FindingGroup[];

const GROUPERS: Readonly<Record<Grouping, Grouper>> = {
  factor: (entries, factors) =>
    factors.flatMap(({ factor, title }) => {
      const own = entries.filter(({ finding }) => finding.factor === factor);
      return own.length === 0 ? [] : [group('factor', factor, title, own)];
    }),
  app: (entries, _, isMulti) =>
    sortedGroups(entries, ({ folder, finding }) => `${folder.uri}\n${finding.app ?? ''}`).map(
      ([key, own]) => appGroup(key, own, isMulti),
    ),
  rule: (entries) =>
    sortedGroups(entries, ({ finding }) => finding.ruleId).map(([rule, own]) =>
      group('rule', rule, rule, own),
    ),
  file: (entries) =>
    sortedGroups(entries, ({ finding, place }) => `${place}\n${finding.uri}`).map(([key, own]) => {
      const [place = '', uri = ''] = key.split('\n');
      const children = leaves(
        `file ${uri}`,
        own,
        ({ finding }) => `${finding.ruleId} ${at(finding)}`,
      );
      return { ...group('file', uri, place, own), uri, children };
    }),
};

/** An app, with one group for each of its processes: what several run stands in each of them. */
function appGroup(key: string, entries: readonly Entry[], isMulti: boolean): FindingGroup {
  const [first] = entries;
  const label = first?.finding.app ?? 'Outside of all packages';
  const whole = group('app', key, label, entries);
  const processes = [...new Set(entries.flatMap(({ finding }) => finding.processes))].sort();
  const parts = processes.map((process) =>
    group(
      'process',
      `${key}\n${process}`,
      process,
      entries.filter(({ finding }) => finding.processes.includes(process)),
    ),
  );
  const rest = entries.filter(({ finding }) => finding.processes.length === 0);
  const others =
    rest.length === 0 ? [] : [group('process', `${key}\n`, 'Manifests and other files', rest)];
  return {
    ...whole,
    ...(isMulti && first ? { description: `${whole.description} · ${first.folder.name}` } : {}),
    children: parts.length === 0 ? whole.children : [...parts, ...others],
  };
}

function group(
  kind: FindingGroup['kind'],
  key: string,
  label: string,
  entries: readonly Entry[],
): FindingGroup {
  const id = `${kind} ${key}`;
  const description = String(entries.length);
  const children = leaves(id, entries, ({ finding, place }) => `${place}:${at(finding)}`);
  return { kind, id, label, description, children };
}

/** The gravest first, then by place. */
function leaves(
  parent: string,
  entries: readonly Entry[],
  describe: (entry: Entry) => string,
): readonly FindingLeaf[] {
  const rank = ({ finding }: Entry): number => SEVERITIES.indexOf(finding.severity);
  return [...entries]
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        compare(a.place, b.place) ||
        a.finding.range.start.line - b.finding.range.start.line,
    )
    .map((entry, index) => ({
      kind: 'finding',
      id: `${parent}\n${index} ${entry.finding.ruleId}`,
      finding: entry.finding,
      // Trees show no Markdown.
      label: entry.finding.message.replaceAll('`', ''),
      description: `${describe(entry)}${entry.isNew ? ' · new' : ''}`,
      needsReason: entry.folder.needsReasons,
    }));
}

function gapNodes(
  gaps: readonly { readonly gap: ListedGap; readonly place: string }[],
): readonly FindingGroup[] {
  if (gaps.length === 0) return [];
  const children = gaps.map(({ gap, place }, index): GapLeaf => ({
    kind: 'gap',
    id: `gap ${index} ${gap.uri}`,
    gap,
    label: place,
    description: gap.reason,
  }));
  const files = new Set(gaps.map(({ gap }) => gap.uri)).size;
  const label = 'Not analysed';
  return [{ kind: 'not analysed', id: 'gaps', label, description: count(files, 'file'), children }];
}

function sortedGroups(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
): readonly (readonly [string, readonly Entry[]])[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const list = groups.get(key);
    if (list) list.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups].sort(([a], [b]) => compare(a, b));
}

/** A line as editors count it. */
function at({ range }: ListedFinding): number {
  return range.start.line + 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
