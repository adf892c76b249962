import { isInside } from '../../base/paths';
import { argumentAt, possibleValues } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallFact, SourceFacts } from '../facts/facts';
import { filesOfKind } from '../files/file-index';
import type { CallMeaning, EntryPoint, PackageInfo, ProjectModel } from '../model';
import { calledFunctions, type FunctionPlace, functionPlaces } from '../requests/called-functions';

import { isDevelopmentPath } from '../start/purpose';

/** An exit that a signal handler reaches without waiting for anything. */
export interface AbruptExit {
  readonly path: string;
  /** The exit; the registration where `process.exit` itself is the handler. */
  readonly call: CallFact;
  /** The last thing that is closed, but not waited for, before it. */
  readonly closing: CallFact | undefined;
  /** Can be edited where it stands: it is a statement that always runs, not `process.exit` handed over. */
  readonly written: boolean;
}

/** The stop signals that a call registers a handler for. */
export function stopSignals({ meaning, args }: CallMeaning): readonly ('SIGTERM' | 'SIGINT')[] {
  if (meaning.kind !== 'signal') return [];
  const name = argumentAt(args, meaning.signal);
  return (name ? possibleValues(name) : []).flatMap((value) =>
    value.kind === 'literal' && (value.value === 'SIGTERM' || value.value === 'SIGINT')
      ? [value.value]
      : [],
  );
}

/**
 * Where these modules hear SIGINT, if that is the only stop signal they hear and images start the process; else nothing. Who stops a
 * container sends SIGTERM.
 * @param info the package of the process
 */
export function interruptAlone(
  modules: readonly string[],
  declared: readonly (EntryPoint['declaredAt'] | undefined)[],
  info: PackageInfo | undefined,
  model: ProjectModel,
): readonly CallMeaning[] {
  const heard = modules
    .flatMap((path) => model.meanings(path))
    .filter(
      (found) => !found.call.context.includes('development') && stopSignals(found).length > 0,
    );
  const isAlone = heard.every((found) => !stopSignals(found).includes('SIGTERM'));
  return isAlone && runsInContainer(declared, info, model) ? heard : [];
}

function runsInContainer(
  declared: readonly (EntryPoint['declaredAt'] | undefined)[],
  info: PackageInfo | undefined,
  { files }: ProjectModel,
): boolean {
  const isFirst = declared.some((at) => at && files.kind(at.path) === 'dockerfile');
  return (
    isFirst ||
    filesOfKind(files, 'dockerfile').some(
      (path) => isInside(path, info?.dir ?? '') && !isDevelopmentPath(path),
    )
  );
}

/** How the handler of a signal ends the process without waiting; empty where it waits, or it cannot be seen. */
export function abruptExits(found: CallMeaning, model: ProjectModel): readonly AbruptExit[] {
  const { meaning, call, path } = found;
  if (meaning.kind !== 'signal') return [];
  const handler = argumentAt(call.args, meaning.handler);
  if (!handler) return [];
  if (canonicalName(handler) === 'process.exit')
    return [{ path, call, closing: undefined, written: false }];
  return functionPlaces(handler, path, model).flatMap((root) => exitsIn(root, model, 0, new Set()));
}

const EXIT = /^process\.(exit|abort|reallyExit)$/;
const CLOSE =
  /^(close|closeAll\w*|disconnect|\$disconnect|end|quit|stop|drain|destroy|terminate|shutdown)$/;

function exitsIn(
  { path, fn }: FunctionPlace,
  model: ProjectModel,
  depth: number,
  seen: Set<string>,
): readonly AbruptExit[] {
  const facts = model.facts.get(path);
  const key = `${path}#${fn}`;
  if (!facts || depth > 3 || seen.has(key)) return [];
  seen.add(key);
  const calls = facts.calls.filter((call) => call.fn === fn);
  const firstWait = Math.min(
    ...calls.filter((call) => call.awaited).map((call) => call.span.start),
    firstAwait(facts, fn, model.files.text(path) ?? ''),
  );
  const found: AbruptExit[] = [];
  for (const call of calls) {
    if (call.span.start > firstWait) break;
    if (call.context.includes('catch')) continue;
    const isConditional = call.context.includes('condition');
    if (EXIT.test(canonicalName(call.callee) ?? '')) {
      if (isPassedOn(call)) continue;
      const closing = calls.filter((each) => each.span.end <= call.span.start && isClosing(each));
      // `if (!server) process.exit()`, `if (stopping) process.exit()`: other ways lead on, unless what was closed is not waited for.
      if (isConditional && (closing.length === 0 || exitsLater(facts, fn))) continue;
      found.push({ path, call, closing: closing.at(-1), written: !isConditional });
    } else if (!call.awaited && !isConditional)
      for (const target of calledFunctions(call.callee, path, model))
        found.push(...exitsIn(target, model, depth + 1, seen));
  }
  return found;
}

/** Where a function first waits for whatever it be: `for (const closing of closings) await closing`. */
function firstAwait(facts: SourceFacts, fn: number, text: string): number {
  const own = facts.functions[fn];
  if (own?.async !== true) return Infinity;
  const inner = facts.functions.filter(({ parent }) => parent === fn);
  for (const { index } of text.slice(own.span.start, own.span.end).matchAll(/\bawait\b/g)) {
    const at = own.span.start + index;
    if (!inner.some(({ span }) => span.start <= at && at < span.end)) return at;
  }
  return Infinity;
}

/** Some callback of the function exits as well. */
function exitsLater(facts: SourceFacts, fn: number): boolean {
  return facts.calls.some(
    (call) =>
      call.fn !== fn &&
      facts.functions[call.fn]?.parent === fn &&
      EXIT.test(canonicalName(call.callee) ?? ''),
  );
}

/** `finish(process.exit(0))` is odd enough to be left alone. */
function isPassedOn({ context }: CallFact): boolean {
  return context.includes('argument');
}

function isClosing({ callee }: CallFact): boolean {
  return callee.kind === 'member' && CLOSE.test(callee.name ?? '');
}
