import { isWeaker, type Severity } from '../base/severity';
import type { Span } from '../base/span';
import {
  isDocumentPath,
  isGeneratedPath,
  isTestPath,
  isVendoredPath,
} from '../project/files/paths';
import type { PackageKind } from '../project/map/kinds';
import type { ModuleInfo, ProjectModel } from '../project/model';
import { deploymentOf, isServerModule, type Deployment } from '../project/processes/deployment';
import { isPageCode } from '../project/requests/page-code';
import { holdsSettings, settingsDeployment } from '../project/services/settings-scope';
import type { DeploymentScope, Rule } from './rule';

/** Roles that no rule looks at unless it says so for itself. */
export const EXCLUDED_ROLES = ['test', 'build', 'browser', 'development'] as const;

/** The kinds of packages that a rule speaks about unless it says so for itself. */
export const DEFAULT_KINDS: readonly PackageKind[] = ['app'];

/** How loudly a rule speaks: as it says itself, at most with a severity, or not at all. */
type Voice = 'own' | 'information' | 'hint' | 'silent';

/** From loud to silent. */
const VOICES: readonly Voice[] = ['own', 'information', 'hint', 'silent'];

/** Does a rule look at this module? */
export function isInScope(rule: Rule, module: ModuleInfo): boolean {
  const { roles, include = [] } = rule.scope ?? {};
  if (isModuleOutsideProduct(module)) return false;
  if (voiceAbout(rule.scope?.kinds, kindOfModule(module), module) === 'silent') return false;
  for (const role of EXCLUDED_ROLES)
    if (module.roles.has(role) && !include.includes(role)) return false;
  if (
    roles &&
    !roles.some((role) => module.roles.has(role)) &&
    !include.some((role) => module.roles.has(role))
  )
    return false;
  switch (rule.scope?.modules) {
    case undefined:
      return true;
    case 'server':
      return isServerModule(module);
    case 'settings':
      return holdsSettings(module);
  }
}

/** Does a rule look at this manifest? */
export function isManifestInScope({ scope }: Rule, path: string): boolean {
  return scope?.manifests === undefined || !(isTestPath(path) || isDocumentPath(path));
}

/** Does a rule speak of code that only browsers run? */
export function speaksOfBrowsers({ scope }: Rule): boolean {
  return scope?.include?.includes('browser') === true;
}

/** What a report is about. */
export interface Subject {
  /** The file where it stands. */
  readonly path: string;
  readonly span: Span;
  /** The module that was looked at; undefined for manifests, start commands and the project. */
  readonly module: ModuleInfo | undefined;
  /** The kinds of packages that this one report concerns, where they are fewer than the rule's. */
  readonly kinds: readonly PackageKind[] | undefined;
  /** Where the rule knows better than the module how sure it is. */
  readonly deployment: Deployment | undefined;
}

/** Does a rule speak of packages of this kind, whether an app loads them or not? */
export function speaksOf({ scope }: Rule, kind: PackageKind): boolean {
  return voiceAbout(scope?.kinds, kind, undefined) !== 'silent';
}

/**
 * The severity with which a rule may say something, by what the package is to a deploy and by how sure it is that the code is
 * deployed. Asked for everything that any handler reports.
 * @param said the severity that the rule chose
 * @returns undefined where nothing is to be said
 */
export function severityInScope(
  rule: Rule,
  said: Severity,
  about: Subject,
  model: ProjectModel,
): Severity | undefined {
  const { path, module, kinds, span } = about;
  if (!module && !isManifestInScope(rule, path)) return undefined;
  const isHere = module?.path === path;
  if (isHere && !speaksOfBrowsers(rule) && isPageCode(span, module, model)) return undefined;
  const byKind = voiceAbout(
    kinds ?? rule.scope?.kinds,
    model.kindOf(path),
    model.modules.get(path),
  );
  // How sure a deploy is takes more to find out.
  const voice = byKind === 'silent' ? byKind : quieter(byKind, voiceInDeploy(rule, about, model));
  if (voice === 'silent') return undefined;
  return voice === 'own' || isWeaker(said, voice) ? said : voice;
}

function quieter(a: Voice, b: Voice): Voice {
  return VOICES.indexOf(a) > VOICES.indexOf(b) ? a : b;
}

function voiceAbout(
  kinds: readonly PackageKind[] = DEFAULT_KINDS,
  kind: PackageKind,
  module: ModuleInfo | undefined,
): Voice {
  if (kinds.includes(kind)) return 'own';
  if (!kinds.includes('app')) return 'silent';
  if (kind === 'library' && module?.isLoadedByApp === true) return 'own';
  return kind === 'template' ? 'hint' : 'silent';
}

const BY_DEPLOYMENT: Readonly<Record<DeploymentScope, Readonly<Record<Deployment, Voice>>>> = {
  'hint-where-unlikely': { production: 'own', likely: 'own', unlikely: 'hint' },
  'silent-where-unlikely': { production: 'own', likely: 'own', unlikely: 'silent' },
  graded: { production: 'own', likely: 'information', unlikely: 'hint' },
};

function voiceInDeploy(
  { scope }: Rule,
  { module, deployment }: Subject,
  model: ProjectModel,
): Voice {
  if (scope?.deployment === undefined) return 'own';
  const known = deployment ?? (module && deploymentIn(scope.modules, module, model));
  return known === undefined ? 'own' : BY_DEPLOYMENT[scope.deployment][known];
}

function deploymentIn(
  modules: NonNullable<Rule['scope']>['modules'],
  module: ModuleInfo,
  model: ProjectModel,
): Deployment {
  return modules === 'settings' ? settingsDeployment(module, model) : deploymentOf(module, model);
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
