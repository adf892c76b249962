import type { FileKind } from '../../../base/file-kinds';
import { baseName } from '../../../base/paths';
import type { ProjectFiles } from '../../files/files';
import { environmentSupplies } from '../../manifests/environment';
import { isComposePath } from '../../manifests/compose';
import type { EnvironmentSupply } from '../../model';
import { nameIn } from './code-places';
import type { Place, PlaceKind } from './place';

const SHELL = /(?<!\$)\$\{?([A-Za-z_]\w*)/g;
const ASSIGNED = /(?<![\w$.-])([A-Za-z_]\w*)(?==)/g;

/** How texts refer to variables, the name as first group. Whether it is a variable of the project, the caller knows. */
const USES: Readonly<Partial<Record<FileKind, readonly RegExp[]>>> = {
  dotenv: [SHELL],
  dockerfile: [SHELL],
  shell: [SHELL, ASSIGNED],
  procfile: [SHELL, ASSIGNED],
  'package-json': [SHELL, ASSIGNED],
  // `${NAME:-default}` of compose and Serverless, `$(NAME)` of Kubernetes, `${{ env.NAME }}` of GitHub.
  yaml: [
    /(?<!\$)\$\{([A-Za-z_]\w*)/g,
    /\$\(([A-Za-z_]\w*)\)/g,
    /\$\{\{[^}]{0,200}\benv\.([A-Za-z_]\w*)/g,
    /\$\{env:([A-Za-z_]\w*)/g,
  ],
  text: [/\benv\(\s{0,9}["']([A-Za-z_]\w*)/g],
  toml: [SHELL],
};
/** Scripts of CI jobs are shell; in other YAML, `$NAME` is as often something else. */
const SCRIPTED =
  /(^|\/)(\.github\/workflows|\.circleci)\/|(^|\/)\.?gitlab-ci|azure-pipelines|bitbucket-pipelines/;
/** Lists of the variables that a cached task depends on. */
const TASKS = /^turbo\.jsonc?$|^nx\.json$/;
const LISTED = /"([A-Za-z_]\w*)"(?!\s*:)/g;

/** Is it data that a process may be handed as a whole, so that other files say what it is? */
const HANDED_ON = /^kind:\s*(?:ConfigMap|Secret)\b/m;
/** Source files that are manifests. */
const SOURCE_MANIFEST = /(^|\/)(?:ecosystem|pm2)[\w.-]*\.[cm]?js$/;

/**
 * Where a manifest names variables: what it documents, sets or hands on, and what it refers to, as its text is now.
 * @param isKnown is it a variable at all? A manifest may refer to much else by `$NAME`
 */
export function manifestPlaces(
  path: string,
  files: ProjectFiles,
  isKnown: (name: string) => boolean,
): readonly Place[] {
  const text = files.text(path);
  const kind = files.kind(path);
  if (text === undefined || kind === undefined) return [];
  if (kind === 'source' && !SOURCE_MANIFEST.test(path)) return [];
  const supplied = environmentSupplies(viewOf(path, text, files)).flatMap((supply) =>
    supply.path === path ? supplyPlace(supply, text) : [],
  );
  const own = new Set(supplied.map(({ name }) => name));
  const used = usesIn(path, kind).flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match): Place[] => {
      const name = match[1] ?? '';
      if (!isKnown(name) && !own.has(name)) return [];
      const start = match.index + match[0].lastIndexOf(name);
      return [{ name, path, span: { start, end: start + name.length }, kind: 'use', form: 'name' }];
    }),
  );
  return [...supplied, ...used];
}

function usesIn(path: string, kind: FileKind): readonly RegExp[] {
  if (kind === 'yaml' && (SCRIPTED.test(path) || isComposePath(path)))
    return [...(USES.yaml ?? []), SHELL];
  if (kind === 'json') return TASKS.test(baseName(path)) ? [LISTED] : [];
  return USES[kind] ?? [];
}

/** The files as if there were but this one, which is read anew, and those that say what it is. */
function viewOf(path: string, text: string, files: ProjectFiles): ProjectFiles {
  const handing =
    files.kind(path) === 'yaml' && HANDED_ON.test(text)
      ? files.paths.filter(
          (other) => files.kind(other) === 'yaml' && files.text(other)?.includes('envFrom'),
        )
      : [];
  const paths = [...new Set([...handing, path])].sort();
  return files.isIgnored(path)
    ? { ...files, paths: handing, ignoredPaths: [path] }
    : { ...files, paths, ignoredPaths: [] };
}

const KINDS: Readonly<Partial<Record<EnvironmentSupply['kind'], PlaceKind>>> = {
  example: 'example',
  'env-file': 'env-file',
};

function supplyPlace(
  { name, path, span, kind }: EnvironmentSupply & { readonly name: string },
  text: string,
): readonly Place[] {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  // Some readers know the place of the value alone, behind the name; a prefix may stand elsewhere.
  const found =
    nameIn(span, name, text, 'first') ??
    nameIn({ start: lineStart, end: span.start }, name, text, 'last');
  return found
    ? [{ name, path, span: found, kind: KINDS[kind] ?? 'manifest', form: 'name' }]
    : [{ name, path, span, kind: KINDS[kind] ?? 'manifest', form: 'computed' }];
}
