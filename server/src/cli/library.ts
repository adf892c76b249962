import { resolve } from 'node:path';
import { version as productVersion } from '../../../package.json';
import { analyseFolder } from './analyse';
import { existingFolder } from './folder';
import { unknownRule } from './option-values';
import { SILENT } from './progress';
import { selected } from './selection';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';
import { maskedFindings } from '../engine/masked';
import { jsonReport } from '../report/json';
import { rules as allRules } from '../rules';

/** How much a finding matters, the gravest first. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** The twelve factors, as 12factor.net calls their chapters. */
export type Factor =
  | 'codebase'
  | 'dependencies'
  | 'config'
  | 'backing-services'
  | 'build-release-run'
  | 'processes'
  | 'port-binding'
  | 'concurrency'
  | 'disposability'
  | 'dev-prod-parity'
  | 'logs'
  | 'admin-processes';

/** What {@link analyse} looks at, and what it leaves out. */
export interface AnalyseOptions {
  /** Only findings of these rules; all by default. */
  readonly rules?: readonly string[];
  /** Only findings of these factors; all by default. */
  readonly factors?: readonly Factor[];
  /** Path of the configuration file, when not `twelve-factor.json` of the folder. */
  readonly config?: string;
  /** Path of the baseline, when not the folder's own; `false` where nothing is accepted. */
  readonly baseline?: string | false;
  /** Leaves credentials in messages as they are; by default they are masked. */
  readonly showSecrets?: boolean;
  /** Told what is odd about the configuration file, and which rules failed; one line each. */
  readonly log?: (line: string) => void;
}

/** A place in a text: lines and columns start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From the first character to behind the last one. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place that has to do with a finding, and what. */
export interface RelatedPlace {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** One finding. */
export interface Finding {
  readonly ruleId: string;
  readonly factor: Factor;
  readonly severity: Severity;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The folder of the package that the file belongs to; `.` is the analysed folder itself. */
  readonly package: string;
  readonly range: Range;
  /** One sentence that stands alone. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  /** `safe` ones keep today's behaviour; the preferred one comes first. */
  readonly fixes: readonly { readonly title: string; readonly kind: 'safe' | 'suggest' }[];
  /** Tells the finding from all others, and is the same when lines move. */
  readonly fingerprint: string;
  /** Present where there is a baseline: whether it lists the finding. */
  readonly baseline?: 'accepted' | 'new';
}

/** What an analysis says of a folder. */
export interface Report {
  /** Sorted by path and place; hints are among them. */
  readonly findings: readonly Finding[];
  /** What could not be analysed, which never counts as clean. */
  readonly notAnalysed: readonly { readonly path: string; readonly reason: string }[];
  /** How many files were looked at. */
  readonly fileCount: number;
}

/** What is known of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly factor: Factor;
  /** By default. */
  readonly severity: Severity;
  readonly summary: string;
  /** The strongest kind of fix that it offers. */
  readonly fix: 'safe' | 'suggest' | 'none';
}

/** The version of this package. */
export const version: string = productVersion;

/** Every rule, by factor. */
export const rules: readonly RuleInfo[] = allRules.map(
  ({ id, factor, severity, summary, fix }) => ({ id, factor, severity, summary, fix }),
);

/**
 * Analyses a folder. Reads files and nothing else: runs nothing of the folder, writes nothing, asks no network.
 * @param folder path of the folder, absolute or relative to the process's own
 * @throws Error, with a message for people, when the folder, the configuration file or the baseline cannot be read, and for rules
 * that there are not
 */
export async function analyse(folder: string, options: AnalyseOptions = {}): Promise<Report> {
  const { baseline, config, factors, log, rules: only, showSecrets } = options;
  const terminal = silentTerminal(log);
  const wrong = unknownRule(only ?? [], allRules);
  if (wrong !== undefined) throw new UsageError(wrong);
  const analysed = await analyseFolder(
    await existingFolder(resolve(folder), terminal.cwd),
    {
      rules: allRules,
      config,
      baseline: baseline === undefined ? 'own' : baseline === false ? 'none' : { path: baseline },
    },
    terminal,
    SILENT,
  );
  const { text } = analysed;
  const wanted = { ...(only ? { rule: only } : {}), ...(factors ? { factor: factors } : {}) };
  const found = selected(analysed.findings, wanted, text);
  const findings = showSecrets ? found : maskedFindings(found, allRules, text);
  const report = jsonReport({ ...analysed, version, findings });
  return {
    findings: report.findings,
    notAnalysed: report.notAnalysed,
    fileCount: analysed.fileCount,
  };
}

function silentTerminal(log: AnalyseOptions['log']): Terminal {
  const nowhere = { isTerminal: false, write: () => undefined };
  return {
    cwd: process.cwd(),
    env: {},
    out: nowhere,
    err: { isTerminal: false, write: (text) => log?.(text.replace(/\n$/, '')) },
    readInput: () => Promise.resolve(''),
    ask: undefined,
    program: () => undefined,
    shipped: () => Promise.resolve(undefined),
  };
}
