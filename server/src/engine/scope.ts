import type { PackageKind } from '../project/map/kinds';
import type { ModuleInfo, ProjectModel } from '../project/model';
import { isDocumentPath, isGeneratedPath, isVendoredPath } from '../project/paths';
import type { Rule } from './rule';

/** Roles that no rule looks at unless it says so for itself. */
const EXCLUDED_ROLES = ['test', 'build', 'browser'] as const;

const DEFAULT_KINDS: readonly PackageKind[] = ['app'];

/** How loudly a rule speaks about a file: as it says itself, with hints only, or not at all. */
export type Voice = 'own' | 'hints' | 'silent';

/** Does a rule look at this module? */
export function isInScope(rule: Rule, module: ModuleInfo): boolean {
  const { roles, include = [], paths = 'product' } = rule.scope ?? {};
  if (paths === 'product' && isModuleOutsideProduct(module)) return false;
  if (voiceAbout(rule.scope?.kinds, kindOfModule(module), module) === 'silent') return false;
  for (const role of EXCLUDED_ROLES)
    if (module.roles.has(role) && !include.includes(role)) return false;
  if (!roles) return true;
  return (
    roles.some((role) => module.roles.has(role)) || include.some((role) => module.roles.has(role))
  );
}

/** Does a rule speak of packages of this kind, whether an app loads them or not? */
export function speaksOf({ scope }: Rule, kind: PackageKind): boolean {
  return voiceAbout(scope?.kinds, kind, undefined) !== 'silent';
}

/**
 * How loudly a rule may speak about a file, by what its package is to a deploy. Asked for everything that any handler reports.
 * @param narrowed the kinds of packages that this one report is said of
 */
export function voiceOf(
  rule: Rule,
  path: string,
  model: ProjectModel,
  narrowed?: readonly PackageKind[],
): Voice {
  return voiceAbout(narrowed ?? rule.scope?.kinds, model.kindOf(path), model.modules.get(path));
}

function voiceAbout(
  kinds: readonly PackageKind[] = DEFAULT_KINDS,
  kind: PackageKind,
  module: ModuleInfo | undefined,
): Voice {
  if (kinds.includes(kind)) return 'own';
  if (!kinds.includes('app')) return 'silent';
  if (kind === 'library' && module?.isLoadedByApp === true) return 'own';
  return kind === 'template' ? 'hints' : 'silent';
}

function kindOfModule({ package: info }: ModuleInfo): PackageKind {
  return info?.kind ?? 'app';
}

const outside = new WeakMap<ModuleInfo, boolean>();

/** Every rule asks for every module. */
function isModuleOutsideProduct(module: ModuleInfo): boolean {
  let known = outside.get(module);
  if (known === undefined) outside.set(module, (known = isOutsideProduct(module.path)));
  return known;
}

/** Documentation, examples, generated and vendored code. */
export function isOutsideProduct(path: string): boolean {
  return isDocumentPath(path) || isGeneratedPath(path) || isVendoredPath(path);
}
