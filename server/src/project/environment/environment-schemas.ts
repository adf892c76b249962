import type { CallValue, ObjectValue, PropertyValue, Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { environmentReads, propertyOf, stringOf } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallFact, EnvironmentFact, SourceFacts } from '../facts/facts';

/** A read that a schema, or a typed getter of a configuration library, makes. */
export interface SchemaRead {
  readonly path: string;
  readonly fact: EnvironmentFact;
}

/**
 * The variables that a module's schemas read: envalid, zod and its kin, joi, convict, Confidence, env-var, @t3-oss/env, env-schema
 * and @fastify/env (JSON schema), Nest's ConfigModule and ConfigService. One function a family; the read stands at the key.
 */
export function schemaReads(facts: SourceFacts, resolve: (value: Value) => Value): SchemaRead[] {
  const reads: SchemaRead[] = [];
  const at = (path: string | undefined): string => path ?? facts.path;
  for (const call of facts.calls) {
    const name = canonicalName(call.callee);
    const family = name === undefined ? undefined : FAMILIES.find(([names]) => names.test(name));
    if (name === undefined || !family) continue;
    const resolved = (index: number): Value | undefined => {
      const argument = call.args[index];
      return argument && resolve(argument);
    };
    const [, readsOf] = family;
    reads.push(...readsOf(call, { name, facts, at, resolve, resolved }));
  }
  if (
    facts.imports.some(({ specifier }) =>
      /^(@fastify\/env|fastify-env|env-schema)$/.test(specifier),
    )
  )
    reads.push(...jsonSchemas(facts, resolve, at));
  return reads;
}

interface SchemaContext {
  /** Canonical name of what is called. */
  readonly name: string;
  readonly facts: SourceFacts;
  /** The module that a value stands in. */
  readonly at: (path: string | undefined) => string;
  readonly resolve: (value: Value) => Value;
  /** An argument of the call, resolved. */
  readonly resolved: (index: number) => Value | undefined;
}

const CLEANERS =
  /^(envalid\.(cleanEnv|customCleanEnv)|envalid\(\)\.cleanEnv|znv\.parseEnv|envsafe\.envsafe|envsafe|@lifeomic\/attempt|envalid)$/;

type Family = readonly [
  names: RegExp,
  reads: (call: CallFact, context: SchemaContext) => readonly SchemaRead[],
];

/** By canonical names, which no two families share. */
const FAMILIES: readonly Family[] = [
  [
    CLEANERS,
    ({ fn }, { at, resolved }) => {
      const [schema] = [1, 0]
        .map(resolved)
        .filter((each): each is ObjectValue => each?.kind === 'object');
      return schema ? keyed(schema, at, fn) : [];
    },
  ],
  [
    // The schema comes first: `v.parse(schema, process.env)`, `Value.Parse(Schema, process.env)`.
    /^valibot\.(parse|safeParse|parseAsync)$|(^|\.)Value\.(Parse|Decode|Default|Cast)$/,
    ({ args, fn }, { at, resolved }) => {
      if (!args.slice(1).some(isWholeEnvironment)) return [];
      const schema = resolved(0);
      const shape = typeBoxShape(schema) ?? shapeOf(schema);
      return shape?.kind === 'object' ? keyed(shape, at, fn) : [];
    },
  ],
  [
    // `schema.validate(process.env)`, and `Joi.validate(process.env, schema)` before Joi 16.
    /\.(parse|safeParse|validate|validateSync|parseAsync|validateAsync)$/,
    ({ callee, args, fn }, { at, resolve, resolved }) => {
      if (!args.some(isWholeEnvironment)) return [];
      const object = callee.kind === 'member' ? resolve(callee.object) : undefined;
      const schema = shapeOf(object) ?? shapeOf(resolved(1));
      return schema ? keyed(schema, at, fn) : [];
    },
  ],
  [
    /(^|\.)(createEnv|defineEnv)$/,
    ({ fn }, { at, resolved }) => {
      const options = resolved(0);
      return ['server', 'shared', 'client', 'schema'].flatMap((section) => {
        const schema = options?.kind === 'object' ? propertyOf(options, section) : undefined;
        return schema?.kind === 'object' ? keyed(schema, at, fn) : [];
      });
    },
  ],
  [
    /^convict$/,
    ({ fn }, { at, resolved }) => {
      const schema = resolved(0);
      return schema?.kind === 'object' ? convict(schema, at, fn, 0) : [];
    },
  ],
  [
    /^(@hapipal\/|@hapi\/)?confidence\.Store$/,
    ({ fn }, { at, resolved }) => {
      const document = resolved(0);
      return document ? confidence(document, at, fn, 0) : [];
    },
  ],
  [
    /^env-var(\.from\(\))?\.get$/,
    ({ args: [key], fn, span }, { facts, at }) => {
      const text = stringOf(key);
      if (!key || text === undefined) return [];
      const fallback = chained(facts, span.end, 'default');
      return [read(at(key.path), text, key.span, fn, 'schema', fallback)];
    },
  ],
  [
    /^<@nestjs\/config\.ConfigService>\.(get|getOrThrow)$/,
    ({ args: [key, fallback], fn }, { name, at }) => {
      const text = stringOf(key);
      // Dotted names are paths into configuration objects, not variables.
      if (!key || text === undefined || !/^[A-Z][A-Z0-9_]*$/.test(text)) return [];
      const need = name.endsWith('OrThrow') ? 'required' : 'optional';
      return [read(at(key.path), text, key.span, fn, 'wrapper', fallback, need)];
    },
  ],
  [
    /^@nestjs\/config\.ConfigModule\.forRoot$/,
    ({ fn }, { at, resolved }) => {
      const options = resolved(0);
      const schema =
        options?.kind === 'object' ? shapeOf(propertyOf(options, 'validationSchema')) : undefined;
      return schema ? keyed(schema, at, fn) : [];
    },
  ],
];

function isWholeEnvironment(value: Value): boolean {
  if (value.kind === 'env') return value.name === '*';
  return value.kind === 'object' && value.spreads.some(isWholeEnvironment);
}

/** `z.object({…})`, `Joi.object().keys({…})`, `Joi.object({…}).unknown()`: the object of keys. */
function shapeOf(value: Value | undefined): ObjectValue | undefined {
  if (!value) return undefined;
  if (value.kind === 'object') return value;
  if (value.kind !== 'call') return undefined;
  const { callee, args } = value;
  const [first] = args;
  if (
    callee.kind === 'member' &&
    /^(object|keys|strictObject|looseObject|extend)$/.test(callee.name ?? '') &&
    first?.kind === 'object'
  )
    return first;
  if (
    callee.kind === 'import' &&
    /^(object|strictObject|looseObject|type)$/.test(lastName(callee) ?? '') &&
    first?.kind === 'object'
  )
    return first;
  return callee.kind === 'member' ? shapeOf(callee.object) : undefined;
}

function keyed(
  schema: ObjectValue,
  at: (path: string | undefined) => string,
  fn: number,
  required: ReadonlySet<string> = new Set(),
): SchemaRead[] {
  return schema.properties.map((property) => {
    const { fallback, optional } = defaultOf(property);
    return read(
      at(schema.path),
      property.key,
      property.keySpan,
      fn,
      'schema',
      fallback,
      fallback || (optional && !required.has(property.key)) ? 'optional' : 'required',
    );
  });
}

/** `port({ default: 3000 })`, `z.string().default('x')`, `.optional()`, JSON schema `{ default: 'x' }`. */
function defaultOf({ value }: PropertyValue): { fallback: Value | undefined; optional: boolean } {
  if (value.kind === 'object')
    return {
      fallback: propertyOf(value, 'default'),
      optional: propertyOf(value, 'default') === undefined,
    };
  let optional = false;
  let link: Value = value;
  while (link.kind === 'call') {
    const call: CallValue = link;
    const { callee, args } = call;
    const name = lastName(callee);
    const [first] = args;
    const wrapped = wrappedSchema(call, name ?? '');
    if (wrapped) {
      if (wrapped.fallback) return { fallback: wrapped.fallback, optional };
      optional ||= wrapped.optional;
      link = wrapped.schema;
      continue;
    }
    if ((name === 'default' || name === 'catch' || name === 'prefault') && first)
      return { fallback: first, optional };
    if (/^(optional|Optional|nullish|allow)$/.test(name ?? '')) optional = true;
    if (first?.kind === 'object') {
      const own = propertyOf(first, 'default');
      if (own) return { fallback: own, optional };
      if (propertyOf(first, 'devDefault')) optional = true;
    }
    if (callee.kind !== 'member') break;
    link = callee.object;
  }
  return { fallback: undefined, optional };
}

/** Functions around functions, of valibot: `optional(string(), 'x')`, `pipe(optional(…), …)`; undefined for other calls. */
function wrappedSchema(
  { callee, args: [schema, fallback] }: CallValue,
  name: string,
):
  | { readonly schema: Value; readonly fallback: Value | undefined; readonly optional: boolean }
  | undefined {
  if (callee.kind !== 'import' || schema?.kind !== 'call') return undefined;
  const optional = /^(optional|nullish|nullable|fallback|exactOptional)$/.test(name);
  return { schema, fallback: optional ? fallback : undefined, optional };
}

function convict(
  schema: ObjectValue,
  at: (path: string | undefined) => string,
  fn: number,
  depth: number,
): SchemaRead[] {
  if (depth > 6) return [];
  const variable = propertyOf(schema, 'env');
  const name = stringOf(variable);
  if (variable && name !== undefined)
    return [
      read(
        at(variable.path ?? schema.path),
        name,
        variable.span,
        fn,
        'schema',
        propertyOf(schema, 'default'),
      ),
    ];
  return schema.properties.flatMap(({ value }) =>
    value.kind === 'object' ? convict(value, at, fn, depth + 1) : [],
  );
}

/** `{ $param: 'REDIS_URL', $default: 'redis://localhost' }` somewhere in a document of Confidence. */
function confidence(
  document: Value,
  at: (path: string | undefined) => string,
  fn: number,
  depth: number,
): SchemaRead[] {
  if (depth > 12) return [];
  const again = (inner: Value): SchemaRead[] => confidence(inner, at, fn, depth + 1);
  if (document.kind === 'array') return document.items.flatMap(again);
  if (document.kind !== 'object') return [];
  const variable = propertyOf(document, '$param') ?? propertyOf(document, '$env');
  const name = stringOf(variable);
  if (!variable || name === undefined || !/^[A-Z][A-Z\d_]*$/.test(name))
    return document.properties.flatMap(({ value }) => again(value));
  const place = at(variable.path ?? document.path);
  return [read(place, name, variable.span, fn, 'schema', propertyOf(document, '$default'))];
}

/** A setting of a schema that no variable sets. */
export interface UnboundSetting {
  /** The names on the way to it: `['redis', 'host']`. */
  readonly keys: readonly string[];
  readonly value: Value;
}

/** The settings of convict schemas that have a default and no `env`, so that no deploy can set them by a variable. */
export function unboundSettings(
  facts: SourceFacts,
  resolve: (value: Value) => Value,
): readonly UnboundSetting[] {
  const settingsIn = (schema: Value, keys: readonly string[]): UnboundSetting[] => {
    if (schema.kind !== 'object' || keys.length > 6) return [];
    const value = propertyOf(schema, 'default');
    if (!value || value.kind === 'object')
      return schema.properties.flatMap((each) => settingsIn(each.value, [...keys, each.key]));
    const isOpen = ['env', 'arg'].some((key) => propertyOf(schema, key));
    return isOpen || schema.spreads.length > 0 ? [] : [{ keys, value }];
  };
  return facts.calls.flatMap(({ callee, args: [schema] }) =>
    schema && canonicalName(callee) === 'convict' ? settingsIn(resolve(schema), []) : [],
  );
}

/** JSON schemas handed to env-schema, or exported for a plugin loader: `{ schema: { type: 'object', properties } }`. */
function jsonSchemas(
  facts: SourceFacts,
  resolve: (value: Value) => Value,
  at: (path: string | undefined) => string,
): SchemaRead[] {
  const candidates = [
    ...facts.calls.flatMap((call) => call.args),
    ...facts.exports.map((each) => each.value),
  ].map((value) => resolve(value));
  const seen = new Set<number>();
  return candidates.flatMap((candidate) => {
    const schema = candidate.kind === 'object' ? propertyOf(candidate, 'schema') : undefined;
    const properties =
      schema?.kind === 'object' ? propertyOf(schema, 'properties') : typeBoxShape(schema);
    if (properties?.kind !== 'object' || seen.has(properties.span.start)) return [];
    seen.add(properties.span.start);
    return keyed(properties, at, 0, requiredKeys(schema));
  });
}

/** `{ required: ['PORT'] }` of a JSON schema. */
function requiredKeys(schema: Value | undefined): ReadonlySet<string> {
  const list = schema?.kind === 'object' ? propertyOf(schema, 'required') : undefined;
  return new Set(list?.kind === 'array' ? list.items.flatMap((each) => stringOf(each) ?? []) : []);
}

/** TypeBox: `Type.Object({ PORT: Type.Number({ default: 3000 }) })`. */
function typeBoxShape(schema: Value | undefined): Value | undefined {
  if (schema?.kind !== 'call') return undefined;
  const isObject = /(^|\.)Type\.(Object|Strict)$/.test(canonicalName(schema.callee) ?? '');
  return isObject ? schema.args[0] : undefined;
}

/** The argument of a method called further along the chain (`get('X').required().default('y')`). */
function chained(facts: SourceFacts, from: number, method: string): Value | undefined {
  return facts.calls.find(
    (call) =>
      call.callee.kind === 'member' &&
      call.callee.name === method &&
      call.span.end > from &&
      call.span.start <= from &&
      call.nameSpan.start >= from,
  )?.args[0];
}

function read(
  path: string,
  name: string,
  span: EnvironmentFact['span'],
  fn: number,
  via: EnvironmentFact['via'],
  fallback: Value | undefined,
  need: 'required' | 'optional' = 'optional',
): SchemaRead {
  const required = need === 'required';
  const base = { name, span, fn, via, required, write: false } as const;
  return {
    path,
    fact:
      fallback && !environmentReads(fallback).some((each) => each.name === name)
        ? { ...base, fallback, operator: 'default' }
        : base,
  };
}
