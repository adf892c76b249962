/** Words that belong together, with why: `['automated tests', 'test tests e2e']`. A hyphen joins the words of a phrase: `dev-server`. */
export type WordGroup = readonly [reason: string, words: string];

/**
 * What names are made of: one list of words per meaning, shared by all who ask for that meaning. Names are compared word by word,
 * whatever their style (`dev-server`, `devServer`, `DEV_SERVER`, `dev.server2` all have the words of `dev-server`).
 */
export interface Vocabulary {
  /** The lists it was made of; to make a wider vocabulary from several. */
  readonly groups: readonly WordGroup[];
  /** The words as alternatives, in lower case; for a pattern that has to say more than the words. */
  readonly pattern: string;
  /** Is one of the words, or phrases, somewhere in the name? */
  isIn(name: string): boolean;
  /** Is the name one of the words, or phrases, and nothing else? */
  is(name: string): boolean;
  /** Does the name begin with one of the words, or phrases? */
  begins(name: string): boolean;
  /** Does the name end with one of the words, or phrases? */
  ends(name: string): boolean;
}

/**
 * Makes a vocabulary.
 * @param groups lists of words in lower case, each with the reason why its words are in
 * @throws Error for a word that could never match (upper case, punctuation) or stands twice: a table that lies never loads
 */
export function vocabulary(...groups: readonly WordGroup[]): Vocabulary {
  const any = wordsOf(groups)
    .map((word) => word.replaceAll('-', '[^a-z0-9]?'))
    .join('|');
  const word = `(?<![a-z0-9])(?:${any})\\d*(?![a-z0-9])`;
  const somewhere = new RegExp(word);
  const whole = new RegExp(`^(?:${any})$`);
  const first = new RegExp(`^[^a-z0-9]*${word}`);
  const last = new RegExp(`${word}[^a-z0-9]*$`);
  return {
    groups,
    pattern: any,
    isIn: (name) => somewhere.test(apart(name)),
    is: (name) => whole.test(apart(name)),
    begins: (name) => first.test(apart(name)),
    ends: (name) => last.test(apart(name)),
  };
}

/**
 * The words of all groups.
 * @throws Error for a word that could never match or stands twice; a dot may lead, for the names of folders (`.github`)
 */
export function wordsOf(groups: readonly WordGroup[]): readonly string[] {
  const words = groups.flatMap(([, list]) => list.split(/\s+/).filter((word) => word !== ''));
  for (const [index, word] of words.entries()) {
    if (!/^\.?[a-z0-9]+(-[a-z0-9]+)*$/.test(word)) throw new Error(`no word of a name: ${word}`);
    if (words.indexOf(word) !== index) throw new Error(`listed twice: ${word}`);
  }
  return words;
}

/** The name in lower case, with its humps apart: `devServer` → `dev-server`, `APIServer` → `api-server`; `E2E` has none. */
function apart(name: string): string {
  if (!/[A-Z]/.test(name)) return name;
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z0-9])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
