import { FILL_IN, FILL_IN_APART, NO_VALUES } from '../../vocabulary/secret-words';

/** Text that stands for a value to be filled in, wherever it is met: `<your-key>`, `xxx`, `your-api-key`, `changeme`, `***`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '') return true;
  const bare = text.replace(/^(Bearer|Basic|Token)\s+/i, '');
  return (
    MASKED.test(bare) ||
    WRAPPED.test(bare) ||
    isSpoken(bare) ||
    CAMEL.test(bare) ||
    isMonotone(bare)
  );
}

/** `xxxx`, `****`, `....`, also behind a provider's prefix and between separators. */
const MASKED = /^(?:[a-z]{2,8}[-_])*(?:[xX]{3}|\*{3}|\.{3}|-{3}|_{3}|0{6}|#{3}|…)[xX*.0#…:_-]*$/;
/** `<key>`, `{{key}}`, `${KEY}`, `[key]`, `%KEY%`, `__KEY__`. */
const WRAPPED =
  /^(?:<[^>]*>|\{\{?[^}]*\}?\}|\$\{[^}]*\}|\$[A-Z_]+|\[[^\]]*\]|%[^%]*%|__[A-Za-z0-9_]+__|@[A-Z_]+@|#\{[^}]*\})$/;
/** `your-key`, `set this`. */
const FILLED_IN = new RegExp(`^(?:${FILL_IN.pattern}|${FILL_IN_APART.pattern})(?:[-_ ]|$).*$`, 'i');
/** `key-here`, `please change me`, `secret to-be-set`, `super-secret-change-this`. */
const ASKS =
  /^.*(?:[-_ ]here|change[-_]?(?:me|this|it)|replace[-_ ]?(?:me|this|with.*)|placeholder)$/i;
const ASKS_LATER = /^.*to[-_]be[-_](?:set|replaced|changed).*$|^super[-_]?secret[-_]?change.*$/i;
/** `secretHere` in one word, as people say where it goes. */
const HERE = /^(?:secret[-_ ]?(?:key|value)?|super[-_]?secret[-_]?)here$/i;
/** `AKIAIOSFODNN7EXAMPLE`, `dummy-token`. */
const MADE_UP = /^.*example.*$|^(?:dummy|fake|sample).*$/i;
const NOT_SET = /^not[-_ ]?set$/i;

/** `yourApiKey`, `mySecretKey`: a capital tells them from `mytest` and `setup`. */
const CAMEL = new RegExp(`^(?:${FILL_IN.pattern})[A-Z]`);

function isSpoken(text: string): boolean {
  return (
    NO_VALUES.has(text.toLowerCase()) ||
    [FILLED_IN, ASKS, ASKS_LATER, HERE, MADE_UP, NOT_SET].some((form) => form.test(text))
  );
}

/** `aaaaaaaa`, `1111`, `abcabcabc`: nobody's credential. */
function isMonotone(text: string): boolean {
  const plain = text.replace(/^[a-z]{2,8}[-_]/i, '');
  return plain.length >= 4 && new Set(plain.replace(/[-_:.]/g, '')).size === 1;
}

/** Words that only say what the value is for: `discord-client-secret`, `api_key`, `github-token`. */
export function echoesName(value: string, name: string): boolean {
  const normal = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  // `API_KEY_VAL`, `MY_API_KEY_HERE`: the name with a word that says so.
  const [a, b] = [normal(value.replace(/[-_](val|value|string|text|here)$/i, '')), normal(name)];
  return a.length >= 4 && (a === b || (b.endsWith(a) && a.length >= 6));
}
