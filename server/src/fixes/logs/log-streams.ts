import type * as TypeScript from 'typescript';
import { removal, replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings } from '../code/import-bindings';
import { removeFromList } from '../code/lists';
import { mentions, staticName } from '../code/nodes';
import { wholeLines, withBlankLine } from '../code/text';
import { removeProperties } from './log-targets';
import { argumentsSpan } from './log-transports';

/** Edits of what writes log files through the file system. Each answers undefined where it is not certain. */

/** `morgan('combined', { stream })` writes to the standard output without the option. */
export function morganEdits(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression,
): TextEdit[] | undefined {
  const api = ts();
  const options = call.arguments[1];
  if (!options || !api.isObjectLiteralExpression(options)) return undefined;
  const edits = removeProperties(syntax.text, options, ['stream']);
  if (edits.length === 0 || options.properties.length > 1)
    return edits.length > 0 ? edits : undefined;
  return removeFromList(
    { text: syntax.text, span: argumentsSpan(call), items: call.arguments.map(spanOf) },
    1,
  );
}

/** `fs.appendFile('app.log', line, done)` → `process.stdout.write(line)`; a callback that goes on with the work is kept. */
export function appendEdits(call: TypeScript.CallExpression): TextEdit[] | undefined {
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
  const isStatement = api.isExpressionStatement(outer.parent);
  const isBody = api.isArrowFunction(outer.parent) && outer.parent.body === outer && outer === call;
  if (!isStatement && !isBody) return undefined;
  return [replacement(spanOf(outer), `process.stdout.write(${data.getText()}${kept})`)];
}

/** `(err) => { if (err) throw err; }` and the like only deal with the file. */
function onlyHandlesError(callback: TypeScript.Expression): boolean {
  const api = ts();
  if (!api.isArrowFunction(callback) && !api.isFunctionExpression(callback)) return false;
  const { body } = callback;
  if (!api.isBlock(body)) return /^console\.\w+\(/.test(body.getText());
  return body.statements.every((statement) => {
    if (api.isThrowStatement(statement)) return true;
    if (api.isExpressionStatement(statement)) return /^console\.\w+\(/.test(statement.getText());
    if (!api.isIfStatement(statement) || statement.elseStatement) return false;
    return (
      /^!?\w*[eE]rr(or)?\b/.test(statement.expression.getText()) &&
      !GOES_ON.test(statement.getText())
    );
  });
}

/** What an error branch does when somebody waits for it. */
const GOES_ON = /\bres\.|\b(next|resolve|reject|callback|done|cb)\(/;

/**
 * A write stream to a log file → `process.stdout`, which must not be closed; a stream that only morgan uses goes with the
 * option that names it.
 */
export function streamEdits(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): TextEdit[] | undefined {
  const api = ts();
  const { parent } = call;
  if (!api.isVariableDeclaration(parent))
    return isStreamPlace(syntax, call) ? [replacement(spanOf(call), 'process.stdout')] : undefined;
  const name = staticName(parent.name);
  // The annotation would be a file stream's; a variable that is assigned again is used in ways not seen here.
  const isConstant = (parent.parent.flags & api.NodeFlags.Const) !== 0;
  if (name === undefined || parent.type || (!isConstant && /\.[cm]?tsx?$/.test(syntax.path)))
    return undefined;
  const uses = mentions(syntax, name).filter((use) => use !== parent.name);
  const morgans = uses.map((use) => {
    const option = morganOption(use);
    return option && morganEdits(syntax, option);
  });
  if (morgans.length > 0 && morgans.every((one) => one !== undefined)) return morgans.flat();
  const edits = [replacement(spanOf(call), 'process.stdout')];
  const isOnce = api.isSourceFile(parent.parent.parent.parent);
  for (const use of uses) {
    const access = use.parent;
    if (!api.isPropertyAccessExpression(access) || access.expression !== use) continue;
    const member = access.name.text;
    // The standard output lives on: each call would add another listener to it.
    if (/^(on|once|addListener)$/.test(member) && !isOnce) {
      const listening = errorListening(access);
      if (!listening) return undefined;
      edits.push(removal(withBlankLine(syntax.text, wholeLines(syntax.text, spanOf(listening)))));
      continue;
    }
    if (/^(write|on|once|cork|uncork|emit|removeListener|off)$/.test(member)) continue;
    if (!/^(end|close|destroy)$/.test(access.name.text)) return undefined;
    const statement = access.parent.parent;
    const ends =
      api.isCallExpression(access.parent) &&
      api.isExpressionStatement(statement) &&
      access.parent.arguments.length === 0;
    if (!ends) return undefined;
    edits.push(removal(withBlankLine(syntax.text, wholeLines(syntax.text, spanOf(statement)))));
  }
  return edits;
}

/** The statement `stream.on('error', …)`: it deals with the file alone, so it goes with it. */
function errorListening(
  access: TypeScript.PropertyAccessExpression,
): TypeScript.ExpressionStatement | undefined {
  const api = ts();
  const call = access.parent;
  if (!api.isCallExpression(call) || !api.isExpressionStatement(call.parent)) return undefined;
  const [event] = call.arguments;
  return event && api.isStringLiteralLike(event) && event.text === 'error'
    ? call.parent
    : undefined;
}

/** The call in `morgan('dev', { stream: name })`. */
function morganOption(use: TypeScript.Identifier): TypeScript.CallExpression | undefined {
  const api = ts();
  const property = use.parent;
  const isOption =
    (api.isPropertyAssignment(property) &&
      property.initializer === use &&
      staticName(property.name) === 'stream') ||
    (api.isShorthandPropertyAssignment(property) && use.text === 'stream');
  const call = property.parent.parent as TypeScript.Node | undefined;
  return isOption && call && api.isCallExpression(call) && isMorgan(call) ? call : undefined;
}

/** Is it morgan that is called, whatever the file calls it? */
export function isMorgan({ expression }: TypeScript.CallExpression): boolean {
  const callee = expression.getText();
  return (
    /organ$/.test(callee) ||
    importBindings({ sourceFile: expression.getSourceFile() }).some(
      ({ local, specifier }) => local === callee && specifier === 'morgan',
    )
  );
}

/** An option or argument that takes any stream; in JavaScript also a member that nothing closes. */
function isStreamPlace(syntax: SourceSyntax, call: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = call;
  if (api.isPropertyAssignment(parent)) {
    return /^(stream|destination|stdout|output)$/.test(staticName(parent.name) ?? '');
  }
  if (api.isCallExpression(parent) || api.isNewExpression(parent))
    return parent.arguments?.includes(call) === true;
  if (api.isPropertyAccessExpression(parent)) return parent.name.text === 'write';
  const isMember =
    api.isBinaryExpression(parent) &&
    parent.right === call &&
    api.isPropertyAccessExpression(parent.left);
  if (!isMember || /\.[cm]?tsx?$/.test(syntax.path)) return false;
  const { name } = parent.left;
  return !new RegExp(`\\b${name.text}\\.(end|close|destroy|path|bytesWritten)\\b`).test(
    syntax.text,
  );
}
