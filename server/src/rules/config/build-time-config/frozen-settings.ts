import { baseName, folderOf } from '../../../base/paths';
import type { Location, Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { childrenOf } from '../../../base/value-visitor';
import { environmentReads, stringOf } from '../../../base/values';
import { canonicalName } from '../../../project/facts/canonical';
import type { EnvironmentFact, SourceFacts } from '../../../project/facts/facts';
import { isDocumentPath, isTestPath } from '../../../project/files/paths';
import { imagesOfPackage } from '../../../project/images/release-images';
import { ciJobs } from '../../../project/manifests/ci';
import { composeFiles } from '../../../project/manifests/compose';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { query } from '../../../project/query';
import { OF_ONE_DEPLOY, SAME_FOR_ALL } from '../../../vocabulary/built-settings';
import { CONVENTIONAL } from '../../../vocabulary/variables';
import { bundlersOf, type Bundler } from './bundlers';

/** A variable that a build freezes into a package's front end. */
export interface FrozenSetting {
  readonly name: string;
  /** Its value says which deploy it is, or where something of the deploy is. */
  readonly isOfOneDeploy: boolean;
  /** Where the build takes it in: code or configuration that reads it. */
  readonly read: Location;
  /** It is the configuration of the build that reads it. */
  readonly isConfigured: boolean;
  /** Where an image or a pipeline gives it to the build. */
  readonly given: Location | undefined;
  readonly bundler: Bundler;
}

/** What a package's build freezes of the deploy it is made for, in the order of what reads it. */
export function frozenSettings(info: PackageInfo, model: ProjectModel): readonly FrozenSetting[] {
  const bundlers = bundlersOf(info, model.files);
  const [first] = bundlers;
  if (!first) return [];
  const found = new Map<string, FrozenSetting>();
  const given = givenToBuilds(info, model);
  const add = (
    name: string | undefined,
    read: Location,
    bundler: Bundler,
    isConfigured: boolean,
  ): void => {
    if (name === undefined || found.has(name) || isSameForAll(name, isConfigured)) return;
    const supply = given.get(name);
    if (supply?.isReplaced === true) return;
    const isOfOneDeploy = OF_ONE_DEPLOY.isIn(name);
    // Configuration asks for much that only the build needs.
    if (isConfigured && !isOfOneDeploy) return;
    found.set(name, { name, isOfOneDeploy, read, isConfigured, given: supply?.at, bundler });
  };
  for (const path of configurations(info, bundlers, model)) {
    const bundler = bundlers.find((one) => one.configuration?.test(baseName(path))) ?? first;
    for (const { name, span } of configured(path, bundler, model))
      add(name, { path, span }, bundler, true);
  }
  for (const path of builtModules(model).get(info) ?? [])
    for (const read of model.facts.get(path)?.environment ?? []) {
      const bundler = bundlers.find((one) => isReplaced(read, one, path, model));
      if (bundler && read.second !== true && !read.write)
        add(read.name, { path, span: read.span }, bundler, false);
    }
  return [...found.values()];
}

/** Versions, names and public keys of the product, switches of the build itself, and what the platform says of a preview. */
function isSameForAll(name: string, isConfigured: boolean): boolean {
  const own = name.replace(PREFIX, '');
  if (CONVENTIONAL.has(name) || CONVENTIONAL.has(own) || own === '' || name.startsWith('__'))
    return true;
  // Uploads of source maps go to one place, whatever the deploy.
  if (isConfigured && /^(NUXT|SENTRY)_/.test(name)) return true;
  // `SENTRY_ENVIRONMENT` names a deploy, whoever is told.
  if (/(^|_)(ENVIRONMENT|ENV|REGION|STAGE)$/.test(own)) return false;
  return SAME_FOR_ALL.isIn(own);
}

const PREFIX = /^(NEXT_PUBLIC|VITE_APP|VITE|REACT_APP|VUE_APP|GATSBY|PUBLIC|NUXT_PUBLIC)_/;

function isReplaced(
  read: EnvironmentFact,
  { variables, via, specifier }: Bundler,
  path: string,
  model: ProjectModel,
): boolean {
  if (read.via !== via || read.name === undefined || !variables.test(read.name)) return false;
  return (
    specifier === undefined ||
    model.facts.get(path)?.imports.some((one) => specifier.test(one.specifier)) === true
  );
}

/** The modules that builds make front ends of, by the app that is built: its own, and those it loads of the workspace. */
const builtModules = query('modules', (model): ReadonlyMap<PackageInfo, readonly string[]> => {
  const built = new Map<PackageInfo, string[]>();
  const own = new Map<PackageInfo, string[]>();
  for (const [path, module] of model.modules)
    if (module.package && isBuilt(path, model))
      own.set(module.package, [...(own.get(module.package) ?? []), path]);
  for (const [info, paths] of own) {
    if (bundlersOf(info, model.files).length === 0) continue;
    const seen = new Set(paths);
    const queue = [...paths];
    for (let path = queue.pop(); path !== undefined; path = queue.pop())
      for (const { path: next, typeOnly } of model.modules.get(path)?.imports ?? []) {
        if (next === undefined || typeOnly || seen.has(next) || !isBuilt(next, model)) continue;
        seen.add(next);
        queue.push(next);
      }
    built.set(info, [...seen].sort());
  }
  return built;
});

function isBuilt(path: string, model: ProjectModel): boolean {
  const roles = model.modules.get(path)?.roles;
  return (
    roles !== undefined &&
    !roles.has('test') &&
    !roles.has('build') &&
    !roles.has('development') &&
    !isTestPath(path) &&
    !isDocumentPath(path)
  );
}

/** The configuration files of a package's build. */
function configurations(
  info: PackageInfo,
  bundlers: readonly Bundler[],
  model: ProjectModel,
): readonly string[] {
  return [...model.facts.keys()]
    .filter(
      (path) =>
        folderOf(path) === info.dir &&
        !isTestPath(path) &&
        bundlers.some(({ configuration }) => configuration?.test(baseName(path))),
    )
    .sort();
}

interface Read {
  readonly name: string | undefined;
  readonly span: Span;
}

/** What a configuration puts into the build of what the environment says. */
function configured(path: string, { definitions }: Bundler, model: ProjectModel): readonly Read[] {
  const facts = model.facts.get(path);
  if (facts?.detail !== 'full') return [];
  if (!definitions) return facts.environment.filter(({ write, name }) => !write && name !== '*');
  const values = [
    ...facts.exports.map(({ value }) => value),
    ...facts.calls.flatMap(({ args }) => args),
  ];
  const defined = values.flatMap((value) => definedIn(value, definitions, facts, 0));
  const plugins = facts.calls.filter(({ callee }) => DEFINING.test(canonicalName(callee) ?? ''));
  return [...defined.flatMap(readsIn), ...plugins.flatMap(({ args }) => args.flatMap(namedIn))];
}

const DEFINING = /\.(DefinePlugin|EnvironmentPlugin)$/;

/** The values under a property, in objects and in what functions return. */
function definedIn(
  value: Value,
  property: RegExp,
  facts: SourceFacts,
  depth: number,
): readonly Value[] {
  if (depth > 6) return [];
  if (value.kind === 'function' && !value.isClass) {
    const returned = facts.functions[value.id]?.returns;
    return returned ? definedIn(returned, property, facts, depth + 1) : [];
  }
  const own =
    value.kind === 'object'
      ? value.properties.flatMap((one) => (property.test(one.key) ? [one.value] : []))
      : [];
  return [
    ...own,
    ...childrenOf(value).flatMap((child) => definedIn(child, property, facts, depth + 1)),
  ];
}

/** Variables read in a value: of `process.env`, and of what Vite's `loadEnv` answers. */
function readsIn(value: Value): readonly Read[] {
  if (value.kind === 'member' && /^[A-Z][A-Z0-9_]*$/.test(value.name ?? ''))
    return value.object.kind === 'call' && canonicalName(value.object.callee) === 'vite.loadEnv'
      ? [{ name: value.name, span: value.span }]
      : environmentReads(value);
  return value.kind === 'env' ? [value] : childrenOf(value).flatMap(readsIn);
}

/** What plugins are told to replace: by expressions, or by the names of variables. */
function namedIn(value: Value): readonly Read[] {
  const items = value.kind === 'array' ? value.items : [];
  return [
    ...readsIn(value),
    ...items.flatMap((item) => ({ name: stringOf(item), span: item.span })),
  ];
}

interface Given {
  readonly at: Location;
  /** Only a mark is given, which a start replaces. */
  readonly isReplaced: boolean;
}

/** The variables that images and pipelines give to the builds of a package, each where it is given first. */
function givenToBuilds(info: PackageInfo, model: ProjectModel): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>();
  const add = (name: string, path: string, span: Span, value: string | undefined): void => {
    if (!given.has(name) || isMark(name, value))
      given.set(name, { at: { path, span }, isReplaced: isMark(name, value) });
  };
  const images = imagesOfPackage(model, info);
  for (const { path, syntax } of images)
    for (const { keyword, pairs } of syntax.stages.flatMap(({ instructions }) => instructions))
      if (keyword === 'ARG' || keyword === 'ENV')
        for (const { name, span, value } of pairs) add(name, path, span, value);
  const built = new Set(images.map(({ path }) => path));
  for (const { path, services, production } of composeFiles(model.files))
    for (const { build } of services)
      if (production && build?.dockerfile !== undefined && built.has(build.dockerfile))
        for (const { name, span, value } of build.args) add(name, path, span, value);
  for (const job of ciJobs(model.files))
    if (job.purpose === 'deploy')
      for (const { name, span, value } of job.environment) add(name, job.path, span, value);
  return given;
}

/** `APP_NEXT_PUBLIC_API_URL`, `__API_URL__`: something to be found and replaced, rather than a value. */
function isMark(name: string, value: string | undefined): boolean {
  const own = name.replace(PREFIX, '');
  return value !== undefined && !value.includes('$') && value.length > own.length
    ? value.includes(own) && /^[A-Z_%{}#@-]+$/i.test(value)
    : /^__\w+__$/.test(value ?? '');
}
