import type { TextEdit } from '../finding';

/** The texts of env files that fixes create. One line a variable, those with the same first word together. */

const LINE = /^(?:#\s?)?(?:export\s+)?([A-Za-z_]\w*)\s*=/;

/**
 * The text of a new env file.
 * @param lines `NAME=value` or `# NAME=value`, in any order; of several for one variable the first counts
 */
export function dotenvText(lines: readonly string[]): string {
  const byName = new Map<string, string>();
  for (const line of lines) {
    const name = nameOf(line);
    if (name !== undefined && !byName.has(name)) byName.set(name, line);
  }
  const names = [...byName.keys()].sort();
  const groups = new Map<string, string[]>([['', []]]);
  for (const name of names) {
    const word = firstWord(name);
    const isAlone = names.filter((other) => firstWord(other) === word).length < 2;
    const key = isAlone ? '' : word;
    groups.set(key, [...(groups.get(key) ?? []), byName.get(name) ?? '']);
  }
  return [...groups.values()]
    .filter((group) => group.length > 0)
    .map((group) => group.map((line) => `${line}\n`).join(''))
    .join('\n');
}

/**
 * Two texts of one new env file as one. Grouped anew where the first is no more than that; what somebody arranged keeps its order
 * and comments, and gets at its end what it lacks.
 */
export function mergeDotenvTexts(first: string, second: string): string {
  const own = linesOf(first);
  const names = new Set(own.map(nameOf));
  const missing = linesOf(second).filter((line) => !names.has(nameOf(line)));
  if (missing.length === 0) return first;
  if (dotenvText(own) === first) return dotenvText([...own, ...missing]);
  const lineEnd = first.includes('\r\n') ? '\r\n' : '\n';
  const start = first === '' || first.endsWith('\n') ? first : first + lineEnd;
  return start + missing.map((line) => line + lineEnd).join('');
}

/**
 * Insertions of variables that belong to no group of an env file: those that several fixes put at one place, each set apart by a
 * blank line, are grouped among themselves.
 */
export function groupNewVariables(edits: readonly TextEdit[]): readonly TextEdit[] {
  const isNew = ({ span, newText }: TextEdit): boolean =>
    span.start === span.end && APART.test(newText);
  const found = edits.filter(isNew);
  const [first] = found;
  if (!first || found.some(({ span }) => span.start !== first.span.start)) return edits;
  const lineEnd = first.newText.startsWith('\r') ? '\r\n' : '\n';
  const lines = dotenvText(found.map(({ newText }) => newText.trim())).trimEnd();
  return [
    ...edits.filter((edit) => !isNew(edit)),
    { span: first.span, newText: lineEnd + lineEnd + lines.replace(/\n/g, lineEnd) },
  ];
}

/** One variable behind a blank line. */
const APART = /^(\r?\n)\1(?:# )?[A-Za-z_]\w*=.*$/;

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function nameOf(line: string): string | undefined {
  return LINE.exec(line)?.[1];
}

function firstWord(name: string): string {
  return name.split('_')[0] ?? '';
}
