import type * as TypeScript from 'typescript';
import type { Span } from '../../engine/finding';
import { ts } from '../../languages/source/ts';
import { literalPosition, type LiteralPosition } from '../literal-position';
import { secretShapes } from './shapes';

/** A credential that a literal of a source file holds by its shape. Serialisable. */
export interface LiteralShape {
  readonly what: string;
  readonly harmless: boolean;
  /** The literal, or the part of it that is the credential. Absolute. */
  readonly span: Span;
  /** The text that the span stands for, where a variable could take over. */
  readonly isReplaceable: boolean;
  readonly isUrl: boolean;
  readonly position: LiteralPosition;
}

type Text =
  | TypeScript.StringLiteral
  | TypeScript.NoSubstitutionTemplateLiteral
  | TypeScript.TemplateExpression;

/** Names of properties that show what something looks like. */
const SHOWING =
  /^(?:examples?|description|placeholder|sample|help|hint|title|label|summary|docs?)$/i;

/** The credentials that a string or template holds by shape, unless it is a key or a type, or only shows what one looks like. */
export function shapesOfLiteral(node: Text, text: string): readonly LiteralShape[] {
  const api = ts();
  const isTemplate = api.isTemplateExpression(node);
  const content = isTemplate
    ? node.head.text + node.templateSpans.map(({ literal }) => `\${…}${literal.text}`).join('')
    : node.text;
  const shapes = secretShapes(content);
  if (shapes.length === 0) return [];
  const position = literalPosition(node, text);
  if (position.use === 'key' || position.use === 'type') return [];
  if (position.names.some((name) => SHOWING.test(name))) return [];
  const own = { start: node.getStart(), end: node.end };
  // With escapes, offsets in the content are not offsets in the file.
  const isVerbatim = !isTemplate && own.end - own.start === content.length + 2;
  return shapes.flatMap((shape) => {
    const isUrl = shape.what.startsWith('a password in');
    const isMentioned =
      /^(?:message|comparison|markup)$/.test(position.use) || position.development;
    if (isUrl && isMentioned) return [];
    const isWhole =
      isUrl ||
      (content.slice(0, shape.start).trim() === '' && content.slice(shape.end).trim() === '');
    const isPart = isVerbatim && !isWhole;
    return [
      {
        what: shape.what,
        harmless: shape.harmless,
        span: isPart ? { start: own.start + 1 + shape.start, end: own.start + 1 + shape.end } : own,
        isReplaceable: !isTemplate && (isWhole || isPart) && !shape.what.includes('private key'),
        isUrl,
        position,
      },
    ];
  });
}
