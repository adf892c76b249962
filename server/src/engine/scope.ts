import type { ModuleInfo } from '../project/model';
import { isDocumentPath, isGeneratedPath, isVendoredPath } from '../project/paths';
import type { Rule } from './rule';

/** Roles that no rule looks at unless it says so for itself. */
const EXCLUDED_ROLES = ['test', 'build', 'browser'] as const;

/** Does a rule look at this module? */
export function isInScope(rule: Rule, module: ModuleInfo): boolean {
  const { roles, include = [], paths = 'product' } = rule.scope ?? {};
  if (paths === 'product' && isModuleOutsideProduct(module)) return false;
  for (const role of EXCLUDED_ROLES)
    if (module.roles.has(role) && !include.includes(role)) return false;
  if (!roles) return true;
  return (
    roles.some((role) => module.roles.has(role)) || include.some((role) => module.roles.has(role))
  );
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
