import type * as TypeScript from 'typescript';
import { lineEndOf, type LineEnd } from '../../base/line-ends';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { requiredSpecifier, visit } from './nodes';

/** How a source file is written, so that what is added looks like the rest. */
export interface SourceStyle {
  readonly quote: "'" | '"';
  /** `;` or nothing. */
  readonly semicolon: ';' | '';
  /** One level of indentation. */
  readonly indent: string;
  readonly lineEnd: LineEnd;
  /** After the last entry of an object or list of several lines: `,` or nothing. */
  readonly trailingComma: ',' | '';
  readonly modules: 'esm' | 'commonjs';
  readonly language: 'ts' | 'js';
  /** What declares a constant: `var` in a file that knows nothing else. */
  readonly constant: 'const' | 'var';
  /** What a default stands behind: `??`, or `||` where the file says so or runs on a Node that does not know `??` yet. */
  readonly coalesce: '??' | '||';
  /** Ten thousand, with a separator where each Node that runs the file understands it. */
  readonly tenThousand: '10_000' | '10000';
  /** How a method is called that Node has since version 18: `?.()` where an older one may run the file. */
  readonly callSince18: '()' | '?.()';
}

/** How often a file does one or the other. */
interface Habits {
  single: number;
  double: number;
  semicolons: number;
  bare: number;
  commas: number;
  noCommas: number;
}

/** Several fixes of a file ask one after another. */
const habits = new WeakMap<SourceSyntax, Habits>();

function countHabits(syntax: SourceSyntax): Habits {
  const known = habits.get(syntax);
  if (known) return known;
  const api = ts();
  const { sourceFile } = syntax;
  const count: Habits = {
    single: 0,
    double: 0,
    semicolons: 0,
    bare: 0,
    commas: 0,
    noCommas: 0,
  };
  visit(sourceFile, (node) => {
    if (api.isStringLiteral(node) && !api.isJsxAttribute(node.parent)) {
      if (sourceFile.text[node.getStart(sourceFile)] === '"') count.double += 1;
      else count.single += 1;
    } else if (endsWithSemicolon(node)) {
      if (sourceFile.text[node.end - 1] === ';') count.semicolons += 1;
      else count.bare += 1;
    } else if (api.isObjectLiteralExpression(node) || api.isArrayLiteralExpression(node)) {
      const list = api.isObjectLiteralExpression(node) ? node.properties : node.elements;
      const last = list[list.length - 1];
      if (last && sourceFile.text.slice(last.end, node.end).includes('\n')) {
        if (list.hasTrailingComma) count.commas += 1;
        else count.noCommas += 1;
      }
    }
  });
  habits.set(syntax, count);
  return count;
}

/**
 * The style of a file, by majority; what the file does not show is taken as Prettier's default with single quotes.
 * @param defaults `isModule`: package.json says `"type": "module"`, decides for a JavaScript file without any import;
 * `oldestNode`: the oldest major version that runs the package
 */
export function sourceStyle(
  syntax: SourceSyntax,
  defaults?: { readonly isModule: boolean; readonly oldestNode?: number | undefined },
): SourceStyle {
  const count = countHabits(syntax);
  const modules = moduleKind(syntax, defaults);
  const language = /\.[mc]?tsx?$/.test(syntax.path) || isTypeScriptComponent(syntax) ? 'ts' : 'js';
  // TypeScript, and import statements before Node knew them, are compiled to what the target understands.
  const oldest = defaults?.oldestNode ?? Infinity;
  const isOld = language === 'js' && modules === 'commonjs' && oldest < 14;
  return {
    quote: count.double > count.single ? '"' : "'",
    semicolon: count.bare > count.semicolons ? '' : ';',
    indent: indentUnit(syntax.text),
    lineEnd: lineEndOf(syntax.text),
    trailingComma: count.noCommas > count.commas ? '' : ',',
    modules,
    language,
    constant: language === 'js' && knowsVarOnly(syntax) ? 'var' : 'const',
    coalesce: isOld || (OR_DEFAULT.test(syntax.text) && !syntax.text.includes('??')) ? '||' : '??',
    tenThousand:
      isOld || (language === 'js' && !/\bconst\b/.test(syntax.text)) ? '10000' : '10_000',
    callSince18: oldest >= 14 && oldest < 18 ? '?.()' : '()',
  };
}

function knowsVarOnly({ text }: SourceSyntax): boolean {
  return /^[ \t\uFEFF]*var\s/m.test(text) && !/\b(?:const|let)\s/.test(text);
}

/** `process.env.PORT || 3000` */
const OR_DEFAULT = /\bprocess\.env(?:\.\w+|\[['"]\w+['"]\])\s*\|\|/;

/** A string literal in the quotes of the file. */
export function quoted(value: string, style: Pick<SourceStyle, 'quote'>): string {
  const preferred = style.quote;
  const other = preferred === "'" ? '"' : "'";
  const quote = value.includes(preferred) && !value.includes(other) ? other : preferred;
  const escaped = value
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replaceAll(quote, `\\${quote}`);
  return quote + escaped + quote;
}

/** ES module or CommonJS syntax: extension, then what the file does, then the package, then what is usual. */
function moduleKind(
  syntax: SourceSyntax,
  defaults: { readonly isModule: boolean } | undefined,
): 'esm' | 'commonjs' {
  const api = ts();
  if (/\.(mjs|mts|tsx|jsx|vue|svelte|astro)$/.test(syntax.path)) return 'esm';
  if (/\.(cjs)$/.test(syntax.path)) return 'commonjs';
  const statements = syntax.sourceFile.statements;
  const isEsm = statements.some(
    (statement) =>
      api.isImportDeclaration(statement) ||
      api.isExportDeclaration(statement) ||
      api.isExportAssignment(statement) ||
      api.isImportEqualsDeclaration(statement) ||
      (api.canHaveModifiers(statement) &&
        api.getModifiers(statement)?.some((one) => one.kind === api.SyntaxKind.ExportKeyword)),
  );
  if (isEsm) return 'esm';
  if (/\.[mc]?tsx?$/.test(syntax.path)) return 'esm';
  if (statements.some(usesRequire) || /\bmodule\.exports\b|^exports\.\w/m.test(syntax.text))
    return 'commonjs';
  return defaults?.isModule === true ? 'esm' : 'commonjs';
}

function usesRequire(statement: TypeScript.Statement): boolean {
  let found = requiredSpecifier(statement) !== undefined;
  visit(statement, (node) => {
    if (requiredSpecifier(node) !== undefined) found = true;
    return !found;
  });
  return found;
}

/** One level of indentation: the most frequent step between a line and a deeper one right after it. */
function indentUnit(text: string): string {
  const steps = new Map<string, number>();
  let before = '';
  for (const match of text.matchAll(/^([ \t]*)(?![ \t])(?!\*)[^\r\n]/gm)) {
    const indent = match[1] ?? '';
    if (indent.length > before.length && indent.startsWith(before)) {
      const step = indent.slice(before.length);
      if (step === '\t' || /^( {2}| {3}| {4}| {8})$/.test(step))
        steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    before = indent;
  }
  let best = '  ';
  for (const [step, times] of steps) if (times > (steps.get(best) ?? 0)) best = step;
  return best;
}

function endsWithSemicolon(node: TypeScript.Node): boolean {
  const api = ts();
  return (
    api.isExpressionStatement(node) ||
    api.isVariableStatement(node) ||
    api.isReturnStatement(node) ||
    api.isImportDeclaration(node) ||
    api.isExportAssignment(node)
  );
}

function isTypeScriptComponent(syntax: SourceSyntax): boolean {
  return (
    syntax.embedded &&
    (/<script\b[^>]*\blang=["']tsx?["']/.test(syntax.text) || syntax.path.endsWith('.astro'))
  );
}
