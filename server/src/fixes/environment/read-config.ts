import { combineChanges, fileEdit } from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import type { ProjectModel } from '../../project/model';
import { importName, type ImportRequest } from '../code/imports';
import { specifierFor } from '../code/specifier';
import { quoted, type SourceStyle } from '../code/style';
import { configEntry, settingOf, type ConfigEntry } from './config-entry';
import { configModule, type ConfigModule } from './config-module';
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
  const entry = configEntry(model, config, settingOf(site, resolved, need));
  if (!entry) return undefined;
  const { syntax, style, placement } = resolved;
  const imported = importName(syntax, style, importOf(model, path, config));
  const read = readOf(imported.text, config, entry, style);
  return combineChanges(
    [fileEdit(config.path, entry.edits)],
    [fileEdit(path, [...imported.edits, placement.put(read + resolved.suffix, 'primary')])],
  );
}

/** A required variable as a setting of the package's config module. */
export interface RequiredSetting {
  /** What has to be imported to read it. */
  readonly request: ImportRequest;
  /** The code that reads it. */
  read(imported: string, style: SourceStyle): string;
  /** What puts it into the config module. */
  readonly changes: readonly FileChange[];
}

/**
 * A variable that the start requires through the package's config module.
 * @param path the module that reads it; may be one that is yet to be written
 * @returns undefined where there is no such module, or it cannot say so
 */
export function requiredSetting(
  model: ProjectModel,
  path: string,
  name: string,
): RequiredSetting | undefined {
  const config = configModule(path, model);
  if (!config || config.path === path || importsTransitively(model, config.path, path))
    return undefined;
  const setting = { name, type: 'string', need: 'required', value: '', original: '' } as const;
  const entry = configEntry(model, config, setting);
  return (
    entry && {
      request: importOf(model, path, config),
      read: (imported, style) => readOf(imported, config, entry, style),
      changes: entry.edits.length > 0 ? [fileEdit(config.path, entry.edits)] : [],
    }
  );
}

function importOf(model: ProjectModel, path: string, config: ConfigModule): ImportRequest {
  const { exported, variable } = config;
  return {
    specifier: specifierFor(model, path, config.path),
    name: exported,
    local: exported === 'default' ? (variable ?? 'config') : exported,
  };
}

function readOf(
  imported: string,
  { shape }: ConfigModule,
  { key }: ConfigEntry,
  style: SourceStyle,
): string {
  return shape.kind === 'convict' ? `${imported}.get(${quoted(key, style)})` : `${imported}.${key}`;
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
