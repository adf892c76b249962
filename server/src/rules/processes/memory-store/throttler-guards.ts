import type { Value } from '../../../base/value';
import { someValue } from '../../../base/value-visitor';
import { canonicalName } from '../../../project/facts/canonical';
import type { SourceFacts } from '../../../project/facts/facts';
import type { PackageInfo, ProjectModel } from '../../../project/model';

const GUARD = /^@?nest(js\/|js-)throttler\.ThrottlerGuard$/;
const STORAGE = /^@?nest(js\/|js-)throttler\.ThrottlerStorage$/;
/** What decides about a request, by itself or by asking a service. */
const DECIDING = new Set(['handleRequest', 'canActivate', 'shouldSkip']);

/**
 * Does a package count requests elsewhere than in the storage of Nest's throttler: is another storage provided for it, or is there
 * a guard of its own that decides, and the library's own guard nowhere used?
 */
export function countsElsewhere(model: ProjectModel, owner: PackageInfo | undefined): boolean {
  const own = [...model.facts].filter(([path]) => model.packageOf(path) === owner);
  const is = (value: Value, name: RegExp, path: string): boolean =>
    name.test(canonicalName(model.resolve(value, path)) ?? '');
  const uses = (name: RegExp): boolean =>
    own.some(([path, facts]) =>
      given(facts).some((value) =>
        someValue(value, (part) => part.kind === 'import' && is(part, name, path)),
      ),
    );
  if (uses(STORAGE)) return true;
  const hasOwn = own.some(([path, { classes }]) =>
    classes.some(
      (one) =>
        one.extends !== undefined &&
        is(one.extends, GUARD, path) &&
        one.members.some(({ name, isStatic }) => !isStatic && DECIDING.has(name)),
    ),
  );
  return hasOwn && !uses(GUARD);
}

/** What decorators of a file are given: providers, guards. */
function given({ classes, functions }: SourceFacts): readonly Value[] {
  return [...classes, ...functions].flatMap(({ decorators }) =>
    decorators.flatMap(({ args }) => args),
  );
}
