import { lastName } from '../../base/value-names';
import { isTestPath } from '../files/paths';
import type { CallFact, FunctionFact } from '../facts/facts';
import type { CallMeaning, ProjectModel } from '../model';

/**
 * Is a call never made, because a parameter of the function around it says so wherever that is called:
 * `constructor(private disabled = true) { if (disabled) return; process.on('SIGTERM', …); }`, made by `new Shutdown()`?
 */
export function isSwitchedOff({ call, path }: CallMeaning, model: ProjectModel): boolean {
  const around = model.facts.get(path)?.functions[call.fn];
  const text = around && model.files.text(path)?.slice(around.span.start, call.span.start);
  if (!around || around.id === 0 || text === undefined) return false;
  const found = switchIn(text);
  const index = found ? around.parameters.indexOf(found.parameter) : -1;
  if (!found || index < 0) return false;
  const given = callsOf(around, path, model).map(({ args }) => {
    const value = args[index];
    if (!value) return found.byDefault;
    return value.kind === 'literal' ? value.value === true : undefined;
  });
  return given.length > 0 && given.every((one) => one === found.offWhen);
}

interface Switch {
  readonly parameter: string;
  /** The value with which the call is not made. */
  readonly offWhen: boolean;
  readonly byDefault: boolean;
}

/** `if (disabled) return;` somewhere before the call, or `if (enabled)` right before it. */
function switchIn(text: string): Switch | undefined {
  const left = /\bif\s*\(\s*(?:(!)\s*)?(?:this\.)?(\w+)\s*\)\s*(?:\{\s*)?return\b/.exec(text);
  const right = /\bif\s*\(\s*(?:(!)\s*)?(?:this\.)?(\w+)\s*\)\s*(?:\{\s*)?$/.exec(text);
  const [, negation, parameter] = left ?? right ?? [];
  if (parameter === undefined) return undefined;
  const written = new RegExp(`\\b${parameter}\\s*(?::\\s*boolean\\s*)?=\\s*(true|false)\\b`);
  return {
    parameter,
    offWhen: (negation === undefined) === (left !== null),
    byDefault: written.exec(text)?.[1] === 'true',
  };
}

function callsOf(
  { id, classId, name }: FunctionFact,
  path: string,
  model: ProjectModel,
): readonly CallFact[] {
  const isConstructor = name === 'constructor';
  const known = isConstructor ? model.facts.get(path)?.classes[classId ?? -1]?.name : name;
  if (known === undefined) return [];
  return [...model.facts].flatMap(([module, { calls }]) =>
    isTestPath(module)
      ? []
      : calls.filter(({ callee }) => {
          // Within the module it is a function, not a name.
          if (callee.kind !== 'function' && lastName(callee) !== known) return false;
          const target = model.resolve(callee, module);
          return (
            target.kind === 'function' &&
            (target.path ?? module) === path &&
            (isConstructor ? target.isClass && target.id === classId : target.id === id)
          );
        }),
  );
}
