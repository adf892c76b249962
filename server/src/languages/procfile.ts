import type { Span } from '../base/span';
import { isTooLong, TOO_LONG } from './length';

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
  /** Why there is nothing of it, where it is longer than is read. */
  readonly notParsed?: string;
}

/**
 * Parses a Procfile; never throws. Lines that are no `type: command` (comments, blank lines) are skipped.
 * @param text the file's text
 */
export function parseProcfileSyntax(text: string): ProcfileSyntax {
  if (isTooLong(text)) return { text, entries: [], notParsed: TOO_LONG };
  const entries: ProcfileEntry[] = [];
  for (const line of text.matchAll(/[^\r\n\uFEFF][^\r\n]*/g)) {
    const match = /^([ \t]*)([A-Za-z0-9_-]+)([ \t]*:[ \t]*)(\S.*)$/.exec(line[0]);
    if (!match) continue;
    const [, indent = '', type = '', colon = '', rest = ''] = match;
    const command = rest.trimEnd();
    const typeStart = line.index + indent.length;
    const commandStart = typeStart + type.length + colon.length;
    entries.push({
      type,
      typeSpan: { start: typeStart, end: typeStart + type.length },
      command,
      commandSpan: { start: commandStart, end: commandStart + command.length },
    });
  }
  return { text, entries };
}
