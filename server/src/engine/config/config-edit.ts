import { applyEdits, modify, parse, type Edit, type JSONPath, type ParseError } from 'jsonc-parser';
import { lineEndOf } from '../../base/line-ends';
import type { SeveritySetting } from '../../base/severity';
import type { FileChange } from '../finding';

/** What is to be set in a configuration file. */
export type ConfigChange =
  | { readonly kind: 'severity'; readonly ruleId: string; readonly severity: SeveritySetting }
  /** The file at a path is not to be analysed. */
  | { readonly kind: 'exclude'; readonly path: string };

/**
 * The change of a configuration file that sets something; comments, order and indentation stay.
 * @param file where it stands, relative to the root
 * @param text of the file; undefined where there is none, which then is created
 * @returns undefined where the file is no JSON, its value there is of another kind, or it says so already
 */
export function configEdit(
  file: string,
  text: string | undefined,
  change: ConfigChange,
): FileChange | undefined {
  const given = text ?? '';
  const edits = editsOf(given, change);
  if (!edits || edits.length === 0) return undefined;
  if (text === undefined)
    return { kind: 'create', path: file, text: `${applyEdits(given, edits)}\n` };
  return {
    kind: 'edit',
    path: file,
    edits: edits.map(({ offset, length, content }) => ({
      span: { start: offset, end: offset + length },
      newText: content,
    })),
  };
}

/** A path as a glob that matches it alone: routes of frameworks are full of brackets. */
export function globOf(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}

function editsOf(text: string, change: ConfigChange): Edit[] | undefined {
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true, allowEmptyContent: true };
  const root: unknown = parse(text, errors, options) ?? {};
  if (errors.length > 0 || !isRecord(root)) return undefined;
  if (change.kind === 'severity') {
    const { rules } = root;
    if (rules !== undefined && !isRecord(rules)) return undefined;
    if (rules?.[change.ruleId] === change.severity) return undefined;
    return insert(text, ['rules', change.ruleId], change.severity);
  }
  const { exclude } = root;
  const glob = globOf(change.path);
  if (exclude === undefined) return insert(text, ['exclude'], [glob]);
  if (!Array.isArray(exclude) || exclude.includes(glob)) return undefined;
  return insert(text, ['exclude', exclude.length], glob);
}

function insert(text: string, path: JSONPath, value: unknown): Edit[] {
  return modify(text, path, value, {
    formattingOptions: { ...indentationOf(text), eol: lineEndOf(text) },
  });
}

/** The indentation of the first line that has one. */
function indentationOf(text: string): {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
} {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.includes('\t'), tabSize: indent.length };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
