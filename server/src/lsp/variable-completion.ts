import type { CompletionItem, CompletionItemKind, Range } from 'vscode-languageserver';

/** A variable that may be meant. */
export interface Offer {
  readonly name: string;
  /** Behind the name, where it is written anew: `=`, `: `. */
  readonly suffix: string;
  /** A word about it, beside the name. */
  readonly detail: string | undefined;
  /** The likelier it is, the lower. */
  readonly rank: number;
}

const VARIABLE: CompletionItemKind = 6;

/** What an item needs for its documentation to be made. */
export interface OfferData {
  readonly uri: string;
  readonly name: string;
}

/**
 * Offers as completion items; the documentation is added when somebody looks at one.
 * @param range of what is typed already
 */
export function toCompletionItems(
  offers: readonly Offer[],
  range: Range,
  uri: string,
): CompletionItem[] {
  return offers.map(({ name, suffix, detail, rank }) => ({
    label: name,
    kind: VARIABLE,
    ...(detail === undefined ? {} : { detail }),
    sortText: `${rank}${name}`,
    textEdit: { range, newText: name + suffix },
    data: { uri, name } satisfies OfferData,
  }));
}

/** What an item holds for us, if it is one of ours. */
export function offerData(data: unknown): OfferData | undefined {
  const { uri, name } = (data ?? {}) as Partial<Record<keyof OfferData, unknown>>;
  return typeof uri === 'string' && typeof name === 'string' ? { uri, name } : undefined;
}
