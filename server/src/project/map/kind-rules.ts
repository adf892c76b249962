import { baseName } from '../../base/paths';
import {
  APP_FOLDERS,
  DOCUMENTATION_PACKAGES,
  EXAMPLE_PACKAGES,
  LIBRARY_FOLDERS,
  TEMPLATE_PACKAGES,
  TEST_PACKAGES,
  TOOL_PACKAGES,
  TOOL_SETTINGS,
} from '../../vocabulary/package-names';
import type { Vocabulary } from '../../vocabulary/vocabulary';
import { filesIn } from '../file-index';
import type { PackageKind } from './kinds';
import { listensSomewhere, servesBrowsers, serverLibrary, startScript } from './signs';
import { atKey, ownName, type Statement, type Subject } from './subject';

/** What speaks for a kind. The first rule of the list that says anything decides; what the others say is kept as evidence. */
export interface KindRule {
  readonly for: PackageKind;
  /** Asked only where nothing before it decided: it reads source texts, or is what is left. */
  readonly isLastResort?: true;
  find(subject: Subject): readonly (Statement | undefined)[];
}

/**
 * The strongest first: where a package lies tells more than what a reader of an example is given with it, a manifest that deploys
 * it more than what it could be used for, and all of that more than a name.
 */
export const KIND_RULES: readonly KindRule[] = [
  { for: 'app', find: (subject) => (isShown(subject) ? deployedFromOutside(subject) : []) },
  { for: 'test', find: (subject) => [inFolder(subject, TEST_PACKAGES, 'a folder of tests')] },
  { for: 'test', find: configuresTests },
  {
    for: 'template',
    find: (subject) => [inFolder(subject, TEMPLATE_PACKAGES, 'a folder of templates')],
  },
  {
    for: 'example',
    find: (subject) => [inFolder(subject, EXAMPLE_PACKAGES, 'a folder of examples')],
  },
  { for: 'library', find: stub },
  { for: 'template', find: (subject) => [insideSources(subject)] },
  { for: 'example', find: documentationSite },
  {
    for: 'tool',
    find: (subject) => [action(subject), sharedSettings(subject), generator(subject)],
  },
  { for: 'app', find: deployed },
  { for: 'template', find: (subject) => [isNamed(subject, TEMPLATE_PACKAGES, 'a template')] },
  { for: 'example', find: (subject) => [isNamed(subject, EXAMPLE_PACKAGES, 'an example')] },
  { for: 'app', find: startedServer },
  { for: 'tool', find: workspaceRoot },
  { for: 'tool', find: command },
  { for: 'tool', find: unpublishedTool },
  { for: 'library', find: published },
  { for: 'test', find: (subject) => [mentions(subject, TEST_PACKAGES, 'tests')] },
  { for: 'tool', find: (subject) => [mentions(subject, TOOL_PACKAGES, 'tools')] },
  { for: 'library', find: (subject) => (isImportable(subject) ? loadedByOthers(subject) : []) },
  { for: 'app', find: started },
  { for: 'app', find: (subject) => [serverLibrary(subject)] },
  { for: 'library', find: (subject) => [...loadedByOthers(subject), ...importable(subject)] },
  { for: 'app', isLastResort: true, find: (subject) => [listensSomewhere(subject)] },
  { for: 'app', find: (subject) => [inFolder(subject, APP_FOLDERS, 'a folder of apps')] },
  {
    for: 'library',
    find: (subject) => [inFolder(subject, LIBRARY_FOLDERS, 'a folder of libraries')],
  },
  { for: 'app', isLastResort: true, find: onlyOne },
  {
    for: 'tool',
    isLastResort: true,
    find: (subject) => [{ ...atKey(subject, 'scripts'), says: 'nothing starts or imports it' }],
  },
];

/** Does it lie among examples, templates or documentation, in a project that has more than those? */
function isShown(subject: Subject): boolean {
  return (
    !subject.isCollection &&
    [EXAMPLE_PACKAGES, TEMPLATE_PACKAGES, DOCUMENTATION_PACKAGES].some((words) =>
      subject.folders.some((folder) => isWord(words, folder)),
    )
  );
}

function deployedFromOutside({ deployments, deployJobs }: Subject): readonly Statement[] {
  return [...deployments.filter(({ isOwn }) => !isOwn).map(statement), ...deployJobs];
}

function deployed(subject: Subject): readonly Statement[] {
  const { info, files, deployments, deployJobs } = subject;
  // What stands at the root of a workspace deploys its members, unless the root serves something itself.
  if (isWorkspaceRoot(subject) && !serverLibrary(subject)) return [];
  const platforms = filesIn(files, info.dir)
    .filter((path) => PLATFORM_FILES.has(baseName(path).toLowerCase()))
    .map((path) => ({ path, span: START, says: `${baseName(path)} deploys it` }));
  return [...deployments.map(statement), ...platforms, ...deployJobs];
}

const START = { start: 0, end: 0 };

/** Manifests of platforms that need no command: the platform knows how to start what it finds beside them. */
const PLATFORM_FILES = new Set([
  'app.json',
  'captain-definition',
  'fly.toml',
  'netlify.toml',
  'nixpacks.toml',
  'railway.json',
  'railway.toml',
  'render.yaml',
  'render.yml',
  'serverless.js',
  'serverless.json',
  'serverless.ts',
  'serverless.yaml',
  'serverless.yml',
  'sst.config.ts',
  'vercel.json',
  'wrangler.json',
  'wrangler.jsonc',
  'wrangler.toml',
]);

function statement({ command }: Subject['deployments'][number]): Statement {
  const { path, span, origin } = command;
  return { path, span, says: `${origin} starts it` };
}

/** A folder above the package, or its own, that is called by a word and nothing else. */
function inFolder(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  const { folders, isCollection, info } = subject;
  const isShown = words === EXAMPLE_PACKAGES || words === TEMPLATE_PACKAGES;
  if (isCollection && isShown) return undefined;
  const above = folders.slice(0, -1).find((folder) => isWord(words, folder));
  // `packages/testing` may be a library that is published for tests of others; `demo` may be what is deployed.
  const isPublishedForTests = words === TEST_PACKAGES && isPublishedLibrary(subject);
  const own = isShown || isPublishedForTests ? undefined : folders.at(-1);
  const found = above ?? (own !== undefined && isWord(words, own) ? own : undefined);
  return found === undefined
    ? undefined
    : { path: info.manifestPath, span: START, says: `in ${what} (${found}/)` };
}

/** The package's own folder is called by a word and nothing else. */
function isNamed(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  const { info, isCollection } = subject;
  const name = ownName(subject);
  if (info.dir === '' || isCollection || !isWord(words, name)) return undefined;
  return { ...atKey(subject, 'name'), says: `called ${what}` };
}

function mentions(subject: Subject, words: Vocabulary, what: string): Statement | undefined {
  if (subject.info.dir === '' || !words.isIn(ownName(subject))) return undefined;
  return { ...atKey(subject, 'name'), says: `named for ${what}` };
}

/** `_template` and `template` are the same word. */
function isWord(words: Vocabulary, folder: string): boolean {
  return words.is(folder.replace(/^[^a-z0-9]+/i, ''));
}

function configuresTests(subject: Subject): readonly (Statement | undefined)[] {
  const { main } = subject.info.manifest;
  return typeof main === 'string' && /(^|\/)(jest|vitest)[\w.-]*\.[cm]?[jt]s$/.test(main)
    ? [{ ...atKey(subject, 'main'), says: 'its main module configures a test runner' }]
    : [];
}

const DOCUMENTATION_TOOLS =
  /^(@docusaurus\/core|vitepress|vuepress|nextra|@astrojs\/starlight|mintlify|fumadocs-(core|mdx|ui)|@storybook\/(react|vue3|html)(-\w+)?)$/;

function documentationSite(subject: Subject): readonly (Statement | undefined)[] {
  const { info, isCollection } = subject;
  if (info.dir === '' || isCollection || isPublishedLibrary(subject)) return [];
  const tool = [...info.dependencies.keys()].find((name) => DOCUMENTATION_TOOLS.test(name));
  const isSite =
    tool !== undefined && !/storybook/.test(tool) && serverLibrary(subject) === undefined;
  const isNamedSo = isWord(DOCUMENTATION_PACKAGES, ownName(subject));
  if (!isNamedSo && !isSite) return [];
  return [
    tool === undefined
      ? { ...atKey(subject, 'name'), says: 'named for documentation' }
      : { ...atKey(subject, 'dependencies', tool), says: `a documentation site (${tool})` },
  ];
}

function action(subject: Subject): Statement | undefined {
  const { info, files } = subject;
  const path = filesIn(files, info.dir).find((one) => /^action\.ya?ml$/.test(baseName(one)));
  return path === undefined ? undefined : { path, span: START, says: 'an action of a workflow' };
}

function sharedSettings(subject: Subject): Statement | undefined {
  return [ownName(subject), subject.info.name ?? ''].some((name) => TOOL_SETTINGS.isIn(name))
    ? { ...atKey(subject, 'name'), says: 'settings for tools' }
    : undefined;
}

function generator(subject: Subject): Statement | undefined {
  const key = ['generators', 'schematics'].find((one) => subject.info.manifest[one] !== undefined);
  return key === undefined ? undefined : { ...atKey(subject, key), says: `declares ${key}` };
}

/** A manifest that only says where a part of the package around it is found: `framework/express/package.json`. */
function stub(subject: Subject): readonly Statement[] {
  const { info, above } = subject;
  if (!above || info.scripts.size > 0 || info.dependencies.size > 0) return [];
  const key = ENTRY_KEYS.find((one) => info.manifest[one] !== undefined);
  const isBare = info.manifest['version'] === undefined && above.dir !== '';
  return key !== undefined && isBare
    ? [{ ...atKey(subject, key), says: `a part of ${above.name ?? above.dir}` }]
    : [];
}

const ENTRY_KEYS = ['main', 'module', 'exports', 'types', 'typings'] as const;
const SHIPPING_KEYS = [
  'publishConfig',
  'peerDependencies',
  'exports',
  'types',
  'typings',
  'module',
  'files',
];

/** Published to be imported: a name, a version, an entry for importers, and a sign that it is made to ship. */
function isPublishedLibrary(subject: Subject): boolean {
  const { manifest, isPrivate, name } = subject.info;
  return (
    !isPrivate &&
    name !== undefined &&
    typeof manifest['version'] === 'string' &&
    isImportable(subject) &&
    SHIPPING_KEYS.some((key) => manifest[key] !== undefined)
  );
}

/** In a folder of tools, and without a word on how it would be published. */
function unpublishedTool(subject: Subject): readonly (Statement | undefined)[] {
  const { manifest } = subject.info;
  const ships = manifest['publishConfig'] !== undefined || manifest['files'] !== undefined;
  return ships ? [] : [inFolder(subject, TOOL_PACKAGES, 'a folder of tools')];
}

function published(subject: Subject): readonly Statement[] {
  if (!isPublishedLibrary(subject)) return [];
  const key = ['publishConfig', 'files', 'exports', 'main'].find(
    (one) => subject.info.manifest[one] !== undefined,
  );
  return [{ ...atKey(subject, key ?? 'version'), says: 'published for others to import' }];
}

/** A command to install; a library may have one beside what others load of it. */
function command(subject: Subject): readonly Statement[] {
  const isLoaded = isPublishedLibrary(subject) && subject.dependents.length > 0;
  const isNamedSo = TOOL_PACKAGES.isIn(ownName(subject)) || /^create-/.test(ownName(subject));
  if (subject.info.manifest['bin'] === undefined || (isLoaded && !isNamedSo)) return [];
  return [{ ...atKey(subject, 'bin'), says: 'a command to install (bin)' }];
}

/** In the source folder of another package: what that package writes elsewhere. */
function insideSources({ info, above }: Subject): Statement | undefined {
  const inner = above && above.dir !== '' ? info.dir.slice(above.dir.length + 1) : '';
  return /^(src|lib)\//.test(inner) && info.workspaceRoot === undefined
    ? {
        path: info.manifestPath,
        span: START,
        says: `among the sources of ${above?.name ?? above?.dir ?? ''}`,
      }
    : undefined;
}

/** Scripts that start a server where it is deployed; a published library may have others that only try it out. */
const STARTS = ['start', 'start:prod', 'serve'];

function startedServer(subject: Subject): readonly (Statement | undefined)[] {
  const start = startScript(subject, isPublishedLibrary(subject) ? ['start'] : STARTS);
  const library = serverLibrary(subject);
  return start && library ? [start, library] : [];
}

/** A script that starts the package, other than around other packages, where it starts those. */
function started(subject: Subject): readonly (Statement | undefined)[] {
  return subject.members.length > 0 ? [] : [startScript(subject, STARTS), servesBrowsers(subject)];
}

function isImportable({ info }: Subject): boolean {
  return ENTRY_KEYS.some((key) => info.manifest[key] !== undefined);
}

function loadedByOthers(subject: Subject): readonly Statement[] {
  return subject.dependents.slice(0, 3).map(({ info: other, span }) => ({
    path: other.manifestPath,
    span,
    says: `${other.name ?? (other.dir || 'the root')} loads it`,
  }));
}

function importable(subject: Subject): readonly Statement[] {
  const key = ENTRY_KEYS.find((one) => subject.info.manifest[one] !== undefined);
  const isForOthers =
    subject.above !== undefined ||
    SHIPPING_KEYS.some((one) => one !== 'files' && subject.info.manifest[one] !== undefined);
  return key !== undefined && isForOthers
    ? [{ ...atKey(subject, key), says: `an entry for importers (${key})` }]
    : [];
}

function workspaceRoot(subject: Subject): readonly Statement[] {
  return isWorkspaceRoot(subject)
    ? [{ ...atKey(subject, 'workspaces'), says: 'holds the packages of a workspace' }]
    : [];
}

function isWorkspaceRoot({ info, members }: Subject): boolean {
  return members.some((member) => member.workspaceRoot === info);
}

function onlyOne(subject: Subject): readonly Statement[] {
  return subject.info.dir === '' || subject.above === undefined
    ? [{ ...atKey(subject, 'name'), says: 'nothing else here could be what is deployed' }]
    : [];
}
