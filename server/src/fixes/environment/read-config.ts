import { combineChanges, fileEdit } from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import type { ProjectModel } from '../../project/model';
import { importName } from '../code/imports';
import { specifierFor } from '../code/specifier';
import { quoted } from '../code/style';
import { configEntry } from './config-entry';
import { configModule } from './config-module';
import { readFromFastifyEnvironment } from './fastify-env';
import { readFromConfigService } from './nest-config';
import { resolveSite, type EnvironmentSite } from './environment';

/**
 * Reads the variable the way the package reads its settings: through Nest's ConfigService, Fastify's plugin, or its config module.
 * @param need `default`: today's value stays the default; `required`: the start fails without the variable
 * @returns undefined where the package has no way of its own, or that is not certain to be right
 */
export function readFromPackage(
  site: EnvironmentSite,
  need: 'default' | 'required',
): FileChange[] | undefined {
  return (
    readFromConfigService(site, need) ??
    readFromFastifyEnvironment(site, need) ??
    readFromConfig(site, need)
  );
}

/**
 * Adds the variable to the package's config module, with the shape its settings have, and reads the setting in place of the
 * literal.
 * @param need `default`: today's value stays the default; `required`: the start fails without the variable
 * @returns undefined where that is not certain to be right
 */
function readFromConfig(
  site: EnvironmentSite,
  need: 'default' | 'required',
): FileChange[] | undefined {
  const { model, path } = site;
  const config = configModule(path, model);
  const resolved = resolveSite(site);
  if (!config || config.path === path || resolved?.access.prefix !== '') return undefined;
  // A schema of plain values says nothing of lists.
  if (site.form !== undefined || importsTransitively(model, config.path, path)) return undefined;
  const entry = configEntry(model, config, site, resolved, need);
  if (!entry) return undefined;
  const { syntax, style, placement } = resolved;
  const imported = importName(syntax, style, {
    specifier: specifierFor(model, path, config.path),
    name: config.exported,
    local: config.exported === 'default' ? (config.variable ?? 'config') : config.exported,
  });
  const read =
    config.shape.kind === 'convict'
      ? `${imported.text}.get(${quoted(entry.key, style)})`
      : `${imported.text}.${entry.key}`;
  return combineChanges(
    [fileEdit(config.path, entry.edits)],
    [fileEdit(path, [...imported.edits, placement.put(read + resolved.suffix, 'primary')])],
  );
}

/** Would importing `to`'s importer from `from` close a cycle? */
function importsTransitively(model: ProjectModel, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === to) return true;
    if (seen.has(path)) continue;
    seen.add(path);
    for (const one of model.modules.get(path)?.imports ?? [])
      if (one.path !== undefined && !one.typeOnly) open.push(one.path);
  }
  return false;
}
