import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** A parsed JSON-with-comments document; nodes carry offsets into `text`. */
export interface JsonSyntax {
  readonly text: string;
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
}

/**
 * Parses JSON with comments and trailing commas; never throws.
 * @param text the file's text
 */
export function parseJsonSyntax(text: string): JsonSyntax {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  return { text, root, errors };
}
