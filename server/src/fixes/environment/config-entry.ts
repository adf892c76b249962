import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../engine/finding';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { listOf } from '../code/import-bindings';
import { importName } from '../code/imports';
import { addToList } from '../code/lists';
import { staticName, topLevelStatement } from '../code/nodes';
import { styleIn } from '../code/package-style';
import type { Placement, ValueType } from '../code/placement';
import { aliasedType, addTypeMember } from '../code/type-members';
import { quoted, type SourceStyle } from '../code/style';
import type { ConfigModule } from './config-module';
import type { ConfigShape } from './config-shapes';
import { defaultExpression, type EnvironmentSite, type ResolvedSite } from './environment';
import { addRequired } from './json-schema';
import { requireFunction } from './require-function';
import type { SchemaShape } from './schema-shapes';
import { camelCase, screamingCase } from './words';

/** A setting of a config module: the key that reads it, and what puts it there. */
export interface ConfigEntry {
  readonly key: string;
  readonly edits: readonly TextEdit[];
}

/**
 * The entry of a config module for a variable.
 * @returns undefined where none can be written with certainty
 */
export function configEntry(
  model: ProjectModel,
  config: ConfigModule,
  setting: NewSetting,
): ConfigEntry | undefined {
  const syntax = model.files.source(config.path);
  if (!syntax) return undefined;
  const style = styleIn(model, syntax);
  const { name, type, need } = setting;
  const { shape } = config;
  const isSchema = shape.kind === 'schema' && shape.values === undefined;
  const key = isSchema ? name : keyFor(config.object, name);
  const present = presentEntry(config, name);
  // What is there with a default would stop no start.
  if (present)
    return need === 'required' && OPTIONAL.test(present.text)
      ? undefined
      : { key: present.key, edits: [] };
  if (hasKey(config.object, key)) return undefined;
  const fallback = need === 'default' ? literalText(setting, style) : undefined;
  // A default that is no plain literal may use names of its own file.
  if (need === 'default' && fallback === undefined) return undefined;
  const typed = extendAnnotation(syntax, style, config, key, type);
  if (!typed) return undefined;
  if (shape.kind === 'object') {
    const text = objectValue(model, config, syntax, style, setting);
    const added = text && addEntry(syntax, style, config.object, key, text.text);
    return added && { key, edits: [...text.edits, ...typed, ...added] };
  }
  const entry = validatedEntry(syntax, style, config, shape, { ...setting, fallback });
  return (
    entry && {
      key,
      edits: [
        ...(entry.before ?? []),
        ...typed,
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

/** A variable that a config module is to read. */
export interface NewSetting {
  readonly name: string;
  readonly type: ValueType;
  /** `required`: the start fails without it. */
  readonly need: 'default' | 'required';
  /** Today's value; undefined where it is no plain literal, or there is none. */
  readonly value: Placement['value'];
  /** The code of today's value. */
  readonly original: string;
}

interface WrittenSetting extends NewSetting {
  /** Its default as code in the style of the config module; undefined where the start fails without the variable. */
  readonly fallback: string | undefined;
}

/** The setting that takes the place of a literal. */
export function settingOf(
  { name }: EnvironmentSite,
  { placement, valueType }: ResolvedSite,
  need: NewSetting['need'],
): NewSetting {
  return { name, type: valueType, need, value: placement.value, original: placement.original };
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
  setting: WrittenSetting,
): SchemaEntry | undefined {
  const { name, type, fallback } = setting;
  switch (shape.kind) {
    case 'schema': {
      const rule = schemaRule(syntax, style, shape, setting);
      if (!rule) return undefined;
      const listed = shape.input
        ? addEntry(syntax, style, shape.input, name, `process.env.${name}`)
        : [];
      const required =
        shape.holder && fallback === undefined
          ? addRequired(syntax, style, shape.holder, name)
          : [];
      if (!required) return undefined;
      const before = [...(rule.before ?? []), ...listed, ...required];
      if (shape.values === undefined) return { text: rule.text, before };
      const inSchema = addEntry(syntax, style, shape.schema, name, rule.text);
      return { text: `${shape.values}.${name}`, before: [...before, ...inSchema] };
    }
    case 'convict': {
      // Convict takes null for "none", which a check of the format then rejects.
      if (fallback === undefined && !shape.isChecked) return undefined;
      const none = style.language === 'ts' ? `null as unknown as ${type}` : 'null';
      const doc = config.object.getText().includes('doc:')
        ? `doc: ${quoted(sentence(name), style)}, `
        : '';
      return {
        text: `{ ${doc}format: ${FORMATS[type]}, default: ${fallback ?? none}, env: ${quoted(name, style)} }`,
      };
    }
    case 'env-var': {
      const absent =
        fallback === undefined ? 'required()' : `default(${quoted(String(setting.value), style)})`;
      return {
        text: `${shape.getter}(${quoted(name, style)}).${absent}.${CONVERSIONS[type]}()`,
      };
    }
  }
}

/** What a schema says of one variable. */
function schemaRule(
  syntax: SourceSyntax,
  style: SourceStyle,
  { library, root }: SchemaShape,
  { type, fallback }: WrittenSetting,
): SchemaEntry | undefined {
  switch (library) {
    case 'zod':
    case 't3': {
      // Every text that is not empty is true to `z.coerce.boolean()`.
      if (type === 'boolean') return undefined;
      const checked = type === 'number' ? `${root}.coerce.number()` : `${root}.string()`;
      const required = type === 'number' ? checked : `${checked}.min(1)`;
      return { text: fallback === undefined ? required : `${checked}.default(${fallback})` };
    }
    case 'envalid': {
      const imported = importName(syntax, style, { specifier: 'envalid', name: VALIDATORS[type] });
      const options = fallback === undefined ? '' : `{ default: ${fallback} }`;
      return { text: `${imported.text}(${options})`, before: imported.edits };
    }
    case 'joi': {
      const rule = fallback === undefined ? 'required()' : `default(${fallback})`;
      return { text: `${root}.${type}().${rule}` };
    }
    case 'typebox': {
      const options = fallback === undefined ? '' : `{ default: ${fallback} }`;
      return { text: `${root}.${FORMATS[type]}(${options})` };
    }
    case 'json': {
      const rest = fallback === undefined ? '' : `, default: ${fallback}`;
      return { text: `{ type: ${quoted(type, style)}${rest} }` };
    }
  }
}

function objectValue(
  model: ProjectModel,
  config: ConfigModule,
  syntax: SourceSyntax,
  style: SourceStyle,
  setting: NewSetting,
): { readonly text: string; readonly edits: readonly TextEdit[] } | undefined {
  const { name, type } = setting;
  if (setting.need === 'default') {
    const original = literalText(setting, style) ?? '';
    const placement = { value: setting.value, original };
    const read = resolveRead(syntax, name);
    const { text } = defaultExpression(read, { placement, valueType: type }, style);
    return { text, edits: [] };
  }
  // `process.env.X` alone would be `string | undefined`, and nothing would stop the start.
  if (type === 'boolean') return undefined;
  const statement = topLevelStatement(config.object);
  const imported = statement && requireFunction(model, syntax, style, statement, 'own');
  if (!imported) return undefined;
  const call = `${imported.text}(${quoted(name, style)})`;
  return {
    text: type === 'number' ? `Number(${call})` : call,
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
  const annotation = config.declaration?.type;
  if (!annotation) return [];
  // A type that is inferred from the schema follows it.
  const isSchema = config.shape.kind === 'schema' && config.shape.values === undefined;
  if (isSchema && INFERRED.test(aliasedType(syntax, annotation).getText())) return [];
  return addTypeMember(syntax, style, annotation, key, type);
}

/** Types of what a schema lets through. */
export const INFERRED = /\b(?:infer|output|TypeOf|Static|FromSchema)</;

function keyFor(object: TypeScript.ObjectLiteralExpression, name: string): string {
  const keys = object.properties.flatMap((one) => (one.name ? [staticName(one.name) ?? ''] : []));
  const upper = keys.filter((key) => key === screamingCase(key)).length;
  return upper * 2 > keys.length ? name : camelCase(name);
}

/** An entry that lets the start go on without its variable. */
const OPTIONAL = /\bdefault\b|\?\?|\|\||\b(?:optional|nullish|nullable|catch)\(/;

/** The setting that reads the variable already. */
function presentEntry(
  { object, shape }: ConfigModule,
  name: string,
): { readonly key: string; readonly text: string } | undefined {
  const api = ts();
  const isSchema = shape.kind === 'schema' && shape.values === undefined;
  const reads = new RegExp(`(\\.|\\[?['"])${name}(?!\\w)`);
  for (const one of object.properties) {
    const key = one.name && staticName(one.name);
    if (key === undefined) continue;
    const isIt = isSchema
      ? key === name
      : api.isPropertyAssignment(one) && reads.test(one.initializer.getText());
    if (isIt) return { key, text: one.getText() };
  }
  return undefined;
}

function hasKey(object: TypeScript.ObjectLiteralExpression, key: string): boolean {
  return object.properties.some((one) => one.name !== undefined && staticName(one.name) === key);
}

/** Today's value written in the style of another file. */
function literalText({ value, original }: NewSetting, style: SourceStyle): string | undefined {
  if (typeof value === 'string') return quoted(value, style);
  return value === undefined ? undefined : original;
}

function sentence(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/_/g, ' ')
    .replace(/\b(api|url|uri|id|jwt|db|smtp|aws|s3)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
