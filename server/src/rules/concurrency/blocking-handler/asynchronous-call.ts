import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { importBindings, type ImportBinding } from '../../../fixes/code/import-bindings';
import { inPrologue } from '../../../fixes/code/import-place';
import { importName, type ImportedName } from '../../../fixes/code/imports';
import { mentions, nodeAt, topLevelStatement } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import type { SourceStyle } from '../../../fixes/code/style';
import { withoutUnused } from '../../../fixes/code/unused';
import { visibleNames } from '../../../fixes/visible-names';
import { spanOf } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { Meaning } from '../../../project/libraries/meaning';
import type { ProjectModel } from '../../../project/model';
import { asyncFunction } from './async-function';

/** A synchronous call in code that requests run. */
export interface SynchronousCall {
  readonly model: ProjectModel;
  readonly path: string;
  readonly call: Span;
  readonly meaning: Extract<Meaning, { kind: 'blocking' }>;
}

/**
 * The fix `await-async`: `fs.readFileSync(x)` becomes `await fs.promises.readFile(x)`, `pbkdf2Sync(…)` a promise of `pbkdf2(…)`.
 * A handler that is not async yet becomes so, where its framework waits for it.
 * @returns undefined where there is no asynchronous form
 */
export function asynchronousCallFix(request: SynchronousCall): Fix | undefined {
  const { asynchronous, callback } = request.meaning;
  const name = asynchronous ?? callback;
  return name === undefined
    ? undefined
    : {
        id: 'await-async',
        kind: 'suggest',
        title: `Await \`${name}\` instead`,
        build: (batch) => {
          const { model, path, call } = request;
          const syntax = model.files.source(path);
          const node = syntax && nodeAt(syntax, call, ts().isCallExpression);
          const around = node && asyncFunction(node, model, path);
          const edits =
            around &&
            (asynchronous === undefined
              ? awaitCallback(request, syntax, node)
              : awaitMember(request, syntax, node));
          if (!edits) return undefined;
          const all = [...around, ...edits];
          // Once a batch has rewritten all its calls, nothing is left that uses the name from before.
          return ts().isIdentifier(node.expression)
            ? withoutUnused(model, syntax, batch, all)
            : [fileEdit(path, all)];
        },
      };
}

/** A member of the same object in the place of the one that is called. */
function awaitMember(
  { model, meaning: { asynchronous = '' } }: SynchronousCall,
  syntax: SourceSyntax,
  node: TypeScript.CallExpression,
): TextEdit[] | undefined {
  const api = ts();
  const callee = node.expression;
  const edits = awaited(node);
  if (api.isPropertyAccessExpression(callee))
    // From the object on: a chain that is broken in front of the name would be torn in the middle.
    return [
      ...edits,
      replacement(
        { start: callee.expression.end, end: callee.name.end },
        `${callee.questionDotToken ? '?.' : '.'}${asynchronous}`,
      ),
    ];
  const binding = bindingOf(syntax, callee);
  if (!binding) return undefined;
  const [first, name] = asynchronous.split('.');
  const specifier = name === undefined ? binding.specifier : `${binding.specifier}/${first ?? ''}`;
  const style = styleIn(model, syntax);
  const imported =
    name === undefined
      ? twinImport(syntax, style, binding, asynchronous)
      : importName(syntax, style, { specifier, name });
  return [...imported.edits, ...edits, replacement(spanOf(callee), imported.text)];
}

/** A promise of what a callback gets: `const pbkdf2Async = promisify(pbkdf2)` after the imports. */
function awaitCallback(
  { model, meaning: { callback = '', output } }: SynchronousCall,
  syntax: SourceSyntax,
  node: TypeScript.CallExpression,
): TextEdit[] | undefined {
  const api = ts();
  const statement = topLevelStatement(node);
  if (!statement || syntax.embedded) return undefined;
  const callee = node.expression;
  const isMember = api.isPropertyAccessExpression(callee);
  const binding = bindingOf(syntax, isMember ? callee.expression : callee);
  if (!binding) return undefined;
  const taken = output ? outputOf(node) : { end: node.end, suffix: '' };
  if (!taken) return undefined;
  const style = styleIn(model, syntax);
  const promisify = importName(syntax, style, { specifier: 'util', name: 'promisify' });
  const own = isMember
    ? { text: `${callee.expression.getText()}.${callback}`, edits: [] }
    : twinImport(syntax, style, binding, callback);
  const name = `${callback}Async`;
  const isMade =
    visibleNames(statement).get(name)?.initializer.getText() === `${promisify.text}(${own.text})`;
  if (!isMade && mentions(syntax, name).length > 0) return undefined;
  const constant = `${style.constant} ${name} = ${promisify.text}(${own.text})${style.semicolon}`;
  // The compiler knows the promise of the form with options only.
  const isShort = callback === 'scrypt' && style.language === 'ts' && node.arguments.length === 3;
  const last = node.arguments[node.arguments.length - 1];
  return [
    ...(isMade
      ? []
      : [...promisify.edits, ...own.edits, inPrologue(syntax, style, statement, constant)]),
    replacement(spanOf(callee), name),
    ...(isShort && last ? [insertion(last.end, ', {}')] : []),
    ...(output && taken.suffix !== ''
      ? [
          insertion(node.getStart(), '(await '),
          replacement({ start: node.end, end: taken.end }, `)${taken.suffix}`),
        ]
      : awaited(node)),
  ];
}

/**
 * What becomes of a program's output: nothing, or text, which the promise has in `stdout`.
 * @returns undefined where bytes are used, or an option has no twin
 */
function outputOf(
  node: TypeScript.CallExpression,
): { readonly end: number; readonly suffix: string } | undefined {
  const api = ts();
  const options = node.arguments
    .slice(1)
    .map((one) => one.getText())
    .join();
  if (/\b(?:stdio|input)\b/.test(options)) return undefined;
  const { parent } = node;
  if (api.isExpressionStatement(parent)) return { end: node.end, suffix: '' };
  if (/\bencoding: ['"`]utf-?8['"`]/.test(options)) return { end: node.end, suffix: '.stdout' };
  const call = parent.parent;
  const isText =
    api.isPropertyAccessExpression(parent) &&
    parent.name.text === 'toString' &&
    api.isCallExpression(call) &&
    call.expression === parent &&
    /^\((?:['"`]utf-?8['"`])?\)$/.test(call.getText().slice(parent.getText().length));
  return isText ? { end: call.end, suffix: '.stdout' } : undefined;
}

/** Imports another name of the same module: in the place of the one that is called, where nothing else uses that. */
function twinImport(
  syntax: SourceSyntax,
  style: SourceStyle,
  binding: ImportBinding,
  name: string,
): ImportedName {
  const isAlone =
    binding.imported === binding.local &&
    mentions(syntax, binding.local).length === 2 &&
    mentions(syntax, name).length === 0;
  return isAlone
    ? { text: name, edits: [replacement(spanOf(binding.node), name)] }
    : importName(syntax, style, { specifier: binding.specifier, name });
}

function awaited(node: TypeScript.CallExpression): TextEdit[] {
  const wrapped = parenthesised(node);
  return [
    insertion(node.getStart(), wrapped ? '(await ' : 'await '),
    ...(wrapped ? [insertion(node.end, ')')] : []),
  ];
}

function bindingOf(syntax: SourceSyntax, callee: TypeScript.Expression): ImportBinding | undefined {
  return ts().isIdentifier(callee)
    ? importBindings(syntax).find(({ local }) => local === callee.text)
    : undefined;
}

/** `fs.readFileSync(x).toString()` needs parentheses around the `await`; `!bcrypt.compareSync(x)` gets them. */
function parenthesised(node: TypeScript.CallExpression): boolean {
  const api = ts();
  const { parent } = node;
  return (
    ((api.isPropertyAccessExpression(parent) ||
      api.isElementAccessExpression(parent) ||
      api.isNonNullExpression(parent)) &&
      parent.expression === node) ||
    (api.isCallExpression(parent) && parent.expression === node) ||
    // Not needed, but `!await` reads badly, and formatters write it so.
    api.isPrefixUnaryExpression(parent)
  );
}
