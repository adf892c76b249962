import type { Instruction } from 'dockerfile-ast';
import type { Span } from '../../base/span';
import type { DockerfileSyntax } from '../../languages/dockerfile';
import { replacement } from '../edits';
import type { TextEdit } from '../finding';
import { lineEndOf, withLineEnd } from './text';

/** The span of an instruction, continuation lines included, comments before it and its line end excluded. */
export function instructionSpan(syntax: DockerfileSyntax, instruction: Instruction): Span {
  const range = instruction.getRange();
  return { start: offsetAt(syntax.text, range.start), end: offsetAt(syntax.text, range.end) };
}

/**
 * Replaces a whole instruction.
 * @param newText with `\n`; continuation lines end in ` \`
 */
export function replaceInstruction(
  syntax: DockerfileSyntax,
  instruction: Instruction,
  newText: string,
): TextEdit {
  return replacement(
    instructionSpan(syntax, instruction),
    withLineEnd(newText, lineEndOf(syntax.text)),
  );
}

/** The arguments of `CMD` and the like in exec form: a JSON array. */
export function execForm(keyword: string, argv: readonly string[]): string {
  return `${keyword} [${argv.map((word) => JSON.stringify(word)).join(', ')}]`;
}

function offsetAt(
  text: string,
  position: { readonly line: number; readonly character: number },
): number {
  let offset = 0;
  for (let line = 0; line < position.line; line += 1) {
    const next = text.indexOf('\n', offset);
    if (next < 0) return text.length;
    offset = next + 1;
  }
  return offset + position.character;
}
