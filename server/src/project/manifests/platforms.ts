import { baseName, folderOf, joinPath } from '../../base/paths';
import { record } from '../../base/plain-data';
import type { Span } from '../../base/span';
import { jsonAt, jsonText } from '../../languages/json';
import type { MappedText } from '../../languages/mapped-text';
import { tomlAt, tomlEntry, tomlText, type TomlSyntax } from '../../languages/toml';
import {
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  yamlString,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import { manifestText, type EnvironmentEntry } from './scalars';

/** A process that a platform manifest (fly.toml, render.yaml, railway, nixpacks, app.yaml, DigitalOcean) starts. */
export interface PlatformProcess {
  readonly path: string;
  /** "fly.toml processes.web" … */
  readonly origin: string;
  /** The process's or service's name, where it has one. */
  readonly name: string;
  readonly kind: 'web' | 'worker' | 'clock' | 'release' | 'other';
  readonly text: MappedText;
  /** Where it runs, relative to the root. */
  readonly folder: string;
}

export interface PlatformManifest {
  readonly path: string;
  readonly processes: readonly PlatformProcess[];
  readonly environment: readonly EnvironmentEntry[];
}

/** All platform manifests of the project, by path. */
export function platformManifests(files: ProjectFiles): PlatformManifest[] {
  return files.paths.flatMap((path) => {
    const name = baseName(path);
    if (/^fly([._-][\w-]+)?\.toml$/.test(name)) return fly(files, path) ?? [];
    if (name === 'railway.toml' || name === 'nixpacks.toml') return railwayToml(files, path) ?? [];
    if (name === 'railway.json') return railwayJson(files, path) ?? [];
    if (/^render\.ya?ml$/.test(name)) return render(files, path) ?? [];
    if (/^app\.ya?ml$/.test(name)) return appYaml(files, path) ?? [];
    if (name === 'heroku.yml') return heroku(files, path) ?? [];
    if (name === '.platform.app.yaml') return platformSh(files, path) ?? [];
    return [];
  });
}

function fly(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.toml(path);
  if (!syntax || syntax.error !== undefined) return undefined;
  const processes: PlatformProcess[] = [];
  const folder = folderOf(path);
  for (const name of Object.keys(record(tomlAt(syntax, ['processes'])) ?? {})) {
    const text = tomlText(syntax, ['processes', name]);
    if (text)
      processes.push({
        path,
        origin: `fly.toml processes.${name}`,
        name,
        kind: 'other',
        text,
        folder,
      });
  }
  const release = tomlText(syntax, ['deploy', 'release_command']);
  if (release)
    processes.push({
      path,
      origin: 'fly.toml deploy.release_command',
      name: 'release',
      kind: 'release',
      text: release,
      folder,
    });
  return { path, processes, environment: tomlEnvironment(syntax, ['env']) };
}

function railwayToml(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.toml(path);
  if (!syntax || syntax.error !== undefined) return undefined;
  const name = baseName(path);
  const folder = folderOf(path);
  const entries: [readonly string[], PlatformProcess['kind']][] = [
    [['deploy', 'startCommand'], 'web'],
    [['start', 'cmd'], 'web'],
    [['deploy', 'preDeployCommand'], 'release'],
  ];
  const processes = entries.flatMap(([key, kind]): PlatformProcess[] => {
    const text = tomlText(syntax, key);
    return text
      ? [{ path, origin: `${name} ${key.join('.')}`, name: kind, kind, text, folder }]
      : [];
  });
  return { path, processes, environment: tomlEnvironment(syntax, ['variables']) };
}

function railwayJson(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.json(path);
  if (!syntax) return undefined;
  const entries: [string, PlatformProcess['kind']][] = [
    ['startCommand', 'web'],
    ['preDeployCommand', 'release'],
  ];
  const processes = entries.flatMap(([key, kind]): PlatformProcess[] => {
    const text = jsonText(syntax, jsonAt(syntax, ['deploy', key]));
    return text
      ? [
          {
            path,
            origin: `railway.json deploy.${key}`,
            name: kind,
            kind,
            text,
            folder: folderOf(path),
          },
        ]
      : [];
  });
  return { path, processes, environment: [] };
}

/** `heroku.yml`: `run` names processes, each a command or a mapping with `command`; `release` is run once. */
function heroku(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return undefined;
  const folder = folderOf(path);
  const commands = (node: YamlNode | undefined): readonly MappedText[] => {
    const inner = (node && yamlAt(document, ['command'], node)) ?? node;
    const items = yamlItems(document, inner);
    return (items.length > 0 ? items : inner ? [inner] : []).flatMap(
      (item) => manifestText(syntax, item)?.mapped ?? [],
    );
  };
  const processes = [
    ...commands(yamlAt(document, ['release'])).map((text): PlatformProcess => ({
      path,
      origin: 'heroku.yml release',
      name: 'release',
      kind: 'release',
      text,
      folder,
    })),
    ...yamlEntries(document, yamlAt(document, ['run'])).flatMap(({ key, value }) =>
      commands(value).map((text): PlatformProcess => ({
        path,
        origin: `heroku.yml run.${key}`,
        name: key,
        kind: key === 'web' ? 'web' : 'other',
        text,
        folder,
      })),
    ),
  ];
  const environment = yamlEntries(document, yamlAt(document, ['build', 'config'])).map((entry) => ({
    name: entry.key,
    nameSpan: entry.keySpan,
    value: yamlString(entry.value),
    valueSpan: undefined,
    span: entry.span,
  }));
  return { path, processes, environment };
}

/** `.platform.app.yaml` of Platform.sh: the start commands of `web` and `workers`, and the hook that deploys. */
function platformSh(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return undefined;
  const process = (
    keys: readonly string[],
    name: string,
    kind: PlatformProcess['kind'],
  ): PlatformProcess[] => {
    const text = manifestText(syntax, yamlAt(document, keys));
    const origin = `${baseName(path)} ${keys.join('.')}`;
    return text ? [{ path, origin, name, kind, text: text.mapped, folder: folderOf(path) }] : [];
  };
  const workers = yamlEntries(document, yamlAt(document, ['workers']));
  return {
    path,
    processes: [
      ...process(['web', 'commands', 'start'], 'web', 'web'),
      ...workers.flatMap(({ key }) =>
        process(['workers', key, 'commands', 'start'], key, 'worker'),
      ),
      ...process(['hooks', 'deploy'], 'release', 'release'),
    ],
    environment: [],
  };
}

const RENDER_KINDS: Readonly<Record<string, PlatformProcess['kind']>> = {
  web: 'web',
  pserv: 'web',
  worker: 'worker',
  cron: 'clock',
};

function render(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return undefined;
  const processes: PlatformProcess[] = [];
  const environment: EnvironmentEntry[] = [];
  for (const service of yamlItems(document, yamlAt(document, ['services']))) {
    const at = (key: string): YamlNode | undefined => yamlAt(document, [key], service);
    const name = yamlString(at('name')) ?? '';
    const folder = joinPath(folderOf(path), yamlString(at('rootDir')) ?? '') ?? '';
    const kind = RENDER_KINDS[yamlString(at('type')) ?? ''] ?? 'other';
    for (const key of ['startCommand', 'dockerCommand', 'preDeployCommand', 'initialDeployHook']) {
      const text = manifestText(syntax, at(key));
      const release = key === 'preDeployCommand' || key === 'initialDeployHook';
      if (text)
        processes.push({
          path,
          origin: `render.yaml ${key}`,
          name,
          kind: release ? 'release' : kind,
          text: text.mapped,
          folder,
        });
    }
    environment.push(...listedVariables(syntax, document, at('envVars')));
  }
  for (const group of yamlItems(document, yamlAt(document, ['envVarGroups']))) {
    environment.push(...listedVariables(syntax, document, yamlAt(document, ['envVars'], group)));
  }
  return { path, processes, environment };
}

/** `app.yaml` of App Engine (`entrypoint`) and of DigitalOcean (`services[].run_command`). */
function appYaml(files: ProjectFiles, path: string): PlatformManifest | undefined {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return undefined;
  const processes: PlatformProcess[] = [];
  const environment: EnvironmentEntry[] = [];
  const folder = folderOf(path);
  const entrypoint =
    yamlAt(document, ['runtime']) && manifestText(syntax, yamlAt(document, ['entrypoint']));
  if (entrypoint)
    processes.push({
      path,
      origin: 'app.yaml entrypoint',
      name: 'web',
      kind: 'web',
      text: entrypoint.mapped,
      folder,
    });
  for (const entry of yamlEntries(document, yamlAt(document, ['env_variables']))) {
    environment.push({
      name: entry.key,
      nameSpan: entry.keySpan,
      value: yamlString(entry.value),
      valueSpan: undefined,
      span: entry.span,
    });
  }
  const kinds: [string, PlatformProcess['kind']][] = [
    ['services', 'web'],
    ['workers', 'worker'],
    ['jobs', 'release'],
  ];
  for (const [key, kind] of kinds) {
    for (const component of yamlItems(document, yamlAt(document, [key]))) {
      const at = (name: string): YamlNode | undefined => yamlAt(document, [name], component);
      const text = manifestText(syntax, at('run_command'));
      const source =
        joinPath(folder.replace(/(^|\/)\.do$/, ''), yamlString(at('source_dir')) ?? '') ?? '';
      if (text)
        processes.push({
          path,
          origin: `app.yaml ${key}`,
          name: yamlString(at('name')) ?? '',
          kind,
          text: text.mapped,
          folder: source,
        });
      environment.push(...listedVariables(syntax, document, at('envs')));
    }
  }
  return { path, processes, environment };
}

/** `- key: A` / `value: b`, and its variants that name another source. */
function listedVariables(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): EnvironmentEntry[] {
  return yamlItems(document, node).flatMap((item) => {
    const key = manifestText(syntax, yamlAt(document, ['key'], item));
    if (!key) return [];
    const value = manifestText(syntax, yamlAt(document, ['value'], item));
    const span: Span = { start: key.span.start, end: Math.max(key.span.end, value?.span.end ?? 0) };
    const generated = yamlAt(document, ['generateValue'], item) ?? yamlAt(document, ['sync'], item);
    const source = value ? undefined : generated ? ('secret' as const) : ('other' as const);
    return [
      {
        name: key.value,
        nameSpan: key.span,
        value: value?.value,
        valueSpan: value?.span,
        span,
        ...(source ? { source } : {}),
      },
    ];
  });
}

function tomlEnvironment(syntax: TomlSyntax, path: readonly string[]): EnvironmentEntry[] {
  return Object.entries(record(tomlAt(syntax, path)) ?? {}).flatMap(([name, value]) => {
    const entry = tomlEntry(syntax, [...path, name]);
    const isPlain =
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      typeof value === 'bigint';
    if (!entry || !isPlain) return [];
    const span = { start: entry.keySpan.start, end: entry.valueSpan.end };
    return [
      { name, nameSpan: entry.keySpan, value: String(value), valueSpan: entry.valueSpan, span },
    ];
  });
}
