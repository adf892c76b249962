import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../../package.json';
import type { Factor } from '../base/factors';
import type { Severity } from '../base/severity';
import type { Finding } from '../engine/finding';
import { maskedFindings } from '../engine/masked';
import type { Rule } from '../engine/rule';
import { REPORT_FORMATS, type Format } from '../report/formats';
import type { RenderOptions, ReportInput } from '../report/report';
import type { FixDetail, ResultStore } from '../workspace/result-store';
import { analyseFolder, type Analysed, type AnalyseOptions } from './analyse';
import { deliver } from './output/deliver';
import { existingFolder } from './folder';
import { changesSince } from './git/git-diff';
import { atLeast, unknownRule } from './option-values';
import { outputsOf, type Output } from './output/outputs';
import { makeAppFolders, perApp } from './output/per-app';
import { createProgress, SILENT } from './progress';
import { createResultCache, defaultCacheLocation } from './result-cache';
import { fails, selected } from './selection';
import { colorOf, isCi, linksOf, type Terminal } from './terminal';
import { UsageError } from './usage-error';

export interface CheckOptions {
  readonly format: Format;
  /** Path of the configuration file, when not `twelve-factor.json` of the folder. */
  readonly config?: string;
  /** Only these rules' findings. */
  readonly rule?: readonly string[];
  readonly factor?: readonly Factor[];
  /** Only files that match one of these globs. */
  readonly path?: readonly string[];
  /** Only this package, by name or folder, and those that it depends on; the rest is not analysed. */
  readonly app?: string;
  /** Only what stands on changed lines: since the last commit, or since this ref and HEAD parted. */
  readonly changed?: true | string;
  /** The folder's own baseline must be there, or this one counts; false for `--no-baseline`. */
  readonly baseline?: boolean | string;
  /** The least severity that makes the check fail. */
  readonly severity: Severity;
  /** How many findings, errors aside, do not make it fail yet. */
  readonly maxWarnings: number;
  /** Where reports go instead of standard output, or beside it; see `outputs.ts`. */
  readonly output?: readonly string[];
  /** The text of `stdinFilename` comes on standard input. */
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly color?: boolean;
  readonly hints?: boolean;
  readonly quiet?: boolean;
  readonly showSecrets?: boolean;
  /** False for `--no-cache`. */
  readonly cache: boolean;
  readonly cacheLocation?: string;
}

/**
 * Analyses a folder and reports.
 * @returns the exit code: 0 when nothing fails the check, 1 when findings do, 2 when CI would run under other settings than intended
 * @throws UsageError for what the caller got wrong
 */
export async function checkFolder(
  dir: string,
  options: CheckOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<0 | 1 | 2> {
  const folder = await existingFolder(dir, terminal.cwd);
  const wrong = unknownRule(options.rule ?? [], rules);
  if (wrong !== undefined) throw new UsageError(wrong);
  const outputs = outputsOf(options.format, options.output ?? []);
  const typed = await typedFile(folder, options, terminal);
  const { changed } = options;
  const changes =
    changed === undefined
      ? undefined
      : await changesSince(folder, changed === true ? 'HEAD' : changed, terminal.env);
  const progress = options.quiet ? SILENT : createProgress(terminal);
  const detail = outputs.some(({ format }) => REPORT_FORMATS[format].edits) ? 'edits' : 'names';
  const analysed = await analyseFolder(
    folder,
    {
      rules,
      config: options.config,
      results: resultsOf(options, detail, rules, terminal),
      baseline: await baselineOf(options, terminal),
      app: options.app,
      open: typed && new Map([[typed.path, typed.text]]),
    },
    terminal,
    progress,
  );
  const wanted = { ...options, changes, file: typed?.path, packages: analysed.packages };
  const findings = selected(analysed.findings, wanted, analysed.text);
  const kept = new Set(
    selected(
      analysed.suppressed.map(({ finding }) => finding),
      wanted,
      analysed.text,
    ),
  );
  const suppressed = analysed.suppressed.filter(({ finding }) => kept.has(finding));
  const found = { ...analysed, findings, suppressed };
  for (const output of outputs) {
    const reports = perApp(output.file, found);
    if (reports.length === 0)
      terminal.err.write(
        `twelve-factor: no package is an app: ${output.file ?? ''} is not written\n`,
      );
    await makeAppFolders(
      output.file,
      reports.map(({ file }) => file),
      terminal,
    );
    for (const { analysed: said, file } of reports) {
      const report = rendered(said, folder, { ...options, output }, terminal);
      await deliver(report, { output: file }, terminal);
    }
  }
  if (analysed.configProblems > 0 && isCi(terminal.env)) return 2;
  return fails(findings, options.severity, options.maxWarnings) ? 1 : 0;
}

/** @throws UsageError where `--baseline` swallowed the folder */
async function baselineOf(
  { baseline }: CheckOptions,
  { cwd }: Terminal,
): Promise<NonNullable<AnalyseOptions['baseline']>> {
  if (baseline === undefined) return 'own';
  if (typeof baseline === 'boolean') return baseline ? 'required' : 'none';
  const isFolder = await existingFolder(baseline, cwd).then(
    () => true,
    () => false,
  );
  if (isFolder)
    throw new UsageError(
      `--baseline takes a file, and ${baseline} is a folder; name the folder first`,
    );
  return { path: baseline };
}

/**
 * The file whose text comes on standard input, by its path in the folder.
 * @throws UsageError where its name is missing, or leads out of the folder
 */
async function typedFile(
  folder: string,
  { stdin, stdinFilename, changed }: CheckOptions,
  { cwd, readInput }: Terminal,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  if (!stdin && stdinFilename === undefined) return undefined;
  if (!stdin || stdinFilename === undefined)
    throw new UsageError('--stdin and --stdin-filename need each other');
  if (changed !== undefined)
    throw new UsageError('--changed speaks about files as they are saved, --stdin does not');
  const way = relative(folder, resolve(cwd, stdinFilename));
  if (way === '' || way.startsWith('..') || isAbsolute(way))
    throw new UsageError(`${stdinFilename} is no file in the folder that is checked`);
  return { path: way.split(sep).join('/'), text: await readInput() };
}

/** @returns undefined where nothing is to be kept, or cannot be */
function resultsOf(
  { cache, cacheLocation }: CheckOptions,
  detail: FixDetail,
  rules: readonly Rule[],
  { cwd, env, program }: Terminal,
): ResultStore | undefined {
  if (!cache) return undefined;
  const location =
    cacheLocation === undefined
      ? defaultCacheLocation(env, process.platform)
      : resolve(cwd, cacheLocation);
  const code = program();
  if (location === undefined || code === undefined) return undefined;
  const identity = [version, code, ...rules.map(({ id }) => id)].join('\n');
  return createResultCache(location, identity, detail);
}

function rendered(
  analysed: Analysed,
  folder: string,
  options: Omit<CheckOptions, 'output'> & { readonly output: Output },
  terminal: Terminal,
): string {
  const { output, showSecrets, quiet } = options;
  const { rules, text, findings, suppressed } = analysed;
  const format = REPORT_FORMATS[output.format];
  const all = [...findings, ...suppressed.map(({ finding }) => finding)];
  // What one finding marks as a credential, the message of another may quote.
  const masked = showSecrets ? all : maskedFindings(all, rules, text);
  const found = masked.slice(0, findings.length);
  const quoted = masked.slice(findings.length);
  const severities = quiet ? atLeast(options.severity) : atLeast('hint');
  const isWanted = ({ severity, accepted }: Finding): boolean =>
    !accepted && severities.has(severity) && (severity !== 'hint' || options.hints === true);
  const shown = format.readBy === 'machines' ? found : found.filter(isWanted);
  const input: ReportInput = {
    ...analysed,
    version,
    findings: shown,
    marks: all,
    suppressed: suppressed.map((one, index) => ({ ...one, finding: quoted[index] ?? one.finding })),
  };
  return format.render(input, renderOptions(found, shown, folder, options, terminal));
}

function renderOptions(
  found: readonly Finding[],
  shown: readonly Finding[],
  folder: string,
  options: Omit<CheckOptions, 'output'> & { readonly output: Output },
  terminal: Terminal,
): RenderOptions {
  const color = options.output.file === undefined ? colorOf(terminal, options) : 'never';
  const accepted = found.filter((finding) => finding.accepted).length;
  return {
    color,
    prefix: prefixOf(folder, terminal),
    parts: options.quiet ? 'findings' : 'all',
    secrets: options.showSecrets ? 'shown' : 'masked',
    hidden: { accepted, hints: found.length - accepted - shown.length },
    ...(linksOf(terminal, color) === 'shown'
      ? { link: (path) => pathToFileURL(join(folder, path)).href }
      : {}),
  };
}

/** Forges want paths from the root of the repository, which is where their jobs start. */
function prefixOf(folder: string, { cwd, env }: Terminal): string {
  const root = env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR'] ?? cwd;
  const path = relative(root, folder).split(sep).join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}
