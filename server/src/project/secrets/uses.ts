import { queryEach } from '../query';
import type { Value } from '../../base/value';
import { memberAt, stringOf } from '../../base/values';
import { SERVICES } from '../../vocabulary/services';
import { isDocumentPath, isGeneratedPath, isTestPath, isVendoredPath } from '../files/paths';
import type { CallMeaning, ProjectModel } from '../model';
import { isTestSection } from '../services/environment-sections';
import { argumentValues } from '../values/argument-values';
import { storedSetting } from '../values/settings';
import { connectionPasswords } from './connection-objects';
import { secretLiterals, type SecretLiteral } from './literals';
import { optionSinks } from './options';
import { isPlaceholder } from './placeholders';
import { secretShapes } from './shapes';
import type { FilledSink, SecretSink } from './sink';
import { isNoCredential } from './values';

/** A literal that reaches a place which takes a credential. */
export interface SecretUse extends SecretLiteral, SecretSink {
  /** The module that the literal stands in. */
  readonly path: string;
}

/**
 * The literals that the calls of one module take as credentials: where the library table says so, where an option of a package
 * says so by its name, and the passwords of backing services. In source order of the calls; each literal once.
 */
export const secretUses = queryEach('model', (path: string, model): readonly SecretUse[] => {
  const uses = new Map<string, SecretUse>();
  const add = (value: Value, sink: SecretSink): void => {
    for (const use of usesOf(value, sink, path, model)) {
      const key = `${use.path}\0${use.literal.span.start}`;
      if (!uses.has(key)) uses.set(key, use);
    }
  };
  for (const meaning of model.meanings(path)) {
    if (meaning.call.context.includes('development')) continue;
    for (const { value, sink } of tableSinks(meaning, model)) add(value, sink);
  }
  for (const call of model.facts.get(path)?.calls ?? []) {
    if (call.context.includes('development')) continue;
    for (const { value, sink } of optionSinks(call, path, model)) add(value, sink);
  }
  for (const value of connectionPasswords(path, model))
    add(value, { what: 'database password', issued: true, service: 'sql' });
  return [...uses.values()];
});

/**
 * The literals that a value is, given that it goes where a credential goes.
 * @param value resolved; `path` is the module that uses it
 */
export function usesOf(
  value: Value,
  sink: SecretSink,
  path: string,
  model: ProjectModel,
): readonly SecretUse[] {
  return known(value, path, model)
    .flatMap((one) => secretLiterals(one, model, path))
    .flatMap((literal): SecretUse[] => {
      const place = literal.literal.path ?? path;
      const text = literal.literal.value;
      // An empty fallback is a finding of its own; an empty credential is none.
      if (text === '' ? literal.role === 'fixed' : isNoCredential(text)) return [];
      if (sink.issued && text !== '' && (isPlaceholder(text) || /\s/.test(text))) return [];
      return isOutside(place) ? [] : [{ ...sink, ...literal, path: place }];
    });
}

/** Settings that express keeps (`app.get('secret')`), and members of objects looked up by a name that is not known. */
function known(value: Value, path: string, model: ProjectModel): readonly Value[] {
  const stored = storedSetting(value, path, model);
  if (stored) return [stored];
  const { kind } = value;
  if (kind !== 'member' || value.name === undefined) return [value];
  const { object, name } = value;
  if (object.kind !== 'member' || object.name !== undefined || object.object.kind !== 'object')
    return [value];
  // Of `config[env]` any may be meant, but for what is there for tests.
  return object.object.properties
    .filter(({ key }) => !isTestSection(key))
    .flatMap((property) => memberAt(property.value, [name]) ?? []);
}

function tableSinks(
  { meaning, args, call, path }: CallMeaning,
  model: ProjectModel,
): readonly FilledSink[] {
  const at = (place: string | undefined, sink: SecretSink): readonly FilledSink[] =>
    place === undefined
      ? []
      : argumentValues(args, place, model, path).map((value) => ({ value, sink }));
  switch (meaning.kind) {
    case 'secret':
      // A function that hashes what it is given hashes people's passwords.
      if (meaning.what === HASHED && call.args[Number(meaning.secret)]?.kind === 'parameter')
        return [];
      return at(meaning.secret, { what: meaning.what, issued: meaning.issued === true });
    case 'session':
      return at(meaning.secret, { what: 'session secret', issued: false });
    case 'connect': {
      const { service } = meaning;
      if (args.some(isFileBased)) return [];
      const sink = { what: SERVICES[service].password ?? 'password', issued: true, service };
      const urls = meaning.url === undefined ? [] : argumentValues(args, meaning.url, model, path);
      return [
        ...at(meaning.password, sink),
        ...urls.filter(isJoinedWithPassword).map((value) => ({ value, sink })),
        ...urls.flatMap(passwordParts).map((value) => ({ value, sink })),
      ];
    }
    default:
      return [];
  }
}

/** A database in a file or in memory takes no password; drivers that want one get a dummy. */
function isFileBased(options: Value): boolean {
  const dialect =
    options.kind === 'object'
      ? options.properties.find(({ key }) => /^(?:dialect|type|client)$/.test(key))?.value
      : undefined;
  return /sqlite|sqljs|libsql/i.test(stringOf(dialect) ?? '');
}

const HASHED = 'encryption password';

/** A URL that constants are joined to: the parts are gone, the password is in it. */
function isJoinedWithPassword(url: Value): boolean {
  return (
    url.kind === 'literal' &&
    !url.direct &&
    typeof url.value === 'string' &&
    secretShapes(url.value).some(({ what }) => what.startsWith('a password in'))
  );
}

/** What stands for the password in a URL that is put together: `mongodb://${USER}:${PASSWORD}@host`. */
function passwordParts(url: Value): readonly Value[] {
  if (url.kind !== 'template') return [];
  const text = (value: Value | undefined): string =>
    value?.kind === 'literal' ? String(value.value) : '';
  return url.parts.flatMap((part, index) => {
    const before = url.parts
      .slice(0, index)
      .map((one) => (one.kind === 'literal' ? text(one) : 'x'));
    const isPassword =
      /:\/\/[^\s/@:]*:$/.test(before.join('')) && text(url.parts[index + 1]).startsWith('@');
    return isPassword ? [part] : [];
  });
}

/** Tests, documents and other people's code keep no secrets of this app. */
function isOutside(path: string): boolean {
  return isTestPath(path) || isDocumentPath(path) || isGeneratedPath(path) || isVendoredPath(path);
}
