import { fileQuery } from '../../../project/query';
import type { Span } from '../../../base/span';
import { filesOfKind } from '../../../project/files/file-index';
import type { ProjectFiles } from '../../../project/files/files';
import { isDocumentPath, isTestPath } from '../../../project/files/paths';
import { appManifests } from '../../../project/manifests/app-json';
import { ciJobs } from '../../../project/manifests/ci';
import type { CiJob } from '../../../project/manifests/ci-job';
import { isComposePath, readCompose } from '../../../project/manifests/compose';
import { isExampleEnvPath } from '../../../project/manifests/environment';
import { helmValues } from '../../../project/manifests/helm';
import { kubernetesObjects, type KubernetesObject } from '../../../project/manifests/kubernetes';
import { platformManifests } from '../../../project/manifests/platforms';
import { pm2Apps } from '../../../project/manifests/pm2';
import type { EnvironmentEntry } from '../../../project/manifests/scalars';
import { serverlessEnvironment } from '../../../project/manifests/serverless';
import { isComposeForDevelopment } from '../../../project/secrets/compose-purpose';
import { configFileValues } from '../../../project/secrets/config-files';
import { isTestEnvFile } from '../../../project/secrets/env-files';
import { namedCredential, type NamedCredential } from '../../../project/secrets/named-values';
import { decoded } from '../../../project/secrets/shapes';

/** A credential that a manifest holds in plain text. */
export interface ManifestCredential extends NamedCredential {
  readonly path: string;
  readonly name: string;
  readonly value: string;
  /** The value without its quotes. */
  readonly span: Span;
  readonly from:
    | 'compose'
    | 'config-map'
    | 'pod'
    | 'kubernetes-secret'
    | 'helm'
    | 'ci'
    | 'platform'
    | 'config-file'
    | 'env-file';
  /** Nothing of it is deployed: a compose file to develop with, an override. */
  readonly development: boolean;
  readonly entry: EnvironmentEntry;
}

/** The credentials in the manifests of a snapshot, by path; each value once. */
export const manifestCredentials = fileQuery(
  (files): ReadonlyMap<string, readonly ManifestCredential[]> => {
    const byPath = new Map<string, ManifestCredential[]>();
    const seen = new Set<string>();
    for (const found of [
      ...fromCompose(files),
      ...fromKubernetes(files),
      ...fromHelm(files),
      ...fromCi(files),
      ...fromPlatforms(files),
      ...fromEnvFiles(files),
      ...fromConfigFiles(files),
    ]) {
      const key = `${found.path}\0${found.span.start}`;
      if (seen.has(key) || isTestPath(found.path) || isDocumentPath(found.path)) continue;
      seen.add(key);
      byPath.set(found.path, [...(byPath.get(found.path) ?? []), found]);
    }
    return byPath;
  },
);

type Source = Pick<ManifestCredential, 'path' | 'from' | 'development'>;

function credentialsOf(
  entries: readonly EnvironmentEntry[],
  source: Source,
): readonly ManifestCredential[] {
  return entries.flatMap((entry) => {
    const { name, value, valueSpan } = entry;
    const found = entry.source === undefined ? namedCredential(name, value) : undefined;
    if (!found || value === undefined || !valueSpan) return [];
    return [{ ...source, ...found, name, value, span: valueSpan, entry }];
  });
}

function fromCompose(files: ProjectFiles): readonly ManifestCredential[] {
  return filesOfKind(files, 'yaml')
    .filter(isComposePath)
    .flatMap((path) => {
      const file = readCompose(files, path);
      if (!file) return [];
      const source = { path, from: 'compose', development: isComposeForDevelopment(file) } as const;
      return file.services.flatMap(({ environment, build }) => [
        ...credentialsOf(environment, source),
        ...credentialsOf(build?.args ?? [], source),
      ]);
    });
}

function fromKubernetes(files: ProjectFiles): readonly ManifestCredential[] {
  return kubernetesObjects(files).flatMap((object) => {
    const { path, kind, production } = object;
    const development = !production;
    const pods = object.containers.flatMap(({ env }) =>
      credentialsOf(env, { path, from: 'pod', development }),
    );
    if (kind === 'ConfigMap')
      return [...pods, ...credentialsOf(object.data, { path, from: 'config-map', development })];
    return kind === 'Secret'
      ? [
          ...pods,
          ...credentialsOf(secretData(object), { path, from: 'kubernetes-secret', development }),
        ]
      : pods;
  });
}

function fromHelm(files: ProjectFiles): readonly ManifestCredential[] {
  return helmValues(files).flatMap(({ path, entries, development }) =>
    credentialsOf(entries, { path, from: 'helm', development }),
  );
}

/** What a Secret holds, decoded; keys of files and of registries say nothing by their name. */
function secretData({ data, node, syntax }: KubernetesObject): readonly EnvironmentEntry[] {
  const text = syntax.text.slice(node.range?.[0] ?? 0, node.range?.[2] ?? 0);
  const isPlain = /^[ \t\uFEFF]*stringData\s*:/m.test(text) && !/^[ \t\uFEFF]*data\s*:/m.test(text);
  return data.map((entry) => {
    const plain = isPlain || entry.value === undefined ? entry.value : decoded(entry.value);
    const isText = plain !== undefined && /^[\x20-\x7e\s]+$/.test(plain);
    return { ...entry, value: isText ? plain : entry.value };
  });
}

function fromCi(files: ProjectFiles): readonly ManifestCredential[] {
  return ciJobs(files).flatMap((job) => {
    const found = credentialsOf(
      [...job.environment, ...job.steps.flatMap(({ inputs }) => inputs)],
      { path: job.path, from: 'ci', development: false },
    );
    const isDeploy = job.purpose === 'deploy' && !alsoTests(job);
    return found.filter(({ shaped, what }) =>
      shaped && !what.startsWith('a password in') ? true : isDeploy,
    );
  });
}

function alsoTests({ images, steps }: CiJob): boolean {
  return (
    images.some(({ role }) => role === 'service') ||
    steps.some(({ run }) =>
      /\b(?:npm|yarn|pnpm)\s+(?:run\s+)?(?:t|test|e2e|lint)\b/.test(run?.value ?? ''),
    )
  );
}

function fromPlatforms(files: ProjectFiles): readonly ManifestCredential[] {
  const source = (path: string): Source => ({ path, from: 'platform', development: false });
  return [
    ...appManifests(files).flatMap(({ path, environment }) =>
      credentialsOf(
        environment.filter(({ generated }) => !generated),
        source(path),
      ),
    ),
    ...platformManifests(files).flatMap(({ path, environment }) =>
      credentialsOf(environment, source(path)),
    ),
    ...filesOfKind(files, 'yaml')
      .filter((path) => /(^|\/)serverless([._-][\w-]+)?\.ya?ml$/.test(path))
      .flatMap((path) => credentialsOf(serverlessEnvironment(files, path), source(path))),
    ...pm2Apps(files).flatMap((app) =>
      [...app.settings].flatMap(([key, setting]) =>
        /^env(_\w+)?$/.test(key)
          ? credentialsOf(
              [...setting.nested].map(([name, { plain, span, valueSpan }]) => ({
                name,
                nameSpan: span,
                value: typeof plain === 'string' ? plain : undefined,
                valueSpan,
                span,
              })),
              source(app.path),
            )
          : [],
      ),
    ),
  ];
}

function fromEnvFiles(files: ProjectFiles): readonly ManifestCredential[] {
  return filesOfKind(files, 'dotenv').flatMap((path) => {
    const isExample = isExampleEnvPath(path);
    const entries = (files.dotenv(path)?.entries ?? [])
      .filter(({ commented }) => !commented)
      .map(({ name, nameSpan, value, valueSpan, lineSpan }) => ({
        name,
        nameSpan,
        value,
        valueSpan,
        span: lineSpan,
      }));
    return credentialsOf(entries, {
      path,
      from: 'env-file',
      development: isExample || isTestEnvFile(path),
    }).filter(({ shaped, what }) => !isExample || (shaped && !what.startsWith('a password in')));
  });
}

function fromConfigFiles(files: ProjectFiles): readonly ManifestCredential[] {
  return configFileValues(files).flatMap(({ path, entries, tests }) =>
    credentialsOf(entries, { path, from: 'config-file', development: tests }),
  );
}
