export type LineEnd = '\n' | '\r\n';

/** The line end a text uses (the first one decides), `\n` for a text without any. */
export function lineEndOf(text: string): LineEnd {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Generated text (written with `\n`) with another line end. */
export function withLineEnd(text: string, lineEnd: LineEnd): string {
  return lineEnd === '\n' ? text : text.replace(/\r?\n/g, lineEnd);
}
