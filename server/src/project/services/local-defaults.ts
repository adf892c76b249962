import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { rootOf } from '../../base/value-names';
import { childrenOf } from '../../base/value-visitor';
import { environmentReads, textWithHoles, unwrapCasts } from '../../base/values';
import type { ServiceKind } from '../../vocabulary/services';
import { moduleEnvironment } from '../environment/environment';
import { unboundSettings } from '../environment/environment-schemas';
import { canonicalName } from '../facts/canonical';
import type { ModuleInfo, ProjectModel } from '../model';
import { classifyHost } from '../urls/hosts';
import { argumentValues } from '../values/argument-values';
import { connectionText, isLocal, type ConnectionText } from './connection-text';
import { isUpstreamName, serviceOfName } from './service-names';

/** A default that takes the place of a missing variable and says where a service is. */
export interface LocalDefault {
  readonly path: string;
  /** The default itself. */
  readonly span: Span;
  readonly connection: ConnectionText;
  /** The variable that it replaces, where that is known. */
  readonly name: string | undefined;
  /**
   * `service`: a backing service, of a known kind or another process of one's own; `address`: whatever has this address, as
   * likely the app's own; `neighbour`: a service under a name that only resolves in one network
   */
  readonly what: 'service' | 'address' | 'neighbour';
  readonly service: ServiceKind | undefined;
}

interface Candidate {
  readonly value: Value;
  readonly name: string | undefined;
  readonly service?: ServiceKind;
  readonly isUpstream?: true;
}

/**
 * The defaults for missing variables in one module that are the address of a service on this machine: of direct reads,
 * wrappers and schemas, and those that reach a client (they may stand in another module).
 */
export function localDefaults(module: ModuleInfo, model: ProjectModel): readonly LocalDefault[] {
  const found = new Map<string, LocalDefault>();
  for (const candidate of [
    ...readDefaults(module, model),
    ...usedDefaults(module, model),
    ...storedDefaults(module, model),
  ]) {
    for (const literal of texts(candidate.value)) {
      const path = literal.path ?? module.path;
      const key = `${path}\0${literal.span.start}`;
      const known = found.get(key);
      const judged = judge(literal.text, candidate);
      if (!judged || (known && (known.what === 'service' || judged.what === known.what))) continue;
      found.set(key, {
        ...judged,
        path,
        span: literal.span,
        name: candidate.name ?? known?.name,
      });
    }
  }
  return [...found.values()];
}

function readDefaults(module: ModuleInfo, model: ProjectModel): Candidate[] {
  return moduleEnvironment(module.path, model).flatMap(({ name, fallback, removes }) =>
    fallback && name !== undefined && !removes
      ? [{ value: model.resolve(fallback, module.path), name }]
      : [],
  );
}

/** Settings of a store that no variable sets: `convict({ redis: { host: { format: String, default: 'localhost' } } })`. */
function storedDefaults({ path }: ModuleInfo, model: ProjectModel): Candidate[] {
  const facts = model.facts.get(path);
  return (facts ? unboundSettings(facts, (value) => model.resolve(value, path)) : []).flatMap(
    ({ keys, value }) => {
      const service = serviceOfName(keys.join('_'));
      return service === undefined ? [] : [{ value, name: undefined, service }];
    },
  );
}

/** What clients get in place of a variable or setting: `config.get('db') || 'mongodb://localhost'`. */
function usedDefaults(module: ModuleInfo, model: ProjectModel): Candidate[] {
  return model.meanings(module.path).flatMap(({ meaning, args, call }): Candidate[] => {
    if (call.context.includes('development')) return [];
    const at = (place: string | undefined): readonly Value[] =>
      place === undefined ? [] : argumentValues(args, place, model, module.path);
    if (meaning.kind === 'connect')
      return [...at(meaning.url), ...at(meaning.host)].flatMap((value) =>
        [...replacements(value), ...parameterDefaults(value)].map((each) => ({
          ...each,
          service: meaning.service,
        })),
      );
    if (meaning.kind === 'endpoint' && /^(request|base|proxy)$/.test(meaning.use))
      return at(meaning.url).flatMap((value) =>
        replacements(value).map((each) => ({ ...each, isUpstream: true as const })),
      );
    return [];
  });
}

/** The alternatives of a value that stand in for a setting that is missing. */
function replacements(value: Value): Candidate[] {
  const inner = unwrapCasts(value);
  if (inner.kind === 'template') return inner.parts.flatMap(replacements);
  if (inner.kind === 'array') return inner.items.flatMap(replacements);
  if (inner.kind !== 'either') return [];
  if (inner.operator === '?:' || inner.operator === '&&') {
    // What an environment's name chooses is another rule's matter.
    const names = inner.condition ? environmentReads(inner.condition) : [];
    if (inner.operator === '&&' || names.some(({ name }) => isEnvironmentName(name))) return [];
  }
  const name = environmentReads(inner).find(
    (read) => read.name !== undefined && read.name !== '*',
  )?.name;
  if (name === undefined && !inner.options.some(isSetting)) return [];
  return inner.options.map((option) => ({ value: option, name }));
}

/** `constructor(private url = 'redis://localhost')`, `options.url ?? 'amqp://localhost'`: what stands in for what nobody has to give. */
function parameterDefaults(value: Value): Candidate[] {
  const inner = unwrapCasts(value);
  if (inner.kind === 'template') return inner.parts.flatMap(parameterDefaults);
  if (inner.kind !== 'either' || !/^(default|\?\?|\|\|)$/.test(inner.operator)) return [];
  const [given, ...others] = inner.options;
  return given && isGiven(unwrapCasts(given)) && environmentReads(inner).length === 0
    ? others.map((option) => ({ value: option, name: undefined }))
    : [];
}

function isGiven(value: Value): boolean {
  const root = rootOf(value);
  // `options = {}`
  if (root.kind === 'either') return root.options[0] !== undefined && isGiven(root.options[0]);
  // What no call gives is resolved to nothing at all.
  const isNothing = root.kind === 'unknown' && root.name === undefined;
  return (
    isNothing || root.kind === 'parameter' || (root.kind === 'typed' && root.given !== undefined)
  );
}

function isSetting(value: Value): boolean {
  const inner = unwrapCasts(value);
  return (
    inner.kind === 'call' &&
    /(^|\.|<)(config|nconf|@nestjs\/config\.ConfigService)>?\.(get|getOrThrow)$/.test(
      canonicalName(inner.callee) ?? '',
    )
  );
}

function isEnvironmentName(name: string | undefined): boolean {
  return name !== undefined && /^(NODE_ENV|.*_ENV|ENV|ENVIRONMENT|STAGE)$/.test(name);
}

interface Text {
  readonly text: string;
  readonly span: Span;
  readonly path: string | undefined;
}

function texts(value: Value): readonly Text[] {
  const inner = unwrapCasts(value);
  if (inner.kind === 'either' || inner.kind === 'array') return childrenOf(inner).flatMap(texts);
  if (inner.kind !== 'literal' && inner.kind !== 'template') return [];
  const text =
    inner.kind === 'literal' && typeof inner.value !== 'string' ? '' : textWithHoles(inner);
  return text === undefined || text === '' ? [] : [{ text, span: inner.span, path: inner.path }];
}

function judge(
  text: string,
  { name, service: used, isUpstream }: Candidate,
): Pick<LocalDefault, 'connection' | 'what' | 'service'> | undefined {
  const connection = connectionText(text);
  if (!connection) return undefined;
  const named = name === undefined ? undefined : serviceOfName(name);
  // What a client is used for says less than a scheme or a name where it takes several kinds.
  const service =
    connection.service ?? (used === 'sql' || used === 'http' ? (named ?? used) : (used ?? named));
  if (!isLocal(connection)) {
    const isNeighbour =
      connection.hosts.every(({ host }) => classifyHost(host) === 'internal') &&
      (connection.service !== undefined ||
        (service !== undefined && name !== undefined && /HOST(NAME)?S?$/i.test(name)));
    return isNeighbour ? { connection, what: 'neighbour', service } : undefined;
  }
  if (service !== undefined || isUpstream || (name !== undefined && isUpstreamName(name)))
    return { connection, what: 'service', service };
  return connection.form === 'url' ? { connection, what: 'address', service } : undefined;
}
