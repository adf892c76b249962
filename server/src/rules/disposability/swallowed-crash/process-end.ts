import { query } from '../../../project/query';
import { contains, type Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { calledName } from '../../../base/value-names';
import type { ProjectModel } from '../../../project/model';
import { opensPort } from '../../../project/processes/deployment';
import { calledFunctions, type FunctionPlace } from '../../../project/requests/called-functions';

/** A piece of a module's text. */
export interface CodePlace {
  readonly path: string;
  readonly span: Span;
}

const MAX_PLACES = 200;
/** Ways to end, or to leave the failure to what ends the process. */
const ENDS =
  /\bprocess\s*\.\s*(exit|abort|kill|reallyExit)\b|\bexitCode\s*=|\bthrow\b|\bDeno\.exit\b|\bprocess\s*\.\s*emit\b/;
/** What is called to end, where it cannot be looked into. */
const ENDING_NAME =
  /^(exit|abort|terminate|terminator|die|quit|bail|crash|stop|shutdown|graceful\w*|kill|cleanUpAndExit)$|^(exit|shutdown|shutDown|terminate|graceful|crash|stop|close|abort)[A-Z]|(Exit|Shutdown|ShutDown|Terminate|AndDie|Quit|Gracefully)$/;

/**
 * May this code end the process: by exiting, throwing, setting the exit code, or through what it calls? In doubt it does.
 */
export function mayEndProcess(start: CodePlace, model: ProjectModel): boolean {
  const seen = new Set<string>();
  const queue: CodePlace[] = [start];
  for (let at = queue.shift(); at && seen.size < MAX_PLACES; at = queue.shift()) {
    const { path, span } = at;
    const facts = model.facts.get(path);
    const text = model.files.piece(path, span);
    if (ENDS.test(withoutComments(text))) return true;
    for (const call of facts?.calls ?? []) {
      if (!contains(span, call.span)) continue;
      const targets = calledFunctions(call.callee, path, model);
      if (targets.length === 0 && ENDING_NAME.test(calledName(call.callee))) return true;
      for (const target of [...targets, ...handedFunctions(call.args, path, model)]) {
        const key = `${target.path}#${target.fn}`;
        const place = codeOf(target, model);
        if (seen.has(key) || !place) continue;
        seen.add(key);
        queue.push(place);
      }
    }
  }
  return false;
}

/** Functions that are passed by name: `server.close(exitHandler)`. */
function handedFunctions(
  args: readonly Value[],
  path: string,
  model: ProjectModel,
): readonly FunctionPlace[] {
  return args.flatMap((arg) =>
    arg.kind === 'function' || arg.kind === 'import' || arg.kind === 'member'
      ? calledFunctions(arg, path, model)
      : [],
  );
}

/** The text of a function. */
export function codeOf({ path, fn }: FunctionPlace, model: ProjectModel): CodePlace | undefined {
  const fact = model.facts.get(path)?.functions[fn];
  return fact && { path, span: fact.span };
}

/** Functions that were followed to the end without coming to a port. */
const silentFunctions = query('model', () => new Set<string>());

/** Do these functions, or what they call, open a port? */
export function opensPortIn(roots: readonly FunctionPlace[], model: ProjectModel): boolean {
  const without = silentFunctions(model);
  const seen = new Set<string>();
  const queue: FunctionPlace[] = [];
  const add = (place: FunctionPlace): void => {
    const key = `${place.path}#${place.fn}`;
    if (seen.has(key) || without.has(key)) return;
    seen.add(key);
    queue.push(place);
  };
  roots.forEach(add);
  for (let at = queue.shift(); at; at = queue.shift()) {
    const { path, fn } = at;
    if (model.meanings(path).some((found) => found.call.fn === fn && opensPort(found))) return true;
    if (seen.size > MAX_PLACES) return false;
    for (const callee of model.facts.get(path)?.functions[fn]?.callees ?? [])
      calledFunctions(callee, path, model).forEach(add);
  }
  for (const key of seen) without.add(key);
  return false;
}

/** Exits that are commented out do not count. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?(?:\*\/|(?![^]))|(^|[^:'"`])\/\/.*/gm, '$1');
}
