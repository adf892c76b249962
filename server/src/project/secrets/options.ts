import type { ObjectValue, Value } from '../../base/value';
import { rootOf } from '../../base/value-names';
import { childrenOf } from '../../base/value-visitor';
import { possibleValues, stringOf } from '../../base/values';
import { DESCRIBERS, DESCRIBING, REQUESTERS, STORING } from '../../vocabulary/secret-words';
import type { CallFact } from '../facts/facts';
import type { ProjectModel } from '../model';
import type { FilledSink } from './sink';
import { looksIssued } from './values';

/** Options whose name says what they hold, whatever the package. */
interface Option {
  readonly name: RegExp;
  readonly what: string;
  readonly issued: boolean;
  /** The name is also given to things that are none: only values that a machine made count. */
  readonly made?: true;
}

const OPTIONS: readonly Option[] = [
  { name: /^(?:jwt|session|cookie|csrf)_?secret$/i, what: 'secret', issued: false },
  {
    name: /^(?:client|consumer|app|api|webhook|signing|shared|oauth|application)_?secret(?:_?key)?$/i,
    what: 'client secret',
    issued: true,
  },
  {
    name: /^(?:secret_?access_?key|secret_?key|account_?key|key_?secret|encryption_?key|master_?key|private_?key|signing_?key)$/i,
    what: 'secret key',
    issued: true,
  },
  {
    name: /^(?:auth|access|bearer|api|bot|refresh|personal_?access)_?token(?:_?secret)?$/i,
    what: 'token',
    issued: true,
    made: true,
  },
  {
    name: /^(?:api_?key|subscription_?key|app_?key|x-api-key|token)$/i,
    what: 'API key',
    issued: true,
    made: true,
  },
  { name: /^authorization$/i, what: 'credential in a header', issued: true, made: true },
];

/**
 * The options of a package's call that take a credential by their name (`clientSecret`, `apiKey`), and user and password side
 * by side under `auth`.
 */
export function optionSinks(
  call: CallFact,
  path: string,
  model: ProjectModel,
): readonly FilledSink[] {
  if (!call.args.some(mayHoldOptions)) return [];
  const owner = packageOf(call.callee);
  if (owner === undefined || DESCRIBERS.has(owner)) return [];
  const { callee } = call;
  const isRequest = owner === 'fetch' || REQUESTERS.has(owner);
  if (!call.isNew && callee.kind === 'member' && !isRequest && STORING.has(callee.name ?? ''))
    return [];
  if (owner !== 'fetch' && model.resolveImport(path, owner).path !== undefined) return [];
  return call.args.flatMap((argument) =>
    optionsOf(mayHoldOptions(argument) ? model.resolve(argument, path) : argument, 0),
  );
}

function mayHoldOptions(value: Value): boolean {
  return (
    value.kind === 'object' ||
    value.kind === 'import' ||
    (value.kind === 'member' && value.object.kind === 'import') ||
    (value.kind === 'either' && value.options.some(mayHoldOptions))
  );
}

function optionsOf(value: Value, depth: number): readonly FilledSink[] {
  if (depth > 4) return [];
  if (value.kind === 'array' || value.kind === 'either')
    return childrenOf(value).flatMap((one) => optionsOf(one, depth + 1));
  if (value.kind !== 'object' || isTableOfNames(value)) return [];
  const pair = value.properties.some(
    ({ key, value: user }) =>
      /^(?:user(?:name)?|login|id)$/i.test(key) && stringOf(user) !== undefined,
  );
  return value.properties.flatMap(({ key, value: held }) => {
    if (DESCRIBING.has(key.toLowerCase())) return [];
    const option = OPTIONS.find(({ name }) => name.test(key));
    if (option) {
      const isFit = !option.made || literalTexts(held).some(looksIssued);
      return isFit
        ? [{ value: held, sink: { what: option.what, key, issued: option.issued } }]
        : [];
    }
    if (pair && depth > 0 && /^(?:pass(?:word)?|pwd)$/i.test(key))
      return [{ value: held, sink: { what: 'password', key, issued: true } }];
    return optionsOf(held, depth + 1);
  });
}

/** `{ clientId: 'client_id', privateKey: 'private_key' }`: what settings are called elsewhere. */
function isTableOfNames({ properties }: ObjectValue): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (
    properties.length > 1 &&
    properties.every(({ key, value }) => {
      const text = stringOf(value);
      return text !== undefined && bare(text) === bare(key);
    })
  );
}

function literalTexts(value: Value): readonly string[] {
  return possibleValues(value).flatMap((one) =>
    one.kind === 'literal' && typeof one.value === 'string' ? [one.value] : [],
  );
}

/** The package that a callee comes from: `new (require('x').Client)`, `x.configure`, `x().y`; or the global `fetch`. */
function packageOf(value: Value): string | undefined {
  const root = rootOf(value);
  switch (root.kind) {
    case 'import':
      return /^[.~#/]|^@\//.test(root.specifier) ? undefined : root.specifier;
    case 'global':
      return root.name === 'fetch' ? 'fetch' : undefined;
    case 'typed':
    case 'either':
      return childrenOf(root)
        .map(packageOf)
        .find((name) => name !== undefined);
    default:
      return undefined;
  }
}
