import { folderOf, joinPath } from '../../base/paths';
import type { CallValue, EitherValue, ImportValue, LiteralValue, Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { environmentReads, unwrapCasts } from '../../base/values';
import type { ProjectModel } from '../model';
import { returnsOf } from '../values/argument-values';

/** A literal that ends up as a credential. */
export interface SecretLiteral {
  readonly literal: LiteralValue & { readonly value: string };
  /** `fixed`: it is the credential; `fallback`: it replaces something that is missing. */
  readonly role: 'fixed' | 'fallback';
  /** For a fallback: the environment variable it stands in for, where that is known. */
  readonly variable?: string;
}

/**
 * The string literals that a value at a secret sink may be: through alternatives, lists, key objects, encoders
 * (`Buffer.from(x)`, `new TextEncoder().encode(x)`, `createSecretKey(x)`) and functions that return them. Literals that an
 * environment's name chooses are left out: choosing is another matter.
 * @param value resolved
 * @param from the module of the value
 */
export function secretLiterals(
  value: Value,
  model: ProjectModel,
  from: string,
): readonly SecretLiteral[] {
  return collect(value, { role: 'fixed' }, model, from, 0);
}

type Role = Pick<SecretLiteral, 'role' | 'variable'>;

function collect(
  value: Value,
  role: Role,
  model: ProjectModel,
  from: string,
  depth: number,
): readonly SecretLiteral[] {
  if (depth > 10) return [];
  const again = (inner: Value, as: Role = role): readonly SecretLiteral[] =>
    collect(inner, as, model, from, depth + 1);
  const inner = unwrapCasts(value);
  switch (inner.kind) {
    case 'literal':
      return typeof inner.value === 'string'
        ? [{ literal: { ...inner, value: inner.value }, ...role }]
        : [];
    case 'either':
      return rolesOfOptions(inner, role).flatMap(([option, as]) => again(option, as));
    case 'array':
      return inner.items.flatMap((item) => again(item));
    case 'object':
      return inner.properties
        .filter(({ key }) => /^(key|secret|passphrase|private|privateKey|value|k)$/.test(key))
        .flatMap((property) => again(property.value));
    case 'function':
      return returnsOf(inner, model, from).flatMap((returned) => again(returned));
    case 'call':
      return encoded(inner).flatMap((argument) => again(argument));
    case 'import': {
      const literal = manifestText(inner, model, from);
      return literal ? [{ literal, ...role }] : [];
    }
    default:
      return [];
  }
}

/** The alternatives of a value that may be the secret, each with the role it has. */
function rolesOfOptions(either: EitherValue, role: Role): readonly (readonly [Value, Role])[] {
  const { operator, options, condition } = either;
  const variable = environmentReads(either).find(
    ({ name }) => name !== undefined && name !== '*',
  )?.name;
  const [first, ...others] = options;
  if (!first) return [];
  if (operator === '&&') return others.map((option) => [option, role]);
  if (operator === '?:') {
    const asked = condition ? environmentReads(condition) : [];
    if (asked.some(({ name }) => name !== undefined && isEnvironmentName(name))) return [];
    const isAsked = asked.length > 0 || variable !== undefined;
    return options.map((option) => [option, isAsked ? fallback(variable) : role]);
  }
  const isDefaulted = operator !== 'assigned' && unwrapCasts(first).kind !== 'literal';
  const later = isDefaulted || variable !== undefined ? fallback(variable) : role;
  return [
    [first, operator === 'assigned' ? later : role],
    ...others.map((option) => [option, later] as const),
  ];
}

/** `secret: pkg.name` of the package's own manifest: as public as a literal, and the same in every deploy. */
function manifestText(
  { specifier, members, span, path }: ImportValue,
  model: ProjectModel,
  from: string,
): SecretLiteral['literal'] | undefined {
  const [member, ...more] = members;
  if (member === undefined || more.length > 0 || !/(^|\/)package\.json$/.test(specifier))
    return undefined;
  const manifest = joinPath(folderOf(path ?? from), specifier);
  const value = model.packages.find(({ manifestPath }) => manifestPath === manifest)?.manifest[
    member
  ];
  return typeof value === 'string'
    ? { kind: 'literal', value, direct: false, span, ...(path === undefined ? {} : { path }) }
    : undefined;
}

function fallback(variable: string | undefined): Role {
  return { role: 'fallback', ...(variable === undefined ? {} : { variable }) };
}

function isEnvironmentName(name: string): boolean {
  return /^(NODE_ENV|APP_ENV|ENV|ENVIRONMENT|STAGE|DEPLOY_ENV|NEXT_PUBLIC_ENV|VERCEL_ENV|RAILS_ENV)$/.test(
    name,
  );
}

/** What a call that only changes the form of a key takes: bytes of a text, a key object, a digest of it. */
function encoded(call: CallValue): readonly Value[] {
  const { callee, args } = call;
  const [first] = args;
  if (callee.kind === 'member' && callee.name !== undefined) {
    if (RESHAPING.test(callee.name)) return [callee.object];
    const isJson = callee.object.kind === 'global' && callee.object.name === 'JSON';
    return ENCODING.test(callee.name) && !isJson && first ? [first] : [];
  }
  const name = lastName(callee);
  return name !== undefined && first && (KEY_MAKING.test(name) || ENCODING.test(name))
    ? [first]
    : [];
}

const RESHAPING = /^(digest|repeat|padEnd|padStart|slice|substr|substring|subarray|toString)$/;
const ENCODING = /^(encode|decode|parse|from|update)$/;
const KEY_MAKING = /^(createSecretKey|createPrivateKey|scryptSync|pbkdf2Sync|Buffer|importPKCS8)$/;
