import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { nodeAround } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { GENERIC_OUTER } from '../../vocabulary/naming';
import { staticName } from '../code/nodes';
import { screamingCase } from './words';

/** What the code around a literal calls it. */
export interface NameContext {
  /** The property, variable, parameter or attribute that holds the literal, as an environment name. */
  readonly own: string | undefined;
  /** Objects, calls and classes around it that say more than `config`, nearest first. */
  readonly outer: readonly string[];
  /** The file's name, when it says something. */
  readonly file: string | undefined;
  /** One of several items of a list, which share `own`. */
  readonly isListItem: boolean;
  /** Held by a member of a class. */
  readonly isMember: boolean;
  /** Part of a longer string or template, which is what `own` names. */
  readonly isPart: boolean;
  /** An argument of a call that makes a server listen. */
  readonly isBinding: boolean;
  /** The literal's text from there on. */
  readonly text: string;
}

/** Reads the names around a span, up to the function or class that holds it, and the file's name. */
export function nameContext(syntax: SourceSyntax, span: Span): NameContext {
  const api = ts();
  let own: string | undefined;
  let isListItem = false;
  let isMember = false;
  let isBinding = false;
  const outer: string[] = [];
  const add = (name: string | undefined, of: 'literal' | 'surroundings'): void => {
    const words = name === undefined ? undefined : screamingCase(name);
    if (words === undefined || words.length < 2) return;
    if (of === 'literal' && own === undefined && outer.length === 0) own = words;
    else if (!GENERIC_OUTER.has(words))
      outer.push(words.replace(/_(CONFIG|OPTIONS|SETTINGS|OPTS|STRATEGY)$/, ''));
  };
  let at: TypeScript.Node | undefined = nodeAround(syntax, span);
  const literal = at;
  const isPart = at !== undefined && isPartOf(at, span);
  // What an argument goes to is named by what is around its call.
  let named: 'literal' | 'surroundings' = 'literal';
  while (at && !api.isSourceFile(at)) {
    const { parent }: TypeScript.Node = at;
    if (api.isPropertyAssignment(parent) && parent.initializer === at)
      add(staticName(parent.name), 'literal');
    else if (
      api.isVariableDeclaration(parent) ||
      api.isParameter(parent) ||
      api.isBindingElement(parent)
    ) {
      // `response = fetch('…')` names the answer, not the literal.
      if (parent.initializer === at && !(named === 'surroundings' && api.isAwaitExpression(at)))
        add(staticName(parent.name), named);
    } else if (api.isPropertyDeclaration(parent)) {
      isMember ||= own === undefined;
      add(staticName(parent.name), named);
    } else if (api.isJsxAttribute(parent)) add(parent.name.getText(), 'literal');
    else if (api.isArrayLiteralExpression(parent) && own === undefined)
      isListItem = parent.elements.length > 1;
    else if (
      api.isBinaryExpression(parent) &&
      parent.right === at &&
      parent.operatorToken.kind === api.SyntaxKind.EqualsToken
    ) {
      const names = memberNames(parent.left);
      isMember ||= own === undefined && /^this\b/.test(parent.left.getText());
      for (const [index, name] of names.entries()) add(name, index === 0 ? named : 'surroundings');
    } else if (
      (api.isCallExpression(parent) || api.isNewExpression(parent)) &&
      parent.expression !== at
    ) {
      named = 'surroundings';
      for (const name of memberNames(parent.expression)) {
        add(name, 'surroundings');
        isBinding ||= /^(listen|serve|createServer|[sS]erver)$/.test(name);
      }
    } else if (api.isFunctionDeclaration(parent) || api.isMethodDeclaration(parent)) {
      break;
    } else if (api.isClassDeclaration(parent)) {
      add(
        parent.name?.text.replace(/(Service|Controller|Module|Client|Provider|Repository)$/, ''),
        'surroundings',
      );
    }
    at = parent;
  }
  const file = screamingCase(syntax.path.split('/').pop()?.replace(/\..*$/, '') ?? '');
  return {
    own,
    outer: [...new Set(outer)],
    file: file === undefined || file.length < 2 || GENERIC_OUTER.has(file) ? undefined : file,
    isListItem,
    isMember,
    isPart,
    isBinding,
    text: syntax.text
      .slice(span.start, isPart && literal ? literal.end - 1 : span.end)
      .replace(/\$$/, ''),
  };
}

/** Is a span less than what a string or template holds? */
function isPartOf(node: TypeScript.Node, span: Span): boolean {
  const api = ts();
  if (api.isTemplateHead(node) || api.isTemplateMiddleOrTemplateTail(node)) return true;
  return api.isStringLiteralLike(node) && span.end - span.start < node.text.length;
}

/** `axios.create` → `create`, `axios`. */
function memberNames(expression: TypeScript.Expression): string[] {
  const api = ts();
  const names: string[] = [];
  let at: TypeScript.Expression = expression;
  for (;;) {
    if (api.isPropertyAccessExpression(at)) {
      names.push(at.name.text);
      at = at.expression;
    } else if (
      api.isCallExpression(at) ||
      api.isNonNullExpression(at) ||
      api.isParenthesizedExpression(at)
    ) {
      at = at.expression;
    } else {
      if (api.isIdentifier(at)) names.push(at.text);
      return names;
    }
  }
}
