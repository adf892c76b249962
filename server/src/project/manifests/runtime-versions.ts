import { query } from '../query';
import semver from 'semver';
import { baseName, folderOf } from '../../base/paths';
import type { Span } from '../../base/span';
import type { DockerfileSyntax, DockerStage } from '../../languages/dockerfile';
import { copyOrigin, copyPaths, stageChain, targetStage } from '../../languages/dockerfile-stages';
import { jsonAt, jsonInnerSpan, jsonString } from '../../languages/json';
import { filesOfKind } from '../files/file-index';
import type { ProjectModel } from '../model';
import { isDevelopmentPath } from '../start/purpose';
import { ciJobs } from './ci';
import type { CiStep } from './ci-job';
import { imageVersion, parseImage } from './image';

/** A place that says which Node version the app runs on. */
export interface RuntimeVersion {
  readonly path: string;
  readonly span: Span;
  /** As written: `20`, `>=18 <21`, `lts/*`, `v22.11.0`. */
  readonly text: string;
  /** A semver range; undefined for aliases (`lts/*`, `node`) that name no version. */
  readonly range: string | undefined;
  readonly source: 'engines' | 'volta' | 'version-file' | 'image' | 'ci' | 'platform' | 'types';
  /** Part of a matrix that tries several versions. */
  readonly matrix: boolean;
  /** A CI job that never installs what the app depends on: it runs a tool, not the app. */
  readonly toolOnly: boolean;
  /** The folder it speaks for. */
  readonly folder: string;
}

/** Every place that states a Node version, in a fixed order: the image first, then what developers and CI use. */
export const runtimeVersions = query('files', (model): readonly RuntimeVersion[] => {
  const found = [
    ...imageVersions(model),
    ...manifestVersions(model),
    ...fileVersions(model),
    ...ciVersions(model),
  ];
  return found;
});

/** The major versions a range lets in, among those that exist. */
export function majorsOf({ range }: RuntimeVersion): readonly number[] {
  if (range === undefined) return [];
  const known = majorsByRange.get(range);
  if (known) return known;
  const parsed = new semver.Range(range, { loose: true });
  const majors = majorRanges().flatMap(([major, all]) => (parsed.intersects(all) ? [major] : []));
  majorsByRange.set(range, majors);
  return majors;
}

/** Few ranges, asked of every pair of places that state a version. */
const majorsByRange = new Map<string, readonly number[]>();
const MAJORS = Array.from({ length: 36 }, (_, index) => index + 4);
let ranges: readonly (readonly [number, semver.Range])[] | undefined;

function majorRanges(): readonly (readonly [number, semver.Range])[] {
  return (ranges ??= MAJORS.map((major) => [major, new semver.Range(`^${major}.0.0`)] as const));
}

function version(
  entry: Omit<RuntimeVersion, 'range' | 'matrix' | 'toolOnly' | 'folder'> &
    Partial<Pick<RuntimeVersion, 'matrix' | 'toolOnly'>>,
): RuntimeVersion {
  const cleaned = entry.text
    .trim()
    .replace(/^v(?=\d)/, '')
    .replace(/\.x\b/g, '');
  return {
    matrix: false,
    toolOnly: false,
    ...entry,
    folder: folderOf(entry.path),
    range: semver.validRange(cleaned, { loose: true }) ?? undefined,
  };
}

function imageVersions(model: ProjectModel): RuntimeVersion[] {
  return releasedDockerfiles(model).flatMap(({ path, syntax, final }) => {
    const found = versionOfStage(path, syntax, final);
    return found ? [found] : [];
  });
}

/**
 * Stages of an image that install with another Node than the one that runs what they installed, each with the version that
 * runs it.
 */
export function installingStages(
  model: ProjectModel,
): readonly { readonly each: RuntimeVersion; readonly reference: RuntimeVersion }[] {
  return releasedDockerfiles(model).flatMap(({ path, syntax, final }) => {
    const reference = versionOfStage(path, syntax, final);
    if (!reference) return [];
    const stages = new Set(
      final.instructions.flatMap((instruction) => {
        const takesPackages = copyPaths(instruction)?.sources.some(({ text }) =>
          /(^|\/)node_modules\/?$/.test(text),
        );
        const origin = takesPackages ? copyOrigin(syntax, instruction) : undefined;
        return origin ? [origin] : [];
      }),
    );
    return [...stages].flatMap((stage) => {
      const each = versionOfStage(path, syntax, stage);
      return each ? [{ each, reference }] : [];
    });
  });
}

function releasedDockerfiles(model: ProjectModel): readonly {
  readonly path: string;
  readonly syntax: DockerfileSyntax;
  readonly final: DockerStage;
}[] {
  return filesOfKind(model.files, 'dockerfile').flatMap((path) => {
    if (isDevelopmentPath(path)) return [];
    const syntax = model.files.dockerfile(path);
    const final = syntax && targetStage(syntax);
    return syntax && final ? [{ path, syntax, final }] : [];
  });
}

function versionOfStage(
  path: string,
  syntax: DockerfileSyntax,
  stage: DockerStage,
): RuntimeVersion | undefined {
  const base = stageChain(syntax, stage).at(-1);
  const image = base && parseImage(base.resolvedImage);
  if (!base || !image || !/^(node|nodejs|node-.*|nodejs-.*)$/.test(image.shortName))
    return undefined;
  const text = imageVersion(image) ?? /^nodejs-?(\d+)/.exec(image.shortName)?.[1];
  return text === undefined
    ? undefined
    : version({ path, span: base.imageSpan, text, source: 'image' });
}

function manifestVersions(model: ProjectModel): RuntimeVersion[] {
  return model.packages.flatMap((info) => {
    const syntax = model.files.json(info.manifestPath);
    const places: readonly (readonly [readonly string[], RuntimeVersion['source']])[] = [
      [['engines', 'node'], 'engines'],
      [['volta', 'node'], 'volta'],
      [['devEngines', 'runtime', 'version'], 'engines'],
      [['devDependencies', '@types/node'], 'types'],
      [['dependencies', '@types/node'], 'types'],
    ];
    return places.flatMap(([place, source]) => {
      const node = syntax && jsonAt(syntax, place);
      const text = node && jsonString(node);
      return node && text !== undefined
        ? [version({ path: info.manifestPath, span: jsonInnerSpan(node), text, source })]
        : [];
    });
  });
}

/**
 * Folders for which something states the version of Bun that runs what is in them: `engines.bun`, `packageManager`, a version file, an
 * image.
 */
export const foldersOfBun = query('files', (model): readonly string[] => [
  ...model.packages.flatMap(({ manifest, dir }) => {
    const { engines, packageManager } = manifest;
    const isEngine = typeof engines === 'object' && engines !== null && 'bun' in engines;
    const isManager = typeof packageManager === 'string' && packageManager.startsWith('bun@');
    return isEngine || isManager ? [dir] : [];
  }),
  ...model.files.paths
    .filter(
      (path) =>
        baseName(path) === '.bun-version' ||
        (/^(\.tool-versions|\.?mise\.toml)$/.test(baseName(path)) &&
          /^[ \t\uFEFF]*bun\b/m.test(model.files.text(path) ?? '')),
    )
    .map(folderOf),
  ...releasedDockerfiles(model).flatMap(({ path, syntax, final }) => {
    const base = stageChain(syntax, final).at(-1);
    const image = base && parseImage(base.resolvedImage);
    return image?.shortName === 'bun' && imageVersion(image) !== undefined ? [folderOf(path)] : [];
  }),
]);

const VERSION_FILES: Readonly<Record<string, RegExp>> = {
  '.nvmrc': /^\s*([^\s#]+)/,
  '.node-version': /^\s*([^\s#]+)/,
  '.tool-versions': /^[ \t\uFEFF]*nodejs?\s+([^\s#]+)/m,
  'mise.toml': /^[ \t\uFEFF]*node\s*=\s*["']([^"']+)["']/m,
  '.mise.toml': /^[ \t\uFEFF]*node\s*=\s*["']([^"']+)["']/m,
  'runtime.txt': /^\s*node(?:js)?-?([\d.]+)/,
};

function fileVersions(model: ProjectModel): RuntimeVersion[] {
  return model.files.paths.flatMap((path) => {
    const pattern = VERSION_FILES[baseName(path)];
    const text = pattern && model.files.text(path);
    const match = text === undefined ? null : (pattern?.exec(text) ?? null);
    if (!match?.[1]) return [];
    const start = match.index + match[0].lastIndexOf(match[1]);
    return [
      version({
        path,
        span: { start, end: start + match[1].length },
        text: match[1],
        source: 'version-file',
      }),
    ];
  });
}

function ciVersions(model: ProjectModel): RuntimeVersion[] {
  return ciJobs(model.files).flatMap(({ path, nodeVersions, images, steps }) => {
    const toolOnly = runsToolOnly(steps);
    const matrix = nodeVersions.length > 1;
    const stated = nodeVersions.map(({ value, span }) =>
      version({ path, span, text: value, source: 'ci', matrix, toolOnly }),
    );
    const containers = images.flatMap(({ image, role }) => {
      const parsed = parseImage(image.value);
      const text = imageVersion(parsed);
      // CircleCI calls its Node images `cimg/node` and, before, `circleci/node`.
      return role === 'container' && parsed.shortName === 'node' && text !== undefined
        ? [version({ path, span: image.span, text, source: 'ci' })]
        : [];
    });
    return [...stated, ...containers];
  });
}

const INSTALLS =
  /\b(npm\s+(ci|install|i|it)|yarn|pnpm\s+(install|i)|bun\s+(install|i)|make|just|task|docker|lerna|rush)\b(?!\s+(-g|--global)\b)/;

/** Installs a tool for the whole machine and nothing else; kept folders and other people's actions may bring the rest. */
function runsToolOnly(steps: readonly CiStep[]): boolean {
  const scripts = steps.flatMap(({ run }) => run?.value ?? []);
  return (
    scripts.some((script) => /\s(-g|--global)\b/.test(script)) &&
    !scripts.some((script) => INSTALLS.test(script)) &&
    steps.every(({ uses }) => !uses || /^actions\/(checkout|setup-node)@/.test(uses.value))
  );
}
