import { queryEach } from '../../project/query';
import type * as TypeScript from 'typescript';
import { combineChanges, fileEdit } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ModuleInfo, ProjectModel } from '../../project/model';
import { listOf } from '../code/import-bindings';
import { importName } from '../code/imports';
import { addToList } from '../code/lists';
import { staticName } from '../code/nodes';
import type { ValueType } from '../code/placement';
import { styleIn } from '../code/package-style';
import { exportOf, requireHelper } from '../code/require-helper';
import { specifierFor } from '../code/specifier';
import { quoted, type SourceStyle } from '../code/style';
import { configObjects, type ConfigObject, type ConfigShape } from './config-shapes';
import {
  defaultExpression,
  resolveSite,
  type EnvironmentSite,
  type ResolvedSite,
} from './environment';
import { camelCase, screamingCase } from './words';

/** The module of a package that its settings come from. */
export interface ConfigModule extends ConfigObject {
  readonly path: string;
  /** What it is exported as: `default` or a name. */
  readonly exported: string;
}

/**
 * The one module of a package that exports its settings: an env schema (zod, envalid, joi, convict, @t3-oss/env, env-var), or a
 * plain object with most of the package's environment reads.
 * @param path a file of the package
 * @returns undefined when there is none, or several
 */
export const configModule = queryEach(
  'model',
  (path: string, model): ConfigModule | undefined => findConfigModule(model, path),
  (path, model) => model.packageOf(path)?.dir ?? '',
);

/**
 * Adds the variable to the package's config module, with the shape its settings have, and reads the setting in place of the
 * literal.
 * @param need `default`: today's value stays the default; `required`: the start fails without the variable
 * @returns undefined where that is not certain to be right
 */
export function readFromConfig(
  site: EnvironmentSite,
  need: 'default' | 'required',
): FileChange[] | undefined {
  const { model, path } = site;
  const config = configModule(path, model);
  const resolved = resolveSite(site);
  if (!config || config.path === path || resolved?.access.prefix !== '') return undefined;
  // A schema of plain values says nothing of lists.
  if (site.form !== undefined || importsTransitively(model, config.path, path)) return undefined;
  const entry = configEntry(model, config, site, resolved, need);
  if (!entry) return undefined;
  const { syntax, style, placement } = resolved;
  const imported = importName(syntax, style, {
    specifier: specifierFor(model, path, config.path),
    name: config.exported,
    local: config.exported === 'default' ? (config.variable ?? 'config') : config.exported,
  });
  const read =
    config.shape.kind === 'convict'
      ? `${imported.text}.get(${quoted(entry.key, style)})`
      : `${imported.text}.${entry.key}`;
  return combineChanges(
    [fileEdit(config.path, entry.edits)],
    [fileEdit(path, [...imported.edits, placement.put(read + resolved.suffix, 'primary')])],
  );
}

interface ConfigEntry {
  readonly key: string;
  readonly edits: readonly TextEdit[];
}

function configEntry(
  model: ProjectModel,
  config: ConfigModule,
  site: EnvironmentSite,
  resolved: ResolvedSite,
  need: 'default' | 'required',
): ConfigEntry | undefined {
  const syntax = model.files.source(config.path);
  if (!syntax) return undefined;
  const style = styleIn(model, syntax);
  const { name } = site;
  const { shape } = config;
  const key = ['zod', 'envalid', 't3'].includes(shape.kind) ? name : keyFor(config.object, name);
  const present = presentKey(config, name);
  if (present !== undefined) return { key: present, edits: [] };
  if (hasKey(config.object, key)) return undefined;
  const value = literalText(resolved, style);
  // A default that is no plain literal may use names of its own file.
  if (need === 'default' && value === undefined) return undefined;
  if (shape.kind === 'object') {
    const text = objectValue(model, config, syntax, style, site, resolved, need);
    const typed = text && extendAnnotation(syntax, style, config, key, resolved.valueType);
    return text && typed
      ? {
          key,
          edits: [
            ...text.edits,
            ...typed,
            ...addEntry(syntax, style, config.object, key, text.text),
          ],
        }
      : undefined;
  }
  const setting: NewSetting = {
    name,
    type: resolved.valueType,
    fallback: need === 'default' ? value : undefined,
    value: String(resolved.placement.value),
  };
  const entry = validatedEntry(syntax, style, config, shape, setting);
  return (
    entry && {
      key,
      edits: [
        ...(entry.before ?? []),
        ...addEntry(syntax, style, config.object, key, entry.text),
        ...(entry.after ?? []),
      ],
    }
  );
}

/** `key: text` as the last entry of an object. */
function addEntry(
  syntax: SourceSyntax,
  style: SourceStyle,
  object: TypeScript.ObjectLiteralExpression,
  key: string,
  text: string,
): TextEdit[] {
  return addToList(listOf(syntax.text, object, object.properties), `${key}: ${text}`, {
    ...style,
    padding: ' ',
  });
}

interface NewSetting {
  /** Its variable. */
  readonly name: string;
  readonly type: ValueType;
  /** Its default as code; undefined where the start fails without the variable. */
  readonly fallback: string | undefined;
  /** Today's value. */
  readonly value: string;
}

/** An entry of a schema, and what else of the module has to change for it. */
interface SchemaEntry {
  readonly text: string;
  readonly before?: readonly TextEdit[];
  readonly after?: readonly TextEdit[];
}

const VALIDATORS = { string: 'str', number: 'num', boolean: 'bool' } as const;
const FORMATS = { string: 'String', number: 'Number', boolean: 'Boolean' } as const;
const CONVERSIONS = { string: 'asString', number: 'asInt', boolean: 'asBool' } as const;

/** What a library that checks the environment wants to be told of a setting; undefined where it cannot say it. */
function validatedEntry(
  syntax: SourceSyntax,
  style: SourceStyle,
  config: ConfigModule,
  shape: Exclude<ConfigShape, { readonly kind: 'object' }>,
  { name, type, fallback, value }: NewSetting,
): SchemaEntry | undefined {
  switch (shape.kind) {
    case 'zod':
    case 't3': {
      if (type === 'boolean') return undefined;
      const checked =
        type === 'number' ? `${shape.root}.coerce.number()` : `${shape.root}.string()`;
      const required = type === 'number' ? checked : `${checked}.min(1)`;
      const text = fallback === undefined ? required : `${checked}.default(${fallback})`;
      if (shape.kind === 'zod' || !shape.runtime) return { text };
      return { text, after: addEntry(syntax, style, shape.runtime, name, `process.env.${name}`) };
    }
    case 'envalid': {
      const imported = importName(syntax, style, { specifier: 'envalid', name: VALIDATORS[type] });
      const options = fallback === undefined ? '' : `{ default: ${fallback} }`;
      return { text: `${imported.text}(${options})`, before: imported.edits };
    }
    case 'joi': {
      const rule = fallback === undefined ? 'required()' : `default(${fallback})`;
      return {
        text: `${shape.values}.${name}`,
        before: addEntry(syntax, style, shape.schema, name, `${shape.root}.${type}().${rule}`),
      };
    }
    case 'convict': {
      if (fallback === undefined) return undefined;
      const doc = config.object.getText().includes('doc:')
        ? `doc: ${quoted(sentence(name), style)}, `
        : '';
      return {
        text: `{ ${doc}format: ${FORMATS[type]}, default: ${fallback}, env: ${quoted(name, style)} }`,
      };
    }
    case 'env-var': {
      const absent = fallback === undefined ? 'required()' : `default(${quoted(value, style)})`;
      return {
        text: `${shape.root}.get(${quoted(name, style)}).${absent}.${CONVERSIONS[type]}()`,
      };
    }
  }
}

function objectValue(
  model: ProjectModel,
  config: ConfigModule,
  syntax: SourceSyntax,
  style: SourceStyle,
  site: EnvironmentSite,
  resolved: ResolvedSite,
  need: 'default' | 'required',
): { readonly text: string; readonly edits: readonly TextEdit[] } | undefined {
  if (need === 'default') {
    const original = literalText(resolved, style) ?? '';
    const placement = { ...resolved.placement, original };
    const read = resolveRead(syntax, site.name);
    return {
      text: defaultExpression(read, { placement, valueType: resolved.valueType }, style).text,
      edits: [],
    };
  }
  // `process.env.X` alone would be `string | undefined`, and nothing would stop the start.
  const helper = requireHelper(model, config.path);
  if (!helper || resolved.valueType === 'boolean') return undefined;
  const imported =
    helper.path === config.path
      ? { text: helper.name, edits: [] }
      : importName(syntax, style, {
          specifier: specifierFor(model, config.path, helper.path),
          name: helper.exported ?? 'default',
          local: helper.name,
        });
  const call = `${imported.text}(${quoted(site.name, style)})`;
  return {
    text: resolved.valueType === 'number' ? `Number(${call})` : call,
    edits: imported.edits,
  };
}

function resolveRead(syntax: SourceSyntax, name: string): string {
  const brackets = /\bprocess\.env\[(['"])/.exec(syntax.text);
  if (brackets && !/\bprocess\.env\.[A-Z]/.test(syntax.text))
    return `process.env[${brackets[1] ?? ''}${name}${brackets[1] ?? ''}]`;
  return `process.env.${name}`;
}

/** Adds the member to the interface or type literal that annotates the object; undefined when that is not in the file. */
function extendAnnotation(
  syntax: SourceSyntax,
  style: SourceStyle,
  config: ConfigModule,
  key: string,
  type: string,
): TextEdit[] | undefined {
  const api = ts();
  const annotation = config.declaration?.type;
  if (!annotation) return [];
  const name = api.isTypeReferenceNode(annotation) ? annotation.typeName.getText() : undefined;
  const declared = syntax.sourceFile.statements.find(
    (one): one is TypeScript.InterfaceDeclaration | TypeScript.TypeAliasDeclaration =>
      (api.isInterfaceDeclaration(one) || api.isTypeAliasDeclaration(one)) &&
      one.name.text === name,
  );
  const holder =
    declared && api.isTypeAliasDeclaration(declared) ? declared.type : (declared ?? annotation);
  if (!api.isInterfaceDeclaration(holder) && !api.isTypeLiteralNode(holder)) return undefined;
  const last = holder.members[holder.members.length - 1];
  if (!last) return undefined;
  const { text } = syntax;
  const end = /[;,]$/.exec(last.getText())?.[0] ?? '';
  const member = `readonly ${key}: ${type}${end}`.replace(
    /^readonly /,
    last.getText().startsWith('readonly ') ? 'readonly ' : '',
  );
  const start = text.lastIndexOf('\n', last.getStart()) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  return [{ span: { start: last.end, end: last.end }, newText: style.lineEnd + indent + member }];
}

function findConfigModule(model: ProjectModel, path: string): ConfigModule | undefined {
  const owner = model.packageOf(path);
  const reads = readsByModule(model, owner);
  const total = [...reads.values()].reduce((sum, count) => sum + count, 0);
  const candidates: ConfigModule[] = [];
  for (const [other, module] of model.modules) {
    if (model.packageOf(other) !== owner || !mayHoldSettings(module.roles)) continue;
    const text = model.files.text(other) ?? '';
    if (!/\bprocess\.env\b|\benv-var\b|\bconvict\b|\bcreateEnv\(/.test(text)) continue;
    const share = (reads.get(other) ?? 0) / Math.max(1, total);
    const isMain = (CONFIG_FILE.test(`/${other}`) && share >= 0.25) || share >= 0.6;
    // Parsing every module that reads a variable would take as long as all judging.
    if (!isMain && !module.imports.some(({ specifier }) => SCHEMA_LIBRARY.test(specifier)))
      continue;
    const syntax = model.files.source(other);
    if (!syntax || syntax.embedded) continue;
    for (const object of configObjects(syntax)) {
      const exported = exportedAs(syntax, object);
      if (exported === undefined) continue;
      const isSchema = object.shape.kind !== 'object';
      if (isSchema || (isMain && isFlatAndWhole(object.object, text)))
        candidates.push({ ...object, path: other, exported });
    }
  }
  const schemas = candidates.filter(({ shape }) => shape.kind !== 'object');
  const choice = schemas.length > 0 ? schemas : candidates;
  return choice.length === 1 ? choice[0] : undefined;
}

/** How many times each module of a package reads the environment. */
function readsByModule(
  model: ProjectModel,
  owner: ReturnType<ProjectModel['packageOf']>,
): Map<string, number> {
  const reads = new Map<string, number>();
  for (const variable of model.environment.values()) {
    for (const { path } of variable.reads)
      if (model.packageOf(path) === owner) reads.set(path, (reads.get(path) ?? 0) + 1);
  }
  return reads;
}

function mayHoldSettings(roles: ModuleInfo['roles']): boolean {
  if (roles.has('test') || roles.has('browser')) return false;
  return roles.size !== 1 || !roles.has('build');
}

const SCHEMA_LIBRARY = /^(?:zod|envalid|joi|@hapi\/joi|convict|env-var)$|^zod\/|^@t3-oss\/env-/;

/** Files that are named for holding the settings; `config/passport.js` configures something else. */
const CONFIG_FILE =
  /\/(config|configuration|env|environment|settings|constants|vars|secrets)(\/(index|all|default|app|application|common|vars|env|main|server))?\.[cm]?[jt]s$/i;

/** Does the object hold most of what its file reads, some of it directly, not in groups only? */
function isFlatAndWhole(object: TypeScript.ObjectLiteralExpression, text: string): boolean {
  const api = ts();
  const count = (part: string): number =>
    part.match(/\bprocess\.env\b|['"][A-Z][A-Z0-9]*_[A-Z0-9_]+['"]/g)?.length ?? 0;
  const hasScalar = object.properties.some(
    (one) =>
      api.isShorthandPropertyAssignment(one) ||
      (api.isPropertyAssignment(one) && !api.isObjectLiteralExpression(one.initializer)),
  );
  return hasScalar && count(object.getText()) * 2 >= count(text);
}

function exportedAs(
  syntax: SourceSyntax,
  { variable, declaration }: ConfigObject,
): string | undefined {
  if (variable === undefined || !declaration) return 'default';
  const api = ts();
  const statement = declaration.parent.parent;
  const isExported =
    api.isVariableStatement(statement) &&
    api.getModifiers(statement)?.some((one) => one.kind === api.SyntaxKind.ExportKeyword) === true;
  return isExported ? variable : exportOf(syntax, variable);
}

/** Would importing `to`'s importer from `from` close a cycle? */
function importsTransitively(model: ProjectModel, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === to) return true;
    if (seen.has(path)) continue;
    seen.add(path);
    for (const one of model.modules.get(path)?.imports ?? [])
      if (one.path !== undefined && !one.typeOnly) open.push(one.path);
  }
  return false;
}

function keyFor(object: TypeScript.ObjectLiteralExpression, name: string): string {
  const keys = object.properties.flatMap((one) => (one.name ? [staticName(one.name) ?? ''] : []));
  const upper = keys.filter((key) => key === screamingCase(key)).length;
  return upper * 2 > keys.length ? name : camelCase(name);
}

/** The key of the setting that reads the variable already. */
function presentKey({ object, shape }: ConfigModule, name: string): string | undefined {
  const api = ts();
  const isSchema = shape.kind === 'zod' || shape.kind === 't3' || shape.kind === 'envalid';
  const reads = new RegExp(`(\\.|\\[?['"])${name}(?!\\w)`);
  for (const one of object.properties) {
    const key = one.name && staticName(one.name);
    if (key === undefined) continue;
    if (
      isSchema
        ? key === name
        : api.isPropertyAssignment(one) && reads.test(one.initializer.getText())
    )
      return key;
  }
  return undefined;
}

function hasKey(object: TypeScript.ObjectLiteralExpression, key: string): boolean {
  return object.properties.some((one) => one.name !== undefined && staticName(one.name) === key);
}

/** Today's value written in the style of another file. */
function literalText({ placement }: ResolvedSite, style: SourceStyle): string | undefined {
  const { value, original } = placement;
  if (typeof value === 'string') return quoted(value, style);
  return value === undefined ? undefined : original;
}

function sentence(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/_/g, ' ')
    .replace(/\b(api|url|uri|id)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
