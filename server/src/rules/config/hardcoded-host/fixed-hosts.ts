import { query } from '../../../project/query';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { unwrapCasts } from '../../../base/values';
import { wordsOf } from '../../../base/words';
import { canonicalName } from '../../../project/facts/canonical';
import type { Mark } from '../../../project/facts/facts';
import type { LiteralPosition } from '../../../project/facts/literal-position';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { connectionText, isFixedPlace } from '../../../project/services/connection-text';
import {
  isDevelopmentSection,
  isDevelopmentSettings,
} from '../../../project/services/environment-sections';
import { connectionPlaces, fixedText } from '../../../project/services/fixed-connections';
import { serviceOfName } from '../../../project/services/service-names';
import { classifyHost, type HostClass } from '../../../project/urls/hosts';
import { isDefaultPosition } from '../../../project/urls/use';
import { argumentValues } from '../../../project/values/argument-values';

/** A host that is written down where something is reached at it. */
export interface FixedHost {
  readonly path: string;
  readonly span: Span;
  readonly host: string;
  /** Of a public service, as far as can be told. */
  readonly isPublic: boolean;
  readonly isCookieDomain?: true;
}

/** What a source handler leaves for a literal that may be a host. */
export interface HostMark {
  readonly text: string;
  readonly position: LiteralPosition;
  /** It says which hosts browsers send a cookie to. */
  readonly isCookieDomain?: true;
}

/**
 * The hosts that one module is fixed to: those its calls go to, and those that its settings name. Left out: clients of backing
 * services, and where servers listen.
 */
export function fixedHosts(
  marks: readonly Mark<HostMark>[],
  module: ModuleInfo,
  model: ProjectModel,
): readonly FixedHost[] {
  const found = new Map<string, FixedHost>();
  const taken = [...connectionPlaces(module, model), ...(boundHosts(model).get(module.path) ?? [])];
  const add = (each: FixedHost): void => {
    const isTaken =
      each.path === module.path &&
      taken.some(({ start, end }) => start < each.span.end && each.span.start < end);
    const key = `${each.path}\0${each.span.start}`;
    if (!isTaken && !found.has(key)) found.set(key, each);
  };
  calledHosts(module, model).forEach(add);
  if (!isDevelopmentSettings(module.path))
    for (const { span, data } of marks) {
      const { text, position, isCookieDomain } = data;
      const isFixed = isCookieDomain ? isOfOneDeploy(text) : isSetting(text, position);
      const about = isCookieDomain ? { isCookieDomain } : {};
      if (isFixed) add({ path: module.path, span, host: text, isPublic: false, ...about });
    }
  return [...found.values()];
}

/** The hosts that calls of this module go to. */
function calledHosts(module: ModuleInfo, model: ProjectModel): FixedHost[] {
  const fixed = (value: Value, over: 'http' | 'tcp'): FixedHost[] =>
    fixedText(value, 'http', module.path).flatMap(({ path, span, connection }) => {
      const host = connection?.hosts[0];
      if (!host || connection.form !== 'host') return [];
      const kind = classifyHost(host.host);
      // A single word may be any option that happens to stand there.
      if (kind === 'internal' && !host.host.includes('.') && host.port === '' && over === 'http')
        return [];
      const isPublic = over === 'http' && (kind === 'vendor' || kind === 'public');
      return [{ path, span, host: host.host, isPublic }];
    });
  const known = model
    .meanings(module.path)
    .flatMap(({ meaning, args, call, path }) =>
      meaning.kind === 'remote-host' && !call.context.includes('development')
        ? argumentValues(args, meaning.host, model, path).flatMap((value) =>
            fixed(value, meaning.over),
          )
        : [],
    );
  return [...known, ...grpcTargets(module, model).flatMap((value) => fixed(value, 'tcp'))];
}

/** `new proto.Orders('orders:50051', grpc.credentials.createInsecure())`: what is generated is known by its second argument. */
function grpcTargets(module: ModuleInfo, model: ProjectModel): readonly Value[] {
  const calls = model.facts.get(module.path)?.calls ?? [];
  return calls.flatMap(({ isNew, args, context }) => {
    const [target, credentials] = args;
    if (!isNew || !target || !credentials || context.includes('development')) return [];
    const name = canonicalName(model.resolve(credentials, module.path)) ?? '';
    return /(^|\/)grpc(-js)?\.(Channel)?[cC]redentials\.create\w+\(\)$/.test(name)
      ? [model.resolve(target, module.path)]
      : [];
  });
}

/** Where the hosts stand that servers bind, by module: another rule's matter. */
const boundHosts = query('modules', (model): ReadonlyMap<string, readonly Span[]> => {
  const places = new Map<string, Span[]>();
  for (const from of model.modules.keys())
    for (const { meaning, args } of model.meanings(from)) {
      if ((meaning.kind !== 'listen' && meaning.kind !== 'server') || meaning.host === undefined)
        continue;
      for (const value of argumentValues(args, meaning.host, model, from)) {
        const { span, path = from } = unwrapCasts(value);
        const list = places.get(path) ?? [];
        list.push(span);
        places.set(path, list);
      }
    }
  return places;
});

/** Documentation and examples name domains that nobody has. */
function isOfOneDeploy(domain: string): boolean {
  const kind = classifyHost(domain.replace(/^\./, ''));
  return kind !== undefined && kind !== 'example' && kind !== 'fixed' && domain.includes('.');
}

/** Does a literal that is held under this name say where something else is? */
// eslint-disable-next-line complexity -- a flat list of what speaks against
function isSetting(text: string, position: LiteralPosition): boolean {
  const { names, calls, use, development, afterEnvironment } = position;
  const [own = ''] = names;
  if (use !== 'value' || development || afterEnvironment || position.part) return false;
  if (isDefaultPosition(position) || !isHostName(own)) return false;
  // `MINIO_ENDPOINT: 'MINIO_ENDPOINT'`: what a variable is called.
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text)) return false;
  if (names.some((name) => isDevelopmentSection(name) || OTHERS.test(name))) return false;
  if (calls.some(({ callee }) => SERVERS.test(callee))) return false;
  const connection = connectionText(text);
  const host = connection?.hosts[0];
  if (connection?.form !== 'host' || !host || !isFixedPlace(connection)) return false;
  const kind = classifyHost(host.host);
  if (kind === undefined) return false;
  const isService = serviceOfName([...names].slice(0, 3).reverse().join('_')) !== undefined;
  if (isService) return SERVICE_HOSTS.has(kind) || /^\d+(\.\d+){3}$/.test(host.host);
  // Without a service in the name it may be the server's own.
  return kind === 'private' || (kind === 'internal' && host.host.includes('.'));
}

const SERVICE_HOSTS: ReadonlySet<HostClass> = new Set([
  'loopback',
  'private',
  'internal',
  'platform',
  'stage',
]);

function isHostName(name: string): boolean {
  return (
    /^(hosts?|hostname|hostnames|servers?|brokers?|nodes?|endpoint|addr|contactpoints?)$/.test(
      wordsOf(name).at(-1) ?? '',
    ) || /(server|host|remote|device|printer|camera|plc)_?ip$/i.test(name)
  );
}

/** Names of lists of who is let in, of headers, of the server's own settings, of documentation. */
const OTHERS =
  /allow|trust|white|black|block|deny|ignore|exclude|cors|origin|cookie|forward|proxies|swagger|openapi|^(server|app|application|http|https|listen|web|www|express|socket|bind|devServer|preview|vite|example|examples|sample|placeholder|info|mock\w*|test\w*)$/i;
const SERVERS =
  /(^|\.)(listen|serve|createServer|server|Server|bind|swagger\w*|DocumentBuilder|includes|isIP|lookup|resolve\w*)(\(\))?$/i;
