import type { Span } from '../base/span';

/** One `Key=value` of a systemd unit, or of whatever is written like one: supervisord’s programs. */
export interface SystemdEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly valueSpan: Span;
}

/** Parses a systemd unit; never throws. A value that `\` continues keeps its line breaks. */
export function parseSystemd(text: string): SystemdEntry[] {
  const entries: SystemdEntry[] = [];
  let section = '';
  for (const line of text.matchAll(/(?:[^\\\r\n]|\\\r?\n|\\.)+/g)) {
    const header = /^\s*\[([^\]]+)\]\s*$/.exec(line[0]);
    if (header) section = header[1] ?? '';
    const pair = /^\s*([A-Za-z_]+)\s*=\s*/.exec(line[0]);
    if (!pair || header) continue;
    const value = line[0].slice(pair[0].length).trimEnd();
    const start = line.index + pair[0].length;
    entries.push({
      section,
      key: pair[1] ?? '',
      value,
      valueSpan: { start, end: start + value.length },
    });
  }
  return entries;
}
