import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { nodeAround } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { GENERIC_OUTER, VERBS } from '../../vocabulary/naming';
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
  const literal = nodeAround(syntax, span);
  const isPart = literal !== undefined && isPartOf(literal, span);
  const names = new NamesAround();
  let at: TypeScript.Node | undefined = literal;
  while (at && !api.isSourceFile(at)) {
    const { parent }: TypeScript.Node = at;
    if (api.isReturnStatement(at)) names.addFromFunction(parent.parent);
    if (api.isFunctionDeclaration(parent) || api.isMethodDeclaration(parent)) break;
    names.addFrom(parent, at);
    at = parent;
  }
  const file = screamingCase(syntax.path.split('/').pop()?.replace(/\..*/, '') ?? '');
  return {
    own: names.own,
    outer: [...names.outer],
    file: file === undefined || file.length < 2 || GENERIC_OUTER.has(file) ? undefined : file,
    isListItem: names.isListItem,
    isMember: names.isMember,
    isPart,
    isBinding: names.isBinding,
    text: syntax.text.slice(span.start, isPart ? literal.end - 1 : span.end).replace(/\$$/, ''),
  };
}

/** What has been read of the names around a literal, from the inside out. */
class NamesAround {
  own: string | undefined;
  readonly outer = new Set<string>();
  isListItem = false;
  isMember = false;
  isBinding = false;
  /** What an argument goes to is named by what is around its call. */
  private named: 'literal' | 'surroundings' = 'literal';

  /** Takes in what a node calls that child of it which holds the literal. */
  addFrom(parent: TypeScript.Node, child: TypeScript.Node): void {
    const api = ts();
    if (
      api.isVariableDeclaration(parent) ||
      api.isParameter(parent) ||
      api.isBindingElement(parent)
    ) {
      // `response = fetch('…')` names the answer, not the literal.
      const isAnswer = this.named === 'surroundings' && api.isAwaitExpression(child);
      if (parent.initializer === child && !isAnswer)
        this.add(nameOfHeld(parent.name, child), this.named);
    } else if (api.isPropertyAssignment(parent)) {
      if (parent.initializer === child) this.add(nameOfHeld(parent.name, child), 'literal');
    } else if (api.isPropertyDeclaration(parent)) {
      this.isMember ||= this.own === undefined;
      this.add(staticName(parent.name), this.named);
    } else if (api.isJsxAttribute(parent)) {
      this.add(parent.name.getText(), 'literal');
    } else if (api.isArrayLiteralExpression(parent)) {
      if (this.own === undefined) this.isListItem = parent.elements.length > 1;
    } else if (api.isBinaryExpression(parent)) {
      this.addFromAssignment(parent, child);
    } else if (api.isCallExpression(parent) || api.isNewExpression(parent)) {
      if (parent.expression !== child) this.addFromCall(parent);
    } else if (api.isClassDeclaration(parent)) {
      this.add(
        parent.name?.text.replace(/(Service|Controller|Module|Client|Provider|Repository)$/, ''),
        'surroundings',
      );
    }
  }

  /** `getApiUrl() { return …; }`: what a function answers has its name, without the verb. */
  addFromFunction(node: TypeScript.Node | undefined): void {
    const api = ts();
    // What a call in between is given is no answer.
    const name =
      node &&
      this.named === 'literal' &&
      (api.isFunctionDeclaration(node) ||
        api.isMethodDeclaration(node) ||
        api.isGetAccessorDeclaration(node)) &&
      node.name
        ? staticName(node.name)
        : undefined;
    this.add(name === undefined ? undefined : withoutVerb(name), 'literal');
  }

  private addFromAssignment(parent: TypeScript.BinaryExpression, child: TypeScript.Node): void {
    const { left, right, operatorToken } = parent;
    if (right !== child || operatorToken.kind !== ts().SyntaxKind.EqualsToken) return;
    this.isMember ||= this.own === undefined && /^this\b/.test(left.getText());
    for (const [index, name] of memberNames(left).entries())
      this.add(name, index === 0 ? this.named : 'surroundings');
  }

  private addFromCall({ expression }: TypeScript.CallExpression | TypeScript.NewExpression): void {
    this.named = 'surroundings';
    for (const name of memberNames(expression)) {
      this.add(withoutVerb(name), 'surroundings');
      this.isBinding ||= /^(listen|serve|createServer|[sS]erver)$/.test(name);
    }
  }

  private add(name: string | undefined, of: 'literal' | 'surroundings'): void {
    const words = name === undefined ? undefined : screamingCase(name);
    if (words === undefined || words.length < 2) return;
    if (of === 'literal' && this.own === undefined && this.outer.size === 0) this.own = words;
    else if (!GENERIC_OUTER.has(words))
      this.outer.add(words.replace(/_(CONFIG|OPTIONS|SETTINGS|OPTS|STRATEGY)$/, ''));
  }
}

/** `getApiUrl = () => …`: a function has its name from what it does, too. */
function nameOfHeld(
  name: TypeScript.PropertyName | TypeScript.BindingName,
  held: TypeScript.Node,
): string | undefined {
  const found = staticName(name);
  return found !== undefined && ts().isFunctionLike(held) ? withoutVerb(found) : found;
}

/** `sendSms` → `Sms`; a verb alone stays. */
function withoutVerb(name: string): string {
  const [, verb = '', rest = ''] = /^([a-z]+)([A-Z_].*)$/.exec(name) ?? [];
  return VERBS.has(verb.toUpperCase()) ? rest : name;
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
