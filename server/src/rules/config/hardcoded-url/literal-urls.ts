import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { environmentReads, textWithHoles, unwrapCasts, withPath } from '../../../base/values';
import { ts } from '../../../languages/source/ts';
import {
  HOLE,
  isWholeDomain,
  urlsIn,
  wholeUrl,
  type UrlText,
} from '../../../project/urls/url-text';

/** A URL that is written in a source file. Spans are absolute. */
export interface LiteralUrl {
  readonly url: UrlText;
  /** What a finding marks: the whole literal when it is nothing but the URL, else the URL's scheme, host and port. */
  readonly span: Span;
  /** Scheme, host and port. */
  readonly origin: Span;
  /** The text is the URL, or begins with it and goes on as one. */
  readonly isWhole: boolean;
  /** This machine under the port that this process listens on (`http://localhost:${PORT}`): the app itself, in any deploy. */
  readonly isItself?: true;
}

/** `http://localhost:${process.env.PORT ?? 3000}` */
const ITSELF =
  /:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\$\{\s*(?:\(\s*)?(?:\w+\.)*(?:PORT|port)\s*(?:(?:\?\?|\|\|)[^{}]*)?\}/;

/** A JSON document, written out: records that are loaded, answers that are faked. */
const DOCUMENT = /^\s*(?:\{\s*"[^"]*"\s*:|\[\s*[{[])[^]*[\]}]\s*$/;

type Text =
  | TypeScript.StringLiteral
  | TypeScript.NoSubstitutionTemplateLiteral
  | TypeScript.TemplateExpression;

/** The URLs in a string or template, at most 20. */
export function urlsOfLiteral(
  node: Text,
  sourceFile: TypeScript.SourceFile,
): readonly LiteralUrl[] {
  const api = ts();
  if (!api.isTemplateExpression(node)) {
    const { parent } = node;
    const goesOn =
      api.isBinaryExpression(parent) &&
      parent.operatorToken.kind === api.SyntaxKind.PlusToken &&
      parent.left === node;
    const start = node.getStart(sourceFile);
    const own = { start, end: node.end };
    return locate(node.text, (offset) => start + 1 + offset, own, goesOn ? 'goes-on' : 'ends');
  }
  // Text and its places, piece by piece; what is substituted counts as a hole.
  let text = '';
  const pieces: { readonly from: number; readonly at: number }[] = [];
  for (const piece of [node.head, ...node.templateSpans.map((span) => span.literal)]) {
    pieces.push({ from: text.length, at: piece.getStart(sourceFile) + 1 });
    text += piece.text + (piece.kind === api.SyntaxKind.TemplateTail ? '' : HOLE);
  }
  const urls = locate(text, (offset) => {
    const piece = [...pieces].reverse().find(({ from }) => from <= offset);
    return piece ? piece.at + offset - piece.from : node.end;
  });
  const isItself = ITSELF.test(node.getText(sourceFile));
  return isItself ? urls.map((url) => ({ ...url, isItself })) : urls;
}

function locate(
  text: string,
  place: (offset: number) => number,
  own?: Span,
  end: 'ends' | 'goes-on' = 'ends',
): readonly LiteralUrl[] {
  const whole = wholeUrl(text);
  if (!whole && DOCUMENT.test(text)) return [];
  const found = whole ? [whole] : urlsIn(text).slice(0, 20);
  return found.map((url) => {
    const mayGoOn =
      end === 'goes-on' &&
      url.rest === '' &&
      url.port === '' &&
      url.end === text.length &&
      !isWholeDomain(url.host);
    const origin = { start: place(url.start), end: place(url.originEnd) };
    const isAll = own !== undefined && whole !== undefined && whole.end === text.trimEnd().length;
    return {
      url: mayGoOn ? { ...url, host: url.host + HOLE } : url,
      span: isAll && end === 'ends' ? own : origin,
      origin,
      isWhole: whole !== undefined,
    };
  });
}

/** A URL that a value certainly is, or begins with; `path` where it is of another module. */
export interface ValueUrl extends LiteralUrl {
  readonly path: string | undefined;
}

/**
 * The URLs that a resolved value is fixed to: alternatives and lists are looked into; a literal that only replaces a missing
 * variable is left out.
 */
export function urlsOfValue(value: Value): readonly ValueUrl[] {
  const inner = unwrapCasts(value);
  switch (inner.kind) {
    case 'either': {
      if (inner.operator === '?:' || environmentReads(inner).length > 0) return [];
      if (inner.operator === 'assigned') return inner.options.flatMap(urlsOfValue);
      return inner.operator === '&&'
        ? inner.options.slice(1).flatMap(urlsOfValue)
        : inner.options.slice(0, 1).flatMap(urlsOfValue);
    }
    case 'array':
      return inner.items.flatMap(urlsOfValue);
    case 'literal':
    case 'template':
      return textUrl(inner);
    default:
      return [];
  }
}

function textUrl(value: Extract<Value, { kind: 'literal' | 'template' }>): readonly ValueUrl[] {
  const text = textWithHoles(value);
  const url = text === undefined ? undefined : wholeUrl(text);
  if (!url) return [];
  const { span, path } = value;
  if (value.kind === 'literal' && !value.parts) {
    if (!value.direct) return [{ url, span, origin: span, isWhole: true, path }];
    return [
      {
        url,
        span,
        origin: { start: span.start + 1 + url.start, end: span.start + 1 + url.originEnd },
        isWhole: true,
        path,
      },
    ];
  }
  const parts = leaves(value);
  const [first] = parts;
  if (first?.kind !== 'literal' || typeof first.value !== 'string') return [];
  const holder = first.path ?? path;
  if (first.value.length >= url.originEnd - url.port.length) {
    const start = first.span.start + 1 + url.start;
    // A constant of its own in front (`${BASE}/users`) is a literal with quotes, as is a template's head.
    const origin = { start, end: start + Math.min(url.originEnd, first.value.length) - url.start };
    const isConstant = first.direct && wholeUrl(first.value)?.end === first.value.length;
    return [{ url, span: isConstant ? first.span : origin, origin, isWhole: true, path: holder }];
  }
  // `http://${HOST}:${PORT}`: what has to change is the host.
  const host = parts.find(
    (part) =>
      part.kind === 'literal' &&
      typeof part.value === 'string' &&
      part.value !== '' &&
      url.host.startsWith(part.value.toLowerCase().replace(/[:/].*/, '')) &&
      part !== first,
  );
  return host
    ? [{ url, span: host.span, origin: host.span, isWhole: true, path: host.path ?? path }]
    : [];
}

/** The pieces that a text is written in, those of the constants in it included: what has to change is one of them. */
function leaves(value: Value, path = value.path): readonly Value[] {
  const parts = value.kind === 'template' || value.kind === 'literal' ? value.parts : undefined;
  if (!parts) return [path === undefined ? value : withPath(value, path)];
  return parts.flatMap((part) => leaves(part, part.path ?? path));
}
