import type * as TypeScript from 'typescript';
import type { Closer } from '../../../fixes/closers';
import { inPrologue } from '../../../fixes/code/import-place';
import { freeName, topLevelStatement } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import { SERVERS } from './shutdown-handler';
import type { Holder } from './shutdown-place';
import { slotBehind } from './spellings';
import { typeImport } from './tracking';

/** A server or consumer that the module starts, and where it is kept. */
export interface Started {
  readonly holder: Holder;
  readonly own: Closer;
}

/** What one handler closes, and where it goes. */
export interface Together {
  readonly visible: readonly Started[];
  readonly place: Pick<Holder, 'place' | 'put'>;
}

/**
 * One place from which all can be closed: behind the last where it sees the names of the others; else, and for what a loop starts, the
 * end of the module, with a list that each HTTP server is put into.
 * @returns undefined where there is no such place
 */
export function togetherOf(
  started: readonly Started[],
  syntax: SourceSyntax,
  style: SourceStyle,
): Together | undefined {
  if (started.some(({ holder }) => isRepeated(holder.place))) return listed(started, syntax, style);
  const last = [...started]
    .sort((a, b) => b.holder.place.end - a.holder.place.end)
    .find((one) => started.every((other) => other === one || sees(one, other)));
  if (last) return { visible: started, place: last.holder };
  return listed(started, syntax, style);
}

/** In a loop, or in a function that is called for each of several: `ports.forEach((port) => app.listen(port))`. */
function isRepeated(place: TypeScript.Node): boolean {
  const api = ts();
  for (let at: TypeScript.Node = place; !api.isSourceFile(at); at = at.parent) {
    if (api.isIterationStatement(at, false)) return true;
    if (!api.isFunctionLike(at)) continue;
    const { parent } = at;
    if (!api.isCallExpression(parent)) return false;
    const callee = parent.expression;
    if (api.isPropertyAccessExpression(callee) && /^(forEach|map|flatMap)$/.test(callee.name.text))
      return true;
  }
  return false;
}

/** Does the code behind one see the name of another, which is set by then? */
function sees({ holder: { place } }: Started, { holder: other }: Started): boolean {
  const contains = (scope: TypeScript.Node): boolean =>
    scope.getStart() <= place.getStart() && place.end <= scope.end;
  return contains(other.scope) && (other.bind.length === 0 || other.place.end <= place.end);
}

function listed(
  started: readonly Started[],
  syntax: SourceSyntax,
  style: SourceStyle,
): Together | undefined {
  const { statements } = syntax.sourceFile;
  const end = statements[statements.length - 1];
  const slot = end && slotBehind(syntax, style, end);
  const isPlain = started.every(
    ({ holder, own }) =>
      own.http === own.name && own.name === holder.name && own.httpCast === undefined,
  );
  const user = started[0] && topLevelStatement(started[0].holder.place);
  if (!slot || !user || !isPlain || freeName(syntax, SERVERS) !== SERVERS) return undefined;
  const { semicolon } = style;
  const type = typeImport(syntax, style, 'http', 'Server', 'HttpServer');
  const annotation = type.annotation === '' ? '' : `${type.annotation}[]`;
  const list = `${style.constant} ${SERVERS}${annotation} = []${semicolon}`;
  const own: Closer = {
    name: SERVERS,
    order: 'server',
    first: undefined,
    before: [],
    closed: `Promise.all(${SERVERS}.map((server) => new Promise((resolve) => server.close(resolve))))`,
    lines: [],
    closesServer: false,
    http: SERVERS,
    httpCast: undefined,
    httpKeepsBusy: false,
    sessions: undefined,
    cut: [],
  };
  const bind = [
    ...type.edits,
    inPrologue(syntax, style, user, list),
    ...started.flatMap(({ holder }) => [
      ...holder.bind,
      ...holder.put(`${holder.prelude}${SERVERS}.push(${holder.name})${semicolon}`, '\n'),
    ]),
  ];
  const holder: Holder = {
    name: SERVERS,
    place: end,
    scope: syntax.sourceFile,
    bind,
    prelude: '',
    put: (handler, gap) => slot.put(handler, SERVERS, gap),
  };
  return { visible: [{ holder, own }], place: holder };
}
