import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { importBindings } from '../../../fixes/code/import-bindings';
import { importName } from '../../../fixes/code/imports';
import { nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { withoutUnused } from '../../../fixes/code/unused';
import { spanOf } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

/** A synchronous call inside an async function. */
export interface SynchronousCall {
  readonly model: ProjectModel;
  readonly path: string;
  readonly call: Span;
  /** The member of the same module that returns a promise: `promises.readFile`, `hash`. */
  readonly asynchronous: string;
}

/**
 * The fix `await-async`: `fs.readFileSync(x)` becomes `await fs.promises.readFile(x)`. The function must be async already: the
 * caller sees to that.
 */
export function asynchronousCallFix(request: SynchronousCall): Fix {
  return {
    id: 'await-async',
    kind: 'suggest',
    title: `Await \`${request.asynchronous}\` instead`,
    build: (batch) => {
      const syntax = request.model.files.source(request.path);
      const edits = syntax && awaitCall(request, syntax);
      return edits && withoutUnused(request.model, syntax, batch, edits);
    },
  };
}

function awaitCall(
  { model, call, asynchronous }: SynchronousCall,
  syntax: SourceSyntax,
): TextEdit[] | undefined {
  const api = ts();
  const node = nodeAt(syntax, call, api.isCallExpression);
  if (!node) return undefined;
  const callee = node.expression;
  const wrapped = parenthesised(node);
  const edits = [
    insertion(node.getStart(), wrapped ? '(await ' : 'await '),
    ...(wrapped ? [insertion(node.end, ')')] : []),
  ];
  if (api.isPropertyAccessExpression(callee))
    // From the object on: a chain that is broken in front of the name would be torn in the middle.
    return [
      ...edits,
      replacement(
        { start: callee.expression.end, end: callee.name.end },
        `${callee.questionDotToken ? '?.' : '.'}${asynchronous}`,
      ),
    ];
  if (!api.isIdentifier(callee)) return undefined;
  const binding = importBindings(syntax).find(({ local }) => local === callee.text);
  if (!binding) return undefined;
  const [first, name] = asynchronous.split('.');
  const specifier = name === undefined ? binding.specifier : `${binding.specifier}/${first ?? ''}`;
  const imported = importName(syntax, styleIn(model, syntax), {
    specifier,
    name: name ?? asynchronous,
  });
  return [...imported.edits, ...edits, replacement(spanOf(callee), imported.text)];
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
