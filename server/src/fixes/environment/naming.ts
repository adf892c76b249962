import type { Span } from '../../base/span';
import type { FixBatch } from '../../engine/finding';
import type { EnvironmentVariable, ProjectModel } from '../../project/model';
import {
  AWS_OWN,
  GENERIC_OUTER,
  GENERIC_OWN,
  GENERIC_PLACES,
  PROTOCOL_ADDRESSES,
  PROTOCOL_KEYS,
  WEAK_OWNERS,
} from '../../vocabulary/naming';
import { type ServiceKind, prefixesOf } from '../../vocabulary/services';
import { RESERVED } from '../../vocabulary/variables';
import { nameContext, type NameContext } from './naming-context';
import { hostWords, joinWords, ownerWords, screamingCase, urlParts } from './words';

/** What kind of setting a literal is; decides the last word of its variable. */
export type VariableKind =
  | 'url'
  | 'origin'
  | 'host'
  | 'port'
  | 'secret'
  | 'password'
  | 'user'
  | 'database'
  | 'path'
  | 'value';

export interface NameRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** Where the literal stands. */
  readonly span: Span;
  readonly kind: VariableKind;
  /** Today's value as text. */
  readonly value: string;
  /** The rule's own words for it: `session secret`, `CORS origin`. They win over names in the code. */
  readonly what?: string;
  /** The backing service it belongs to. */
  readonly service?: ServiceKind;
  /** A variable that the code reads already is taken over: only with the same default, or under the same name. */
  readonly reuse: 'same-value' | 'same-name';
  /** What names have to start with; see `environmentAccess`. */
  readonly prefix: string;
}

/**
 * Finds the environment variable for a literal: one that has this meaning already, else a new name from the context. The name
 * is claimed in the batch: other literals get another one, the same literal of the same meaning shares it.
 */
export function variableName(request: NameRequest, batch: FixBatch): string {
  const name = existingByValue(request, batch) ?? firstFree(request, batch);
  batch.claimedNames.set(name, request.value);
  return name;
}

/** A URL or host that the project reads already with this very default, or documents with this value and does not read. */
function existingByValue(request: NameRequest, batch: FixBatch): string | undefined {
  const { kind, value, prefix, model } = request;
  if (!['url', 'origin', 'host'].includes(kind) || value.length < 8) return undefined;
  const fits = (name: string): boolean =>
    /(URL|URI|ENDPOINT|HOST|ORIGIN|BASE|SERVER|API|DOMAIN)S?$/.test(name) &&
    name.startsWith(prefix);
  for (const [name, claimed] of batch.claimedNames)
    if (claimed === value && fits(name)) return name;
  for (const { name, supplies } of model.environment.values()) {
    if (!fits(name)) continue;
    const defaults = readsOf(request, name).map(({ fact }) => fact.fallback);
    const isDocumented = supplies.some((one) => one.kind === 'example' && one.value === value);
    const isDefault = defaults.some((one) => one?.kind === 'literal');
    const isContradicted = defaults.some((one) =>
      one ? one.kind !== 'literal' || String(one.value) !== value : !isDocumented,
    );
    if ((isDocumented || isDefault) && !isContradicted) return name;
  }
  return undefined;
}

function firstFree(request: NameRequest, batch: FixBatch): string {
  const { prefix } = request;
  const candidates = candidateNames(request)
    .flatMap((name, index) => (index === 0 && RESERVED.has(name) ? [name, `APP_${name}`] : name))
    .map((name) => (name.startsWith(prefix) ? name : prefix + name));
  const found = candidates.find((name) => isFree(name, request, batch));
  if (found !== undefined) return found;
  const base = candidates[0] ?? `${prefix}VALUE`;
  let number = 2;
  while (!isFree(`${base}_${number}`, request, batch)) number += 1;
  return `${base}_${number}`;
}

/** Names in order of preference, never empty. */
function candidateNames(request: NameRequest): string[] {
  const { model, path, span, service, what } = request;
  const syntax = model.files.source(path);
  const context: NameContext = syntax
    ? nameContext(syntax, span)
    : {
        own: undefined,
        outer: [],
        file: undefined,
        isListItem: false,
        isMember: false,
        isPart: false,
        isBinding: false,
        text: request.value,
      };
  const base = preferredName(request, context);
  const packageName = model.packageOf(path)?.name?.replace(/^@[^/]*\//, '');
  const owner = packageName === undefined ? undefined : screamingCase(packageName);
  const outer = [...context.outer, context.file, owner].flatMap((words) =>
    words === undefined || GENERIC_OUTER.has(words) ? [] : [words],
  );
  const qualified = outer
    .filter((words) => !base.startsWith(words))
    .map((words) => joinWords(words, base));
  const serviceNames =
    service !== undefined && what === undefined
      ? [joinWords(serviceWords(service)[0], suffixOf(request, context))]
      : [];
  return [base, ...serviceNames, ...qualified];
}

function preferredName(request: NameRequest, context: NameContext): string {
  return (
    knownName(request, context) ??
    nameInCode(request, context) ??
    nameFromSurroundings(request, context)
  );
}

/** A name that is settled before the code is asked: by what takes it in, the rule's words, the service, or convention. */
function knownName(request: NameRequest, context: NameContext): string | undefined {
  const { kind, what, service } = request;
  const { own } = context;
  if (own !== undefined && AWS_OWN.has(own)) return `AWS_${own}`;
  if (what !== undefined && !isNamedCredential(kind, own)) {
    const words = screamingCase(what);
    return joinWords(words, kind === 'url' && !ENDS_AS_URL.test(words ?? '') ? 'URL' : undefined);
  }
  if (service !== undefined && service !== 'http')
    return joinWords(servicePrefix(request.model, service), suffixOf(request, context));
  const isMainPort = kind === 'port' && (own === undefined || /^(DEFAULT_)?PORT$/.test(own));
  return isMainPort ? 'PORT' : undefined;
}

/** Does the code name a credential in a way that says more than what sort of thing it is? */
function isNamedCredential(kind: VariableKind, own: string | undefined): boolean {
  if (kind !== 'secret' && kind !== 'password') return false;
  return own !== undefined && !isGeneric(own) && hasSuffix(own, kind);
}

/** What the code calls the literal, where that says what it is and the address in it does not say more. */
function nameInCode(request: NameRequest, context: NameContext): string | undefined {
  const { kind, value } = request;
  const own = ownName(context);
  if (own === undefined || isGeneric(own)) return undefined;
  if (isVague(own, context) && hostOf(request) !== undefined) return undefined;
  const name = hasSuffix(own, kind) ? own : joinWords(own, suffixOf(request, context));
  if (!isOfProtocol(own)) return name;
  const [owner] = context.outer;
  // Where people come back to is at the app's own address, whoever sends them.
  const isOwn = /^(CALLBACK|REDIRECT|RETURN|WEBHOOK|LOGOUT|LOGIN)/.test(own);
  const party = isOwn ? owner : (ownerWords(value) ?? owner);
  return party === undefined || name.includes(party) ? name : joinWords(party, name);
}

/** A name from the address itself, what is around the literal, or the file. */
function nameFromSurroundings(request: NameRequest, context: NameContext): string {
  const { kind } = request;
  const suffix = suffixOf(request, context);
  const own = ownName(context);
  const host = hostOf(request);
  const [outer] = context.outer;
  if (host !== undefined) {
    // `qyapi.weixin.qq.com` in wecom.ts: what it is called there says more.
    const isWeak = host.length <= 3 || WEAK_OWNERS.has(host.replace(/_API$/, ''));
    return joinWords((isWeak ? (context.file ?? outer) : undefined) ?? host, suffix);
  }
  if (outer !== undefined && kind !== 'host')
    return joinWords(outer, own !== undefined && hasSuffix(own, kind) ? own : suffix);
  if (kind === 'url') {
    const path = pathWords(context.text.replace(/^['"`]/, ''));
    return joinWords(path ?? context.file ?? 'API', suffix);
  }
  if (kind === 'host' && context.isBinding) return suffix;
  if (context.file !== undefined && /^(secret|password|port|path|host)$/.test(kind))
    return joinWords(context.file, suffix);
  // `HOST` alone is where this server listens.
  if (kind === 'host') return 'REMOTE_HOST';
  return own !== undefined && kind === 'value' ? own : suffix;
}

/** The words of the host in an address. */
function hostOf({ kind, value }: NameRequest): string | undefined {
  return kind === 'url' || kind === 'host' ? hostWords(value) : undefined;
}

function ownName({ own, isListItem }: NameContext): string | undefined {
  return isListItem ? singular(own) : own;
}

/** Is what holds the literal one of many of this name, or more than the literal? */
function isVague(own: string, { isMember, isListItem, isPart }: NameContext): boolean {
  if (isListItem || (isMember && GENERIC_MEMBER.test(own))) return true;
  return isPart && !/BASE|ROOT|ORIGIN/.test(own);
}

/** The last words: `URL`, `PORT`, or what the code says (`ENDPOINT`, `API_KEY`). */
// eslint-disable-next-line complexity -- one case for each kind of setting
function suffixOf({ kind, service }: NameRequest, { own }: NameContext): string {
  switch (kind) {
    case 'url':
      return own === 'ENDPOINT' || own === 'ORIGIN' ? own : 'URL';
    case 'origin':
      return own === 'ORIGIN' || own === undefined ? 'CORS_ORIGIN' : 'ORIGIN';
    case 'host':
      return 'HOST';
    case 'port':
      return 'PORT';
    case 'secret':
      return own !== undefined && /(KEY|TOKEN|SECRET|PASSPHRASE|PASSWORD)$/.test(own)
        ? own
        : 'SECRET';
    case 'password':
      return 'PASSWORD';
    case 'user':
      return 'USER';
    case 'database':
      return service === undefined ? 'DATABASE' : 'NAME';
    case 'path':
      return own === 'DIR' || own === 'FILE' ? own : 'PATH';
    case 'value':
      return own ?? 'VALUE';
  }
}

function hasSuffix(name: string, kind: VariableKind): boolean {
  switch (kind) {
    case 'url':
    case 'origin':
      return ENDS_AS_URL.test(name);
    case 'host':
      return /(HOST|HOSTNAME|SERVER|ADDRESS|DOMAIN|IP)$/.test(name);
    case 'port':
      return name.endsWith('PORT');
    case 'secret':
    case 'password':
      return /(SECRET|KEY|TOKEN|PASSWORD|PASS|PASSPHRASE|CREDENTIALS?|PWD)S?$/.test(name);
    case 'user':
      return /(USER|USERNAME|LOGIN|EMAIL|ID)$/.test(name);
    case 'database':
      return /(DATABASE|DB|NAME|SCHEMA)$/.test(name);
    case 'path':
      return /(PATH|DIR|DIRECTORY|FILE|FOLDER)$/.test(name);
    case 'value':
      return true;
  }
}

/** `http://localhost:4000/graphql` → `GRAPHQL`. */
function pathWords(value: string): string | undefined {
  const segment = urlParts(value)
    ?.path.split('/')
    .find((part) => part !== '' && !/^(api|v\d+)$/.test(part));
  const words = segment === undefined ? undefined : screamingCase(segment);
  return words === undefined || words.length > 20 ? undefined : words;
}

/** The first word the project uses for a service already (`DB_HOST` → `DB`), else the usual one. */
function servicePrefix(model: ProjectModel, service: ServiceKind): string {
  const known = serviceWords(service);
  const counts = known.map(
    (word) => [...model.environment.keys()].filter((name) => name.startsWith(`${word}_`)).length,
  );
  const most = Math.max(0, ...counts);
  return (most > 0 ? known[counts.indexOf(most)] : known[0]) ?? 'SERVICE';
}

function serviceWords(service: ServiceKind): readonly string[] {
  const known = prefixesOf(service);
  return known.length > 0 ? known : [screamingCase(service) ?? 'SERVICE'];
}

function isFree(name: string, request: NameRequest, batch: FixBatch): boolean {
  if (RESERVED.has(name)) return false;
  const claimed = batch.claimedNames.get(name);
  if (claimed !== undefined && claimed !== request.value) return false;
  const reads = readsOf(request, name);
  if (request.reuse === 'same-name') return true;
  return reads.every(
    ({ fact }) =>
      fact.fallback?.kind === 'literal' && String(fact.fallback.value) === request.value,
  );
}

/** Where this package's product code reads a variable. */
function readsOf({ model, path }: NameRequest, name: string): EnvironmentVariable['reads'] {
  const owner = model.packageOf(path);
  return (model.environment.get(name)?.reads ?? []).filter(
    (read) =>
      model.packageOf(read.path) === owner &&
      model.modules.get(read.path)?.roles.has('test') !== true,
  );
}

function singular(name: string | undefined): string | undefined {
  return name?.replace(/IES$/, 'Y').replace(/(?<!S)S$/, '');
}

const ENDS_AS_URL =
  /(URL|URI|ENDPOINT|ORIGIN|HOST|HREF|LINK|DOMAIN|SERVER|API|ADDRESS|BROKER|ISSUER|AUDIENCE)S?$/;

/** What many classes call the address of what they speak for. */
const GENERIC_MEMBER = /^(API|APP|SERVICE|CLIENT|PROVIDER)_(BASE_)?(URL|URI|ENDPOINT|HOST)$/;

/** Does a name only say what sort of thing it is: `URL`, `BASE_URL`, `SECRET_KEY`? */
function isGeneric(name: string): boolean {
  return (
    GENERIC_OWN.has(name) ||
    GENERIC_PLACES.has(name.replace(/^(BASE|ROOT|DEFAULT|SERVER|REMOTE)_?/, ''))
  );
}

/** Is it a term of OAuth and the like: `TOKEN_URL`, `CALLBACK`, `CLIENT_SECRET`? */
function isOfProtocol(name: string): boolean {
  return (
    PROTOCOL_ADDRESSES.has(name.replace(/_(URL|URI|ENDPOINT)$/, '')) || PROTOCOL_KEYS.has(name)
  );
}
