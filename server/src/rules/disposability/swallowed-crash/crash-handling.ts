import { contains, type Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { calledName } from '../../../base/value-names';
import type { CallFact } from '../../../project/facts/facts';
import type { ProjectModel } from '../../../project/model';
import { opensPort } from '../../../project/processes/deployment';
import {
  calledFunctions,
  functionPlaces,
  type FunctionPlace,
} from '../../../project/requests/called-functions';
import { codeOf, mayEndProcess, opensPortIn } from './process-end';

/** Does a handler of a failure only note it, so that the process runs on? In doubt it does not. */
export function swallows(handler: Value, path: string, model: ProjectModel): boolean {
  const functions = functionPlaces(handler, path, model);
  if (functions.length === 0) return isLogging(handler, path, model);
  return functions.every((place) => {
    const code = codeOf(place, model);
    return code !== undefined && !mayEndProcess(code, model);
  });
}

const LOG_METHOD = /^(error|warn|log|info|fatal|debug|trace|captureException)$/;
const LOGGER =
  /^(console|log|logger|_?logger|logging|winston|pino|debug|Sentry|sentry|@sentry\/.*)$/i;

/** `console.error`, `logger.error.bind(logger)`, `Sentry.captureException`. */
function isLogging(value: Value, path: string, model: ProjectModel): boolean {
  if (value.kind === 'call')
    return (
      value.callee.kind === 'member' &&
      value.callee.name === 'bind' &&
      isLogging(value.callee.object, path, model)
    );
  if (value.kind === 'import') {
    const name = value.members.at(-1) ?? '';
    const owner = value.members.at(-2) ?? value.specifier.split('/').at(-1) ?? '';
    return LOG_METHOD.test(name) && (LOGGER.test(owner) || LOGGER.test(value.specifier));
  }
  if (value.kind !== 'member' || !LOG_METHOD.test(value.name ?? '')) return false;
  const { object } = value;
  return LOGGER.test(calledName(object)) || object.kind === 'call';
}

/** Is this `promise.catch(…)` where the promise is what makes the process listen? */
export function isStartup(call: CallFact, path: string, model: ProjectModel): boolean {
  const { callee } = call;
  if (callee.kind !== 'member') return false;
  const isDirect = model
    .meanings(path)
    .some(
      (found) =>
        opensPort(found) && contains(call.span, found.call.span) && found.call.fn === call.fn,
    );
  return isDirect || opensPortIn(chainFunctions(callee.object, path, model, 0), model);
}

/** Does this piece of a function await something that leads to listening? */
export function startsIn(span: Span, path: string, model: ProjectModel): boolean {
  const facts = model.facts.get(path);
  if (!facts) return false;
  const calls = facts.calls.filter((call) => contains(span, call.span));
  if (!calls.some((call) => call.awaited)) return false;
  return (
    model.meanings(path).some((found) => opensPort(found) && contains(span, found.call.span)) ||
    opensPortIn(
      calls.flatMap((call) => calledFunctions(call.callee, path, model)),
      model,
    )
  );
}

/** The functions of a chain of promises: the one that is called first, and the callbacks of `then`. */
function chainFunctions(
  value: Value,
  path: string,
  model: ProjectModel,
  depth: number,
): readonly FunctionPlace[] {
  if (depth > 8) return [];
  if (value.kind === 'member') return chainFunctions(value.object, path, model, depth + 1);
  if (value.kind !== 'call') return [];
  return [
    ...calledFunctions(value.callee, path, model),
    ...value.args.flatMap((arg) => functionPlaces(arg, path, model)),
    ...chainFunctions(value.callee, path, model, depth + 1),
  ];
}
