import { globMatcher } from '../../base/globs';
import { baseName } from '../../base/paths';
import { jsonAt, jsonText } from '../../languages/json';
import type { MappedText } from '../../languages/mapped-text';
import { yamlAt, yamlDocuments, yamlText } from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import { literalAt, literalText, moduleLiteral } from '../manifests/js-literal';
import type { PackageInfo } from '../model';
import type { RunnerCall } from './command-lines/runners';
import type { Place } from './place';
import type { Project } from './scope';

/** The text of a package script, mapped into its package.json; undefined when there is none of that name. */
export function scriptText(
  files: ProjectFiles,
  info: PackageInfo,
  name: string,
): MappedText | undefined {
  if (!info.scripts.has(name)) return undefined;
  const syntax = files.json(info.manifestPath);
  return syntax && jsonText(syntax, jsonAt(syntax, ['scripts', name]));
}

/** The packages whose script a runner's call means. */
export function targetPackages(
  { packages }: Project,
  call: Extract<RunnerCall, { kind: 'script' }>,
  place: Place,
): readonly PackageInfo[] {
  const here = place.package;
  const { target } = call;
  const root = here?.workspaceRoot ?? here;
  const members = packages.filter((info) => info.workspaceRoot === root || info === root);
  switch (target.kind) {
    case 'here':
      return here ? [here] : [];
    case 'folder': {
      const info = place.enter(target.folder).package;
      return info ? [info] : [];
    }
    case 'workspace':
      return members.filter((info) => target.names.some((name) => isNamed(info, name)));
    case 'every-workspace':
      return members.filter((info) => info !== root && info.scripts.has(call.name));
  }
}

/** Workspace selectors: a name, a folder, `@scope/*`, pnpm's `name...` and `...name`, `{folder}`. */
function isNamed(info: PackageInfo, selector: string): boolean {
  if (selector.startsWith('!')) return false;
  const bare = selector
    .replace(/^\.\.\.\^?|\^?\.\.\.$/g, '')
    .replace(/^\{(.*)\}$/, '$1')
    .replace(/^\.\//, '')
    .replace(/(?<!\/)\/+$/, '');
  if (bare === '') return false;
  if (info.name === bare || info.dir === bare || baseName(info.dir) === bare) return true;
  if (info.name !== undefined && baseName(info.name) === bare) return true;
  return /[*?]/.test(bare) && globMatcher(bare)(info.name ?? info.dir);
}

/**
 * A script of nps: package-scripts.js (or .yml), by its dotted name; a group stands for its `default`.
 * @returns the command line and the file it is written in
 */
export function npsScript(
  files: ProjectFiles,
  place: Place,
  name: string,
): { path: string; text: MappedText } | undefined {
  const parts = name.split('.');
  const path = [
    'package-scripts.js',
    'package-scripts.cjs',
    'package-scripts.mjs',
    'package-scripts.yml',
  ]
    .flatMap((file) => place.locate(file))
    .find((candidate) => files.has(candidate));
  if (path === undefined) return undefined;
  if (path.endsWith('.yml')) {
    const syntax = files.yaml(path);
    const [document] = yamlDocuments(syntax);
    if (!syntax || !document) return undefined;
    const text = [[], ['script'], ['default'], ['default', 'script']]
      .map((more) => yamlText(syntax, yamlAt(document, ['scripts', ...parts, ...more])))
      .find((found) => found !== undefined);
    return text && { path, text };
  }
  const syntax = files.source(path);
  const scripts = syntax && literalAt(moduleLiteral(syntax), 'scripts');
  const text = [[], ['script'], ['default'], ['default', 'script']]
    .map((more) => literalText(literalAt(scripts, ...parts, ...more)))
    .find((found) => found !== undefined);
  return text && { path, text };
}
