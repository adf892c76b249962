import { globMatcher } from '../../base/globs';
import { baseName, folderOf, isInside, joinPath } from '../../base/paths';
import { record } from '../../base/plain-data';
import { parseShellSyntax } from '../../languages/shell';
import { yamlData, yamlDocuments } from '../../languages/yaml';
import type { ProjectFiles } from '../../project/files/files';
import { ciJobs } from '../../project/manifests/ci';
import type { ProjectModel } from '../../project/model';
import type { Tool } from './table';

/** A place where a tool is run on files. */
export interface Run {
  readonly tool: Tool;
  /** Is it run on this file? */
  covers(path: string): boolean;
  /** Rules that the command switches off. */
  readonly ignored: readonly string[];
}

const COMMANDS: Readonly<Record<string, Tool>> = {
  hadolint: 'hadolint',
  eslint: 'eslint',
  'sonar-scanner': 'sonar',
};
const RUNNERS = /^(?:npx|pnpx|bunx|pnpm|yarn|npm|bun|exec|dlx|run|sudo|--|--no-install|--yes|-y)$/;
const ACTIONS: readonly { readonly name: RegExp; readonly tool: Tool }[] = [
  { name: /^hadolint\/hadolint-action@/, tool: 'hadolint' },
  { name: /^SonarSource\/(?:sonarqube-scan|sonarcloud-github)-action@/i, tool: 'sonar' },
];
const HOOKS: Readonly<Record<string, Tool>> = {
  hadolint: 'hadolint',
  'hadolint-docker': 'hadolint',
  eslint: 'eslint',
};

/** Every run of a tool that scripts, CI and hooks before commits have; they are read, never run. */
export function toolRuns(model: ProjectModel): readonly Run[] {
  return [
    ...model.packages.flatMap(({ dir, scripts }) =>
      [...scripts.values()].flatMap(({ command }) => runsOf(command, dir, model.files)),
    ),
    ...ciRuns(model.files),
    ...hookRuns(model.files),
  ];
}

function ciRuns(files: ProjectFiles): Run[] {
  return ciJobs(files).flatMap(({ steps }) =>
    steps.flatMap(({ run, uses, inputs, folder = '', isRemote }) => {
      if (run && !isRemote) return runsOf(run.value, folder, files);
      const action = ACTIONS.find(({ name }) => name.test(uses?.value ?? ''));
      if (!action) return [];
      const input = (name: string): string | undefined =>
        inputs.find((each) => each.name === name)?.value ?? undefined;
      if (action.tool === 'sonar') {
        const base = joinPath(folder, input('projectBaseDir') ?? '.') ?? folder;
        return sonarRun(words(input('args') ?? ''), base, files);
      }
      const ignored = (input('ignore') ?? '').split(/[\s,]+/);
      const file = input('dockerfile') ?? 'Dockerfile';
      const covers =
        input('recursive') === 'true'
          ? (path: string) => isNamedAs(path, baseName(file))
          : (path: string) => path === joinPath(file);
      return [{ tool: action.tool, covers, ignored }];
    }),
  );
}

function isNamedAs(path: string, name: string): boolean {
  return name.includes('*') ? globMatcher(name)(baseName(path)) : baseName(path) === name;
}

/** Hooks of pre-commit, and commands of husky and lefthook. */
function hookRuns(files: ProjectFiles): Run[] {
  const husky = files.paths.flatMap((path) =>
    /(^|\/)\.husky\/[\w-]+$/.test(path)
      ? runsOf(files.text(path) ?? '', folderOf(folderOf(path)), files)
      : [],
  );
  const lefthook = files.paths.flatMap((path) =>
    /(^|\/)\.?lefthook\.ya?ml$/.test(path)
      ? Object.values(record(yamlOf(files, path)) ?? {}).flatMap((hook) =>
          Object.values(record(record(hook)?.['commands']) ?? {}).flatMap((command) => {
            const run = record(command)?.['run'];
            return typeof run === 'string' ? runsOf(run, folderOf(path), files) : [];
          }),
        )
      : [],
  );
  return [...husky, ...lefthook, ...preCommitRuns(files)];
}

function preCommitRuns(files: ProjectFiles): Run[] {
  const config = record(yamlOf(files, '.pre-commit-config.yaml'));
  return list(config?.['repos']).flatMap((repo) =>
    list(record(repo)?.['hooks']).flatMap((given): Run[] => {
      const hook = record(given) ?? {};
      const tool = HOOKS[String(hook['id'])];
      if (!tool) return [];
      const included = pattern(hook['files'], /(?:)/);
      const excluded = pattern(hook['exclude'], /$^/);
      // What nobody can read is taken for a run on nothing.
      if (!included || !excluded) return [];
      const covers = (path: string): boolean => included.test(path) && !excluded.test(path);
      return [{ tool, covers, ignored: ignoredIn(list(hook['args']).map(String)) }];
    }),
  );
}

/** The pattern of a hook as it is, if it is a plain one: others may be written in Python's own way, or take for ever. */
function pattern(given: unknown, absent: RegExp): RegExp | undefined {
  if (given === undefined || given === '') return absent;
  if (typeof given !== 'string' || !/^[\w^$.\\/|-]{1,200}$/.test(given)) return undefined;
  try {
    return new RegExp(given);
  } catch {
    return undefined;
  }
}

/** The runs that a shell text has. */
function runsOf(text: string, dir: string, files: ProjectFiles): Run[] {
  if (!/eslint|hadolint|sonar-scanner/.test(text)) return [];
  return parseShellSyntax(text).commands.flatMap((command) => {
    const all = command.words.map((word) => word.text);
    const start = all.findIndex((word) => !RUNNERS.test(word));
    const tool = COMMANDS[all[start] ?? ''];
    const args = all.slice(start + 1);
    if (!tool) return [];
    if (tool === 'sonar') return sonarRun(args, dir, files);
    const targets = args.filter((arg, index) => !arg.startsWith('-') && !isValue(args[index - 1]));
    const isAll = tool === 'eslint' && targets.length === 0;
    const covers = isAll ? (path: string) => isInside(path, dir) : coveredBy(targets, dir);
    return [{ tool, covers, ignored: ignoredIn(args) }];
  });
}

/** Is what follows an option its value? Of options that are not known it is taken for one: then too little counts as run, not too much. */
function isValue(before: string | undefined): boolean {
  if (before?.startsWith('-') !== true || before.includes('=')) return false;
  return !/^--(?:fix|cache|quiet|no-[\w-]+|report-unused-disable-directives|no-fail)$/.test(before);
}

function coveredBy(targets: readonly string[], dir: string): (path: string) => boolean {
  const tests = targets.map((target) => {
    if (/[*?{[]/.test(target)) return globMatcher(joinPath(dir, target) ?? '');
    const at = joinPath(dir, target);
    return (path: string) => at !== undefined && isInside(path, at);
  });
  return (path) => tests.some((test) => test(path));
}

/**
 * Sonar looks where it is told to, by its arguments or else by the file in its folder; where neither says so, or the file names several
 * modules, nothing is known.
 */
function sonarRun(args: readonly string[], dir: string, files: ProjectFiles): Run[] {
  const given = (key: string): string | undefined => {
    const start = `-Dsonar.${key}=`;
    return args.find((arg) => arg.startsWith(start))?.slice(start.length);
  };
  const base = joinPath(dir, given('projectBaseDir') ?? '.') ?? dir;
  const file = given('project.settings') ?? 'sonar-project.properties';
  const saved = propertiesOf(files.text(joinPath(base, file) ?? '') ?? '');
  const value = (key: string): string | undefined => given(key) ?? saved.get(`sonar.${key}`);
  const sources = value('sources');
  if (sources === undefined || value('modules') !== undefined) return [];
  const isIn = coveredBy(listed(sources), base);
  const isOut = globMatcher(
    listed(value('exclusions') ?? '').map((glob) => joinPath(base, glob) ?? glob),
  );
  const only = listed(value('inclusions') ?? '').map((glob) => joinPath(base, glob) ?? glob);
  const isWanted = only.length === 0 ? () => true : globMatcher(only);
  const covers = (path: string): boolean => isIn(path) && isWanted(path) && !isOut(path);
  return [{ tool: 'sonar', covers, ignored: [] }];
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** What a file of Java properties says, by key; lines that end with a backslash go on. */
function propertiesOf(text: string): ReadonlyMap<string, string> {
  const lines = text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const [key = '', ...value] = line.split(/[=:]/);
      const name = key.trim();
      return value.length === 0 || /^[#!]/.test(name)
        ? []
        : [[name, line.slice(key.length + 1).trim()] as const];
    }),
  );
}

function ignoredIn(args: readonly string[]): string[] {
  return args.flatMap((arg, index) =>
    arg === '--ignore' ? (args[index + 1] ?? []) : (/^--ignore=(.+)$/.exec(arg)?.[1] ?? []),
  );
}

function words(text: string): string[] {
  return parseShellSyntax(text).commands.flatMap((command) =>
    command.words.map((word) => word.text),
  );
}

function yamlOf(files: ProjectFiles, path: string): unknown {
  const [document] = yamlDocuments(files.yaml(path));
  return document && yamlData(document);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
