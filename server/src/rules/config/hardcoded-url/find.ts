import type { Span } from '../../../base/span';
import type { Mark } from '../../../project/facts/facts';
import type { LiteralPosition } from '../../../project/facts/literal-position';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { holdsPage } from '../../../project/requests/page-code';
import { isTestSettings } from '../../../project/services/environment-sections';
import { connectionPlaces } from '../../../project/services/fixed-connections';
import { judgeUrl, type UrlJudgement, type UrlSurroundings } from '../../../project/urls/judge';
import { isNamedAfterFile, ownDomains } from '../../../project/urls/own-domains';
import { isOfFrontPage } from '../../../project/urls/reading';
import { isDefaultPosition, urlUse, type UrlUse } from '../../../project/urls/use';
import { argumentValues } from '../../../project/values/argument-values';
import { standsIn } from '../../../project/values/stand-ins';
import { urlsOfValue, type LiteralUrl, type ValueUrl } from './literal-urls';
import { isForwarded } from './server-settings';

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
  // What once brought the data to a new form did so on the day it ran.
  if (isTestSettings(module.path) || isMigrationFile(module)) return [];
  if (module.roles.has('build')) return forwardedUrls(marks, module, surroundings);
  const found = new Map<string, FoundUrl>();
  const connections = marks.length > 0 ? connectionPlaces(module, model) : [];
  const add = (url: ValueUrl, use: UrlUse, { isQuiet }: Pick<FoundUrl, 'isQuiet'>): void => {
    const judgement = judgeUrl(url.url, use, surroundings);
    if (!judgement) return;
    // A page that links to the project's own site links to something to read.
    if (use === 'link' && judgement.host === 'own' && isPage(module, model)) return;
    const path = url.path ?? module.path;
    // A script that is run by hand talks to what runs beside it.
    const isByHand = /^(loopback|platform)$/.test(judgement.host) && isHandScript(module);
    const isItself = judgement.host === 'loopback' && isOwnPort(path, url.span, model);
    // The rule about connections reports the address of a backing service.
    if (path === module.path && connections.some((each) => overlap(each, url.span))) return;
    const key = `${path}\0${url.origin.start}`;
    const known = found.get(key);
    const isBetter =
      !known ||
      (known.judgement.verdict === 'vendor' && judgement.verdict === 'varies') ||
      (known.isQuiet && !isQuiet);
    if (isBetter)
      found.set(key, { ...url, use, judgement, isQuiet: isQuiet || isByHand || isItself });
  };
  const isLibrary = isLibraryModule(module);
  const places = marks.map(({ data }) => data);
  const silenced = new Set<number>();
  for (const data of places) {
    const { position } = data;
    if (
      position.development ||
      position.afterEnvironment ||
      position.use === 'message' ||
      position.use === 'comparison' ||
      isDefaultPosition(position) ||
      position.use === 'choice'
    )
      silenced.add(data.origin.start);
    const use = inModule(urlUse(position, data), position, module);
    if (position.names.some((name) => SAMPLES.test(name))) continue;
    if (use === undefined || position.development || position.afterEnvironment) continue;
    if (module.roles.has('browser') && isOffered(data, places)) continue;
    const isBrowserChoice = position.use === 'choice' && module.roles.has('browser');
    if (position.use === 'choice' && !isBrowserChoice) continue;
    const isDefault = isDefaultPosition(position);
    if (isDefault && position.use !== 'fallback' && position.use !== 'default') continue;
    if (standsIn(data.span, module, model)) continue;
    const url = { ...data, path: undefined };
    const judged = judgeUrl(data.url, use, surroundings);
    if (isBrowserChoice && judged?.host === 'loopback') continue;
    if (judged?.host === 'own' && isPageLink(use, data, module, model)) continue;
    const isQuiet = isDefault || isLibrary || isBuildTimeFile(module.path);
    add(url, use, { isQuiet: isQuiet || data.isItself === true });
  }
  for (const { meaning, args, call } of model.meanings(module.path)) {
    if (meaning.kind !== 'endpoint' || call.context.includes('development')) continue;
    for (const value of argumentValues(args, meaning.url, model, module.path)) {
      for (const url of urlsOfValue(value)) {
        const isHere = url.path === undefined || url.path === module.path;
        // Of a template with known parts the value knows the text, the mark the place.
        const mark = isHere
          ? places.find(
              ({ origin }) => origin.start >= url.span.start && origin.end <= url.span.end,
            )
          : undefined;
        if (mark && silenced.has(mark.origin.start)) continue;
        const isQuiet =
          isLibrary || isBuildTimeFile(url.path ?? module.path) || mark?.isItself === true;
        add(mark ? { ...mark, path: undefined } : url, meaning.use, { isQuiet });
      }
    }
  }
  return [...found.values()];
}

/** What a page or a mail is shown with while it is made: `Welcome.PreviewProps = { … }`. */
const SAMPLES = /^(preview|sample|mock|dummy|story)_?(props|data|args)$/i;
/** What a form begins with. */
const FORM_VALUES = /^(default|initial|empty)_?(form_?)?(values|state|form)$/i;
/** So many addresses under one name are a list to choose from. */
const OFFERED = 4;

/** `const PROVIDERS = [{ name: 'Acme', apiUrl: 'https://api.acme.ai' }, …]`: users of a page choose one, or type another over it. */
function isOffered({ position }: UrlMark, places: readonly UrlMark[]): boolean {
  const { names } = position;
  if (names.some((name) => FORM_VALUES.test(name))) return true;
  const outer = names.at(-1);
  if (names.length < 2 || outer === undefined) return false;
  const alike = places.filter(
    (each) => each.position.names[0] === names[0] && each.position.names.at(-1) === outer,
  );
  return new Set(alike.map(({ url }) => url.host)).size >= OFFERED;
}

/** Of the settings of a build, those by which the framework sends requests on while it serves. */
function forwardedUrls(
  marks: readonly Mark<UrlMark>[],
  module: ModuleInfo,
  surroundings: UrlSurroundings,
): readonly FoundUrl[] {
  return marks.flatMap(({ data }): FoundUrl[] => {
    const { position } = data;
    if (position.use !== 'value' || position.development || !isForwarded(module, position))
      return [];
    const judgement = judgeUrl(data.url, 'proxy', surroundings);
    return judgement?.verdict === 'varies'
      ? [{ ...data, path: undefined, use: 'proxy', judgement, isQuiet: false }]
      : [];
  });
}

/**
 * In a page, the project's own site under a vague name is one to link to, as is whatever is only linked to; what is requested
 * there, the call says.
 */
function isPageLink(
  use: UrlUse,
  { url, position, isLinked }: UrlMark,
  module: ModuleInfo,
  model: ProjectModel,
): boolean {
  const isVague = use === 'address' || use === 'endpoint';
  const isShown =
    isVague && position.use === 'value' && position.calls.length === 0 && isOfFrontPage(url);
  return isPage(module, model) && (isShown || isLinked === true);
}

function isPage(module: ModuleInfo, model: ProjectModel): boolean {
  return module.roles.has('browser') || holdsPage(module, model);
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

/** `http://localhost:${port}` is the process itself, wherever it listens. */
function isOwnPort(path: string, span: Span, model: ProjectModel): boolean {
  return /:\$\{[^}]*\bport\b/i.test(model.files.piece(path, span));
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

/** `migrations/20190101-add-urls.js`: its name says when it was written. */
function isMigrationFile({ path }: ModuleInfo): boolean {
  return /(^|\/)migrations?\/(.+\/)?\d{3}[^/]*$/i.test(path);
}

/** Angular's environment files are another rule's matter. */
function isBuildTimeFile(path: string): boolean {
  return /(^|\/)environments?\/environment[\w.-]*\.[cm]?[jt]s$/.test(path);
}
