import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { moduleEnvironment } from '../../../project/environment/environment';
import { isTestPath } from '../../../project/files/paths';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { secretLiterals } from '../../../project/secrets/literals';
import { isDatabasePassword, secretKind } from '../../../project/secrets/names';
import { echoesName, isPlaceholder } from '../../../project/secrets/placeholders';
import { secretShapes } from '../../../project/secrets/shapes';
import { secretUses } from '../../../project/secrets/uses';
import { isNoCredential, isSwitch } from '../../../project/secrets/values';
import { isTestSettings } from '../../../project/services/environment-sections';
import { classifyHost } from '../../../project/urls/hosts';

/** A literal that takes the place of a credential that is missing. */
export interface SecretFallback {
  readonly path: string;
  readonly span: Span;
  /** The variable that is missing, where that is known. */
  readonly name: string | undefined;
  /** For messages, where there is no variable: `JWT secret`. */
  readonly what: string;
  /**
   * `known`: everybody can read the credential; `empty`: there is none, although it is needed; `useless`: a placeholder that works
   * nowhere, so that the failure only shows later
   */
  readonly how: 'known' | 'empty' | 'useless';
}

/**
 * The literals of one module that stand in for missing credentials: defaults of variables with a credential's name, of
 * whatever kind of read, and of values that reach a place which takes a credential (they may stand in another module).
 */
export function secretFallbacks(
  module: ModuleInfo,
  model: ProjectModel,
): readonly SecretFallback[] {
  const found = new Map<string, SecretFallback>();
  const add = (fallback: SecretFallback): void => {
    const key = `${fallback.path}\0${fallback.span.start}`;
    const isTest = isTestPath(fallback.path) || isTestSettings(fallback.path);
    if (!found.has(key) && !isFixed.has(key) && !isTest) found.set(key, fallback);
  };
  const { path } = module;
  // A literal that is the credential elsewhere is reported as that.
  const isFixed = new Set(
    secretUses(path, model)
      .filter(({ role }) => role === 'fixed')
      .map((use) => `${use.path}\0${use.literal.span.start}`),
  );
  // What takes the credential says best what it is; the variable's name alone is the second-best.
  for (const use of secretUses(path, model)) {
    const { literal, role, variable, what, issued, service } = use;
    if (role !== 'fallback') continue;
    const isNeeded = service === undefined || /^database/.test(what);
    if (literal.value === '' && !(isNeeded && variable !== undefined)) continue;
    const how =
      literal.value === '' ? 'empty' : issued && isPlaceholder(literal.value) ? 'useless' : 'known';
    add({ path: use.path, span: literal.span, name: variable, what, how });
  }
  for (const { name, fallback, removes, write, operator } of moduleEnvironment(path, model)) {
    if (
      name === undefined ||
      name === '*' ||
      !fallback ||
      removes ||
      (write && operator !== undefined)
    )
      continue;
    for (const { literal } of secretLiterals(
      model.resolve(replacement(fallback), path),
      model,
      path,
    )) {
      const how = kindOfFallback(name, literal.value);
      if (how) add({ path: literal.path ?? path, span: literal.span, name, what: name, how });
    }
  }
  return [...found.values()];
}

/** `X = X || 'default'` is recorded with its whole right side; what stands in for the variable is the rest. */
function replacement(fallback: Value): Value {
  if (fallback.kind !== 'either') return fallback;
  const others = fallback.options.filter(({ kind }) => kind !== 'env');
  const [only] = others;
  return others.length === 1 && only
    ? only
    : { ...fallback, operator: 'assigned', options: others };
}

/**
 * What a default of a variable is, by the variable's name and the default's form.
 * @returns undefined where it is no credential
 */
export function kindOfFallback(name: string, value: string): SecretFallback['how'] | undefined {
  const kind = secretKind(name);
  if (value === '') return isDatabasePassword(name) || kind === 'signing' ? 'empty' : undefined;
  const [shape] = secretShapes(value);
  if (shape && !shape.harmless) {
    if (!shape.what.startsWith('a password in')) return 'known';
    // A service on this machine is what local-default reports.
    const host = /@([^/?#:]+)/.exec(value)?.[1] ?? '';
    return classifyHost(host) === 'loopback' ? undefined : 'known';
  }
  if (kind === undefined || isSwitch(value) || isNoCredential(value)) return undefined;
  const isReal = kind === 'signing' || isDatabasePassword(name);
  return !isReal && (isPlaceholder(value) || echoesName(value, name)) ? 'useless' : 'known';
}
