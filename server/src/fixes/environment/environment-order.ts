import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { ts } from '../../languages/source/ts';
import type { ModuleInfo, ProjectModel, ResolvedImport } from '../../project/model';
import { nodeAt } from '../code/nodes';

/**
 * Is a module evaluated before a call loads `.env`? Imports come first, wherever the call stands; `require` comes in turn. What
 * such a module reads while it is loaded is not there yet on machines that keep their values in the file.
 */
export function runsBeforeEnvironmentFile(model: ProjectModel, path: string): boolean {
  const owner = model.packageOf(path);
  const modules = [...model.modules.values()].filter((one) => one.package === owner);
  const loads = new Map(
    modules.flatMap((one): [string, number][] => {
      const load = environmentFileLoad(model, one.path);
      return load ? [[one.path, load.start]] : [];
    }),
  );
  const own = environmentFileLoad(model, path);
  if (own) return !isStatement(model, path, own);
  if (loads.size === 0) return false;
  const importers = importersOf(modules);
  const leadHere = reachedFrom([path], importers);
  const leadToLoad = reachedFrom([...loads.keys()], importers);
  if (leadToLoad.has(path)) return false;
  return modules.some((one) => {
    if (!leadHere.has(one.path) || !leadToLoad.has(one.path)) return false;
    const first = firstOf(one, leadHere);
    if (first === undefined) return false;
    const load = loads.get(one.path);
    if (load !== undefined) return first.start < load || isHoisted(model, one.path, first);
    const loaded = firstOf(one, leadToLoad);
    return loaded !== undefined && first.start < loaded.start;
  });
}

/** The call of a module that loads an env file. */
export function environmentFileLoad(model: ProjectModel, path: string): Span | undefined {
  return model.meanings(path).find(({ meaning }) => meaning.kind === 'env-file')?.call.span;
}

/** Does a call stand in a statement of its own at the top of the module, behind which others can be put? Not in a decorator. */
function isStatement(model: ProjectModel, path: string, span: Span): boolean {
  const api = ts();
  const syntax = model.files.source(path);
  let at: TypeScript.Node | undefined = syntax && nodeAt(syntax, span, api.isCallExpression);
  while (at && !api.isStatement(at) && !api.isFunctionLike(at) && !api.isDecorator(at))
    at = at.parent;
  return at !== undefined && api.isStatement(at) && api.isSourceFile(at.parent);
}

interface Place {
  readonly start: number;
}

/** The first import of a module that leads to one of some others. */
function firstOf({ imports }: ModuleInfo, targets: ReadonlySet<string>): Place | undefined {
  const starts = imports
    .filter((one) => isValue(one) && targets.has(one.path ?? ''))
    .map(({ span }) => span.start);
  return starts.length > 0 ? { start: Math.min(...starts) } : undefined;
}

function isHoisted(model: ProjectModel, path: string, { start }: Place): boolean {
  const kind = model.facts.get(path)?.imports.find((one) => one.span.start === start)?.kind;
  return kind === 'import' || kind === 'export';
}

/** By module: those that import it. */
function importersOf(modules: readonly ModuleInfo[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, imports } of modules)
    for (const one of imports)
      if (one.path !== undefined && isValue(one)) {
        const list = found.get(one.path);
        if (list) list.push(path);
        else found.set(one.path, [path]);
      }
  return found;
}

function isValue({ typeOnly }: ResolvedImport): boolean {
  return !typeOnly;
}

/** Some modules, and all that lead to them. */
function reachedFrom(
  starts: readonly string[],
  edges: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...starts];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(edges.get(path) ?? []));
  }
  return seen;
}
