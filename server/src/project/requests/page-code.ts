import type { Span } from '../../base/span';
import type { FunctionFact } from '../facts/facts';
import type { ModuleInfo, ProjectModel } from '../model';
import { holdsServerFunctions } from '../modules/browser-code';
import { frameworkFiles } from '../modules/framework-files';

/** Does a module hold a route's page beside what its server does for requests (`loader` and component of one file)? */
export function holdsPage(
  { path, package: info }: ModuleInfo,
  { facts }: Pick<ProjectModel, 'facts'>,
): boolean {
  const own = facts.get(path);
  return (
    /\.[jt]sx$/.test(path) &&
    (frameworkFiles(path, info).some((file) => file.holdsPage === true) ||
      (own !== undefined && holdsServerFunctions(own)))
  );
}

/** Is a place of such a module in a function of the page, which browsers run, too: no request comes to it? */
export function isPageCode(span: Span, module: ModuleInfo, model: ProjectModel): boolean {
  if (!holdsPage(module, model)) return false;
  const functions = model.facts.get(module.path)?.functions ?? [];
  let fact: FunctionFact | undefined;
  for (const each of functions)
    if (each.id !== 0 && each.span.start <= span.start && span.end <= each.span.end) fact = each;
  if (!fact) return false;
  for (; fact && fact.id !== 0; fact = functions[fact.parent])
    if (model.requestReach.way(module.path, fact.id) !== undefined) return false;
  return true;
}
