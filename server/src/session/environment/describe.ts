import type { Location } from '../../base/span';
import { textWithHoles } from '../../base/values';
import { markedValues, maskedValues } from '../../engine/masked';
import type { Rule } from '../../engine/rule';
import type { Reader, VariableCard } from '../../lsp/variable-card';
import {
  isConventional,
  isNamedByOthers,
  isReadByLibraries,
} from '../../project/environment/conventional-variables';
import { exampleFiles, exampleFilesFor } from '../../project/environment/example-files';
import type {
  EntryPoint,
  EnvironmentVariable,
  ProjectModel,
  StartCommand,
} from '../../project/model';
import { query } from '../../project/query';
import { secretKind } from '../../project/secrets/names';
import type { WorkspaceRoot } from '../../workspace/root';

const LONGEST_VALUE = 60;

/**
 * What is known of a variable, from the last full analysis: a look-up, nothing is worked out.
 * @param from the file that somebody points at: example files near it document the variable
 * @param rules whose findings mark credentials
 * @returns undefined for names that are no variable of the project
 */
export function describe(
  name: string,
  from: string,
  root: WorkspaceRoot,
  rules: readonly Rule[],
): VariableCard | undefined {
  const { model } = root.analyzer;
  const variable = model?.environment.get(name);
  if (!model || !variable) return undefined;
  const shown = masking(name, root, rules);
  const examples = examplesFor(variable, from, model);
  const documented = exampleFiles(model).filter(({ names }) => names.has(name));
  return {
    name,
    isSecret: secretKind(name) !== undefined,
    needs: needsOf(variable, shown),
    readers: readersOf(variable, model),
    supplies: variable.supplies
      .filter(({ kind }) => kind !== 'example')
      .map(({ path, span, kind, value, process }) => ({
        path,
        span,
        ...(process ? { process: process.origin } : {}),
        // What an env file holds is nobody's to show.
        value: kind === 'env-file' ? undefined : shown(value, path),
      })),
    documented: documented.map(({ path, names }) => {
      const value = variable.supplies.find(
        (supply) => supply.kind === 'example' && supply.path === path,
      )?.value;
      return { path, span: names.get(name) ?? { start: 0, end: 0 }, value: shown(value, path) };
    }),
    // That something is nowhere shows when all is known.
    lacking:
      root.isKnown && documented.length === 0 && !isConventional(name) ? examples[0] : undefined,
    origin: originOf(variable),
  };
}

function examplesFor(
  { reads }: EnvironmentVariable,
  from: string,
  model: ProjectModel,
): readonly string[] {
  const [first] = reads;
  return exampleFilesFor(model, first?.path ?? from).map(({ path }) => path);
}

function originOf({ name, reads, supplies }: EnvironmentVariable): VariableCard['origin'] {
  const isListed = supplies.some(({ kind }) => kind === 'example');
  if (isNamedByOthers(name, isListed ? 'documented' : 'nowhere')) return 'platform';
  return reads.length === 0 && isReadByLibraries(name) ? 'library' : undefined;
}

type Shown = (value: string | undefined, path: string) => string | undefined;

/** Values as they may be shown: none of a name that says that it is a secret, and `*` for what is one by its form or a finding. */
function masking(name: string, root: WorkspaceRoot, rules: readonly Rule[]): Shown {
  if (secretKind(name) !== undefined) return () => undefined;
  return (value, path) => {
    if (value === undefined || value === '') return undefined;
    const findings = root.report(path)?.findings ?? [];
    const marked = markedValues(findings, rules, (each) => root.analyzer.text(each));
    const masked = maskedValues(value, marked);
    return masked.length > LONGEST_VALUE ? `${masked.slice(0, LONGEST_VALUE)}…` : masked;
  };
}

/** What becomes of the app without the variable, by each place that decides it; the strictest first. */
function needsOf({ reads }: EnvironmentVariable, shown: Shown): VariableCard['needs'] {
  const required: VariableCard['needs'][number][] = [];
  const defaults: VariableCard['needs'][number][] = [];
  for (const { path, fact } of reads) {
    const at = { path, span: fact.span };
    if (fact.required) required.push({ kind: 'required', ...at });
    else if (fact.fallback) {
      const value = shown(textWithHoles(fact.fallback), path);
      defaults.push({ kind: 'default', ...at, ...(value === undefined ? {} : { value }) });
    } else if (fact.via === 'schema') defaults.push({ kind: 'optional', ...at });
  }
  return [...required, ...defaults];
}

/** Which processes read it, each with the places; places that no process reaches come last. */
function readersOf({ reads }: EnvironmentVariable, model: ProjectModel): readonly Reader[] {
  const byProcess = new Map<string, Location[]>();
  for (const { path, fact } of reads) {
    const entries = model.modules.get(path)?.entryPoints ?? [];
    const names = new Set(entries.flatMap((entry) => processesOf(entry, model)));
    for (const process of names.size > 0 ? names : [''])
      byProcess.set(process, [...(byProcess.get(process) ?? []), { path, span: fact.span }]);
  }
  return [...byProcess]
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
    .map(([process, places]) => ({ ...(process === '' ? {} : { process }), places }));
}

/** What starts an entry point in a deploy: manifests, else the scripts that they would run; nothing for tests and builds. */
function processesOf(
  { path, origin, intent, production }: EntryPoint,
  model: ProjectModel,
): readonly string[] {
  const started = starters(model).get(path) ?? [];
  const deployed = started.filter(({ form }) => form !== 'script');
  const commands = deployed.length > 0 ? deployed : started;
  if (commands.length === 0) return production && intent !== 'library' ? [origin] : [];
  return commands.map(({ process, origin: where }) =>
    process === 'other' ? where : `${process} (${where})`,
  );
}

/** The commands of deploys, by the module that they start. */
const starters = query('modules', (model): ReadonlyMap<string, readonly StartCommand[]> => {
  const byEntry = new Map<string, StartCommand[]>();
  for (const command of model.commands)
    if (command.production)
      for (const { path } of model.started(command).entries)
        byEntry.set(path, [...(byEntry.get(path) ?? []), command]);
  return byEntry;
});
