import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { Mark, SourceFacts } from './facts';
import type { SourceContext } from './source-handlers';

/** The marks of one rule, whose data have one type: what its source handlers leave, other handlers get back. */
export interface MarksOf<T> {
  /** Leaves a mark on a node, or on a part of the text. */
  leave(context: Pick<SourceContext, 'mark'>, at: TypeScript.Node | Span, data: T): void;
  /** What was left in a module; nothing where it is not known, or was not parsed. */
  of(facts: SourceFacts | undefined): readonly Mark<T>[];
  /** What was left with a mark of this rule. */
  data(mark: Mark): T;
}

/**
 * Facts hold what rules leave as plain data; here, and nowhere else, it is taken for what it was when it was left.
 * @param ruleId the rule whose handlers leave these marks; its facts are kept under the same name
 */
export function marksOf<T extends object>(ruleId: string): MarksOf<T> {
  return {
    leave: (context, at, data) => context.mark(at, data as Readonly<Record<string, unknown>>),
    of: (facts) => (facts?.marks[ruleId] ?? []) as readonly Mark<object>[] as readonly Mark<T>[],
    data: (mark) => mark.data as T,
  };
}
