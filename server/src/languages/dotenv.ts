import type { Span } from '../engine/finding';

/** One `NAME=value` line of an env file. */
export interface DotenvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** Unquoted value; `` when empty. */
  readonly value: string;
  /** The value with its quotes. */
  readonly valueSpan: Span;
  /** The whole line without its line end. */
  readonly lineSpan: Span;
  /** Commented out (`# NAME=value`): documents the variable without setting it. */
  readonly commented: boolean;
}

export interface DotenvSyntax {
  readonly text: string;
  readonly entries: readonly DotenvEntry[];
}
