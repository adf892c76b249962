import type * as TypeScript from 'typescript';
import { replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { ancestor, spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { listOf } from '../code/import-bindings';
import { removeFromList } from '../code/lists';
import { staticName, visit } from '../code/nodes';
import { quoted, type SourceStyle } from '../code/style';

/** Edits of log outputs that are described by objects: pino targets, log4js appenders, bunyan streams. */

type ObjectNode = TypeScript.ObjectLiteralExpression;

/** The value of a property; a shorthand is its own name. */
function propertyValue(object: ObjectNode, name: string): TypeScript.Expression | undefined {
  const api = ts();
  for (const one of object.properties) {
    if (one.name === undefined || staticName(one.name) !== name) continue;
    if (api.isPropertyAssignment(one)) return one.initializer;
    if (api.isShorthandPropertyAssignment(one)) return one.name;
  }
  return undefined;
}

/** Takes properties out of an object. */
export function removeProperties(
  text: string,
  object: ObjectNode,
  names: readonly string[],
): TextEdit[] {
  const going = object.properties.flatMap((one, index) =>
    one.name !== undefined && names.includes(staticName(one.name) ?? '') ? [index] : [],
  );
  return removeFromList(listOf(text, object, object.properties), ...going);
}

/**
 * pino: `{ target: 'pino/file', options: { destination } }` becomes the standard output; beside a target that writes there
 * already it goes.
 */
export function pinoTargetEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  object: ObjectNode,
): TextEdit[] | undefined {
  const api = ts();
  const target = textOf(object, 'target');
  const options = propertyValue(object, 'options');
  const list = object.parent;
  if (api.isArrayLiteralExpression(list)) {
    const isToStdout = (one: TypeScript.Expression): boolean =>
      one !== object && api.isObjectLiteralExpression(one) && writesToStdout(one);
    if (list.elements.some(isToStdout)) {
      // All file targets of the list at once, so that the fixes of its findings agree.
      const going = list.elements.flatMap((one, index) =>
        api.isObjectLiteralExpression(one) && writesToFile(one) ? [index] : [],
      );
      return removeFromList(listOf(syntax.text, list, list.elements), ...going);
    }
  }
  if (target === 'pino-pretty' && options && api.isObjectLiteralExpression(options)) {
    return removeProperties(syntax.text, options, ['destination', 'mkdir', 'append', 'sync']);
  }
  const level = keptText(object, ['level']);
  const entries = [
    `target: ${quoted('pino/file', style)}`,
    ...level,
    'options: { destination: 1 }',
  ];
  return [replacement(spanOf(object), `{ ${entries.join(', ')} }`)];
}

function writesToStdout(object: ObjectNode): boolean {
  const target = textOf(object, 'target');
  if (target !== 'pino/file' && target !== 'pino-pretty') return false;
  const options = propertyValue(object, 'options');
  if (!options || !ts().isObjectLiteralExpression(options)) return options === undefined;
  const destination = propertyValue(options, 'destination')?.getText();
  return destination === undefined || /^(1|process\.stdout\.fd)$/.test(destination);
}

function writesToFile(object: ObjectNode): boolean {
  const target = textOf(object, 'target') ?? '';
  return /^pino(\/file|-pretty)$|roll|rotat/.test(target) && !writesToStdout(object);
}

/** bunyan: `{ path }` becomes `{ stream: process.stdout }`; beside a stream that is that already it goes. */
export function bunyanStreamEdits(
  syntax: SourceSyntax,
  object: ObjectNode,
): TextEdit[] | undefined {
  const api = ts();
  const list = object.parent;
  if (api.isArrayLiteralExpression(list)) {
    const objects = list.elements.filter((one) => api.isObjectLiteralExpression(one));
    if (objects.some((one) => propertyValue(one, 'stream')?.getText() === 'process.stdout')) {
      const going = list.elements.flatMap((one, index) =>
        api.isObjectLiteralExpression(one) && propertyValue(one, 'path') ? [index] : [],
      );
      return removeFromList(listOf(syntax.text, list, list.elements), ...going);
    }
  }
  const entries = ['stream: process.stdout', ...keptText(object, ['level', 'name'])];
  return [replacement(spanOf(object), `{ ${entries.join(', ')} }`)];
}

/**
 * log4js: a file appender becomes `stdout`; where another appender is that already, it goes, and the categories that list it
 * use the other one.
 */
export function log4jsAppenderEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  object: ObjectNode,
): TextEdit[] | undefined {
  const api = ts();
  const entry = object.parent;
  const appenders = entry.parent;
  const whole = appenders.parent.parent as TypeScript.Node | undefined;
  const changed = [
    replacement(
      spanOf(object),
      `{ ${[`type: ${quoted('stdout', style)}`, ...keptText(object, ['layout'])].join(', ')} }`,
    ),
  ];
  if (
    !api.isPropertyAssignment(entry) ||
    !api.isObjectLiteralExpression(appenders) ||
    !whole ||
    !api.isObjectLiteralExpression(whole)
  ) {
    return changed;
  }
  const stdout = appenders.properties.find(
    (one) =>
      one !== entry &&
      api.isPropertyAssignment(one) &&
      api.isObjectLiteralExpression(one.initializer) &&
      /^(stdout|console)$/.test(textOf(one.initializer, 'type') ?? ''),
  );
  const console = stdout?.name && staticName(stdout.name);
  if (console === undefined) return changed;
  const files = appenders.properties.filter(
    (one) =>
      api.isPropertyAssignment(one) &&
      api.isObjectLiteralExpression(one.initializer) &&
      isFileAppender(one.initializer),
  );
  const names = files.flatMap((one) => (one.name ? [staticName(one.name) ?? ''] : []));
  const edits = removeProperties(syntax.text, appenders, names);
  visit(whole, (node) => {
    if (!api.isPropertyAssignment(node) || !api.isArrayLiteralExpression(node.initializer))
      return true;
    if (staticName(node.name) !== 'appenders') return true;
    const { elements } = node.initializer;
    const going = elements.flatMap((one, index) =>
      api.isStringLiteral(one) && names.includes(one.text) ? [index] : [],
    );
    const keepsConsole = elements.some((one) => api.isStringLiteral(one) && one.text === console);
    const [first, ...rest] = going;
    const list = listOf(syntax.text, node.initializer, elements);
    const heir = first === undefined ? undefined : elements[first];
    if (keepsConsole || !heir) edits.push(...removeFromList(list, ...going));
    else
      edits.push(
        replacement(spanOf(heir), quoted(console, style)),
        ...removeFromList(list, ...rest),
      );
    return false;
  });
  return edits;
}

function isFileAppender(object: ObjectNode): boolean {
  return /^(file|fileSync|dateFile|datefile|multiFile)$/.test(textOf(object, 'type') ?? '');
}

function textOf(object: ObjectNode, name: string): string | undefined {
  const value = propertyValue(object, name);
  return value && ts().isStringLiteralLike(value) ? value.text : undefined;
}

function keptText(object: ObjectNode, names: readonly string[]): string[] {
  return object.properties
    .filter((one) => one.name !== undefined && names.includes(staticName(one.name) ?? ''))
    .map((one) => one.getText());
}

/** The nearest object literal around a node that has a property of this name. */
export function objectWith(node: TypeScript.Node, name: string): ObjectNode | undefined {
  const test = (one: TypeScript.Node): one is ObjectNode =>
    ts().isObjectLiteralExpression(one) && propertyValue(one, name) !== undefined;
  return test(node) ? node : ancestor(node, test);
}
