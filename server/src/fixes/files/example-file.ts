import { fileEdit } from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import { loadsEnvironmentFile } from '../../project/environment/environment-loads';
import { exampleFiles } from '../../project/environment/example-files';
import type { ProjectModel } from '../../project/model';
import type { DocumentedVariable } from '../environment/documented-variables';
import { documentVariable, dotenvValue, mentionVariable, setVariable } from './dotenv-edit';

export type { DocumentedVariable };

/** The usual names of example files, the most usual first. */
const EXAMPLE_NAMES = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.example.env',
  '.sample.env',
  '.template.env',
  'env.example',
  'example.env',
  'env.sample',
  'sample.env',
  'env.template',
  '.env.defaults',
  '.env.local.example',
] as const;

/**
 * The example file for a folder: the nearest existing one from there up to the root, else `.env.example` of the folder.
 * @param folder relative to the root, `` for the root
 */
function exampleFile(
  model: ProjectModel,
  folder: string,
): { readonly path: string; readonly exists: boolean } {
  const parts = folder === '' ? [] : folder.split('/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const at = parts.slice(0, depth);
    const found = EXAMPLE_NAMES.map((name) => [...at, name].join('/')).find((path) =>
      model.files.has(path),
    );
    const other = exampleFiles(model).find(({ folder: own }) => own === at.join('/'))?.path;
    const known = found ?? other;
    if (known !== undefined) return { path: known, exists: true };
  }
  return { path: [...parts, EXAMPLE_NAMES[0]].join('/'), exists: false };
}

/**
 * Adds a line for a variable to the example file of a package; creates the file where there is none. Several fixes of a batch make one
 * file with all their variables. What else the code reads is the matter of `undocumented-variable`, whose fix lists it.
 * @param path a file of the package
 * @returns no change when the line is there, or when git would ignore the new file
 */
export function documentInExample(
  model: ProjectModel,
  path: string,
  variable: DocumentedVariable,
): FileChange[] {
  const folder = model.packageOf(path)?.dir ?? '';
  const file = exampleFile(model, folder);
  if (!file.exists) {
    if (variable.isOptional === true || model.files.wouldIgnore(file.path)) return [];
    return [{ kind: 'create', path: file.path, text: `${exampleLine(variable)}\n` }];
  }
  const syntax = model.files.dotenv(file.path);
  const document = variable.isOptional === true ? mentionVariable : documentVariable;
  const edits = syntax ? document(syntax, variable.name, exampleValue(variable)) : [];
  return edits.length > 0 ? [fileEdit(file.path, edits)] : [];
}

function exampleLine(variable: DocumentedVariable): string {
  const start = variable.isOptional === true ? '# ' : '';
  return `${start}${variable.name}=${dotenvValue(exampleValue(variable))}`;
}

function exampleValue({ value, isSecret }: DocumentedVariable): string {
  return isSecret ? '' : value;
}

/**
 * Puts the real value into the package's `.env`, so that the code still finds it on this machine; only when git ignores the
 * file: the value must not reach a tracked one.
 * @returns no change when `.env` is tracked, would be tracked, or sets the variable already
 */
export function keepValueLocally(
  model: ProjectModel,
  path: string,
  variable: DocumentedVariable,
): FileChange[] {
  const folder = model.packageOf(path)?.dir ?? '';
  const env = [folder === '' ? [] : [folder], '.env'].flat().join('/');
  return model.files.has(env) || loadsEnvironmentFile(model, path)
    ? keepValueIn(model, env, variable)
    : [];
}

/**
 * Puts a value into an env file that git ignores, creating it where git would ignore it.
 * @returns no change when the file is tracked, would be tracked, or sets the variable already
 */
export function keepValueIn(
  model: ProjectModel,
  env: string,
  variable: DocumentedVariable,
): FileChange[] {
  if (!model.files.has(env)) {
    if (!model.files.wouldIgnore(env)) return [];
    return [
      { kind: 'create', path: env, text: `${variable.name}=${dotenvValue(variable.value)}\n` },
    ];
  }
  const syntax = model.files.dotenv(env);
  if (!syntax || !model.files.isIgnored(env)) return [];
  if (
    syntax.entries.some(
      (entry) => entry.name === variable.name && !entry.commented && entry.value !== '',
    )
  )
    return [];
  const edits = setVariable(syntax, variable.name, variable.value);
  return edits.length > 0 ? [fileEdit(env, edits)] : [];
}
