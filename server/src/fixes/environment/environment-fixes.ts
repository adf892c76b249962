import type { Span } from '../../base/span';
import { combineChanges, fileEdit } from '../../engine/edits/edits';
import type { FileChange, Fix, FixBatch } from '../../engine/finding';
import { nodeAround, spanOf } from '../../languages/source/nodes';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { connectionText, isLocal } from '../../project/services/connection-text';
import { isDevelopmentSettings } from '../../project/services/environment-sections';
import { holdsSettings, settingsDeployment } from '../../project/services/settings-scope';
import type { ServiceKind } from '../../vocabulary/services';
import type { ValueType } from '../code/placement';
import { passThroughCompose } from '../files/compose';
import { documentInExample, keepValueLocally } from '../files/example-file';
import { configModule } from './config-module';
import {
  readWithDefault,
  resolveSite,
  stringItems,
  type EnvironmentSite,
  type ResolvedSite,
} from './environment';
import { environmentAccess, environmentPrefix } from './environment-access';
import { variableName, type VariableKind } from './naming';
import { readFromPackage } from './read-config';
import { readRequired } from './required';
import { startCheck } from './start-check';
import { viteTypes } from './vite-types';

/** A literal that should come from the environment, as a rule found it. */
export interface EnvironmentFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** The literal, or the part of a string or template that varies by deploy. */
  readonly span: Span;
  readonly kind: VariableKind;
  /** For titles: `the port`, `the URL`, `the session secret`. */
  readonly subject: string;
  /** What it is, when the rule knows better than the names in the code: `session secret`, `CORS origin`. */
  readonly what?: string;
  readonly service?: ServiceKind;
  /** It is where requests to another process go. */
  readonly isUpstream?: true;
  /** Needed where the span is no plain literal. */
  readonly valueType?: ValueType;
  /** See `EnvironmentSite`. */
  readonly form?: EnvironmentSite['form'];
}

/**
 * The fixes for a literal that varies by deploy, the preferred one first: `env-default` (safe) reads a variable with today's
 * value as default; `env-config` puts it into the package's config module, where there is one; `env-required` stops the start
 * without it. Each documents the variable in the example file and passes it through compose files.
 */
export function environmentFixes(given: EnvironmentFixRequest): readonly Fix[] {
  const request = withWholeList(given);
  const { model, path, subject } = request;
  const prefix = environmentPrefix(model, path);
  if (prefix === undefined) return [];
  if (wouldDefaultLocally(request)) return localServiceFixes(request);
  const fixes: Fix[] = [
    {
      id: 'env-default',
      kind: 'safe',
      title: `Read ${subject} from the environment, with today's value as default`,
      build: (batch) =>
        build(request, batch, 'default', (site) => edited(site, readWithDefault(site))),
    },
  ];
  if (hasConfig(model, path)) {
    // The package's own way comes first.
    fixes.unshift({
      id: 'env-config',
      kind: isConfigLoaded(model, path) ? 'safe' : 'suggest',
      title: `Move ${subject} into the package's configuration, with today's value as default`,
      build: (batch) =>
        build(request, batch, 'default', (site) => readFromPackage(site, 'default')),
    });
  }
  // A bundler inlines what it finds at build time: there is no start that could be stopped.
  return prefix === '' ? [...fixes, requiredFix(request)] : fixes;
}

/**
 * The fixes for the address of a service on this machine. As a default it would be the next finding: a deploy that forgets the
 * variable would not fail. So the default is no safe fix; it still comes first, so that an app whose findings are fixed together
 * starts as before.
 */
function localServiceFixes(request: EnvironmentFixRequest): readonly Fix[] {
  return [
    {
      id: 'env-default',
      kind: 'suggest',
      title: `Read ${request.subject} from the environment, with this machine's as default`,
      build: (batch) =>
        build(request, batch, 'default', (site) => edited(site, readWithDefault(site))),
    },
    requiredFix(request),
  ];
}

/** One of several origins: the list as a whole varies, and is one variable. */
function withWholeList(request: EnvironmentFixRequest): EnvironmentFixRequest {
  const { model, path, span, kind, what = 'CORS origin' } = request;
  const syntax = kind === 'origin' ? model.files.source(path) : undefined;
  const list = syntax && nodeAround(syntax, span)?.parent;
  if (!list || !ts().isArrayLiteralExpression(list) || list.elements.length < 2) return request;
  if (!stringItems(list) || environmentPrefix(model, path) !== '') return request;
  return {
    ...request,
    span: spanOf(list),
    subject: 'the origins',
    what: `${what}s`,
    form: 'list',
  };
}

/** Would `local-default` report today's value as a default? */
function wouldDefaultLocally(request: EnvironmentFixRequest): boolean {
  const { model, path, span, kind, service, isUpstream } = request;
  if ((kind !== 'url' && kind !== 'host') || (service === undefined && !isUpstream)) return false;
  const module = model.modules.get(path);
  if (!module || module.roles.has('browser') || module.roles.has('test')) return false;
  if (!holdsSettings(module) || isDevelopmentSettings(path)) return false;
  if (settingsDeployment(module, model) === 'unlikely') return false;
  const text = (model.files.text(path) ?? '').slice(span.start, span.end);
  const connection = connectionText(text.replace(/^['"`]|['"`]$/g, ''));
  return connection !== undefined && isLocal(connection);
}

/**
 * The fix that puts a variable of its own in front of an expression that chooses a value. Offered only: from then on, a variable
 * of that name decides.
 */
export function environmentDefaultFix(request: EnvironmentFixRequest): Fix {
  return {
    id: 'env-default',
    kind: 'suggest',
    title: `Read ${request.subject} from a variable of its own, with today's value as default`,
    build: (batch) =>
      build(request, batch, 'default', (site) => edited(site, readWithDefault(site))),
  };
}

/**
 * The fixes for a credential: the variable is required, the value goes into an ignored `.env` only, the example file gets an
 * empty placeholder. The value stays in the history: whoever applies this has to rotate it.
 */
export function secretFixes(request: EnvironmentFixRequest): readonly Fix[] {
  const { model, path, subject } = request;
  if (environmentPrefix(model, path) !== '') return [];
  const fixes: Fix[] = [];
  if (hasConfig(model, path)) {
    fixes.push({
      id: 'env-config',
      kind: 'suggest',
      title: `Require ${subject} through the package's configuration (rotate the value)`,
      build: (batch) =>
        build(request, batch, 'secret', (site) => readFromPackage(site, 'required')),
    });
  }
  fixes.push({
    id: 'env-required',
    kind: 'suggest',
    title: `Require ${subject} from the environment (rotate the value)`,
    build: (batch) => build(request, batch, 'secret', required),
  });
  return fixes;
}

function requiredFix(request: EnvironmentFixRequest): Fix {
  return {
    id: 'env-required',
    kind: 'suggest',
    title: `Require ${request.subject} from the environment`,
    build: (batch) =>
      build(
        request,
        batch,
        'required',
        (site) => readFromPackage(site, 'required') ?? required(site),
      ),
  };
}

type Need = 'default' | 'required' | 'secret';

function build(
  request: EnvironmentFixRequest,
  batch: FixBatch,
  need: Need,
  change: (site: EnvironmentSite) => readonly FileChange[] | undefined,
): FileChange[] | undefined {
  const { model, path, span, valueType, form } = request;
  const place = {
    ...{ model, path, span },
    ...(valueType === undefined ? {} : { valueType }),
    ...(form === undefined ? {} : { form }),
  };
  const resolved = resolveSite(place);
  if (!resolved || fillsEnvironment(model, path, span)) return undefined;
  const name = nameFor(request, resolved, batch, need);
  const changed = change({ ...place, name });
  if (!changed) return undefined;
  const { value } = resolved.placement;
  const variable = {
    name,
    value: value === undefined ? '' : String(value),
    isSecret: need === 'secret',
    // An empty line would win over the default once it is copied: `''` is not missing.
    isOptional: value === undefined && need === 'default',
  };
  const prefix = environmentAccess(model, path)?.prefix;
  const isServer = prefix === '';
  return combineChanges(
    changed,
    prefix === 'VITE_' ? viteTypes(model, path) : [],
    documentInExample(model, path, variable),
    need === 'default' || value === undefined ? [] : keepValueLocally(model, path, variable),
    isServer ? passThroughCompose(model, path, name) : [],
  );
}

/** `process.env.X = 'literal'`: reading a variable to set a variable says nothing. */
function fillsEnvironment(model: ProjectModel, path: string, span: Span): boolean {
  const before = (model.files.text(path) ?? '').slice(0, span.start);
  return /\bprocess\.env(?:\.\w+|\[[^\]\n]*\])\s*(?:\?\?|\|\|)?=\s*$/.test(before);
}

function nameFor(
  request: EnvironmentFixRequest,
  resolved: ResolvedSite,
  batch: FixBatch,
  need: Need,
): string {
  const { model, path, span, kind, what, service } = request;
  const { placement, access } = resolved;
  return variableName(
    {
      model,
      path,
      span,
      kind,
      value: String(placement.value ?? placement.original),
      reuse: need === 'default' ? 'same-value' : 'same-name',
      prefix: access.prefix,
      ...(what === undefined ? {} : { what }),
      ...(service === undefined ? {} : { service }),
    },
    batch,
  );
}

/** Reads the variable, and stops the start without it. */
function required(site: EnvironmentSite): FileChange[] | undefined {
  const changes = readRequired(site);
  return changes && combineChanges(changes, startCheck(site.model, site.path, site.name));
}

function edited(
  site: EnvironmentSite,
  edits: ReturnType<typeof readWithDefault>,
): FileChange[] | undefined {
  return edits && [fileEdit(site.path, edits)];
}

/** Is there anything that `env-config` could extend? Cheap: most packages have no config module. */
function hasConfig(model: ProjectModel, path: string): boolean {
  const config = configModule(path, model);
  if (config && config.path !== path) return true;
  if ((model.files.text(path) ?? '').includes('ConfigService')) return true;
  const dependencies = model.packageOf(path)?.dependencies;
  return ['@nestjs/config', '@fastify/env', 'fastify-env'].some((name) => dependencies?.has(name));
}

/**
 * Does every process that loads a module load the package's settings as well? In another one their check would ask for variables
 * that nobody has given it.
 */
function isConfigLoaded(model: ProjectModel, path: string): boolean {
  const config = configModule(path, model);
  if (!config) return false;
  const entries = model.entryPoints.filter((entry) => model.reachable(entry).has(path));
  return entries.length > 0 && entries.every((entry) => model.reachable(entry).has(config.path));
}
