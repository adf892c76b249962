import type { CallValue, EnvironmentValue, ObjectValue, Value } from '../../../base/value';
import { possibleValues, propertyOf, unwrapCasts } from '../../../base/values';
import { canonicalName } from '../../../project/facts/canonical';
import type { ProjectModel } from '../../../project/model';
import { isGuardedAddress, secretKind, type SecretKind } from '../../../project/secrets/names';
import { SHOWING_CALLS } from '../../../vocabulary/secret-words';

/** What showing a value gives away. */
export interface Exposure {
  /** `environment`: all of it; `credential`: one variable; `settings`: an object with credentials among its members. */
  readonly what: 'environment' | 'credential' | 'settings';
  /** The variable or member. */
  readonly name: string;
  readonly kind: SecretKind;
}

const ALL: Exposure = { what: 'environment', name: 'process.env', kind: 'password' };

const SCHEMAS = /(?:^|\.)(?:cleanEnv|createEnv|parseEnv|envsafe)$/;

/**
 * What a value gives away when it is shown as a whole. Values that a function of the project made are left alone: it may
 * redact; so are values of which only a part is used, or whether they are there.
 * @param value as written, not resolved
 */
export function exposure(value: Value, model: ProjectModel, from: string): Exposure | undefined {
  return shown(value, model, from, 0);
}

function shown(
  value: Value,
  model: ProjectModel,
  from: string,
  depth: number,
): Exposure | undefined {
  if (depth > 6) return undefined;
  const again = (inner: Value): Exposure | undefined =>
    shown(inner, model, value.path ?? from, depth + 1);
  const first = (values: readonly Value[]): Exposure | undefined =>
    values.map(again).find((found) => found !== undefined);
  switch (value.kind) {
    case 'env':
      return ofVariable(value);
    case 'template':
      return first(value.parts.filter((_, index) => !isHostPart(value.parts[index + 1])));
    case 'array':
      return first(value.items);
    case 'either':
      return first(value.operator === '&&' ? value.options.slice(1) : value.options);
    case 'call':
      return ofCall(value, again);
    case 'object':
      return ofObject(value, model, from, again);
    case 'import':
    case 'member': {
      const resolved = model.resolve(value, from);
      if (/^(?:call|member|import)$/.test(resolved.kind)) return parsedFile(resolved);
      return again(resolved);
    }
    default:
      return undefined;
  }
}

/** `${host}:${port}`: what a port follows is the name of a host, whatever the variable is called. */
function isHostPart(next: Value | undefined): boolean {
  return next?.kind === 'literal' && /^:(?:\d|$)/.test(String(next.value));
}

function ofVariable({ name }: EnvironmentValue): Exposure | undefined {
  if (name === '*') return ALL;
  const kind =
    name === undefined ? undefined : isGuardedAddress(name) ? 'password' : secretKind(name);
  return name !== undefined && kind ? { what: 'credential', name, kind } : undefined;
}

function ofCall(
  call: CallValue,
  again: (value: Value) => Exposure | undefined,
): Exposure | undefined {
  const name = canonicalName(call.callee) ?? '';
  if (SHOWING_CALLS.has(name)) {
    // A replacer decides what is shown.
    const replacer = name === 'JSON.stringify' ? call.args[1] : undefined;
    const replaces =
      replacer !== undefined && !(replacer.kind === 'literal' && replacer.value === null);
    return replaces ? undefined : call.args.map(again).find((found) => found !== undefined);
  }
  if (SCHEMAS.test(name)) {
    const schema = call.args.find(
      (argument): argument is ObjectValue => argument.kind === 'object',
    );
    const key = schema?.properties.find((property) => secretKind(property.key) !== undefined)?.key;
    return key === undefined ? undefined : settings(key);
  }
  return parsedFile(unwrapCasts(call));
}

/** What dotenv returns holds the file's values. */
function parsedFile(value: Value): Exposure | undefined {
  return /^dotenv\.(?:config|parse)\(\)(?:\.parsed)?$/.test(canonicalName(value) ?? '')
    ? { ...ALL, name: '.env' }
    : undefined;
}

function ofObject(
  object: ObjectValue,
  model: ProjectModel,
  from: string,
  again: (value: Value) => Exposure | undefined,
): Exposure | undefined {
  const own = new Set(object.properties.map(({ key }) => key));
  for (const key of own) {
    const value = propertyOf(object, key);
    if (!value) continue;
    const nested = again(value);
    if (nested) return nested.what === 'credential' ? { ...nested, what: 'settings' } : nested;
    const kind = secretKind(key);
    const held = kind && model.resolve(value, object.path ?? from);
    if (kind && held && holdsCredential(held)) return { what: 'settings', name: key, kind };
  }
  for (const spread of object.spreads) {
    const found = again(spread);
    // A member written beside the spread replaces the spread one: that is how objects are redacted.
    if (found && !own.has(found.name)) return found;
  }
  return undefined;
}

function holdsCredential(value: Value): boolean {
  return possibleValues(value).some(
    (one) =>
      one.kind === 'env' ||
      (one.kind === 'literal' &&
        typeof one.value === 'string' &&
        !/^[*x.•_-]*$|redacted|masked|hidden|\s/i.test(one.value)),
  );
}

function settings(name: string): Exposure {
  return { what: 'settings', name, kind: secretKind(name) ?? 'password' };
}
