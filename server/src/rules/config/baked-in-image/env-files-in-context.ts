import { baseName, folderOf, isInside, joinPath } from '../../../base/paths';
import type { Location } from '../../../base/span';
import { loadsEnvironmentFile } from '../../../project/environment/environment-loads';
import { exampleFilesFor } from '../../../project/environment/example-files';
import { isDocumentPath, isTestPath } from '../../../project/files/paths';
import type { ReleaseImage } from '../../../project/images/release-images';
import { ciJobs } from '../../../project/manifests/ci';
import { isExampleEnvPath } from '../../../project/manifests/environment';
import type { ProjectModel } from '../../../project/model';
import { fileQuery } from '../../../project/query';
import { isTestEnvFile } from '../../../project/secrets/env-files';

/** An env file that a build may find in its context. */
export interface ContextEnvFile {
  readonly path: string;
  /**
   * `there`: it is listed, or the job that builds the image writes it; `expected`: git ignores it, or code loads it, so that it lies
   * where people build.
   */
  readonly certainty: 'there' | 'expected';
  /** Where a job writes it. */
  readonly writtenAt?: Location;
}

/** The env files in the context of an image that no ignore file keeps out: those that exist, and those people usually have. */
export function envFilesInContext(
  image: ReleaseImage,
  model: ProjectModel,
): readonly ContextEnvFile[] {
  const { files } = model;
  const isCandidate = (path: string): boolean =>
    isInside(path, image.context) && !image.isIgnored(path);
  const there = [...files.paths, ...files.ignoredPaths]
    .filter((path) => files.kind(path) === 'dotenv' && isLiveEnvFile(path) && isCandidate(path))
    .sort()
    .map((path): ContextEnvFile => ({ path, certainty: 'there' }));
  const written = writtenByJobs(files).filter(
    ({ path }) => !files.has(path) && !files.isIgnored(path) && isCandidate(path),
  );
  const isWritten = (path: string): boolean => written.some((one) => one.path === path);
  const folders = [image.context, ...model.packages.map(({ dir }) => dir)];
  const expected = [...new Set(folders)]
    .filter((folder) => isInside(folder, image.context))
    .map((folder) => (folder === '' ? '.env' : `${folder}/.env`))
    .filter((path) => !files.has(path) && !isWritten(path) && isCandidate(path))
    .filter((path) =>
      folderOf(path) === image.context
        ? (files.wouldIgnore(path) && !isKeptAbove(model, path)) ||
          loadsEnvironmentFile(model, path)
        : loadsEnvironmentFile(model, path) && isStarted(model, folderOf(path)),
    )
    .map((path): ContextEnvFile => ({ path, certainty: 'expected' }));
  return [...there, ...written, ...expected];
}

/** Env files that jobs which build images write into the checkout: `echo "KEY=$KEY" >> .env`. */
const writtenByJobs = fileQuery((files): readonly ContextEnvFile[] =>
  ciJobs(files)
    .filter(({ steps }) =>
      steps.some(({ run, uses }) => BUILDS_IMAGE.test(run?.value ?? uses?.value ?? '')),
    )
    .flatMap(({ path: job, steps }) =>
      steps.flatMap(({ run, folder = '' }) => {
        const found = WRITES_ENV_FILE.exec(run?.value ?? '');
        const path = found?.groups?.file && joinPath(folder, found.groups.file);
        if (!run || !path || !isLiveEnvFile(path)) return [];
        const writtenAt = { path: job, span: run.span };
        return [{ path, certainty: 'there', writtenAt } as const];
      }),
    ),
);

const BUILDS_IMAGE = /\bdocker(?:\s+buildx)?\s+build\b|\bcompose\s+build\b|build-push-action@/;
const WRITES_ENV_FILE =
  /(?:>\s*|\btee\s+(?:-a\s+)?)["']?(?<file>(?:[\w-]+\/|\.\/)*\.env(?:\.[\w-]+)*)\b/;

/** An env file lies where its example lies: one for several services above the folders they are built in. */
function isKeptAbove(model: ProjectModel, path: string): boolean {
  const [example] = exampleFilesFor(model, path);
  return example !== undefined && example.folder !== folderOf(path);
}

/** Below the context, tools have packages of their own: only what production starts has an env file there. */
function isStarted(model: ProjectModel, folder: string): boolean {
  return model.entryPoints.some(
    ({ production, package: owner }) => production && owner.dir === folder,
  );
}

/** An env file that sets variables, rather than documents them or serves tests. */
export function isLiveEnvFile(path: string): boolean {
  return (
    !isExampleEnvPath(path) &&
    !isTestPath(path) &&
    !isDocumentPath(path) &&
    !isTestEnvFile(baseName(path))
  );
}

/** Is there anything in a context that uses env files: an example, a file, a loader? */
export function usesEnvFiles(image: ReleaseImage, model: ProjectModel): boolean {
  return (
    model.files.paths.some(
      (path) =>
        isInside(path, image.context) && model.files.kind(path) === 'dotenv' && !isTestPath(path),
    ) || loadsEnvFiles(image, model)
  );
}

/** Does code in the context of an image load an env file? */
export function loadsEnvFiles(image: ReleaseImage, model: ProjectModel): boolean {
  return model.packages.some(
    ({ manifestPath, dir }) =>
      isInside(dir, image.context) && loadsEnvironmentFile(model, manifestPath),
  );
}
