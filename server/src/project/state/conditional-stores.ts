import type * as TypeScript from 'typescript';
import { contains, type Span } from '../../base/span';
import type { Value } from '../../base/value';
import { spanOf } from '../../languages/source/nodes';
import { ts } from '../../languages/source/ts';
import { environmentQuestion } from '../environment/environment-name';
import type { CallFact, SourceFacts } from '../facts/facts';
import { marksOf } from '../facts/marks';
import { onSource, type SourceHandler } from '../facts/source-handlers';
import type { ProjectModel } from '../model';

/** A store that only one way through the code attaches: `if (process.env.REDIS_URL) options.store = new RedisStore()`. Serialisable. */
interface ConditionalStore {
  /** Tells it from other marks of the rule. */
  readonly is: 'conditional-store';
  /** What is attached. */
  readonly value: Span;
  /** The `if` around it. */
  readonly around: Span;
  readonly asked: Value;
}

/** What finds, for one rule, the stores that only a condition attaches; {@link isSometimesGiven} asks for them. */
export function conditionalStores(ruleId: string): SourceHandler {
  const marks = marksOf<ConditionalStore>(ruleId);
  return onSource(['BinaryExpression'], (node, context) => {
    const api = ts();
    const { left, right, operatorToken } = node;
    if (operatorToken.kind !== api.SyntaxKind.EqualsToken) return;
    const name = api.isPropertyAccessExpression(left) ? left.name : left;
    if (!api.isIdentifier(name) || !/store$/i.test(name.text)) return;
    const choice = choiceAround(node, left.getText());
    if (choice)
      marks.leave(context, right, {
        is: 'conditional-store',
        value: spanOf(right),
        around: spanOf(choice),
        asked: context.evaluate(choice.expression),
      });
  });
}

/**
 * Is a call given a store only where a condition holds, and nothing otherwise? Conditions on the environment's name are another matter.
 * @param given what the call may be given as a store
 */
export function isSometimesGiven(
  given: readonly Value[],
  call: CallFact,
  ruleId: string,
  facts: SourceFacts,
  model: ProjectModel,
): boolean {
  const marks = marksOf<ConditionalStore>(ruleId).of(facts);
  return (
    given.length > 0 &&
    given.every((store) =>
      marks.some(
        ({ data: { is, value, around, asked } }) =>
          (is as string | undefined) === 'conditional-store' &&
          (store.path ?? facts.path) === facts.path &&
          store.span.start === value.start &&
          !contains(around, call.span) &&
          !environmentQuestion(model.resolve(asked, facts.path)),
      ),
    )
  );
}

/** The `if` of whose two ways only one assigns; the other one goes on without. */
function choiceAround(node: TypeScript.Node, target: string): TypeScript.IfStatement | undefined {
  const api = ts();
  let child = node;
  for (let at = node.parent as TypeScript.Node | undefined; at; child = at, at = at.parent) {
    if (api.isFunctionLike(at)) return undefined;
    if (!api.isIfStatement(at) || child === at.expression) continue;
    const other = child === at.thenStatement ? at.elseStatement : at.thenStatement;
    const text = other?.getText() ?? '';
    return text.includes(`${target} =`) || /\b(throw|return|exit)\b/.test(text) ? undefined : at;
  }
  return undefined;
}
