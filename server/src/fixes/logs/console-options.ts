import type * as TypeScript from 'typescript';
import { insertion, replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { listOf } from '../code/import-bindings';
import { addToList, removeFromList } from '../code/lists';
import { staticName } from '../code/nodes';
import type { SourceStyle } from '../code/style';

type Transport = TypeScript.NewExpression;

/** What only one transport has to do for the whole logger. */
const DUTIES = ['handleExceptions', 'handleRejections'];
/** The levels of winston as it comes, the gravest first. */
const LEVELS = ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'];

/**
 * What a console takes over from the file transports that go: the handling of crashes, and the lines of levels that only they
 * wrote.
 */
export function takeOver(
  syntax: SourceSyntax,
  style: SourceStyle,
  console: Transport,
  files: readonly Transport[],
): readonly TextEdit[] {
  const [options] = console.arguments ?? [];
  if (options && !ts().isObjectLiteralExpression(options)) return [];
  return [
    ...(options ? levelEdits(syntax, console, options, files) : []),
    ...takeOverDuties(syntax, style, console, files),
  ];
}

/** What a console of some environments only takes over: the handling of crashes. */
export function takeOverDuties(
  syntax: SourceSyntax,
  style: SourceStyle,
  console: Transport,
  files: readonly Transport[],
): readonly TextEdit[] {
  const [options] = console.arguments ?? [];
  if (options && !ts().isObjectLiteralExpression(options)) return [];
  const duties = dutiesOf(files, console);
  return duties.length === 0 ? [] : added(syntax, style, console, options, duties);
}

/** What file transports do for the whole logger, and another one does not, as properties. */
export function dutiesOf(files: readonly Transport[], heir: Transport): readonly string[] {
  return DUTIES.flatMap((name) => {
    const duty = files.map((file) => optionOf(file, name)).find((one) => one !== undefined);
    return duty && !optionOf(heir, name) ? [duty.getText()] : [];
  });
}

function added(
  syntax: SourceSyntax,
  style: SourceStyle,
  console: Transport,
  options: TypeScript.ObjectLiteralExpression | undefined,
  duties: readonly string[],
): readonly TextEdit[] {
  if (options)
    return addToList(listOf(syntax.text, options, options.properties), duties.join(', '), {
      ...style,
      padding: ' ',
    });
  const text = `{ ${duties.join(', ')} }`;
  return console.arguments
    ? [insertion(console.arguments.pos, text)]
    : [insertion(console.end, `(${text})`)];
}

/** A file without a level of its own writes what the logger lets through: then so must the console. */
function levelEdits(
  syntax: SourceSyntax,
  console: Transport,
  options: TypeScript.ObjectLiteralExpression,
  files: readonly Transport[],
): readonly TextEdit[] {
  const own = optionOf(console, 'level');
  const ownLevel = own && levelIn(own);
  if (!own || ownLevel === undefined) return [];
  const levels = files.map((file) => optionOf(file, 'level'));
  if (levels.includes(undefined)) {
    const list = listOf(syntax.text, options, options.properties);
    return removeFromList(list, options.properties.indexOf(own));
  }
  const [widest] = levels
    .flatMap((level) => (level && levelIn(level) !== undefined ? [level] : []))
    .sort((a, b) => (levelIn(b) ?? 0) - (levelIn(a) ?? 0));
  return widest && (levelIn(widest) ?? 0) > ownLevel
    ? [replacement(spanOf(own.initializer), widest.initializer.getText())]
    : [];
}

/** Where a literal level stands among winston's; undefined for anything else. */
function levelIn({ initializer }: TypeScript.PropertyAssignment): number | undefined {
  const index = ts().isStringLiteralLike(initializer) ? LEVELS.indexOf(initializer.text) : -1;
  return index < 0 ? undefined : index;
}

function optionOf(transport: Transport, name: string): TypeScript.PropertyAssignment | undefined {
  const api = ts();
  const [options] = transport.arguments ?? [];
  if (!options || !api.isObjectLiteralExpression(options)) return undefined;
  return options.properties.find(
    (one): one is TypeScript.PropertyAssignment =>
      api.isPropertyAssignment(one) && staticName(one.name) === name,
  );
}
