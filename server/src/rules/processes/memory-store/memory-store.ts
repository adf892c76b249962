import type { Severity } from '../../../base/severity';
import { lastName } from '../../../base/value-names';
import type { Value } from '../../../base/value';
import { argumentAt, possibleValues } from '../../../base/values';
import type { Fix } from '../../../engine/finding';
import { defineRule, type FileContext } from '../../../engine/rule';
import { canonicalName } from '../../../project/facts/canonical';
import { NITRO_STORAGE } from '../../../project/libraries/stores/caches';
import type { CallMeaning, PackageInfo, ProjectModel } from '../../../project/model';
import { conditionalStores, isSometimesGiven } from '../../../project/state/conditional-stores';
import { givenStore } from '../../../project/state/given-store';
import { badLimitExamples } from './bad-limit-examples';
import { badSharingExamples } from './bad-sharing-examples';
import { goodExamples } from './good-examples';
import { sharedStoreFix } from './shared-store';
import { broadcastsToSockets } from './socket-broadcasts';
import { isOfNitro } from './nitro-storage';
import { ledgerKey, ledgerOfCache } from './stored-keys';
import { countsElsewhere } from './throttler-guards';

export default defineRule({
  id: 'memory-store',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'What several processes have to agree on is kept in the memory of one.',
  why: 'A process may be one of many, and is replaced on every deploy. A rate limiter that counts in its own memory lets each process, and each restart, allow the full limit again: ten processes allow ten times the guesses at a password. A socket server without a shared adapter, or a publisher without a broker, reaches only the clients that happen to be connected to the same process. Counters, rooms and events that all processes must see belong into a backing service such as Redis. A cache whose loss only costs time may stay in memory.',
  whenNotToUse:
    'Where one process is enough for good, or where a proxy in front of all processes already limits the rate.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    'rate-limit':
      'Each process counts this limit for itself, and from zero after a restart; count in a store that all share.',
    'socket-adapter':
      'Messages reach only clients connected to this process; give socket.io an adapter that processes share.',
    'pub-sub':
      'Events reach only subscribers in this process; publish through a broker that all processes share.',
    cache: 'This cache belongs to one process: others hold other values, and a restart empties it.',
    data: '`{name}` is known to this process only and lost with it; keep it in a store that processes share.',
  },
  // Nitro imports it by itself.
  hints: [/\buseStorage\s*\(/],
  source: [conditionalStores('memory-store')],
  meaning(found, context) {
    const { meaning, call } = found;
    if (
      meaning.kind !== 'memory-store' ||
      call.context.includes('development') ||
      !holdsWhen(found)
    )
      return;
    const inProcess = isInProcess(found, context);
    if (!inProcess) return;
    const { model } = context;
    const name = meaning.what === 'cache' ? dataName(found, context) : undefined;
    const severity = inProcess === 'sometimes' ? 'information' : severityOf(found, context, name);
    const fix = (): Fix | undefined => sharedStoreFix(found, model);
    const at = call.nameSpan;
    const rest = {
      ...(severity === 'warning' ? {} : { severity }),
      fixes: () => {
        const made = fix();
        return made ? [made] : [];
      },
    };
    if (name !== undefined) context.report({ at, message: 'data', data: { name }, ...rest });
    else context.report({ at, message: meaning.what, ...rest });
  },
  examples: { bad: [...badLimitExamples, ...badSharingExamples], good: goodExamples },
});

type Context = Omit<FileContext<Record<string, string>>, 'report'>;

function severityOf(found: CallMeaning, context: Context, name: string | undefined): Severity {
  const { meaning, call } = found;
  const { model, package: owner } = context;
  if (meaning.kind !== 'memory-store') return 'hint';
  const isQuiet =
    (meaning.what === 'cache' && name === undefined) ||
    (meaning.what === 'socket-adapter' &&
      !broadcastsToSockets(model, owner, isGateway(found) ? found.path : undefined)) ||
    // One of two, chosen by what is configured: the other one may well be shared.
    (call.context.includes('condition') && hasSharedStores(owner) && !isKeptFor(found, model));
  return isQuiet ? 'hint' : 'warning';
}

/** `if (!limiter) limiters.set(name, (limiter = new …))`: made where it is missing, there is no other one to choose. */
function isKeptFor({ call, path }: CallMeaning, model: ProjectModel): boolean {
  const isMade = (value: Value | undefined): boolean =>
    value !== undefined &&
    possibleValues(value).some(
      ({ kind, span }) => kind === 'call' && span.start === call.span.start,
    );
  return (model.facts.get(path)?.writes ?? []).some(
    ({ method, value, guarded }) => guarded === true && method === 'set' && isMade(value),
  );
}

/** Some calls keep things in memory only when an argument says so: `{ driver: 'memory' }`. */
function holdsWhen({ meaning, args }: CallMeaning): boolean {
  if (meaning.kind !== 'memory-store' || !meaning.when) return true;
  const value = argumentAt(args, meaning.when.at);
  return value?.kind === 'literal' && meaning.when.is.includes(String(value.value));
}

/** Is it certain, or as good as, that nothing shared stands behind it, at least where a condition does not hold? */
function isInProcess(
  found: CallMeaning,
  { facts, model, path, package: owner }: Context,
): boolean | 'sometimes' {
  const { meaning, args } = found;
  if (meaning.kind !== 'memory-store' || isInsurance(found, model)) return false;
  if (meaning.what === 'socket-adapter' && hasAdapter(model, owner)) return false;
  // Gateways of Nest may stand on plain sockets as well.
  if (isGateway(found) && !declares(owner, /platform-socket\.io$/)) return false;
  // Nest replaces a module's storage from anywhere.
  if (/throttler/.test(meaning.library)) {
    if (declares(owner, /throttler-storage/) || countsElsewhere(model, owner)) return false;
  }
  if (meaning.library === NITRO_STORAGE) return isOfNitro(found, model, owner);
  if (meaning.store === undefined || meaning.when) return true;
  const given = givenStore(args, meaning.store, model, path);
  if (given === 'none') return true;
  if (given !== 'unknown')
    return isSometimesGiven(given, found.call, 'memory-store', facts, model) && 'sometimes';
  // Options from elsewhere may hold a store, but only one of a package that is there.
  return meaning.what === 'rate-limit' && !hasSharedStores(owner);
}

/** Given to socket.io after it was made, or by an adapter of Nest that a package brings along. */
function hasAdapter(model: ProjectModel, owner: PackageInfo | undefined): boolean {
  const isGiven = (path: string): boolean =>
    model.meanings(path).some(({ meaning }) => meaning.kind === 'shared-store');
  return [...model.facts].some(
    ([path, { calls }]) =>
      model.packageOf(path) === owner &&
      (isGiven(path) ||
        calls.some(({ callee, args: [adapter] }) => {
          if (!adapter || lastName(callee) !== 'useWebSocketAdapter') return false;
          const made = model.resolve(adapter, path);
          if (made.kind !== 'call') return false;
          const { callee: maker } = made;
          return maker.kind === 'function'
            ? isGiven(maker.path ?? path)
            : !/^@nestjs\/platform-/.test(canonicalName(maker) ?? '');
        })),
  );
}

/** `@WebSocketGateway()` of Nest */
function isGateway({ meaning }: CallMeaning): boolean {
  return meaning.kind === 'memory-store' && meaning.library.startsWith('@nestjs/platform');
}

/** `new RateLimiterRedis({ insuranceLimiter: new RateLimiterMemory(…) })` counts in memory only while Redis is away. */
function isInsurance({ path, call }: CallMeaning, model: ProjectModel): boolean {
  return (model.facts.get(path)?.calls ?? []).some(({ args }) => {
    const insurance = argumentAt(args, '0.insuranceLimiter');
    return insurance?.span.start === call.span.start && insurance.span.end === call.span.end;
  });
}

function hasSharedStores(owner: PackageInfo | undefined): boolean {
  return declares(
    owner,
    /redis|valkey|memcache|upstash|dynamo|rate-?limit-(mongo|postgres|sequel|knex)/,
  );
}

function declares(owner: PackageInfo | undefined, name: RegExp): boolean {
  return [...(owner?.dependencies.keys() ?? [])].some((each) => name.test(each));
}

/** Caches by these names hold what no other process can work out again. */
const DATA =
  /otp|token|session|black_?list|deny_?list|revoked|attempt|nonce|challenge|verif|lock|rate_?limit|throttle|online|presence|pending|idempoten/i;

/** What a cache is called that holds data of record rather than copies. */
function dataName(
  { call, callee }: CallMeaning,
  { facts, model, path, package: owner }: Context,
): string | undefined {
  if (isInjected(callee)) return ledgerKey(owner, model);
  const name = call.boundTo ?? facts.functions[call.fn]?.name;
  const isData = name !== undefined && DATA.test(name) && !/block|clock/i.test(name);
  if (isData) return name;
  const ledger = ledgerOfCache(call, path, model);
  return ledger === 'record' ? (call.boundTo ?? name) : ledger?.key;
}

/** A cache that a framework hands to whoever asks for it has no name of its own. */
function isInjected(callee: string): boolean {
  return callee.endsWith('CacheModule.register');
}
