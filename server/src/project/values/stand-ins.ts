import { query, queryEach } from '../query';
import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { childrenOf } from '../../base/value-visitor';
import { unwrapCasts } from '../../base/values';
import { moduleEnvironment } from '../environment/environment';
import type { ModuleInfo, ProjectModel } from '../model';

/**
 * Does a text stand in for a variable that is missing, there or through a constant (`process.env.URL || DEFAULT_URL`), in this
 * module or another? What other modules say is as old as the last full analysis.
 */
export function standsIn({ start, end }: Span, module: ModuleInfo, model: ProjectModel): boolean {
  return [
    ...allStandIns(model).filter(({ from }) => from !== module.path),
    ...ownStandIns(module.path, model),
  ].some(({ path, span }) => path === module.path && span.start <= start && end <= span.end);
}

interface StandIn {
  /** The module that reads the variable. */
  readonly from: string;
  readonly path: string;
  readonly span: Span;
}

const allStandIns = query('modules', (model): readonly StandIn[] =>
  [...model.modules.keys()].flatMap((from) => standInsOf(from, model)),
);

const ownStandIns = queryEach('model', standInsOf);

function standInsOf(from: string, model: ProjectModel): readonly StandIn[] {
  return moduleEnvironment(from, model).flatMap(({ name, fallback, removes }) =>
    fallback && name !== undefined && !removes
      ? texts(model.resolve(fallback, from)).map(({ span, path = from }) => ({ from, path, span }))
      : [],
  );
}

function texts(value: Value): readonly Value[] {
  const inner = unwrapCasts(value);
  if (inner.kind === 'either' || inner.kind === 'array') return childrenOf(inner).flatMap(texts);
  return inner.kind === 'literal' || inner.kind === 'template' ? [inner] : [];
}
