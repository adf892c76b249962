import type { Span } from '../engine/finding';

/** One `type: command` line of a Procfile. */
export interface ProcfileEntry {
  readonly type: string;
  readonly typeSpan: Span;
  readonly command: string;
  readonly commandSpan: Span;
}

export interface ProcfileSyntax {
  readonly text: string;
  readonly entries: readonly ProcfileEntry[];
}
