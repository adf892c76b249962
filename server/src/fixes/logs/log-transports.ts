import type * as TypeScript from 'typescript';
import { insertion, removal, replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { spanOf, unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings, listOf } from '../code/import-bindings';
import { importName } from '../code/imports';
import { removeFromList } from '../code/lists';
import { mentions, staticName } from '../code/nodes';
import type { SourceStyle } from '../code/style';
import { commentStart, indentOf, lineStart, nextLine, wholeLines } from '../code/text';
import { dutiesOf, takeOver, takeOverDuties } from './console-options';
import { consoleAddedTo, hasConsoleBeside, isConsole } from './winston-console';

/** Edits that turn transports of log libraries towards stdout. Each answers undefined where it is not certain. */

/**
 * winston: file transports of the list that holds one (`transports: […]`, `exceptionHandlers: […]`) go; when no console is
 * left, one of them becomes it. All of a list at once, so that fixes of its findings agree.
 */
export function winstonEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  transport: TypeScript.NewExpression | TypeScript.CallExpression,
): TextEdit[] | undefined {
  const api = ts();
  const holder = transport.parent;
  if (api.isArrayLiteralExpression(holder)) return transportList(syntax, style, holder);
  const hasConsole = hasConsoleBeside(syntax, transport);
  if (api.isCallExpression(holder) && holder.arguments[0] === transport) {
    // `logger.add(new transports.File(…))`
    if (hasConsole && api.isExpressionStatement(holder.parent))
      return [removal(wholeLines(syntax.text, spanOf(holder.parent)))];
    return consoleInstead(syntax, style, transport);
  }
  if (api.isVariableDeclaration(holder) && api.isIdentifier(holder.name)) {
    return hasConsole
      ? removeVariable(syntax, holder, holder.name.text)
      : consoleInstead(syntax, style, transport);
  }
  if (api.isPropertyAssignment(holder) || api.isReturnStatement(holder))
    return consoleInstead(syntax, style, transport);
  return undefined;
}

function transportList(
  syntax: SourceSyntax,
  style: SourceStyle,
  list: TypeScript.ArrayLiteralExpression,
): TextEdit[] | undefined {
  const files = list.elements.filter((element) => isFileTransport(element));
  const rest = list.elements.filter((element) => !isFileTransport(element));
  // A name may stand for the console: what it holds is in this file.
  const hasConsole = rest.some(
    (element) =>
      (ts().isNewExpression(element) && isConsole(element.getText())) ||
      isConsoleVariable(syntax, element),
  );
  // In the list for some environments only (`...(isDev ? [new Console()] : [])`): another one would write twice there.
  if (!hasConsole && rest.some((element) => isConsole(element.getText()))) return undefined;
  const heir = files.find((file) => !/\blevel\s*:/.test(file.getText())) ?? files[0];
  const comments = files.flatMap((file) => commentAbove(syntax.text, list, file));
  const without = [
    ...comments,
    ...removeFromList(
      listOf(syntax.text, list, list.elements),
      ...files.map((file) => list.elements.indexOf(file)),
    ),
  ];
  const [console] = rest.filter(
    (element): element is TypeScript.NewExpression =>
      ts().isNewExpression(element) && isConsole(element.getText()),
  );
  if (hasConsole && console) return [...without, ...takeOver(syntax, style, console, files)];
  if (hasConsole || !heir) return without;
  const added = consoleAddedTo(syntax, list);
  if (added) {
    const edits = rest.length === 0 ? withoutList(syntax, list) : without;
    if (!added.condition) return [...edits, ...takeOver(syntax, style, added.console, files)];
    const { logger, condition } = added;
    const taken = takeOverDuties(syntax, style, added.console, files);
    const instead = consoleInstead(syntax, style, heir, dutiesOf(files, heir));
    return otherwise(style, indentOf(syntax.text, condition.getStart()), {
      logger,
      condition,
      instead,
      edits: [...edits, ...taken],
    });
  }
  const going = files.filter((file) => file !== heir).map((file) => list.elements.indexOf(file));
  return [
    ...comments,
    ...removeFromList(listOf(syntax.text, list, list.elements), ...going),
    ...(consoleInstead(syntax, style, heir, dutiesOf(files, heir)) ?? []),
  ];
}

/** The comment right above a transport, where it is about the file it writes. */
function commentAbove(
  text: string,
  list: TypeScript.ArrayLiteralExpression,
  transport: TypeScript.Node,
): TextEdit[] {
  const index = list.elements.findIndex((element) => element === transport);
  const previous = list.elements[index - 1]?.end ?? list.getStart();
  const end = lineStart(text, transport.getStart());
  const start = commentStart(text, end, nextLine(text, previous));
  const speaksOfFile = /\bfiles?\b|\.log\b|\brotat/i.test(text.slice(start, end));
  return start < end && speaksOfFile ? [removal({ start, end })] : [];
}

/** A list that would be empty goes with its property. */
function withoutList(syntax: SourceSyntax, list: TypeScript.ArrayLiteralExpression): TextEdit[] {
  const api = ts();
  const { parent } = list;
  const empty = [replacement(spanOf(list), '[]')];
  if (!api.isPropertyAssignment(parent) || !api.isObjectLiteralExpression(parent.parent))
    return empty;
  const { properties } = parent.parent;
  return properties.length > 1
    ? removeFromList(listOf(syntax.text, parent.parent, properties), properties.indexOf(parent))
    : empty;
}

interface Otherwise {
  readonly logger: string;
  readonly condition: TypeScript.IfStatement;
  /** What makes a file transport a console: imports, then that. */
  readonly instead: readonly TextEdit[] | undefined;
  readonly edits: readonly TextEdit[];
}

/** Where the console is added under a condition only, another one is added otherwise: no line is written twice. */
function otherwise(
  style: SourceStyle,
  outer: string,
  { logger, condition, instead, edits }: Otherwise,
): TextEdit[] | undefined {
  const [console, ...imports] = [...(instead ?? [])].reverse();
  if (!console) return undefined;
  const lines = [
    ' else {',
    `${outer}${style.indent}${logger}.add(${console.newText})${style.semicolon}`,
    `${outer}}`,
  ];
  return [...edits, ...imports, insertion(condition.end, lines.join(style.lineEnd))];
}

/** `new transports.File(…)`, `new DailyRotateFile(…)`, in winston 2 also without `new`. */
export function isFileTransport(node: TypeScript.Node): node is TypeScript.NewExpression {
  if (!ts().isNewExpression(node)) return false;
  const callee = unwrap(node.expression).getText();
  const isRotating = importBindings({ sourceFile: node.getSourceFile() }).some(
    ({ local, specifier }) => local === callee && specifier === 'winston-daily-rotate-file',
  );
  if (isRotating) return true;
  return /(^|\.)(File|DailyRotateFile|DailyRotateFileTransport|WinstonDailyRotateFile|FileTransport)$|[dD]aily[rR]otate/.test(
    callee,
  );
}

function isConsoleVariable(syntax: SourceSyntax, element: TypeScript.Expression): boolean {
  const api = ts();
  if (!api.isIdentifier(element)) return false;
  return mentions(syntax, element.text).some(
    ({ parent }) =>
      api.isVariableDeclaration(parent) &&
      parent.initializer !== undefined &&
      isConsole(parent.initializer.getText()),
  );
}

/**
 * `new transports.Console()`, with those options that a console has as well.
 * @param duties further ones, as properties
 */
function consoleInstead(
  syntax: SourceSyntax,
  style: SourceStyle,
  transport: TypeScript.NewExpression | TypeScript.CallExpression,
  duties: readonly string[] = [],
): TextEdit[] | undefined {
  const api = ts();
  const callee = unwrap(transport.expression);
  const isTransports =
    api.isPropertyAccessExpression(callee) && /\btransports$/.test(callee.expression.getText());
  const named = isTransports
    ? { text: callee.expression.getText(), edits: [] }
    : winstonTransports(syntax, style);
  const wrapped = api.isParenthesizedExpression(transport.expression)
    ? `(${named.text}.Console)`
    : `${named.text}.Console`;
  const [options] = transport.arguments ?? [];
  const own = keptOptions(options);
  if (own === undefined) return undefined;
  const all = [...own, ...duties];
  const kept = all.length === 0 ? '' : `{ ${all.join(', ')} }`;
  return [...named.edits, replacement(spanOf(transport), `new ${wrapped}(${kept})`)];
}

function winstonTransports(
  syntax: SourceSyntax,
  style: SourceStyle,
): { readonly text: string; readonly edits: readonly TextEdit[] } {
  const whole = importBindings(syntax).find(
    (one) => one.specifier === 'winston' && /^(\*|default)$/.test(one.imported),
  );
  if (whole) return { text: `${whole.local}.transports`, edits: [] };
  return importName(syntax, style, { specifier: 'winston', name: 'transports' });
}

const CONSOLE_OPTIONS = new Set([
  'level',
  'format',
  'handleExceptions',
  'handleRejections',
  'silent',
  'eol',
  'humanReadableUnhandledException',
  'colorize',
  'timestamp',
  'json',
  'prettyPrint',
  'label',
]);

/** The options that a console understands, as properties; undefined when it cannot be told. */
function keptOptions(options: TypeScript.Expression | undefined): readonly string[] | undefined {
  const api = ts();
  if (!options) return [];
  if (!api.isObjectLiteralExpression(options))
    return api.isIdentifier(options) || api.isPropertyAccessExpression(options) ? [] : undefined;
  return options.properties
    .filter((one) => one.name !== undefined && CONSOLE_OPTIONS.has(staticName(one.name) ?? ''))
    .map((one) => one.getText());
}

/** A transport in a variable: it goes with every use, as long as each use can go. */
function removeVariable(
  syntax: SourceSyntax,
  declaration: TypeScript.VariableDeclaration,
  name: string,
): TextEdit[] | undefined {
  const api = ts();
  const statement = declaration.parent.parent;
  if (!api.isVariableStatement(statement) || statement.declarationList.declarations.length > 1)
    return undefined;
  const edits = [removal(wholeLines(syntax.text, spanOf(statement)))];
  for (const use of mentions(syntax, name)) {
    if (use === declaration.name) continue;
    const { parent } = use;
    if (api.isArrayLiteralExpression(parent)) {
      edits.push(
        ...removeFromList(
          listOf(syntax.text, parent, parent.elements),
          parent.elements.indexOf(use),
        ),
      );
      continue;
    }
    // `logger.add(file)`, `file.on('rotate', …)`
    const call = api.isPropertyAccessExpression(parent) ? parent.parent : parent;
    if (!api.isCallExpression(call) || !api.isExpressionStatement(call.parent)) return undefined;
    edits.push(removal(wholeLines(syntax.text, spanOf(call.parent))));
  }
  return edits;
}

/** pino: `pino.destination(path)` beside options goes; elsewhere it becomes the standard output. */
export function pinoDestinationEdits(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): TextEdit[] | undefined {
  const api = ts();
  const { parent } = call;
  const [argument] = call.arguments ?? [];
  if (api.isCallExpression(parent) && parent.arguments.includes(call)) {
    const list = {
      text: syntax.text,
      span: argumentsSpan(parent),
      items: parent.arguments.map(spanOf),
    };
    return removeFromList(list, parent.arguments.indexOf(call));
  }
  if (!argument) return undefined;
  if (!api.isObjectLiteralExpression(argument)) return [replacement(spanOf(argument), '1')];
  const nameOf = (property: TypeScript.ObjectLiteralElementLike): string | undefined =>
    property.name && staticName(property.name);
  const { properties } = argument;
  const destination = properties.find((property) => nameOf(property) === 'dest');
  if (!destination) return undefined;
  const going = properties.flatMap((property, index) =>
    /^(mkdir|append)$/.test(nameOf(property) ?? '') ? [index] : [],
  );
  return [
    api.isPropertyAssignment(destination)
      ? replacement(spanOf(destination.initializer), '1')
      : replacement(spanOf(destination), 'dest: 1'),
    ...removeFromList(listOf(syntax.text, argument, properties), ...going),
  ];
}

/** From the opening parenthesis of a call to after the closing one. */
export function argumentsSpan(call: TypeScript.CallExpression): { start: number; end: number } {
  const { arguments: list } = call;
  return { start: list.pos - 1, end: call.end };
}
