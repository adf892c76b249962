import type { Span } from '../engine/finding';

/** A simple command of a shell text after quote removal. Offsets are in the text that was parsed. */
export interface ShellCommand {
  readonly assignments: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  readonly words: readonly ShellWord[];
  readonly redirects: readonly { readonly operator: string; readonly target: string; readonly span: Span }[];
  readonly joint: '' | '&&' | '||' | ';' | '|' | '&';
  readonly span: Span;
  /** Inside if/for/while/case/function bodies: may not run. */
  readonly conditional: boolean;
}

export interface ShellWord {
  /** Text after quote removal; expansions are kept as written (`$PORT`, `${PORT:-3000}`, `$(date)`). */
  readonly text: string;
  readonly span: Span;
  /** False when it contains an expansion. */
  readonly literal: boolean;
}

export interface ShellSyntax {
  readonly text: string;
  readonly commands: readonly ShellCommand[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}
