import type { ProjectInput } from '../analyzer';

/** The texts of those files that have one, by path. */
export function textsOf(
  paths: readonly string[],
  input: Pick<ProjectInput, 'text'>,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const text = input.text(path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}
