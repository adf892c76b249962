import type { Span } from '../../../base/span';

/** What a credential of the user's own services is called in messages. */
export const OWN_CREDENTIAL = 'a credential of your own services';

/**
 * The places of a text that have a form which the user listed.
 * @param patterns regular expressions that can be compiled
 */
export function ownCredentials(text: string, patterns: readonly string[]): readonly Span[] {
  return patterns
    .flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'g'))])
    .filter(([found]) => found !== '')
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
