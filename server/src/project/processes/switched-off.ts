import type { Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { someValue } from '../../base/value-visitor';
import { propertyOf } from '../../base/values';
import { isTestPath } from '../files/paths';
import type { CallFact, FunctionFact } from '../facts/facts';
import type { CallMeaning, ProjectModel } from '../model';

/** How many functions a switch may stand away from what it switches. */
const MAX_LEVELS = 2;

/**
 * Is a call never made, because a parameter or an option of the function around it says so wherever that is called:
 * `constructor(private disabled = true) { if (disabled) return; process.on('SIGTERM', …); }`, made by `new Shutdown()`? Nor where
 * nobody calls the function.
 */
export function isSwitchedOff({ call, path }: CallMeaning, model: ProjectModel): boolean {
  return isOff(call, path, model, 0);
}

function isOff(call: CallFact, path: string, model: ProjectModel, level: number): boolean {
  const facts = model.facts.get(path);
  let around = facts?.functions[call.fn];
  // A callback of `signals.forEach` is part of the function that it stands in.
  while (around && around.id !== 0 && around.name === undefined)
    around = facts?.functions[around.parent];
  const text = around && model.files.text(path)?.slice(around.span.start, call.span.start);
  if (!facts || !around || around.id === 0 || text === undefined) return false;
  const calls = callsOf(around, path, model);
  if (calls.length === 0) return isUnused(around, path, model);
  const owner = around;
  const isToldNot = switchesIn(text).some((found) => {
    const given = calls.map(({ call: { args } }) => givenTo(found, owner, args, text));
    return given.every((one) => one === found.offWhen);
  });
  return (
    isToldNot ||
    (level < MAX_LEVELS &&
      calls.every((each) => each.path === path && isOff(each.call, path, model, level + 1)))
  );
}

interface Switch {
  /** `disabled`, or `options.handleSignals`. */
  readonly name: string;
  /** The value with which the call is not made. */
  readonly offWhen: boolean;
  /** What a missing value counts as, where no default is written. */
  readonly missing: boolean;
}

const ASKED = String.raw`\bif\s*\(\s*(?:(!)\s*)?(?:this\.)?([\w$]+(?:\??\.[\w$]+)?)\s*(?:([!=])==?\s*(true|false)\s*)?\)\s*`;
const LEAVING = new RegExp(`${ASKED}(?:\\{\\s*)?return\\b`, 'g');
const ENTERING = new RegExp(`${ASKED}(\\{)?`, 'g');

/** `if (disabled) return;` somewhere before the call, and `if (enabled)` around it. */
function switchesIn(text: string): readonly Switch[] {
  const found: Switch[] = [];
  for (const match of text.matchAll(LEAVING)) found.push(...switchOf(match, 'leaves'));
  for (const match of text.matchAll(ENTERING)) {
    const inside = text.slice(match.index + match[0].length);
    if (match[5] === '{' ? staysOpen(inside) : !/[;{}]/.test(inside.replace(/\{[^{}]*$/, '')))
      found.push(...switchOf(match, 'enters'));
  }
  return found;
}

function switchOf(match: RegExpExecArray, does: 'leaves' | 'enters'): readonly Switch[] {
  const [, negation = '', name, operator, literal] = match;
  if (name === undefined) return [];
  // `x`, `x === true`, `x !== false` want a true one; a missing one is not false.
  const compared = operator === undefined ? true : (literal === 'true') === (operator === '=');
  const wanted = compared === (negation === '');
  return [
    {
      name: name.replace('?.', '.'),
      offWhen: does === 'leaves' ? wanted : !wanted,
      missing: literal === 'false',
    },
  ];
}

function staysOpen(text: string): boolean {
  let depth = 1;
  for (const character of text) {
    if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) return false;
  }
  return true;
}

/** What a call gives for a switch; undefined where that is not known. */
function givenTo(
  { name, missing }: Switch,
  { parameters }: FunctionFact,
  args: readonly Value[],
  text: string,
): boolean | undefined {
  const [object = '', member] = name.split('.');
  const index = parameters.indexOf(object);
  // `({ signals = false })` takes the option out of a parameter without a name.
  const key = index < 0 ? object : member;
  const place = index < 0 && member === undefined ? destructured(object, parameters, text) : index;
  if (place === undefined || place < 0) return undefined;
  const value = key === undefined ? args[place] : optionOf(args[place], key);
  if (value === 'unknown') return undefined;
  if (!value) return defaultOf(key ?? object, text) ?? missing;
  return value.kind === 'literal' ? value.value === true : undefined;
}

function optionOf(options: Value | undefined, key: string): Value | 'unknown' | undefined {
  if (options?.kind !== 'object') return options;
  return propertyOf(options, key) ?? (options.spreads.length > 0 ? 'unknown' : undefined);
}

/** The place of the parameter that is taken apart to get a name: `({ port, signals = false })`. */
function destructured(
  name: string,
  parameters: readonly string[],
  text: string,
): number | undefined {
  const index = parameters.indexOf('');
  const head = /^[^{]*\{([^}]*)\}/.exec(text)?.[1] ?? '';
  return index >= 0 && new RegExp(`\\b${name}\\b`).test(head) ? index : undefined;
}

function defaultOf(name: string, text: string): boolean | undefined {
  const written = new RegExp(`\\b${name}\\s*(?::\\s*boolean\\s*)?=\\s*(true|false)\\b`);
  const value = written.exec(text)?.[1];
  return value === undefined ? undefined : value === 'true';
}

/** A function of its module that nothing calls, hands on, or exports by another name. */
function isUnused(
  { id, name, parent, classId }: FunctionFact,
  path: string,
  model: ProjectModel,
): boolean {
  const exported = model.facts
    .get(path)
    ?.exports.filter(({ value }) => value.kind === 'function' && value.id === id && !value.isClass);
  if (name === undefined || parent !== 0 || classId !== undefined) return false;
  if (exported?.length !== 1 || exported[0]?.name !== name) return false;
  const isMeant = (value: Value): boolean => someValue(value, (part) => lastName(part) === name);
  return [...model.facts].every(
    ([module, { calls }]) =>
      isTestPath(module) ||
      calls.every(({ callee, args }) => !isMeant(callee) && !args.some(isMeant)),
  );
}

interface Call {
  readonly path: string;
  readonly call: CallFact;
}

function callsOf(
  { id, classId, name }: FunctionFact,
  path: string,
  model: ProjectModel,
): readonly Call[] {
  const isConstructor = name === 'constructor';
  const known = isConstructor ? model.facts.get(path)?.classes[classId ?? -1]?.name : name;
  if (known === undefined) return [];
  return [...model.facts].flatMap(([module, { calls }]) =>
    isTestPath(module)
      ? []
      : calls
          .filter(({ callee }) => {
            // Within the module it is a function, not a name.
            if (callee.kind !== 'function' && lastName(callee) !== known) return false;
            const target = model.resolve(callee, module);
            return (
              target.kind === 'function' &&
              (target.path ?? module) === path &&
              (isConstructor ? target.isClass && target.id === classId : target.id === id)
            );
          })
          .map((call) => ({ path: module, call })),
  );
}
