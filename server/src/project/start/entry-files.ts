import { joinPath } from '../../base/paths';
import type { Span } from '../../base/span';
import { jsonAt, jsonText } from '../../languages/json';
import { opaqueText } from '../../languages/mapped-text';
import { isPm2Path } from '../manifests/pm2';
import type { CommandStep, CommandWord, PackageInfo } from '../model';
import { nestProjects } from '../modules/outputs';
import { nearestPackage } from '../packages/packages';
import { stepTool } from './command-lines/tools';
import { expandText } from './expand';
import { folderPlace } from './place';
import { rootScope, type Project } from './scope';

/** A file that a step starts: paths it may be at, likeliest first, and where it is named. */
export interface StartedFile {
  readonly locations: readonly string[];
  readonly declaredAt: { readonly path: string; readonly span: Span };
  /** Loaded into the process before its own script (`-r`, `--import`). */
  readonly preloaded: boolean;
}

/** Options whose value is the next word, by tool. */
const VALUED: Readonly<Record<string, readonly string[]>> = {
  node: [
    '-r',
    '--require',
    '--import',
    '--loader',
    '--experimental-loader',
    '-C',
    '--conditions',
    '--env-file',
    '--title',
    '--input-type',
  ],
  nodemon: [
    '-e',
    '--ext',
    '-x',
    '--exec',
    '-w',
    '--watch',
    '-i',
    '--ignore',
    '-d',
    '--delay',
    '-s',
    '--signal',
    '--config',
    '-r',
    '--require',
    '--cwd',
  ],
  'ts-node': [
    '-P',
    '--project',
    '-r',
    '--require',
    '-O',
    '--compiler-options',
    '-C',
    '--compiler',
    '-I',
    '--ignore',
    '--cwd',
  ],
  forever: [
    '-m',
    '-l',
    '-o',
    '-e',
    '-p',
    '-c',
    '--minUptime',
    '--spinSleepTime',
    '--uid',
    '--pidFile',
    '--sourceDir',
    '--workingDir',
    '--watchDirectory',
    '-a',
  ],
  supervisor: ['-w', '--watch', '-i', '--ignore', '-e', '--extensions', '-x', '--exec', '-p'],
  'babel-node': ['--presets', '--plugins', '-x', '--extensions', '--config-file'],
  pm2: [
    '-i',
    '--instances',
    '-n',
    '--name',
    '--interpreter',
    '--node-args',
    '-l',
    '--log',
    '-o',
    '--output',
    '-e',
    '--error',
    '--env',
    '--only',
    '--max-memory-restart',
    '--cwd',
    '-w',
    '--log-date-format',
    '--cron',
  ],
  fastify: [
    '-p',
    '--port',
    '-a',
    '--address',
    '-l',
    '--log-level',
    '-x',
    '--prefix',
    '-T',
    '--plugin-timeout',
    '-r',
    '--require',
    '-i',
    '--import',
    '--ignore-watch',
    '-c',
    '--config',
    '-d',
    '--debug-port',
  ],
  bun: [
    '-r',
    '--preload',
    '--cwd',
    '--env-file',
    '-c',
    '--config',
    '--tsconfig-override',
    '--port',
  ],
  tsx: [
    '--tsconfig',
    '--env-file',
    '-r',
    '--require',
    '--import',
    '--include',
    '--exclude',
    '--ignore',
  ],
};
const SAME_OPTIONS: Readonly<Record<string, string>> = {
  nodejs: 'node',
  'ts-node-dev': 'ts-node',
  tsnd: 'ts-node',
  'ts-node-esm': 'ts-node',
  'ts-node-script': 'ts-node',
  'node-dev': 'node',
  'pm2-runtime': 'pm2',
  'pm2-docker': 'pm2',
};
const PRELOADS = new Set(['-r', '--require', '--import', '--preload']);
/** Words before the file that are part of the tool's own grammar. */
const SUBCOMMANDS = new Set(['run', 'start', 'watch', 'exec', 'restart', 'dev', 'serve']);
const RUNTIMES =
  /^(node|nodejs|nodemon|node-dev|ts-node|ts-node-dev|ts-node-esm|ts-node-script|tsnd|tsx|babel-node|swc-node|esno|esmo|jiti|vite-node|sucrase-node|coffee|forever|supervisor|pm2|pm2-runtime|pm2-docker|bun|deno|zx|fastify|probot|micro|electron|functions-framework|moleculer-runner|remix-serve|react-router-serve|nest)$/;
const FRAMEWORKS =
  /^(next|nuxt|nuxi|astro|strapi|keystone|payload|medusa|directus|blitz|redwood|rw|sls|wrangler)$/;

/** Does a step run code of the project (rather than a tool on it)? */
export function runsProject(step: Pick<CommandStep, 'argv'>): boolean {
  const tool = stepTool(step);
  return RUNTIMES.test(tool) || FRAMEWORKS.test(tool);
}

/**
 * The files that a step starts.
 * @param resolve tells whether locations lead to a source file, so that option values are not taken for one
 */
export function startedFiles(
  project: Project,
  step: CommandStep,
  resolve: (locations: readonly string[]) => string | undefined,
): StartedFile[] {
  const tool = stepTool(step);
  const words = step.words ?? [];
  if (tool === 'nest') return nestFile(project, step);
  if (!RUNTIMES.test(tool)) {
    // `c8 node x`, `clinic doctor -- node x`.
    const inner = words.findIndex((word, index) => index > 0 && RUNTIMES.test(word.text));
    const wraps =
      /^(c8|nyc|clinic|0x|autocannon|dd-trace|newrelic|istanbul|start-server-and-test|clarinet)$/.test(
        tool,
      );
    if (inner < 0 || !wraps) return [];
    const argv = words.slice(inner).map((word) => word.text);
    return startedFiles(project, { ...step, argv, words: words.slice(inner) }, resolve);
  }
  const { files, preloads } = readWords(SAME_OPTIONS[tool] ?? tool, words);
  const script = files.find(
    (word) => resolve(word.locations) !== undefined && !word.locations.some(isPm2Path),
  );
  const started: StartedFile[] = preloads
    .filter((word) => /^\.{0,2}\//.test(word.text) && resolve(word.locations) !== undefined)
    .map((word) => ({ locations: word.locations, declaredAt: word, preloaded: true }));
  if (tool === 'nodemon') return [...started, ...nodemonFiles(project, step, script, resolve)];
  if (script) started.push({ locations: script.locations, declaredAt: script, preloaded: false });
  return started;
}

function readWords(
  tool: string,
  words: readonly CommandWord[],
): { files: CommandWord[]; preloads: CommandWord[] } {
  const valued = VALUED[tool] ?? ['-r', '--require', '--import', '-c', '--config'];
  const files: CommandWord[] = [];
  const preloads: CommandWord[] = [];
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at];
    if (!word) break;
    const { text } = word;
    if (/^(-e|-p|-pe|--eval|--print)$/.test(text) && tool === 'node')
      return { files: [], preloads };
    if (text === '--test') return { files: [], preloads };
    if (text === '--') continue;
    if (valued.includes(text)) {
      const value = words[at + 1];
      if (value && PRELOADS.has(text)) preloads.push(value);
      at += 1;
    } else if (
      !text.startsWith('-') &&
      !(files.length === 0 && SUBCOMMANDS.has(text) && tool !== 'node')
    ) {
      files.push(word);
      // What follows the script are its own arguments.
      if (tool === 'node' || /\.[cm]?[jt]sx?$/.test(text)) break;
    }
  }
  return { files, preloads };
}

/** nodemon: its `--exec` or configured command, with the script it is given, else the package's `main`. */
function nodemonFiles(
  project: Project,
  step: CommandStep,
  script: CommandWord | undefined,
  resolve: (locations: readonly string[]) => string | undefined,
): StartedFile[] {
  if (script) return [{ locations: script.locations, declaredAt: script, preloaded: false }];
  const folder = step.folder ?? '';
  const info = nearestPackage(project.packages, folder);
  const at = (step.words ?? []).findIndex((word) => word.text === '-x' || word.text === '--exec');
  const given = at >= 0 ? step.words?.[at + 1] : undefined;
  const configPath = joinPath(folder, 'nodemon.json') ?? '';
  const configured = project.files.json(configPath);
  const own = info && project.files.json(info.manifestPath);
  const command = given
    ? { path: given.path, text: opaqueText(given.text, given.span) }
    : (inFile(configPath, configured && jsonText(configured, jsonAt(configured, ['exec']))) ??
      (info &&
        inFile(info.manifestPath, own && jsonText(own, jsonAt(own, ['nodemonConfig', 'exec'])))));
  if (command) {
    const scope = rootScope(command.path, folderPlace(project.packages, folder));
    const found = expandText(project, command.text, scope)
      .filter((inner) => stepTool(inner) !== 'nodemon')
      .flatMap((inner) => startedFiles(project, inner, resolve));
    if (found.length > 0) return found;
  }
  return info ? mainFile(info, step) : [];
}

function inFile(
  path: string,
  text: ReturnType<typeof jsonText>,
): { path: string; text: NonNullable<typeof text> } | undefined {
  return text && { path, text };
}

function mainFile(info: PackageInfo, step: CommandStep): StartedFile[] {
  const main = typeof info.manifest['main'] === 'string' ? info.manifest['main'] : 'index.js';
  const location = joinPath(info.dir, main);
  if (location === undefined) return [];
  return [
    { locations: [location], declaredAt: { path: step.path, span: step.span }, preloaded: false },
  ];
}

function nestFile(project: Project, step: CommandStep): StartedFile[] {
  if (!step.argv.includes('start')) return [];
  const info = nearestPackage(project.packages, step.folder ?? '');
  const name = step.argv
    .slice(step.argv.indexOf('start') + 1)
    .find((word) => !word.startsWith('-'));
  const projects = nestProjects(project.files, info?.dir ?? '');
  const chosen =
    projects.find((one) => one.name !== undefined && one.name === name) ??
    projects.find((one) => one.name === undefined);
  const sourceRoot = chosen?.sourceRoot ?? joinPath(info?.dir ?? '', 'src') ?? 'src';
  const entryFile = (chosen?.entryFile ?? 'main').replace(/\.[jt]s$/, '');
  const locations = [joinPath(sourceRoot, entryFile), joinPath(info?.dir ?? '', entryFile)].flatMap(
    (path) => path ?? [],
  );
  return [{ locations, declaredAt: { path: step.path, span: step.span }, preloaded: false }];
}
