import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../../base/line-ends';
import type { Span } from '../../../base/span';
import { combineChanges, replacement } from '../../../engine/edits/edits';
import type { FileChange, Fix, FixBatch, TextEdit } from '../../../engine/finding';
import { listOf } from '../../../fixes/code/import-bindings';
import { inFrontOf, inPrologue } from '../../../fixes/code/import-place';
import { importName } from '../../../fixes/code/imports';
import { addToList } from '../../../fixes/code/lists';
import {
  enclosingStatement,
  freeName,
  nodeAt,
  staticName,
  topLevelStatement,
} from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { type SourceStyle } from '../../../fixes/code/style';
import { withoutUnused, type DroppablePackage } from '../../../fixes/code/unused';
import { environmentAccess } from '../../../fixes/environment/environment-access';
import { passThroughCompose } from '../../../fixes/files/compose';
import { documentInExample } from '../../../fixes/files/example-file';
import { addDependencies, type DependencyRequest } from '../../../fixes/files/package-json';
import { packageToAdd } from '../../../fixes/files/package-versions';
import {
  addressName,
  declaredRedis,
  redisClient,
  requiredNote,
  visibleClient,
  type ServiceSite,
} from '../../../fixes/redis-client';
import { requiredAddress } from '../../../fixes/required-address';
import { spanOf, unwrap } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { connectedAddress } from './connected-address';

/** A session middleware that keeps its data in the process. */
export interface SessionStoreRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** The call that sets sessions up: `session({ … })`, `app.register(fastifySession, { … })`. */
  readonly call: Span;
  /** The package, or the canonical callee that starts with it: `express-session`, `@fastify/session.fastifySession`. */
  readonly library: string;
}

type Store = 'redis' | 'ioredis' | 'mongo' | 'postgres';

const NAMES: Readonly<Record<Store, string>> = {
  redis: 'Redis (`connect-redis`)',
  ioredis: 'Redis (`connect-redis`)',
  mongo: 'MongoDB (`connect-mongo`)',
  postgres: 'PostgreSQL (`connect-pg-simple`)',
};

/**
 * The fix `session-store`: sessions move into the database that the package has a client for, else into Redis; the address
 * comes from the environment, the packages are added.
 * @returns undefined for libraries whose stores are not known
 */
export function sessionStoreFix(request: SessionStoreRequest): Fix | undefined {
  const { model, path, library } = request;
  const middleware = middlewareOf(library);
  if (!middleware) return undefined;
  const owner = model.packageOf(path);
  const store = chooseStore(owner, middleware);
  const plan = planned(request, store, owner, middleware);
  return (
    plan && {
      id: 'session-store',
      kind: 'suggest',
      title: `Keep sessions in ${NAMES[store]}${requiredNote(plan.text.variable)}`,
      build: (batch) => build(plan, batch, middleware),
    }
  );
}

type Middleware = 'express' | 'fastify';

function middlewareOf(library: string): Middleware | undefined {
  if (/^express-session(\.|$)/.test(library)) return 'express';
  return /^(@fastify\/session|fastify-session)(\.|$)/.test(library) ? 'fastify' : undefined;
}

function chooseStore(owner: PackageInfo | undefined, middleware: Middleware): Store {
  const has = (name: string): boolean => owner?.dependencies.has(name) === true;
  const redis = declaredRedis(owner);
  if (redis) return redis;
  if (middleware === 'fastify') return 'redis';
  if (has('mongoose') || has('mongodb')) return 'mongo';
  return has('pg') ? 'postgres' : 'redis';
}

/** The pieces of a store in source: statements before the call, the expression, the imports, the packages. */
interface StoreText {
  readonly imports: readonly TextEdit[];
  /** Lines without indentation, put after the imports, where all fixes of a file share them. */
  readonly prologue: readonly string[];
  /** Lines without indentation, put before the statement of the call. */
  readonly before: readonly string[];
  /** What else changes. */
  readonly edits?: readonly TextEdit[];
  /** What changes in other files. */
  readonly changes?: readonly FileChange[];
  readonly expression: string;
  readonly packages: readonly DependencyRequest[];
  readonly types?: DependencyRequest;
  /** The variable that holds the address; undefined when an existing client is used. */
  readonly variable: { readonly name: string; readonly example: string } | undefined;
}

/** Stores that the new one replaces. */
const OLD_STORES: readonly DroppablePackage[] = [
  { name: 'memorystore' },
  { name: 'session-memory-store' },
  { name: 'express-session-memorystore' },
  { name: 'session-file-store' },
];

/** Where the store goes, and what it is. */
interface Plan {
  readonly site: Site;
  readonly options: TypeScript.ObjectLiteralExpression;
  readonly text: StoreText;
}

function planned(
  request: SessionStoreRequest,
  store: Store,
  owner: PackageInfo | undefined,
  middleware: Middleware,
): Plan | undefined {
  const { model, path } = request;
  const api = ts();
  const syntax = model.files.source(path);
  const call = syntax && nodeAt(syntax, request.call, api.isCallExpression);
  if (!syntax || !call || environmentAccess(model, path)?.prefix !== '') return undefined;
  const style = styleIn(model, syntax);
  const options = optionsOf(call, middleware === 'fastify' ? 1 : 0);
  if (!options) return undefined;
  const session = api.isIdentifier(call.expression) ? call.expression.text : undefined;
  const site = { model, path, syntax, style, owner, place: call, session };
  const text = storeText(site, store);
  return text && { site, options, text };
}

function build(
  { site, options, text }: Plan,
  batch: FixBatch,
  middleware: Middleware,
): FileChange[] | undefined {
  const { model, path, syntax, style, owner, place } = site;
  const before = enclosingStatement(options) ?? enclosingStatement(place);
  const user = topLevelStatement(place);
  if (!before || !user) return undefined;
  const lines = (edit: typeof inFrontOf, at: TypeScript.Statement, all: readonly string[]) =>
    all.length > 0 ? [edit(syntax, style, at, withLineEnd(all.join('\n'), style.lineEnd))] : [];
  const lead = [
    ...lines(inPrologue, user, text.prologue),
    ...lines(inFrontOf, before, text.before),
  ];
  const packages =
    middleware === 'fastify'
      ? [...text.packages, packageToAdd('express-session', owner)]
      : text.packages;
  return combineChanges(
    withoutUnused(
      model,
      syntax,
      batch,
      [
        ...text.imports,
        ...lead,
        ...(text.edits ?? []),
        ...setStore(syntax, style, options, text.expression),
      ],
      OLD_STORES,
    ),
    owner ? addDependencies(model, owner, packages) : [],
    owner && text.types && style.language === 'ts'
      ? addDependencies(model, owner, [text.types], 'devDependencies')
      : [],
    text.changes ?? [],
    ...(text.variable ? supply(text.variable, path, model) : []),
  );
}

/** Documents a variable in the example file, and hands it to the container. */
function supply(
  { name, example }: { readonly name: string; readonly example: string },
  path: string,
  model: ProjectModel,
): readonly (readonly FileChange[])[] {
  return [
    documentInExample(model, path, { name, value: example, isSecret: false }),
    passThroughCompose(model, path, name),
  ];
}

/** The options object: an argument, or the variable it names. */
function optionsOf(
  call: TypeScript.CallExpression,
  index: number,
): TypeScript.ObjectLiteralExpression | undefined {
  const api = ts();
  const argument = call.arguments[index];
  if (!argument) return undefined;
  const inner = unwrap(argument);
  if (api.isObjectLiteralExpression(inner)) return inner;
  if (!api.isIdentifier(inner)) return undefined;
  let found: TypeScript.ObjectLiteralExpression | undefined;
  for (
    let at: TypeScript.Node | undefined = call;
    at;
    at = at.parent as TypeScript.Node | undefined
  ) {
    if (!api.isBlock(at) && !api.isSourceFile(at)) continue;
    for (const statement of at.statements) {
      if (!api.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (found || staticName(name) !== inner.text || !initializer) continue;
        const value = unwrap(initializer);
        if (api.isObjectLiteralExpression(value)) found = value;
      }
    }
  }
  return found;
}

function setStore(
  syntax: SourceSyntax,
  style: SourceStyle,
  options: TypeScript.ObjectLiteralExpression,
  expression: string,
): TextEdit[] {
  const api = ts();
  for (const property of options.properties) {
    if (property.name === undefined || staticName(property.name) !== 'store') continue;
    if (api.isPropertyAssignment(property))
      return [replacement(spanOf(property.initializer), expression)];
    return [replacement(spanOf(property), `store: ${expression}`)];
  }
  return addToList(listOf(syntax.text, options, options.properties), `store: ${expression}`, {
    ...style,
    padding: ' ',
  });
}

interface Site extends ServiceSite {
  /** What the file calls express-session. */
  readonly session: string | undefined;
}

function storeText(site: Site, store: Store): StoreText | undefined {
  switch (store) {
    case 'redis':
    case 'ioredis':
      return redisStore(site, store);
    case 'mongo':
      return mongoStore(site);
    case 'postgres':
      return postgresStore(site);
  }
}

function redisStore(site: Site, store: 'redis' | 'ioredis'): StoreText {
  const { syntax, style, owner } = site;
  const imported = importName(syntax, style, { specifier: 'connect-redis', name: 'RedisStore' });
  const client = redisClient(site, store, 'redisClient', 'sessionRedisClient');
  return {
    imports: [...imported.edits, ...client.imports],
    prologue: client.statements,
    changes: client.changes,
    before: [],
    expression: `new ${imported.text}({ client: ${client.name} })`,
    packages: [
      packageToAdd('connect-redis', owner),
      ...(store === 'redis' ? [packageToAdd('redis', owner)] : []),
    ],
    variable: client.variable,
  };
}

function mongoStore(site: Site): StoreText {
  const { syntax, style, owner } = site;
  const added = packageToAdd('connect-mongo', owner);
  const isNamed = added.range.startsWith('^6');
  const imported = importName(syntax, style, {
    specifier: 'connect-mongo',
    name: isNamed ? 'MongoStore' : 'default',
    local: 'MongoStore',
  });
  const connected = connectedAddress(
    site,
    /^(mongoose\.connect|MongoClient\.connect|MongoClient)$/,
  );
  const name = addressName(site, /^(MONGO\w*|DATABASE|DB)_?(URL|URI)$/, 'MONGODB_URI');
  const address = connected ?? { edits: [], ...requiredAddress(site, name) };
  return {
    imports: [...imported.edits, ...address.imports],
    prologue: address.statements,
    before: [],
    edits: address.edits,
    changes: address.changes,
    expression: `${imported.text}.create({ mongoUrl: ${address.text} })`,
    packages: [added],
    variable: connected ? undefined : { name, example: 'mongodb://localhost:27017/app' },
  };
}

function postgresStore(site: Site): StoreText | undefined {
  const { syntax, style, owner, place, session } = site;
  if (session === undefined) return undefined;
  const imported = importName(syntax, style, {
    specifier: 'connect-pg-simple',
    name: 'default',
    local: 'connectPgSimple',
  });
  const pool = visibleClient(syntax, place, /^pg\.Pool$/)?.name;
  const variable = {
    name: addressName(site, /^(DATABASE|DB|POSTGRES\w*|PG)_?(URL|URI)$/, 'DATABASE_URL'),
    example: 'postgres://localhost:5432/app',
  };
  const address = pool === undefined ? requiredAddress(site, variable.name) : undefined;
  const connection =
    pool === undefined
      ? `conString: ${address?.text ?? ''}`
      : pool === 'pool'
        ? 'pool'
        : `pool: ${pool}`;
  const store = freeName(syntax, 'PgSession', 'PgSessionStore');
  return {
    imports: [...imported.edits, ...(address?.imports ?? [])],
    prologue: address?.statements ?? [],
    changes: address?.changes ?? [],
    before: [`${style.constant} ${store} = ${imported.text}(${session})${style.semicolon}`],
    expression: `new ${store}({ ${connection}, createTableIfMissing: true })`,
    packages: [packageToAdd('connect-pg-simple', owner)],
    types: packageToAdd('@types/connect-pg-simple', owner),
    variable: pool === undefined ? variable : undefined,
  };
}
