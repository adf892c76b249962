/** Text that stands for a value to be filled in, wherever it is met: `<your-key>`, `xxx`, `your-api-key`, `changeme`, `***`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '') return true;
  const bare = text.replace(/^(Bearer|Basic|Token)\s+/i, '');
  return (
    MASKED.test(bare) ||
    WRAPPED.test(bare) ||
    SPOKEN.test(bare) ||
    CAMEL.test(bare) ||
    isMonotone(bare)
  );
}

/** `xxxx`, `****`, `....`, also behind a provider's prefix and between separators. */
const MASKED =
  /^(?:[a-z]{2,8}[-_])*(?:[xX]{3,}|\*{3,}|\.{3,}|-{3,}|_{3,}|0{6,}|#{3,}|…)+(?:[-_.:]?(?:[xX]{2,}|\*{2,}|0{2,}))*$/;
/** `<key>`, `{{key}}`, `${KEY}`, `[key]`, `%KEY%`, `__KEY__`. */
const WRAPPED =
  /^(?:<[^>]*>|\{\{?[^}]*\}?\}|\$\{[^}]*\}|\$[A-Z_]+|\[[^\]]*\]|%[^%]*%|__[A-Za-z0-9_]+__|@[A-Z_]+@|#\{[^}]*\})$/;
const SPOKEN =
  /^(?:(?:your|my|the|insert|enter|add|put|paste|some|replace|change|fill|set|use|choose|pick|generate|get|todo|fixme)(?:[-_ ]|$).*|.*(?:[-_ ]here|goes[-_ ]here|change[-_]?(?:me|this|it)|replace[-_ ]?(?:me|this|with.*)|placeholder|to[-_]be[-_](?:set|replaced|changed).*|example[-_ ]?(?:key|secret|token|password)?)|.*EXAMPLE(?:KEY)?.*|todo|tbd|none|null|undefined|empty|dummy.*|fake.*|sample.*|example.*|redacted|secret[-_ ]?(?:key|value)?[-_ ]?here|n\/?a|not[-_ ]?set|unset|masked|hidden|super[-_]?secret[-_]?(?:here|change.*))$/i;

/** `yourApiKey`, `mySecretKey`: a capital tells them from `mytest` and `setup`. */
const CAMEL =
  /^(?:your|my|the|insert|enter|add|put|paste|some|replace|change|fill|choose|generate)[A-Z]/;

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
