import { baseName } from '../../base/paths';
import type { Span } from '../../base/span';
import { EXAMPLE_ENV_FILES } from '../../vocabulary/paths';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { EnvironmentSupply } from '../model';
import { appManifests } from './app-json';
import { ciJobs } from './ci';
import { composeFiles, type ComposeService } from './compose';
import { kubernetesObjects, type KubernetesObject } from './kubernetes';
import { platformManifests } from './platforms';
import { pm2Apps } from './pm2';
import type { EnvironmentEntry } from './scalars';
import { serverlessEnvironment } from './serverless';

export type NamedSupply = EnvironmentSupply & { readonly name: string };

/**
 * Every place where an artefact of the project supplies or documents a variable: example and env files, compose, Dockerfiles,
 * Kubernetes, CI, app.json and platform manifests. By kind, then by path and order.
 */
export function environmentSupplies(files: ProjectFiles): NamedSupply[] {
  return [
    ...fromEnvFiles(files),
    ...fromCompose(files),
    ...fromDockerfiles(files),
    ...fromKubernetes(files),
    ...fromCi(files),
    ...fromAppManifests(files),
  ];
}

/**
 * Is an env file one that documents variables rather than setting them: `.env.example`, `.example.env`, `env.sample`,
 * `.env.template`, `.env.dist`, `.env.defaults`?
 */
export function isExampleEnvPath(path: string): boolean {
  return EXAMPLE_ENV_FILES.isIn(baseName(path));
}

function fromEnvFiles(files: ProjectFiles): NamedSupply[] {
  const services = servicesOfEnvFiles(files);
  return [...files.paths, ...files.ignoredPaths].sort().flatMap((path) => {
    if (files.kind(path) !== 'dotenv') return [];
    const kind = isExampleEnvPath(path) ? 'example' : 'env-file';
    return (files.dotenv(path)?.entries ?? []).flatMap((entry): NamedSupply[] => {
      // A commented line documents a variable; it sets nothing.
      if (entry.commented && kind !== 'example') return [];
      const supplied = {
        name: entry.name,
        path,
        span: entry.lineSpan,
        kind,
        value: entry.commented ? undefined : entry.value,
      } as const;
      const owners = services.get(path) ?? [];
      return owners.length === 0
        ? [supplied]
        : owners.map((process): NamedSupply => ({ ...supplied, process }));
    });
  });
}

/**
 * The services that compose gives an env file to (`env_file: worker.env`), where it is one of their own: `.env` is everybody's.
 */
function servicesOfEnvFiles(
  files: ProjectFiles,
): ReadonlyMap<string, readonly Required<NamedSupply>['process'][]> {
  const owners = new Map<string, Required<NamedSupply>['process'][]>();
  for (const file of composeFiles(files))
    for (const service of file.services)
      for (const { path } of service.envFiles)
        if (baseName(path) !== '.env')
          owners.set(path, [...(owners.get(path) ?? []), processOf(file.path, service)]);
  return owners;
}

function processOf(path: string, service: ComposeService): Required<NamedSupply>['process'] {
  const isItsOwn = service.command ?? service.entrypoint;
  const dockerfile = isItsOwn ? undefined : service.build?.dockerfile;
  return {
    origin: `${baseName(path)} ${service.name}`,
    ...(dockerfile === undefined ? {} : { dockerfile }),
  };
}

function fromCompose(files: ProjectFiles): NamedSupply[] {
  return composeFiles(files).flatMap((file) =>
    file.services.flatMap((service) =>
      supplies(file.path, 'compose', service.environment, processOf(file.path, service)),
    ),
  );
}

function fromDockerfiles(files: ProjectFiles): NamedSupply[] {
  return filesOfKind(files, 'dockerfile').flatMap((path) => {
    const syntax = files.dockerfile(path);
    const instructions = [
      ...(syntax?.globals ?? []),
      ...(syntax?.stages.flatMap((stage) => stage.instructions) ?? []),
    ];
    return instructions
      .filter((one) => one.keyword === 'ENV' || one.keyword === 'ARG')
      .flatMap((one) =>
        one.pairs.map((pair) => supply(pair.name, path, pair.span, 'dockerfile', pair.value)),
      );
  });
}

/** `env` of containers, and the keys of ConfigMaps and Secrets that are passed as a whole. */
function fromKubernetes(files: ProjectFiles): NamedSupply[] {
  const objects = kubernetesObjects(files);
  const named = (kind: string, name: string): KubernetesObject[] =>
    objects.filter((object) => object.kind === kind && object.name === name);
  return objects.flatMap((object) =>
    object.containers.flatMap((container) => [
      ...supplies(object.path, 'kubernetes', container.env, originOf(object)),
      ...container.envFrom.flatMap((from) =>
        named(from.kind === 'config' ? 'ConfigMap' : 'Secret', from.name).flatMap((source) =>
          supplies(
            source.path,
            'kubernetes',
            (from.kind === 'secret' ? source.data.map(withoutValue) : source.data).map((entry) => ({
              ...entry,
              name: from.prefix + entry.name,
            })),
            originOf(object),
          ),
        ),
      ),
    ]),
  );
}

function fromCi(files: ProjectFiles): NamedSupply[] {
  const seen = new Set<string>();
  return ciJobs(files)
    .flatMap((job) => supplies(job.path, 'ci', job.environment))
    .filter(({ path, span }) => {
      // What encloses several jobs is listed with each of them.
      const key = `${path}:${span.start}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function fromAppManifests(files: ProjectFiles): NamedSupply[] {
  return [
    ...appManifests(files).flatMap((manifest) =>
      supplies(manifest.path, 'app-manifest', manifest.environment),
    ),
    ...platformManifests(files).flatMap((manifest) =>
      supplies(manifest.path, 'app-manifest', manifest.environment),
    ),
    ...files.paths
      .filter((path) => /(^|\/)serverless([._-][\w-]+)?\.ya?ml$/.test(path))
      .flatMap((path) => supplies(path, 'app-manifest', serverlessEnvironment(files, path))),
    ...pm2Apps(files).flatMap((app) =>
      [...app.settings].flatMap(([key, setting]) =>
        /^env(_\w+)?$/.test(key)
          ? [...setting.nested].map(([name, value]) =>
              supply(name, app.path, value.span, 'app-manifest', plainText(value.plain), {
                origin: `pm2 app ${app.name}`.trim(),
              }),
            )
          : [],
      ),
    ),
  ];
}

function withoutValue(entry: EnvironmentEntry): EnvironmentEntry {
  return { ...entry, value: undefined };
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function supplies(
  path: string,
  kind: EnvironmentSupply['kind'],
  entries: readonly EnvironmentEntry[],
  process?: EnvironmentSupply['process'],
): NamedSupply[] {
  return entries.map((entry) => supply(entry.name, path, entry.span, kind, entry.value, process));
}

function originOf(object: KubernetesObject): { readonly origin: string } {
  return { origin: `Kubernetes ${object.kind} ${object.name}`.trim() };
}

/** A value that only refers to another variable (`${NAME}`) is passed through. */
function supply(
  name: string,
  path: string,
  span: Span,
  kind: EnvironmentSupply['kind'],
  value: string | undefined,
  process?: EnvironmentSupply['process'],
): NamedSupply {
  const passed = value !== undefined && /^\$(\{\w+\}|\w+)$/.test(value.trim());
  return {
    name,
    path,
    span,
    kind,
    value: passed ? undefined : value,
    ...(process ? { process } : {}),
  };
}
