import type * as TypeScript from 'typescript';
import { insertion } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import type { Closer } from '../../../fixes/closers';
import { inPrologue } from '../../../fixes/code/import-place';
import { freeName, topLevelStatement } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import { withLineEnd } from '../../../base/line-ends';
import { unwrap } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';

/** A call that consumes, as a node. */
type Consuming = TypeScript.CallExpression | TypeScript.NewExpression;

/** Messages that are handled when the process stops, and how the handler waits for them. */
export interface MessagesAtHand {
  readonly edits: readonly TextEdit[];
  /** The same closer, which waits first. */
  readonly waits: (closer: Closer) => Closer;
}

/**
 * A channel of AMQP that is closed forgets the messages that are still handled, whose handlers fail when they acknowledge them. So the
 * handlers are kept count of, and what comes after the signal is left to other consumers.
 * @param calls what consumes in the module; of those, `channel.consume()` with a handler that answers a promise
 */
export function messagesAtHand(
  syntax: SourceSyntax,
  style: SourceStyle,
  calls: readonly Consuming[],
): MessagesAtHand | undefined {
  const handlers = calls.flatMap((call) => handlerOf(call) ?? []);
  const [first] = handlers;
  const user = first && topLevelStatement(first);
  if (!user) return undefined;
  const { semicolon, indent, constant } = style;
  const [running, accepting, wrapper] = [
    freeName(syntax, 'messagesAtHand', 'handledMessages'),
    freeName(syntax, 'takesMessages', 'acceptsMessages'),
    freeName(syntax, 'countedIn', 'keptCountOf'),
  ];
  const isTypeScript = style.language === 'ts';
  const lines = [
    `${constant} ${running} = new Set${isTypeScript ? '<unknown>' : ''}()${semicolon}`,
    `${constant === 'var' ? 'var' : 'let'} ${accepting} = true${semicolon}`,
    '',
    '/** Handles messages one by one, and none after the signal to stop: the broker gives those to others. */',
    isTypeScript
      ? `function ${wrapper}<T>(handle: (message: T) => unknown) {`
      : `function ${wrapper}(handle) {`,
    `${indent}return async (message${isTypeScript ? ': T): Promise<void>' : ')'} => {`,
    `${indent}${indent}if (!${accepting}) return${semicolon}`,
    `${indent}${indent}${constant} work = handle(message)${semicolon}`,
    `${indent}${indent}${running}.add(work)${semicolon}`,
    `${indent}${indent}try {`,
    `${indent}${indent}${indent}await work${semicolon}`,
    `${indent}${indent}} finally {`,
    `${indent}${indent}${indent}${running}.delete(work)${semicolon}`,
    `${indent}${indent}}`,
    `${indent}}${semicolon}`,
    '}',
  ];
  return {
    edits: [
      inPrologue(syntax, style, user, withLineEnd(lines.join('\n'), style.lineEnd)),
      ...handlers.flatMap((handler) => [
        insertion(handler.getStart(), `${wrapper}(`),
        insertion(handler.end, ')'),
      ]),
    ],
    waits: (closer) => ({
      ...closer,
      before: [`${accepting} = false`, ...closer.before],
      first: `Promise.allSettled([...${running}])`,
    }),
  };
}

/** The second argument of `channel.consume()`, where it answers a promise or may do so. */
function handlerOf(call: Consuming): TypeScript.Expression | undefined {
  const api = ts();
  const { expression } = call;
  if (!api.isPropertyAccessExpression(expression) || expression.name.text !== 'consume')
    return undefined;
  const handler = call.arguments?.[1];
  if (!handler) return undefined;
  const inner = unwrap(handler);
  if (!api.isArrowFunction(inner) && !api.isFunctionExpression(inner))
    return api.isIdentifier(inner) ? handler : undefined;
  const isAsync = inner.modifiers?.some(({ kind }) => kind === api.SyntaxKind.AsyncKeyword);
  return isAsync === true || !api.isBlock(inner.body) ? handler : undefined;
}
