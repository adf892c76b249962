import type { Span } from '../../../base/span';

/** What a credential of the user's own services is called in messages. */
export const OWN_CREDENTIAL = 'a credential of your own services';

/**
 * The places of a text that have a form which the user listed.
 * @param text is asked for where there is a pattern only: a rule that has read a text is asked again whenever it changes
 * @param patterns regular expressions that can be compiled
 */
export function ownCredentials(
  text: () => string | undefined,
  patterns: readonly string[],
): readonly Span[] {
  return patterns
    .flatMap((pattern) => [...(text() ?? '').matchAll(new RegExp(pattern, 'g'))])
    .filter(([found]) => found !== '')
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
