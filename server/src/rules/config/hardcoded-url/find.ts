import { contains, type Span } from '../../../base/span';
import type { Mark } from '../../../project/facts/facts';
import type { LiteralPosition } from '../../../project/facts/literal-position';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { isTestSettings } from '../../../project/services/environment-sections';
import { connectionPlaces } from '../../../project/services/fixed-connections';
import { judgeUrl, type UrlJudgement, type UrlSurroundings } from '../../../project/urls/judge';
import { isNamedAfterFile, ownDomains } from '../../../project/urls/own-domains';
import { isOfFrontPage } from '../../../project/urls/reading';
import { isDefaultPosition, urlUse, type UrlUse } from '../../../project/urls/use';
import { argumentValues } from '../../../project/values/argument-values';
import { standsIn } from '../../../project/values/stand-ins';
import { urlsOfValue, type LiteralUrl, type ValueUrl } from './literal-urls';

/** What the source handler leaves for each URL of a literal. */
export interface UrlMark extends LiteralUrl {
  readonly position: LiteralPosition;
  /** Held by a variable to which the file only links. */
  readonly isLinked?: true;
}

/** A URL worth reporting. */
export interface FoundUrl extends ValueUrl {
  readonly use: UrlUse;
  readonly judgement: UrlJudgement;
  /** True, but cheap to live with, or likely meant so. */
  readonly isQuiet: boolean;
}

/**
 * The URLs of one module that are fixed in code although they are endpoints: those whose place says so, and those that reach a
 * call which takes an endpoint (they may stand in another module).
 */
export function fixedUrls(
  marks: readonly Mark<UrlMark>[],
  module: ModuleInfo,
  model: ProjectModel,
): readonly FoundUrl[] {
  const surroundings: UrlSurroundings = {
    ownDomains: ownDomains(model),
    packageNames: packageNames(module),
    // A library is one for all who install it: what it calls its base is the service that it is made for.
    isClientOf: (host) => module.package?.kind === 'library' || isNamedAfterFile(host, module.path),
  };
  if (isTestSettings(module.path)) return [];
  const found = new Map<string, FoundUrl>();
  const connections = marks.length > 0 ? connectionPlaces(module, model) : [];
  const add = (url: ValueUrl, use: UrlUse, { isQuiet }: Pick<FoundUrl, 'isQuiet'>): void => {
    const judgement = judgeUrl(url.url, use, surroundings);
    if (!judgement) return;
    // A page that links to the project's own site links to something to read.
    if (use === 'link' && judgement.host === 'own' && module.roles.has('browser')) return;
    const path = url.path ?? module.path;
    // A script that is run by hand talks to what runs beside it.
    const isByHand = judgement.host === 'loopback' && isHandScript(module);
    // The address of a backing service is said by the rule about connections.
    if (path === module.path && connections.some((each) => overlap(each, url.span))) return;
    const key = `${path}\0${url.origin.start}`;
    const known = found.get(key);
    const isBetter =
      !known ||
      (known.judgement.verdict === 'vendor' && judgement.verdict === 'varies') ||
      (known.isQuiet && !isQuiet);
    if (isBetter) found.set(key, { ...url, use, judgement, isQuiet: isQuiet || isByHand });
  };
  const isLibrary = isLibraryModule(module);
  const isQuietIn = (path: string): boolean => isLibrary || isBuildTimeFile(path);
  const places = marks.map(({ data }) => data);
  const silenced = new Set<number>();
  for (const data of places) {
    const { position } = data;
    if (isNoEndpointOfDeploy(position)) silenced.add(data.origin.start);
    const use = inModule(urlUse(position, data), position, module);
    if (use === undefined || isLeftOut(position, module) || standsIn(data.span, module, model))
      continue;
    const judged = judgeUrl(data.url, use, surroundings);
    if (judged && isFineInPage(judged, use, data, module)) continue;
    const isQuiet = isDefaultPosition(position) || isQuietIn(module.path);
    add({ ...data, path: undefined }, use, { isQuiet: isQuiet || data.isItself === true });
  }
  for (const { url, use } of requestedUrls(module, model)) {
    // Of a template with known parts the value knows the text, the mark the place.
    const mark = places.find(
      ({ origin }) => (url.path ?? module.path) === module.path && contains(url.span, origin),
    );
    if (mark && silenced.has(mark.origin.start)) continue;
    const isQuiet = isQuietIn(url.path ?? module.path) || mark?.isItself === true;
    add(mark ? { ...mark, path: undefined } : url, use, { isQuiet });
  }
  return [...found.values()];
}

/** What a page's build chooses for one's own machine, and a site of the project's own that it links to. */
function isFineInPage(
  { host }: UrlJudgement,
  use: UrlUse,
  data: UrlMark,
  module: ModuleInfo,
): boolean {
  if (host === 'loopback') return data.position.use === 'choice';
  return host === 'own' && isPageLink(use, data, module);
}

/** The URLs that reach a call which takes an endpoint. */
function requestedUrls(
  { path }: ModuleInfo,
  model: ProjectModel,
): readonly { readonly url: ValueUrl; readonly use: UrlUse }[] {
  return model.meanings(path).flatMap(({ meaning, args, call }) => {
    if (meaning.kind !== 'endpoint' || call.context.includes('development')) return [];
    return argumentValues(args, meaning.url, model, path)
      .flatMap((value) => urlsOfValue(value))
      .map((url) => ({ url, use: meaning.use }));
  });
}

/** Does the position say that the literal is no endpoint, or not one for every deploy, whatever it reaches? */
function isNoEndpointOfDeploy(position: LiteralPosition): boolean {
  const { use, development, afterEnvironment } = position;
  return (
    development ||
    afterEnvironment ||
    use === 'message' ||
    use === 'comparison' ||
    use === 'choice' ||
    isDefaultPosition(position)
  );
}

/** Is a URL in this position left to others: what some environments choose, and what is only called a default? */
function isLeftOut(position: LiteralPosition, { roles }: ModuleInfo): boolean {
  const { use, development, afterEnvironment } = position;
  if (development || afterEnvironment) return true;
  // In browsers, a choice by the environment's name is made when they are built.
  if (use === 'choice' && !roles.has('browser')) return true;
  return use !== 'fallback' && use !== 'default' && isDefaultPosition(position);
}

/**
 * In a page, the project's own site under a vague name is one to link to, as is whatever is only linked to; what is requested
 * there, the call says.
 */
function isPageLink(
  use: UrlUse,
  { url, position, isLinked }: UrlMark,
  { roles }: Pick<ModuleInfo, 'roles'>,
): boolean {
  const isVague = use === 'address' || use === 'endpoint';
  const isShown =
    isVague && position.use === 'value' && position.calls.length === 0 && isOfFrontPage(url);
  return roles.has('browser') && (isShown || isLinked === true);
}

/** The API of a page is its own server's; what a server calls by that name is as likely somebody else's. */
function inModule(
  use: UrlUse | undefined,
  { names }: LiteralPosition,
  { roles }: ModuleInfo,
): UrlUse | undefined {
  const isVague = /^_?api_?(base|root)?_?(url|uri|endpoint|root|base|host)$/i.test(names[0] ?? '');
  return use === 'own' && isVague && !roles.has('browser') ? 'endpoint' : use;
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

function packageNames({ package: info }: ModuleInfo): readonly string[] {
  return [info?.name, info?.workspaceRoot?.name].filter((name) => name !== undefined);
}

/** Code that others install has no deploys of its own. */
function isLibraryModule({ roles, package: info }: ModuleInfo): boolean {
  if (roles.has('web') || roles.has('worker') || roles.has('serverless') || roles.has('clock'))
    return false;
  return (
    roles.has('library') || roles.has('cli') || info?.kind === 'library' || info?.kind === 'tool'
  );
}

/** Nothing that is deployed, and no command of the package, starts it. */
function isHandScript({ roles, entryPoints, path }: ModuleInfo): boolean {
  return entryPoints.length === 0 && roles.has('admin') && /(^|\/)scripts?\//.test(path);
}

/** Angular's environment files are another rule's matter. */
function isBuildTimeFile(path: string): boolean {
  return /(^|\/)environments?\/environment[\w.-]*\.[cm]?[jt]s$/.test(path);
}
