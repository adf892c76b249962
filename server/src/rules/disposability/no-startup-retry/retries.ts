import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { nodeAround, spanOf } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import type { ModuleInfo, ProjectModel } from '../../../project/model';

/**
 * How what a call does is tried again when it fails.
 * - `backs-off`: by a loop with a limit or a pause, a retry library, or a function that calls itself again
 * - `tight`: by a loop with neither limit nor pause
 * - `none`: it is tried once
 */
export type Retry = 'backs-off' | 'tight' | 'none';

const MAX_DEPTH = 4;
const RETRYING =
  /retry|retri(?:es|able)|backoff|back_off|reconnect|attempt|waitfor|wait_for|poll|policy\w*\.execute|circuit|(?:typeorm|mongoose|sequelize)module\b/i;
const PAUSE =
  /setTimeout|sleep|delay|(?<!a)wait|backoff|timers\/promises|pause|Atomics\.wait|interval/i;

/**
 * Looks for retries around a call: in its function, in the functions around it, and where those are called.
 * @param span the call
 */
export function retryAround(path: string, span: Span, model: ProjectModel): Retry {
  return new Search(model).around(path, span, 0);
}

/** The text of a call with what is chained to it: `connect(…).then(…).catch(…)`. */
export function chainText(path: string, span: Span, model: ProjectModel): string {
  const text = model.files.text(path) ?? '';
  // Most calls stand alone: no need for a tree.
  if (!/^\s*(?:\?\.|[.([!]|\/[/*])/.test(text.slice(span.end, span.end + 200)))
    return text.slice(span.start, span.end);
  const api = ts();
  const syntax = model.files.source(path);
  let node = syntax && nodeAround(syntax, span);
  while (
    node &&
    (api.isPropertyAccessExpression(node.parent) ||
      (api.isCallExpression(node.parent) && node.parent.expression === node))
  )
    node = node.parent;
  return node?.getText() ?? '';
}

class Search {
  private readonly seen = new Set<string>();

  constructor(private readonly model: ProjectModel) {}

  around(path: string, span: Span, depth: number): Retry {
    const key = `${path}\0${span.start}`;
    const syntax = this.model.files.source(path);
    if (!syntax || depth > MAX_DEPTH || this.seen.has(key)) return 'none';
    this.seen.add(key);
    const api = ts();
    let node = nodeAround(syntax, span);
    for (let at = node?.parent; at && node; node = at, at = at.parent) {
      if (api.isIterationStatement(at, false)) {
        const found = loopRetry(at);
        if (found !== 'none') return found;
      }
      if (
        (api.isCallExpression(at) || api.isNewExpression(at)) &&
        at.expression !== node &&
        RETRYING.test(at.expression.getText())
      )
        return 'backs-off';
      if (!api.isFunctionLike(at)) continue;
      const name = nameOf(at);
      if (name !== undefined && (RETRYING.test(name) || callsAgain(at, name))) return 'backs-off';
      if (name === undefined) continue;
      const calls = [
        ...localCalls(syntax.sourceFile, name, at).map((call) => ({ path, span: spanOf(call) })),
        ...this.importers(path, { start: at.getStart(), end: at.end }),
      ];
      for (const call of calls) {
        const found = this.around(call.path, call.span, depth + 1);
        if (found !== 'none') return found;
      }
    }
    return 'none';
  }

  /** Calls in other modules of a function of this one. */
  private importers(path: string, span: Span): { readonly path: string; readonly span: Span }[] {
    const { model } = this;
    const id = model.facts
      .get(path)
      ?.functions.find((fact) => fact.span.start === span.start && fact.span.end === span.end)?.id;
    if (id === undefined) return [];
    const imports = ({ imports: links }: ModuleInfo): boolean =>
      links.some((link) => link.path === path && !link.typeOnly);
    return [...model.modules.values()].filter(imports).flatMap((module) =>
      (model.facts.get(module.path)?.calls ?? []).flatMap((call) => {
        const target = model.resolve(call.callee, module.path);
        return target.kind === 'function' &&
          !target.isClass &&
          target.id === id &&
          (target.path ?? module.path) === path
          ? [{ path: module.path, span: call.span }]
          : [];
      }),
    );
  }
}

/** A loop that ends by a count, or pauses between its turns, gives the other side time. */
function loopRetry(loop: TypeScript.IterationStatement): Retry {
  const api = ts();
  const text = loop.getText();
  // One turn for each of several things, unless it is one for each delay.
  if (api.isForOfStatement(loop) || api.isForInStatement(loop))
    return PAUSE.test(text) ? 'backs-off' : 'none';
  const isLimited = /[<>]=?\s*[\w.]+|--|\b(?:retries|attempts|tries|remaining|left)\b/i.test(text);
  return isLimited || PAUSE.test(text) ? 'backs-off' : 'tight';
}

/** Does a function start itself again: `setTimeout(connect, 5000)`, `connect(attempt + 1)`? */
function callsAgain(owner: TypeScript.Node, name: string): boolean {
  const api = ts();
  let found = false;
  const visit = (node: TypeScript.Node): void => {
    if (found) return;
    const isSelf =
      (api.isIdentifier(node) && node.text === name) ||
      (api.isPropertyAccessExpression(node) &&
        node.name.text === name &&
        node.expression.kind === api.SyntaxKind.ThisKeyword);
    const { parent } = node;
    if (
      isSelf &&
      (api.isCallExpression(parent) ||
        (api.isPropertyAccessExpression(parent) && parent.name.text === 'bind'))
    )
      found = true;
    api.forEachChild(node, visit);
  };
  const body = (owner as TypeScript.FunctionLikeDeclaration).body;
  if (body) visit(body);
  return found;
}

function localCalls(
  sourceFile: TypeScript.SourceFile,
  name: string,
  owner: TypeScript.Node,
): TypeScript.Node[] {
  const api = ts();
  const calls: TypeScript.Node[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (node === owner) return;
    if (api.isCallExpression(node)) {
      const { expression } = node;
      const isOurs =
        (api.isIdentifier(expression) && expression.text === name) ||
        (api.isPropertyAccessExpression(expression) &&
          expression.name.text === name &&
          expression.expression.kind === api.SyntaxKind.ThisKeyword);
      // Handed over by name: `retry(connect)`.
      const isHanded = node.arguments.some((one) => api.isIdentifier(one) && one.text === name);
      if (isOurs) calls.push(node);
      else if (isHanded)
        calls.push(...node.arguments.filter((one) => api.isIdentifier(one) && one.text === name));
    }
    api.forEachChild(node, visit);
  };
  visit(sourceFile);
  return calls.slice(0, 20);
}

function nameOf(owner: TypeScript.SignatureDeclaration): string | undefined {
  const api = ts();
  if (owner.name && (api.isIdentifier(owner.name) || api.isPrivateIdentifier(owner.name)))
    return owner.name.text;
  const { parent } = owner as TypeScript.Node;
  if (
    (api.isVariableDeclaration(parent) ||
      api.isPropertyDeclaration(parent) ||
      api.isPropertyAssignment(parent)) &&
    api.isIdentifier(parent.name)
  )
    return parent.name.text;
  // `exports.connect = async () => …`; a default export goes by what importers call.
  if (api.isBinaryExpression(parent) && api.isPropertyAccessExpression(parent.left))
    return parent.left.name.text;
  return api.isExportAssignment(parent) ? 'default' : undefined;
}
