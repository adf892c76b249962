/** How many answers are kept: names repeat within files, and few files are read at a time. */
const MOST = 5_000;

/** The same function, which works out its answer for a text once; of as many texts as matter at a time. */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    const before = known.get(text);
    if (before) return before.answer;
    const found = { answer: answer(text) };
    if (known.size >= MOST) known.clear();
    known.set(text, found);
    return found.answer;
  };
}
