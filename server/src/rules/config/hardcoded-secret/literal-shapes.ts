import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { ts } from '../../../languages/source/ts';
import { literalPosition, type LiteralPosition } from '../../../project/facts/literal-position';
import { isPlaceholder } from '../../../project/secrets/placeholders';
import { secretShapes } from '../../../project/secrets/shapes';
import { SHOWN } from '../../../vocabulary/secret-words';

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

function contentOf(node: Text): string {
  return ts().isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ literal }) => `\${…}${literal.text}`).join('')
    : node.text;
}

/** The credentials that a string or template holds by shape, unless it is a key or a type, or only shows what one looks like. */
export function shapesOfLiteral(node: Text, text: string): readonly LiteralShape[] {
  const api = ts();
  const isTemplate = api.isTemplateExpression(node);
  const content = contentOf(node);
  const found = secretShapes(content);
  const isPair = found.length === 0 && !isTemplate && isEncodedPair(node, content, text);
  if (found.length === 0 && !isPair) return [];
  const shapes = isPair
    ? [{ start: 0, end: content.length, what: 'a user and password for a header', harmless: false }]
    : found;
  const position = literalPosition(node, text);
  if (position.use === 'key' || position.use === 'type') return [];
  if (position.names.some((name) => SHOWN.has(name.toLowerCase()))) return [];
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

/** `btoa('user:password')`, `Buffer.from('user:password').toString('base64')`: what basic authentication sends. */
function isEncodedPair(node: TypeScript.Node, content: string, text: string): boolean {
  const api = ts();
  const pair = /^[\w.@+-]{2,}:([^\s:/@]{3,})$/.exec(content);
  const call = node.parent;
  if (!pair || isPlaceholder(pair[1] ?? '') || !api.isCallExpression(call)) return false;
  if (call.arguments[0] !== node) return false;
  const callee = call.expression.getText();
  if (/^(?:window\.|globalThis\.)?btoa$/.test(callee)) return true;
  const isBuffer = /^(?:Buffer\.from|Buffer)$/.test(callee);
  return isBuffer && /^\s*\.toString\(\s*['"`]base64/.test(text.slice(call.end, call.end + 40));
}
