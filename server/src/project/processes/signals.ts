import { queryEach } from '../query';
import type { Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { heldBy } from '../../base/value-visitor';
import { argumentAt, possibleValues, propertyOf } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallFact } from '../facts/facts';
import type { SignalSwitch } from '../libraries/meaning';
import { SHUTDOWN_METHODS, SHUTDOWN_PACKAGE } from '../libraries/start/process';
import type { CallMeaning, ProjectModel } from '../model';
import { isSwitchedOff } from './switched-off';

/** The signal that platforms send before they kill. */
export const SIGTERM = 'SIGTERM';

/**
 * What a module's arrangements stop when SIGTERM comes: all of its process, or only the consumers of a library that stops
 * these by itself and leaves a server beside them alone; undefined where nothing is arranged. Arranged is what the module does itself,
 * through a helper library, or by a switch of its framework. In doubt all is: a signal whose name is computed counts, and so
 * does a package that is named after graceful shutdown.
 */
export const stoppedBySigterm = queryEach(
  'model',
  (path: string, model): 'all' | 'consumers' | undefined => {
    if (arranges(path, model)) return 'all';
    return model.meanings(path).some((found) => stopsItself(found, model))
      ? 'consumers'
      : undefined;
  },
);

/** Does a module arrange that SIGTERM is handled, be it for its consumers alone? */
export function handlesSigterm(path: string, model: ProjectModel): boolean {
  return stoppedBySigterm(path, model) !== undefined;
}

function arranges(path: string, model: ProjectModel): boolean {
  const facts = model.facts.get(path);
  if (!facts) return false;
  const meanings = model.meanings(path);
  if (meanings.some((found) => installs(found, model))) return true;
  const isExplained = meanings.some(({ meaning }) => meaning.kind === 'shutdown');
  if (
    !isExplained &&
    facts.imports.some((fact) => !fact.typeOnly && SHUTDOWN_PACKAGE.test(fact.specifier))
  )
    return true;
  const known = new Set(
    meanings.flatMap(({ meaning, call }) => (meaning.kind === 'signal' ? [call] : [])),
  );
  return facts.calls.some(
    (call) =>
      isShutdownMethod(call) || (!known.has(call) && namesSigterm(call) && !sendsSignal(call)),
  );
}

/** A consumer that stops by itself, unless told otherwise. */
function stopsItself(found: CallMeaning, model: ProjectModel): boolean {
  const { meaning } = found;
  return (
    meaning.kind === 'consumer' &&
    meaning.handlesSigterm !== undefined &&
    !isToldNotTo(found, meaning.handlesSigterm, model)
  );
}

function installs(found: CallMeaning, model: ProjectModel): boolean {
  const { meaning, args } = found;
  switch (meaning.kind) {
    case 'signal':
      return (
        mayBeSigterm(argumentAt(args, meaning.signal)) &&
        !onlyLogs(found, model) &&
        !isSwitchedOff(found, model)
      );
    case 'shutdown': {
      const signals = meaning.signals === undefined ? undefined : argumentAt(args, meaning.signals);
      return signals === undefined || mayBeSigterm(signals);
    }
    case 'listen':
      return meaning.handlesSigterm === true;
    default:
      return false;
  }
}

/** `Runtime.install({ shutdownSignals: [] })` of a process, `run({ noHandleSignals: true })`. */
function isToldNotTo(
  { args, path }: CallMeaning,
  { at, of }: SignalSwitch,
  model: ProjectModel,
): boolean {
  if (of === undefined) return isOff(argumentAt(args, at));
  const info = model.packageOf(path);
  return [...model.facts].some(
    ([module, { calls }]) =>
      model.packageOf(module) === info &&
      calls.some(
        (call) =>
          lastName(call.callee) === of.split('.').at(-1) &&
          canonicalName(model.resolve(call.callee, module)) === of &&
          isOff(argumentAt(call.args, at)),
      ),
  );
}

function isOff(value: Value | undefined): boolean {
  if (value?.kind === 'array') return !mayBeSigterm(value);
  return value?.kind === 'literal' && value.value === true;
}

/** A handler that notes the signal and nothing else keeps the process from ending at all. */
function onlyLogs({ meaning, call, path }: CallMeaning, model: ProjectModel): boolean {
  const handler = meaning.kind === 'signal' ? argumentAt(call.args, meaning.handler) : undefined;
  const facts = model.facts.get(path);
  if (handler?.kind !== 'function' || handler.isClass || !facts) return false;
  const own = facts.calls.filter((each) => each.fn === handler.id);
  const text = model.files.text(path)?.slice(handler.span.start, handler.span.end) ?? '';
  return (
    own.length > 0 &&
    own.every(({ callee }) => isLogCall(callee)) &&
    !/=(?![=>])|\+\+|\bresolve\b|\breject\b|\bthrow\b/.test(text.replace(/^[^{]*?=>/, ''))
  );
}

function isLogCall(callee: Value): boolean {
  if (callee.kind !== 'member' || !/^(log|info|warn|debug|error)$/.test(callee.name ?? ''))
    return false;
  const { object } = callee;
  const name = object.kind === 'global' || object.kind === 'member' ? object.name : undefined;
  return /^(console|log|logger)$/i.test(name ?? '') || object.kind === 'call';
}

/** May a signal be SIGTERM? Unknown names may be it. */
export function mayBeSigterm(value: Value | undefined): boolean {
  if (!value) return false;
  return possibleValues(value).some((option) => {
    if (option.kind === 'literal')
      return typeof option.value === 'string' && option.value.includes(SIGTERM);
    if (option.kind === 'array') return option.items.some(mayBeSigterm);
    return true;
  });
}

function isShutdownMethod({ callee }: CallFact): boolean {
  return callee.kind === 'member' && callee.name !== undefined && SHUTDOWN_METHODS.has(callee.name);
}

/** `onSignal('SIGTERM', …)`, `once(process, 'SIGTERM')`, `start({ signals: ['SIGTERM'] })`: a helper that the table does not know. */
function namesSigterm({ args, callee }: CallFact): boolean {
  if (
    callee.kind === 'member' &&
    callee.object.kind === 'global' &&
    /^(console|log|logger)$/.test(callee.object.name)
  )
    return false;
  return args.some((arg) => mentions(arg, 0));
}

/** In what it says itself, in lists and options; what it calls with the name is something else. */
function mentions(value: Value, depth: number): boolean {
  if (depth > 3) return false;
  return possibleValues(value).some(
    (one) =>
      (one.kind === 'literal' && /^[A-Z0-9,| ]*\bSIGTERM\b[A-Z0-9,| ]*$/.test(String(one.value))) ||
      (one.kind === 'object' && propertyOf(one, SIGTERM) !== undefined) ||
      heldBy(one).some((held) => mentions(held, depth + 1)),
  );
}

/** `child.kill('SIGTERM')` sends it to another process. */
function sendsSignal({ callee }: CallFact): boolean {
  return /kill|emit|send|log|info|warn|error|debug|exec|spawn/i.test(lastName(callee) ?? '');
}
