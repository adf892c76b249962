import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { fileEdit } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import { isTestPath } from '../../project/files/paths';
import type { ProjectModel } from '../../project/model';
import { addMapEntry, addSequenceItem } from './yaml-edit';

/**
 * Passes a variable through to the containers of a package, where a compose service that builds it lists its environment one by
 * one: `- NAME`, or `NAME:` without value. Unset stays unset, so today's behaviour is kept.
 * @param path a file of the package
 */
export function passThroughCompose(model: ProjectModel, path: string, name: string): FileChange[] {
  const folder = model.packageOf(path)?.dir ?? '';
  return model.files.paths.filter(isDeployedCompose).flatMap((file) => {
    const syntax = model.files.yaml(file);
    const root = syntax?.notYaml === undefined ? syntax?.documents[0]?.contents : undefined;
    if (!syntax || !isMap(root)) return [];
    const services = root.get('services');
    if (!isMap(services)) return [];
    const edits = services.items.flatMap(({ value }) =>
      isMap(value) && buildsPackage(value, file, folder)
        ? passThrough(syntax.text, value, name)
        : [],
    );
    return edits.length > 0 ? [fileEdit(file, edits)] : [];
  });
}

function isDeployedCompose(path: string): boolean {
  return isComposeFile(path) && !isTestPath(path);
}

/** Is it a compose file by its name? */
function isComposeFile(path: string): boolean {
  return /(^|\/)(docker-)?compose(\.[\w.-]+)?\.ya?ml$/.test(path);
}

function passThrough(text: string, service: YAMLMap, name: string): TextEdit[] {
  const environment = service.get('environment');
  if (isMap(environment))
    return environment.has(name) ? [] : addMapEntry(text, environment, name, undefined);
  if (!isSeq(environment)) return [];
  const names = environment.items.map((item) =>
    isScalar(item) ? String(item.value).split('=')[0] : '',
  );
  return names.includes(name) ? [] : addSequenceItem(text, environment, name);
}

function buildsPackage(service: YAMLMap, file: string, folder: string): boolean {
  const build = service.get('build');
  const base = file.split('/').slice(0, -1);
  if (typeof build === 'string') return joined(base, build) === folder;
  if (!isMap(build)) return false;
  const context: unknown = build.get('context') ?? '.';
  const dockerfile: unknown = build.get('dockerfile');
  if (typeof context !== 'string') return false;
  const place = joined(base, context);
  if (place === folder)
    return (
      typeof dockerfile !== 'string' ||
      !dockerfile.includes('/') ||
      joined(place.split('/'), dockerfile, '..') === folder
    );
  return typeof dockerfile === 'string' && joined(place.split('/'), dockerfile, '..') === folder;
}

function joined(base: readonly string[], ...rest: readonly string[]): string {
  const parts: string[] = [];
  for (const part of [...base, ...rest.flatMap((one) => one.split('/'))]) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
