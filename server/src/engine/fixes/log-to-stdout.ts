import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';
import type { SourceSyntax } from '../../languages/source/syntax';
import type { ProjectModel } from '../../project/model';
import { removal, replacement } from '../edits';
import type { Fix, Span, TextEdit } from '../finding';
import { listOf } from './imports';
import { removeFromList } from './lists';
import { argumentsSpan, pinoDestinationEdits, targetEdits, winstonEdits } from './log-transports';
import { mentions, nodeAt, spanOf, staticName } from './nodes';
import { sourceStyle, type SourceStyle } from './style';
import { wholeLines } from './text';
import { withoutUnused } from './unused';

/** Log output that goes to a file. */
export interface LogFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /**
   * The call, `new` or options object that names the file: `new transports.File(…)`, `pino.destination('x')`, `morgan('dev',
   * { stream })`, `fs.createWriteStream('app.log')`, `fs.appendFile('app.log', line, done)`, `{ type: 'file', filename }`.
   */
  readonly span: Span;
  /** The package, as the library table names it; `fs` for the file system. */
  readonly library: string;
}

/** The fix `log-to-stdout`: the same lines go to the standard output; what only served the file goes. */
export function logToStdoutFix(request: LogFixRequest): Fix {
  const { model, path, library } = request;
  return {
    id: 'log-to-stdout',
    kind: 'suggest',
    title: /^winston/.test(library) ? 'Log to the console transport' : 'Log to the standard output',
    build: (batch) => {
      const syntax = model.files.source(path);
      if (!syntax || syntax.embedded) return undefined;
      const style = sourceStyle(syntax, model.packageOf(path));
      const edits = logEdits(syntax, style, request);
      return edits && withoutUnused(model, syntax, batch, edits, FILE_PACKAGES);
    },
  };
}

/** Packages whose only purpose is writing log files. */
const FILE_PACKAGES = [
  'winston-daily-rotate-file',
  'rotating-file-stream',
  'file-stream-rotator',
  'pino-roll',
  'bunyan-rotating-file-stream',
  'stream-file-archive',
  'logrotate-stream',
] as const;

function logEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  { span, library }: LogFixRequest,
): TextEdit[] | undefined {
  const api = ts();
  const object = nodeAt(syntax, span, api.isObjectLiteralExpression);
  if (object) return targetEdits(style, library, object);
  const call = nodeAt(
    syntax,
    span,
    (node): node is TypeScript.CallExpression | TypeScript.NewExpression =>
      api.isCallExpression(node) || api.isNewExpression(node),
  );
  if (!call) return undefined;
  if (/^winston/.test(library)) return winstonEdits(syntax, style, call);
  if (!api.isCallExpression(call)) return streamEdits(syntax, call);
  if (library === 'morgan') return morganEdits(syntax, call);
  if (library === 'pino') return pinoDestinationEdits(syntax, call);
  const name = api.isPropertyAccessExpression(call.expression)
    ? call.expression.name.text
    : call.expression.getText();
  if (/^(append|write)File(Sync)?$|^outputFile(Sync)?$/.test(name))
    return appendEdits(syntax, call);
  return streamEdits(syntax, call);
}

/** `morgan('combined', { stream })` writes to the standard output without the option. */
function morganEdits(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression,
): TextEdit[] | undefined {
  const api = ts();
  const options = call.arguments[1];
  if (!options || !api.isObjectLiteralExpression(options)) return undefined;
  const index = options.properties.findIndex(
    (one) => one.name !== undefined && staticName(one.name as TypeScript.PropertyName) === 'stream',
  );
  if (index < 0) return undefined;
  if (options.properties.length > 1)
    return removeFromList(listOf(syntax.text, options, options.properties), index);
  return removeFromList(
    { text: syntax.text, span: argumentsSpan(call), items: call.arguments.map(spanOf) },
    1,
  );
}

/** `fs.appendFile('app.log', line, done)` → `process.stdout.write(line)`; a callback that goes on with the work is kept. */
function appendEdits(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression,
): TextEdit[] | undefined {
  const api = ts();
  const [, data, ...rest] = call.arguments;
  if (!data) return undefined;
  const callback = rest[rest.length - 1];
  const isFunction =
    callback &&
    (api.isArrowFunction(callback) ||
      api.isFunctionExpression(callback) ||
      api.isIdentifier(callback));
  const kept = isFunction && !onlyHandlesError(callback) ? `, ${callback.getText()}` : '';
  // Promises and `await` go: what is written to a stream is written in order.
  const outer = api.isAwaitExpression(call.parent) ? call.parent : call;
  if (
    !api.isExpressionStatement(outer.parent) &&
    !(api.isArrowFunction(outer.parent) && outer.parent.body === outer)
  )
    return undefined;
  if (api.isArrowFunction(outer.parent) && outer !== call) return undefined;
  return [replacement(spanOf(outer), `process.stdout.write(${dataText(syntax, data)}${kept})`)];
}

function dataText(syntax: SourceSyntax, data: TypeScript.Expression): string {
  return syntax.text.slice(data.getStart(), data.end);
}

/** `(err) => { if (err) throw err; }` and the like only deal with the file. */
function onlyHandlesError(callback: TypeScript.Expression): boolean {
  const api = ts();
  if (!api.isArrowFunction(callback) && !api.isFunctionExpression(callback)) return false;
  const { body } = callback;
  if (!api.isBlock(body)) return /^console\.\w+\(/.test(body.getText());
  return body.statements.every(
    (statement) =>
      api.isThrowStatement(statement) ||
      (api.isIfStatement(statement) &&
        !statement.elseStatement &&
        /^!?\w*[eE]rr(or)?\b/.test(statement.expression.getText()) &&
        !/\bnext\(|\bres\.|\bresolve\(|\breject\(|\bcallback\(|\bdone\(|\bcb\(/.test(
          statement.getText(),
        )) ||
      (api.isExpressionStatement(statement) && /^console\.\w+\(/.test(statement.getText())),
  );
}

/** A write stream to a log file → `process.stdout`, which must not be closed; a stream only morgan used goes with it. */
function streamEdits(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): TextEdit[] | undefined {
  const api = ts();
  const { parent } = call;
  if (!api.isVariableDeclaration(parent))
    return isStreamPlace(call) ? [replacement(spanOf(call), 'process.stdout')] : undefined;
  const name = staticName(parent.name as TypeScript.BindingName);
  // The annotation would be a file stream's; and a name exported or assigned again is used in ways not seen here.
  if (name === undefined || parent.type || (parent.parent.flags & api.NodeFlags.Const) === 0) {
    if (name === undefined || parent.type || /\.tsx?$/.test(syntax.path)) return undefined;
  }
  const edits = [replacement(spanOf(call), 'process.stdout')];
  for (const use of mentions(syntax, name)) {
    const access = use.parent;
    if (!api.isPropertyAccessExpression(access) || access.expression !== use) continue;
    if (/^(write|on|once|cork|uncork|emit|removeListener|off)$/.test(access.name.text)) continue;
    if (!/^(end|close|destroy)$/.test(access.name.text)) return undefined;
    const statement = access.parent.parent;
    const ends =
      api.isCallExpression(access.parent) &&
      api.isExpressionStatement(statement) &&
      access.parent.arguments.length === 0;
    if (!ends) return undefined;
    edits.push(removal(wholeLines(syntax.text, spanOf(statement))));
  }
  return edits;
}

/** An option or argument that takes any stream. */
function isStreamPlace(call: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = call;
  if (api.isPropertyAssignment(parent))
    return /^(stream|destination|stdout|output)$/.test(staticName(parent.name) ?? '');
  if (api.isCallExpression(parent)) return parent.arguments.includes(call);
  return api.isPropertyAccessExpression(parent) && parent.name.text === 'write';
}
