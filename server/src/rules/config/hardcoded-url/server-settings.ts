import { baseName } from '../../../base/paths';
import type { LiteralPosition } from '../../../project/facts/literal-position';
import type { ModuleInfo } from '../../../project/model';

/** Where the settings of a framework, otherwise those of its build, say to which server the running app sends requests on. */
const FORWARDING: readonly { readonly file: RegExp; readonly names: readonly RegExp[] }[] = [
  { file: /^next\.config\.[cm]?[jt]s$/, names: [/^destination$/, /^rewrites$/] },
  { file: /^(nuxt|nitro)\.config\.[cm]?[jt]s$/, names: [/^(proxy|to)$/, /^routeRules$/] },
];

/** Does a text stand where requests are sent on to, in a file of build settings? By the nearest name, and one further out. */
export function isForwarded({ path }: ModuleInfo, { names }: LiteralPosition): boolean {
  const file = baseName(path);
  return FORWARDING.some(
    ({ file: known, names: [nearest, around] }) =>
      known.test(file) &&
      nearest?.test(names[0] ?? '') === true &&
      names.some((name) => around?.test(name)),
  );
}
