import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../../engine/finding';
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
  /** What starts it. */
  readonly call: TypeScript.CallExpression | TypeScript.NewExpression;
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
  const list = serverList(started, syntax, style) ?? workerList(started, syntax, style);
  const { statements } = syntax.sourceFile;
  const end = statements[statements.length - 1];
  const slot = end && slotBehind(syntax, style, end);
  const [first] = started;
  const user = first && topLevelStatement(first.holder.place);
  if (!list || !slot || !first || !user) return undefined;
  const { name } = list.own;
  const bind = [
    ...list.imports,
    inPrologue(syntax, style, user, `${style.constant} ${name}${list.type} = []${style.semicolon}`),
    ...started.flatMap(({ holder }) => [
      ...holder.bind,
      ...holder.put(`${holder.prelude}${name}.push(${holder.name})${style.semicolon}`, '\n'),
    ]),
  ];
  const holder: Holder = {
    name,
    place: end,
    scope: syntax.sourceFile,
    bind,
    prelude: '',
    put: (handler, gap) => slot.put(handler, name, gap),
  };
  return { visible: [{ ...first, holder, own: list.own }], place: holder };
}

/** A list of all that is started, and how that is closed. */
interface StartedList {
  readonly own: Closer;
  readonly imports: readonly TextEdit[];
  /** Annotation of the list, in TypeScript. */
  readonly type: string;
}

/** HTTP servers. */
function serverList(
  started: readonly Started[],
  syntax: SourceSyntax,
  style: SourceStyle,
): StartedList | undefined {
  const isPlain = started.every(
    ({ holder, own }) =>
      own.http === own.name && own.name === holder.name && own.httpCast === undefined,
  );
  if (!isPlain || freeName(syntax, SERVERS) !== SERVERS) return undefined;
  const type = typeImport(syntax, style, 'http', 'Server', 'HttpServer');
  return {
    own: {
      ...NOTHING_ELSE,
      name: SERVERS,
      order: 'server',
      closed: `Promise.all(${SERVERS}.map((server) => new Promise((resolve) => server.close(resolve))))`,
      http: SERVERS,
    },
    imports: type.edits,
    type: type.annotation === '' ? '' : `${type.annotation}[]`,
  };
}

/** Workers of one class: `names.map((name) => new Worker(name, work))`. */
function workerList(
  started: readonly Started[],
  syntax: SourceSyntax,
  style: SourceStyle,
): StartedList | undefined {
  const api = ts();
  const [first] = started;
  const made = first?.call.expression.getText();
  if (!first || made === undefined || !/^\w+$/.test(made)) return undefined;
  const isPlain = started.every(
    ({ own, holder, call }) =>
      own.order === 'consumer' &&
      own.before.length === 0 &&
      own.closed === `${holder.name}.close()` &&
      api.isNewExpression(call) &&
      call.expression.getText() === made,
  );
  const name = freeName(syntax, 'workers', 'startedWorkers');
  if (!isPlain) return undefined;
  return {
    own: {
      ...NOTHING_ELSE,
      name,
      order: 'consumer',
      closed: `Promise.all(${name}.map((worker) => worker.close()))`,
    },
    imports: [],
    type: style.language === 'ts' ? `: ${made}[]` : '',
  };
}

const NOTHING_ELSE = {
  first: undefined,
  before: [],
  lines: [],
  closesServer: false,
  httpCast: undefined,
  httpKeepsBusy: false,
  sessions: undefined,
  cut: [],
} satisfies Partial<Closer>;
