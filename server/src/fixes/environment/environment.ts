import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { nodeAround, spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { nodeAt } from '../code/nodes';
import { styleIn } from '../code/package-style';
import { placementAt, type Binding, type Placement, type ValueType } from '../code/placement';
import { quoted, type SourceStyle } from '../code/style';
import { environmentAccess, type EnvironmentAccess } from './environment-access';

/** A literal that an environment variable takes over from. */
export interface EnvironmentSite {
  readonly model: ProjectModel;
  readonly path: string;
  readonly span: Span;
  /** The variable's name, with the prefix that {@link environmentAccess} asks for. */
  readonly name: string;
  /** Needed where the span is no plain literal; otherwise the literal decides. */
  readonly valueType?: ValueType;
  /**
   * What the span is, where it is no plain expression: `list` of strings, which the variable holds with commas between them; a
   * `switch`, the value of a property that is true or false.
   */
  readonly form?: 'list' | 'switch';
}

/** What a site looks like from inside its file. */
export interface ResolvedSite {
  readonly syntax: SourceSyntax;
  readonly style: SourceStyle;
  readonly access: EnvironmentAccess;
  readonly placement: Placement;
  readonly valueType: ValueType;
  /** What makes the value out of the variable's text, as the end of a chain: `.split(',')`. */
  readonly suffix: string;
}

/** @returns undefined where no environment variable can take over, or it is not certain how the code reads one */
export function resolveSite(site: Omit<EnvironmentSite, 'name'>): ResolvedSite | undefined {
  const { model, path, span } = site;
  const syntax = model.files.source(path);
  const access = environmentAccess(model, path);
  if (!syntax || !access) return undefined;
  const style = styleIn(model, syntax);
  const placement =
    site.form === 'list'
      ? listPlacement(syntax, style, span)
      : site.form === 'switch'
        ? switchPlacement(syntax, span)
        : placementAt(syntax, style, span);
  if (!placement) return undefined;
  const valueType = site.valueType ?? placement.valueType;
  const suffix = site.form === 'list' ? LIST : isKey(placement.value) ? lineBreaks(style) : '';
  return { syntax, style, access, placement, valueType, suffix };
}

const LIST = ".split(',')";

/** Keys in PEM have lines; most places that keep variables have none, and say `\n` for them. */
function isKey(value: Placement['value']): boolean {
  return typeof value === 'string' && value.includes('-----BEGIN ');
}

function lineBreaks(style: SourceStyle): string {
  return `.replace(/\\\\n/g, ${style.quote}\\n${style.quote})`;
}

/** A list of plain strings (`['https://a.example', 'https://b.example']`) as one text. */
function listPlacement(
  syntax: SourceSyntax,
  style: SourceStyle,
  span: Span,
): Placement | undefined {
  const api = ts();
  const node = nodeAt(syntax, span, api.isArrayLiteralExpression);
  const items = node && stringItems(node);
  // `[…] as const` is about these very values.
  if (!items || api.isAsExpression(node.parent)) return undefined;
  const value = items.join(',');
  return {
    node,
    original: quoted(value, style),
    value,
    valueType: 'string',
    put: (expression) => replacement(spanOf(node), expression),
  };
}

/** `synchronize: !isProduction` */
function switchPlacement(syntax: SourceSyntax, span: Span): Placement | undefined {
  const api = ts();
  const property = nodeAround(syntax, span);
  const node = property && nodeAt(syntax, span, api.isExpression);
  if (!node || !api.isPropertyAssignment(node.parent)) return undefined;
  return {
    node,
    original: node.getText(),
    value: undefined,
    valueType: 'boolean',
    put: (expression) => replacement(spanOf(node), expression),
  };
}

/** The texts of a list that holds nothing but strings without commas; undefined for any other. */
export function stringItems(
  node: TypeScript.ArrayLiteralExpression,
): readonly string[] | undefined {
  const items = node.elements.flatMap((item) =>
    ts().isStringLiteralLike(item) && !item.text.includes(',') ? [item.text] : [],
  );
  return items.length === node.elements.length ? items : undefined;
}

/**
 * Reads the variable, with today's value as default: `process.env.NAME ?? 'literal'`, `Number(process.env.NAME ?? 3000)`,
 * `process.env.NAME !== 'false'`.
 */
export function readWithDefault(site: EnvironmentSite): TextEdit[] | undefined {
  const resolved = resolveSite(site);
  if (!resolved) return undefined;
  const { placement, access, style } = resolved;
  const { text, binding } = defaultExpression(access.read(site.name), resolved, style);
  return [placement.put(text, binding)];
}

/** The expression that reads a variable with today's value as default, and how tightly it binds. */
export function defaultExpression(
  read: string,
  resolved: {
    readonly placement: Pick<Placement, 'value' | 'original'>;
    readonly valueType: ValueType;
    readonly suffix?: string;
  },
  style: Pick<SourceStyle, 'quote' | 'coalesce'>,
): { readonly text: string; readonly binding: Binding } {
  const { placement, valueType, suffix = '' } = resolved;
  if (valueType === 'boolean') {
    if (placement.value === undefined) {
      const text = `${read} === undefined ? ${placement.original} : ${read} === ${quoted('true', style)}`;
      return { text, binding: 'conditional' };
    }
    const text =
      placement.value === true
        ? `${read} !== ${quoted('false', style)}`
        : `${read} === ${quoted('true', style)}`;
    return { text, binding: 'equality' };
  }
  const either = `${read} ${style.coalesce} ${placement.original}`;
  if (suffix !== '') return { text: `(${either})${suffix}`, binding: 'primary' };
  return valueType === 'number'
    ? { text: `Number(${either})`, binding: 'primary' }
    : { text: either, binding: 'nullish' };
}
