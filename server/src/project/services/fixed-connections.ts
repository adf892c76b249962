import { query } from '../query';
import type { Span } from '../../base/span';
import type {
  EitherValue,
  LiteralValue,
  ObjectValue,
  TemplateValue,
  Value,
} from '../../base/value';
import {
  constantAt,
  environmentReads,
  propertyOf,
  stringOf,
  textWithHoles,
  unwrapCasts,
} from '../../base/values';
import { LOCAL_DRIVERS, SERVER_DRIVERS } from '../../vocabulary/drivers';
import type { ServiceKind } from '../../vocabulary/services';
import type { Meaning } from '../libraries/meaning';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../model';
import { classifyHost } from '../urls/hosts';
import { HOLE } from '../urls/url-text';
import { argumentValues } from '../values/argument-values';
import { connectionText, isFixedPlace, type ConnectionText } from './connection-text';
import { isDevelopmentSection, isDevelopmentSettings } from './environment-sections';

type Connect = Extract<Meaning, { kind: 'connect' }>;

/** A place in code that fixes which backing service a client is connected to. */
export interface FixedConnection {
  readonly path: string;
  /** The text that has to change: a literal, or the host's part of a template. */
  readonly span: Span;
  readonly service: ServiceKind;
  /**
   * `url`: all of a connection string; `host`: a host, or that part of a string; `user`: only the account is given; `call`:
   * nothing is given at all. Without a host, the client's own default is this machine.
   */
  readonly part: 'url' | 'host' | 'user' | 'call';
  /** Undefined for `user` and `call`. */
  readonly connection: ConnectionText | undefined;
  /** The first of several hosts of one service. */
  readonly isListed?: true;
}

/** The fixed connections of one module's clients, and of the settings that it exports. They may stand in another module. */
export function fixedConnections(
  module: ModuleInfo,
  model: ProjectModel,
): readonly FixedConnection[] {
  const found = new Map<string, FixedConnection>();
  const add = (each: FixedConnection): void => {
    const key = `${each.path}\0${each.span.start}`;
    if (!found.has(key)) found.set(key, each);
  };
  for (const each of model.meanings(module.path)) {
    if (each.meaning.kind === 'connect' && !each.call.context.includes('development'))
      connectionsOfCall(each, each.meaning, model).forEach(add);
  }
  if (!isDevelopmentSettings(module.path)) exportedSettings(module, model).forEach(add);
  return [...found.values()];
}

interface Place {
  readonly from: string;
  readonly span: Span;
}

/**
 * Where fixed connections stand in one module, for rules that have less to say about the same text. What clients of other modules
 * contribute is as old as the last full analysis.
 */
export function connectionPlaces(module: ModuleInfo, model: ProjectModel): readonly Span[] {
  return [
    ...(allPlaces(model).get(module.path) ?? []).filter(({ from }) => from !== module.path),
    ...fixedConnections(module, model).filter(({ path }) => path === module.path),
  ].map(({ span }) => span);
}

const allPlaces = query('modules', (model): ReadonlyMap<string, readonly Place[]> => {
  const places = new Map<string, Place[]>();
  for (const module of model.modules.values()) {
    for (const { path, span } of fixedConnections(module, model)) {
      const list = places.get(path) ?? [];
      list.push({ from: module.path, span });
      places.set(path, list);
    }
  }
  return places;
});

function connectionsOfCall(
  { args, path, call }: CallMeaning,
  meaning: Connect,
  model: ProjectModel,
): FixedConnection[] {
  const at = (place: string | undefined): readonly Value[] =>
    place === undefined ? [] : argumentValues(args, place, model, path);
  if (usesFile(args)) return [];
  if (meaning.localBelow !== undefined && args.length <= meaning.localBelow)
    return [
      {
        path,
        span: call.nameSpan,
        service: meaning.service,
        part: 'call',
        connection: undefined,
      },
    ];
  const urls = at(meaning.url);
  const hosts = at(meaning.host);
  const { service } = meaning;
  const found = [
    ...fixedTexts(urls, meaning.url, service, path).filter(isAddress),
    ...fixedTexts(hosts, meaning.host, service, path),
  ];
  if (found.length > 0 || hosts.length > 0 || urls.some((value) => value.kind !== 'object'))
    return found;
  return accountOnly(args, at(meaning.user), service, path);
}

/** Where a URL may stand, a single word is something else: the name of a database. */
function isAddress({ connection }: FixedConnection): boolean {
  const host = connection?.hosts[0];
  return connection?.form !== 'host' || host?.port !== '' || /\.|^localhost$/.test(host.host);
}

/** Of several hosts of one service the first is enough. */
function fixedTexts(
  values: readonly Value[],
  place: string | undefined,
  service: ServiceKind,
  from: string,
): FixedConnection[] {
  const isList = values.length > 1 && place?.endsWith('.*') === true;
  const found = values.flatMap((value) => fixedText(value, service, from));
  return isList ? found.slice(0, 1).map((each) => ({ ...each, isListed: true })) : found;
}

/** `{ user: 'root', database: 'shop' }` without a host: the client's own default is this machine. */
function accountOnly(
  args: readonly Value[],
  users: readonly Value[],
  service: ServiceKind,
  path: string,
): FixedConnection[] {
  if (!['mysql', 'mariadb', 'postgres', 'sql', 'mssql'].includes(service)) return [];
  const isWhole = args.every((arg) => arg.kind !== 'object' || arg.spreads.length === 0);
  const hasSocket = args.some(
    (arg) =>
      arg.kind === 'object' && (propertyOf(arg, 'socketPath') || propertyOf(arg, 'replication')),
  );
  if (!isWhole || hasSocket) return [];
  return users.flatMap((value): FixedConnection[] => {
    const user = unwrapCasts(value);
    if (user.kind !== 'literal' || typeof user.value !== 'string' || user.value === '') return [];
    return [
      { path: user.path ?? path, span: user.span, service, part: 'user', connection: undefined },
    ];
  });
}

/**
 * The literal or template that a url or host certainly is. What the environment has a say in is not fixed.
 * @param from the module of the value, where it does not say itself
 */
export function fixedText(value: Value, service: ServiceKind, from: string): FixedConnection[] {
  const inner = unwrapCasts(value);
  const path = inner.path ?? from;
  if (inner.kind === 'array') return fixedTexts(inner.items, '0.*', service, from);
  if (inner.kind === 'either') return fixedAlternative(inner, service, from);
  if (inner.kind !== 'literal' && inner.kind !== 'template') return [];
  if (inner.kind === 'literal' && typeof inner.value !== 'string') return [];
  const text = textWithHoles(inner);
  const connection = text === undefined ? undefined : connectionText(text);
  if (!connection || !isFixedPlace(connection)) return [];
  const kind = connection.service ?? service;
  if (inner.kind === 'literal')
    return [{ path, ...literalPlace(inner, connection), service: kind, connection }];
  const place = hostPlace(inner, connection);
  return place ? [{ ...place, path: place.path ?? path, service: kind, connection }] : [];
}

/** The first alternative decides, unless it is the default of a parameter that no call replaces. */
function fixedAlternative(
  value: EitherValue,
  service: ServiceKind,
  from: string,
): FixedConnection[] {
  const [first, fallback] = value.options;
  // The default of a parameter that no call replaces is the address; on this machine it is reported as a default.
  if (value.operator === 'default' && first?.kind === 'unknown' && !first.name && fallback)
    return fixedText(fallback, service, from).filter(
      ({ connection }) =>
        connection?.hosts.every(({ host }) => classifyHost(host) !== 'loopback') === true,
    );
  const isFirst =
    value.operator === '||' || value.operator === '??' || value.operator === 'default';
  return isFirst && first && environmentReads(value).length === 0
    ? fixedText(first, service, from)
    : [];
}

/** The literal, or the constant in front of it (`${BASE}/shop`), which is what has to change, once. */
function literalPlace(
  literal: LiteralValue,
  { form, hosts }: ConnectionText,
): Pick<FixedConnection, 'span' | 'part'> {
  const part = form === 'host' ? 'host' : 'url';
  const constant = constantAt(literal, hosts[0]?.span.start ?? 0);
  if (!constant) return { span: literal.span, part };
  return { span: constant.span, part: String(constant.value).includes('://') ? part : 'host' };
}

/** The part of a template that says the host. */
function hostPlace(
  template: TemplateValue,
  { hosts }: ConnectionText,
): (Pick<FixedConnection, 'span' | 'part'> & { readonly path?: string }) | undefined {
  const host = hosts[0];
  if (!host) return undefined;
  let offset = 0;
  for (const part of template.parts) {
    const text = textWithHoles(part) ?? HOLE;
    const { start } = host.span;
    if (start < offset + text.length) {
      if (part.kind !== 'literal' || start < offset) return undefined;
      const own = part.path === undefined ? {} : { path: part.path };
      if (part.direct)
        return { span: part.span, part: text.includes('://') ? 'url' : 'host', ...own };
      const from = part.span.start + 1 + start - offset;
      const length = Math.min(host.host.length, offset + text.length - start);
      return { span: { start: from, end: from + length }, part: 'host', ...own };
    }
    offset += text.length;
  }
  return undefined;
}

/** Does the call name a driver that keeps its data in a file or in memory, so that host and account are ignored? */
function usesFile(args: readonly Value[]): boolean {
  return args.some(
    (arg) =>
      arg.kind === 'object' &&
      ['dialect', 'type', 'client', 'driver', 'connector'].some((key) =>
        LOCAL_DRIVERS.has(stringOf(propertyOf(arg, key)) ?? ''),
      ),
  );
}

/**
 * Settings that a module exports and that name a database driver beside a host or URL: configuration of Sequelize, Knex,
 * TypeORM and the like, which their own tools read. Groups for development and tests are left out.
 */
function exportedSettings(module: ModuleInfo, model: ProjectModel): FixedConnection[] {
  return (model.facts.get(module.path)?.exports ?? []).flatMap(({ value }) =>
    settingsConnections(value, module.path, (each) => model.resolve(each, module.path)),
  );
}

/** The same of any object, such as that of a JSON file. */
export function settingsConnections(
  value: Value,
  path: string,
  resolve: (value: Value) => Value,
): FixedConnection[] {
  if (value.kind !== 'object') return [];
  const mailHosts = mailHostsIn(value, 0).flatMap((host) => fixedText(resolve(host), 'smtp', path));
  const databases = settingsIn(value, 0).flatMap((settings) =>
    SETTING_KEYS.flatMap((key) => {
      const own = propertyOf(settings, key);
      const nested =
        own?.kind === 'object'
          ? SETTING_KEYS.flatMap((each) => propertyOf(own, each) ?? [])
          : own
            ? [own]
            : [];
      return nested.flatMap((each) => fixedText(resolve(each), 'sql', path));
    }),
  );
  return [...databases, ...mailHosts];
}

/** `smtp: { host: 'smtp.acme.io', port: 465, auth: { … } }`: what a mailer is given, by its name and its members. */
function mailHostsIn(object: ObjectValue, depth: number): readonly Value[] {
  if (depth > 2) return [];
  return object.properties.flatMap(({ key, value }) => {
    if (value.kind !== 'object' || isDevelopmentSection(key)) return [];
    const host = propertyOf(value, 'host');
    const isMailer =
      /^(smtp|e?mail(er)?|node_?mailer|mail_?server|transport)(_?(config|options|settings))?$/i.test(
        key,
      ) && ['port', 'auth', 'secure', 'user'].some((member) => propertyOf(value, member));
    return host && isMailer ? [host] : mailHostsIn(value, depth + 1);
  });
}

const SETTING_KEYS = [
  'url',
  'uri',
  'connection',
  'connectionString',
  'clientUrl',
  'host',
  'server',
];

function settingsIn(object: ObjectValue, depth: number): readonly ObjectValue[] {
  const driver = ['dialect', 'client', 'type', 'driver', 'connector'].find((key) =>
    SERVER_DRIVERS.has(stringOf(propertyOf(object, key)) ?? ''),
  );
  if (driver !== undefined) return [object];
  if (depth > 2) return [];
  return object.properties.flatMap(({ key, value }) =>
    value.kind === 'object' && !isDevelopmentSection(key) ? settingsIn(value, depth + 1) : [],
  );
}
