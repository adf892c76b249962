import type * as TypeScript from 'typescript';
import { insertion, replacement } from '../../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../../engine/finding';
import { baseName } from '../../../base/paths';
import { importBindings, listOf } from '../../../fixes/code/import-bindings';
import { importName, type ImportedName } from '../../../fixes/code/imports';
import { addToList } from '../../../fixes/code/lists';
import { freeName, mentions, staticName, visit } from '../../../fixes/code/nodes';
import { quoted } from '../../../fixes/code/style';
import type { DependencyRequest } from '../../../fixes/files/package-json';
import { declaredMajor, packageToAdd } from '../../../fixes/files/package-versions';
import {
  redisVariable,
  type RedisClient,
  type RedisLibrary,
  type ServiceSite,
} from '../../../fixes/redis-client';
import { requiredAddress } from '../../../fixes/required-address';
import { spanOf, unwrap } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import type { PackageInfo } from '../../../project/model';

/** How one library is given its Redis store. */
export interface Recipe {
  /** The package that has the store. */
  readonly title: string;
  /** Which client it takes; `none`: it makes its own. */
  readonly client: RedisLibrary | 'any' | 'none';
  edit(site: StoreSite): StoreEdit | undefined;
}

/** The call that makes the limiter, server or bus. */
export interface StoreSite extends ServiceSite {
  readonly node: TypeScript.CallExpression | TypeScript.NewExpression;
  readonly client: RedisClient | undefined;
  /** The name the result is bound to. */
  readonly boundTo: string | undefined;
}

export interface StoreEdit {
  readonly imports: readonly TextEdit[];
  readonly edits: readonly TextEdit[];
  /** What changes in other files. */
  readonly changes?: readonly FileChange[];
  /** Statements after the imports, beyond those that make the client. */
  readonly statements?: readonly string[];
  readonly packages?: readonly DependencyRequest[];
  /** The variable with the address, where no client is made here. */
  readonly variable?: { readonly name: string; readonly example: string };
}

/** How a library of the table is given its Redis store; undefined where it has none that is known to work. */
export function recipeFor(library: string, owner: PackageInfo | undefined): Recipe | undefined {
  switch (library) {
    case 'express-rate-limit':
    case 'express-slow-down':
      // Older ones ask a store for another interface than it has today.
      return (declaredMajor(owner, library) ?? 99) < (library === 'express-slow-down' ? 2 : 6)
        ? undefined
        : { title: 'rate-limit-redis', client: 'any', edit: expressRateLimit };
    case 'rate-limiter-flexible':
      return { title: 'RateLimiterRedis', client: 'any', edit: rateLimiterFlexible };
    case '@fastify/rate-limit':
      return { title: 'ioredis', client: 'ioredis', edit: fastifyRateLimit };
    case 'koa-ratelimit':
      return { title: 'ioredis', client: 'ioredis', edit: koaRateLimit };
    case '@nestjs/throttler':
      return (declaredMajor(owner, '@nestjs/throttler') ?? 0) < 6
        ? undefined
        : { title: '@nest-lab/throttler-storage-redis', client: 'none', edit: nestThrottler };
    case 'socket.io':
      return { title: '@socket.io/redis-adapter', client: 'any', edit: socketAdapter };
    case 'graphql-subscriptions':
      return { title: 'graphql-redis-subscriptions', client: 'none', edit: redisPubSub };
    default:
      return undefined;
  }
}

function expressRateLimit(site: StoreSite): StoreEdit | undefined {
  const { node, client, syntax, style, owner } = site;
  if (!client) return undefined;
  const store = importName(syntax, style, { specifier: 'rate-limit-redis', name: 'RedisStore' });
  const isTypeScript = style.language === 'ts';
  const rest = isTypeScript ? '...args: string[]' : '...args';
  const send =
    client.library === 'redis'
      ? `(${rest}) => ${client.name}.sendCommand(args)`
      : `(${isTypeScript ? 'command: string' : 'command'}, ${rest}) => ${client.name}.call(command, ...args)${isTypeScript ? ' as Promise<string | number>' : ''}`;
  const prefix = keyPrefix(site);
  const parts = [
    ...(prefix === undefined ? [] : [`prefix: ${quoted(prefix, style)}`]),
    `sendCommand: ${send}`,
  ];
  const edits = setOption(site, node.arguments?.[0], {
    store: `new ${store.text}({ ${parts.join(', ')} })`,
  });
  return (
    edits && {
      imports: store.edits,
      edits,
      packages: [packageToAdd('rate-limit-redis', owner)],
    }
  );
}

/** Limiters that share a Redis must not share their counters: each counts under its own name, else that of its file. */
function keyPrefix(site: StoreSite): string | undefined {
  const { boundTo = '', syntax, node } = site;
  const words = boundTo
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[-_]?(rate)?[-_]?limit(er|ing)?$/, '')
    .replace(/^[-_]+|(?<![-_])[-_]+$/g, '');
  if (!/^(?:|exports|default|module)$/.test(words)) return `rl:${words}:`;
  const api = ts();
  let before = 0;
  const callee = node.expression.getText();
  visit(syntax.sourceFile, (one) => {
    if (
      api.isCallExpression(one) &&
      one.pos < node.pos &&
      one.expression.getText() === callee &&
      !api.isVariableDeclaration(one.parent)
    )
      before += 1;
  });
  const parts = [
    ...(isOneOfSeveral(site) ? [fileWord(site.path)] : []),
    ...(before === 0 ? [] : [before + 1]),
  ];
  return parts.length === 0 ? undefined : `rl:${parts.join(':')}:`;
}

/** Does another module of the package make limiters, too? */
function isOneOfSeveral({ model, path, owner }: StoreSite): boolean {
  return [...model.modules].some(
    ([other, { imports, roles }]) =>
      other !== path &&
      model.packageOf(other) === owner &&
      !roles.has('test') &&
      imports.some(({ specifier }) => LIMITERS.test(specifier)),
  );
}

const LIMITERS = /^express-(?:rate-limit|slow-down)$/;

function fileWord(path: string): string {
  return baseName(path)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w-]+/g, '-');
}

function rateLimiterFlexible(site: StoreSite): StoreEdit | undefined {
  const { node, client, syntax } = site;
  const api = ts();
  const options = node.arguments?.[0];
  if (!client || !options || !api.isObjectLiteralExpression(options)) return undefined;
  const limiter = swapImport(site, {
    specifier: 'rate-limiter-flexible',
    name: 'RateLimiterRedis',
  });
  const first = options.properties[0];
  if (!first) return undefined;
  const added = [
    `storeClient: ${client.name}`,
    ...(client.library === 'redis' ? ['useRedisPackage: true'] : []),
  ];
  const separator = separatorBefore(syntax.text, options, first);
  return {
    imports: limiter.edits,
    edits: [
      replacement(spanOf(node.expression), limiter.text),
      insertion(first.getStart(), added.map((each) => `${each},${separator}`).join('')),
    ],
  };
}

/** White space between the entries of an object, as its first entry shows. */
function separatorBefore(
  text: string,
  object: TypeScript.ObjectLiteralExpression,
  first: TypeScript.Node,
): string {
  const space = text.slice(object.getStart() + 1, first.getStart());
  return space.trim() === '' && space.includes('\n') ? space : ' ';
}

function fastifyRateLimit(site: StoreSite): StoreEdit | undefined {
  const { node, client } = site;
  const [plugin, options] = node.arguments ?? [];
  if (!client || !plugin) return undefined;
  if (!options)
    return {
      imports: [],
      edits: [insertion(plugin.end, `, { redis: ${client.name} }`)],
    };
  const edits = setOption(site, options, { redis: client.name });
  return edits && { imports: [], edits };
}

function koaRateLimit(site: StoreSite): StoreEdit | undefined {
  const { node, client, style } = site;
  const edits =
    client &&
    setOption(site, node.arguments?.[0], { driver: quoted('redis', style), db: client.name });
  return edits && { imports: [], edits };
}

function nestThrottler(site: StoreSite): StoreEdit | undefined {
  const api = ts();
  const { node, syntax, style, owner } = site;
  const options = node.arguments?.[0];
  if (!options) return undefined;
  const service = importName(syntax, style, {
    specifier: '@nest-lab/throttler-storage-redis',
    name: 'ThrottlerStorageRedisService',
  });
  const variable = redisVariable(site);
  const address = requiredAddress(site, variable.name);
  const storage = `new ${service.text}(${address.text})`;
  const edits = api.isArrayLiteralExpression(options)
    ? [
        insertion(options.getStart(), '{ throttlers: '),
        insertion(options.end, `, storage: ${storage} }`),
      ]
    : api.isObjectLiteralExpression(options) && hasProperty(options, 'throttlers')
      ? setOption(site, options, { storage })
      : undefined;
  return (
    edits && {
      imports: [...service.edits, ...address.imports],
      statements: address.statements,
      changes: address.changes,
      edits,
      packages: [
        packageToAdd('@nest-lab/throttler-storage-redis', owner),
        packageToAdd('ioredis', owner),
      ],
      variable,
    }
  );
}

function socketAdapter(site: StoreSite): StoreEdit | undefined {
  const { node, client, syntax, style, owner } = site;
  const api = ts();
  const args = node.arguments ?? [];
  const last = args[args.length - 1];
  if (!client || !last) return undefined;
  const create = importName(syntax, style, {
    specifier: '@socket.io/redis-adapter',
    name: 'createAdapter',
  });
  const subscriber = freeName(syntax, 'redisSubscriber', 'adapterSubscriber');
  const end = style.semicolon;
  const statements = [
    `${style.constant} ${subscriber} = ${client.name}.duplicate()${end}`,
    ...(client.library === 'redis'
      ? [
          `${subscriber}.on(${quoted('error', style)}, console.error)${end}`,
          `${subscriber}.connect().catch(console.error)${end}`,
        ]
      : []),
  ];
  // The client has to stand before what is derived from it.
  if (client.isLocal) return undefined;
  const adapter = `${create.text}(${client.name}, ${subscriber})`;
  const isOptions = api.isObjectLiteralExpression(unwrap(last));
  if (!isOptions && args.length > 1) return undefined;
  const edits = isOptions
    ? setOption(site, last, { adapter })
    : [insertion(last.end, `, { adapter: ${adapter} }`)];
  return (
    edits && {
      imports: create.edits,
      edits,
      statements,
      packages: [packageToAdd('@socket.io/redis-adapter', owner)],
    }
  );
}

function redisPubSub(site: StoreSite): StoreEdit | undefined {
  const { node, owner } = site;
  if ((node.arguments?.length ?? 0) > 0) return undefined;
  const bus = swapImport(site, {
    specifier: 'graphql-redis-subscriptions',
    name: 'RedisPubSub',
  });
  const variable = redisVariable(site);
  const address = requiredAddress(site, variable.name);
  return {
    imports: [...bus.edits, ...address.imports],
    statements: address.statements,
    changes: address.changes,
    edits: [replacement(spanOf(node), `new ${bus.text}({ connection: ${address.text} })`)],
    packages: [packageToAdd('graphql-redis-subscriptions', owner), packageToAdd('ioredis', owner)],
    variable,
  };
}

/**
 * Imports one class in the place of the one that the call constructs: in its import, where that binds nothing else and nothing
 * else uses it.
 */
function swapImport(
  { syntax, style, node }: StoreSite,
  request: { readonly specifier: string; readonly name: string },
): ImportedName {
  const api = ts();
  const bindings = importBindings(syntax);
  const { expression } = node;
  const old = api.isIdentifier(expression)
    ? bindings.find(({ local }) => local === expression.text)
    : undefined;
  const isAlone =
    old !== undefined &&
    old.imported === old.local &&
    bindings.every((each) => each === old || each.statement !== old.statement) &&
    bindings.every((each) => each.local !== request.name) &&
    mentions(syntax, old.local).length === 2;
  if (!isAlone) return importName(syntax, style, request);
  const edits = [replacement(spanOf(old.node), request.name)];
  visit(old.statement, (each) => {
    if (api.isStringLiteralLike(each) && each.text !== request.specifier)
      edits.push(replacement(spanOf(each), quoted(request.specifier, style)));
  });
  return { edits, text: request.name };
}

function hasProperty(object: TypeScript.ObjectLiteralExpression, name: string): boolean {
  return object.properties.some(
    (property) => property.name !== undefined && staticName(property.name) === name,
  );
}

/** Sets properties of an options object that is written in place. */
function setOption(
  { syntax, style }: StoreSite,
  argument: TypeScript.Expression | undefined,
  values: Readonly<Record<string, string>>,
): TextEdit[] | undefined {
  const api = ts();
  const options = argument && unwrap(argument);
  if (!options || !api.isObjectLiteralExpression(options)) return undefined;
  const missing: string[] = [];
  const edits: TextEdit[] = [];
  for (const [key, value] of Object.entries(values)) {
    const property = options.properties.find(
      (one) => one.name !== undefined && staticName(one.name) === key,
    );
    if (!property) missing.push(`${key}: ${value}`);
    else if (api.isPropertyAssignment(property))
      edits.push(replacement(spanOf(property.initializer), value));
    else edits.push(replacement(spanOf(property), `${key}: ${value}`));
  }
  if (missing.length === 0) return edits;
  return [
    ...edits,
    ...addToList(listOf(syntax.text, options, options.properties), missing.join(', '), {
      ...style,
      padding: ' ',
    }),
  ];
}
