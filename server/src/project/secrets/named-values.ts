import { NO_VALUES } from '../../vocabulary/secret-words';
import { isDatabasePassword, secretKind } from './names';
import { echoesName, isPlaceholder } from './placeholders';
import { secretShapes } from './shapes';
import { isNoCredential, isReference, isSwitch } from './values';

/** What a named value of a manifest holds, for messages: `a password in a postgres:// URL`, or its own name. */
export interface NamedCredential {
  readonly what: string;
  /** Recognised by the form a provider gives it, whatever its name. */
  readonly shaped: boolean;
  /** Only for a sandbox, or handed to browsers by design. */
  readonly harmless: boolean;
}

/**
 * Decides whether a variable or key of a manifest holds a credential in plain text: by the value's shape, else by the name of
 * the variable and a value that is neither a placeholder nor a reference.
 */
export function namedCredential(
  name: string,
  value: string | undefined,
): NamedCredential | undefined {
  const text = value?.trim() ?? '';
  if (text === '' || isReference(text)) return undefined;
  const [shape] = secretShapes(text);
  if (shape) return { what: shape.what, shaped: true, harmless: shape.harmless };
  const kind = secretKind(name);
  if (kind === undefined || isSwitch(text) || isNoCredential(text)) return undefined;
  if (/\s/.test(text)) return undefined;
  // What signs and what a database is started with is real whatever it says; what others issue is not.
  const isReal = kind === 'signing' || isDatabasePassword(name);
  if (isPlaceholder(text) && !(isReal && isSpokenSecret(text))) return undefined;
  if (kind === 'issued' && echoesName(text, name)) return undefined;
  return { what: `\`${name}\``, shaped: false, harmless: false };
}

/** A placeholder that works: `changeme`, `my-secret`. Masks and `<key>` do not. */
function isSpokenSecret(text: string): boolean {
  return (
    /^[\w.@!-]{4,}$/.test(text) &&
    !NO_VALUES.has(text.toLowerCase()) &&
    !/^(?:x+|\*+|\.+|-+|_+|0+|not[-_]?set|__\w+__|(?:your|insert|replace)[-_].*)$/i.test(text)
  );
}
