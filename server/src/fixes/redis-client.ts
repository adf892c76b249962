import type * as TypeScript from 'typescript';
import type { TextEdit } from '../engine/finding';
import type { SourceSyntax } from '../languages/source/syntax';
import type { PackageInfo, ProjectModel } from '../project/model';
import { canonicalNames } from './closers';
import { importName } from './code/imports';
import { freeName } from './code/nodes';
import { quoted, type SourceStyle } from './code/style';
import { environmentAccess } from './environment/environment-access';
import type { DependencyRequest } from './files/package-json';
import { declaredMajor, packageToAdd } from './files/package-versions';

/** The two usual clients of Redis. */
export type RedisLibrary = 'redis' | 'ioredis';

/** Where code is written that needs a backing service. */
export interface ServiceSite {
  readonly model: ProjectModel;
  readonly path: string;
  readonly syntax: SourceSyntax;
  readonly style: SourceStyle;
  readonly owner: PackageInfo | undefined;
  /** What will use the client. */
  readonly place: TypeScript.Node;
}

/** A client of Redis, as source text. */
export interface RedisClient {
  readonly library: RedisLibrary;
  /** The variable that holds it. */
  readonly name: string;
  readonly imports: readonly TextEdit[];
  /** Lines without indentation that make it; none where the file has a client already. */
  readonly statements: readonly string[];
  readonly packages: readonly DependencyRequest[];
  /** The variable that holds the address; undefined when an existing client is used. */
  readonly variable: { readonly name: string; readonly example: string } | undefined;
}

/** The client that a package declares already; undefined where it declares none that current libraries take. */
export function declaredRedis(owner: PackageInfo | undefined): RedisLibrary | undefined {
  // Clients before redis 4 have callbacks only.
  if (owner?.dependencies.has('redis') && (declaredMajor(owner, 'redis') ?? 4) >= 4) return 'redis';
  return owner?.dependencies.has('ioredis') ? 'ioredis' : undefined;
}

/** The client that is visible at the place, else one that connects to the address in the environment. */
export function redisClient(
  site: ServiceSite,
  library: RedisLibrary,
  ...names: readonly string[]
): RedisClient {
  const { syntax, style, owner, place } = site;
  const end = style.semicolon;
  const packages = [packageToAdd(library, owner)];
  const known = visibleClient(syntax, place, /^(redis\.createClient|ioredis|ioredis\.Redis)$/);
  if (known) {
    const isNode = known.canonical === 'redis.createClient';
    return {
      library: isNode ? 'redis' : 'ioredis',
      name: known.name,
      imports: [],
      statements: [],
      packages: [],
      variable: undefined,
    };
  }
  const variable = redisVariable(site);
  const address = addressRead(site, variable.name);
  const name = freeName(syntax, ...names);
  const make = importName(
    syntax,
    style,
    library === 'redis'
      ? { specifier: 'redis', name: 'createClient' }
      : { specifier: 'ioredis', name: 'default', local: 'Redis' },
  );
  const statements =
    library === 'redis'
      ? [
          `${style.constant} ${name} = ${make.text}({ url: ${address} })${end}`,
          `${name}.on(${quoted('error', style)}, console.error)${end}`,
          `${name}.connect().catch(console.error)${end}`,
        ]
      : [`${style.constant} ${name} = new ${make.text}(${definedAddress(style, address)})${end}`];
  return { library, name, imports: make.edits, statements, packages, variable };
}

/** The variable that the package reads for Redis, with an address for the example file. */
export function redisVariable(site: ServiceSite): {
  readonly name: string;
  readonly example: string;
} {
  return {
    name: addressName(site, /REDIS\w*_(URL|URI)$/, 'REDIS_URL'),
    example: 'redis://localhost:6379',
  };
}

/** For what takes no undefined in TypeScript: ioredis, whose own default is the local server. */
function definedAddress(style: SourceStyle, address: string): string {
  return style.language === 'ts' && !/\?\?|\|\|/.test(address)
    ? `${address} ${style.coalesce} ${quoted('redis://localhost:6379', style)}`
    : address;
}

/** A constant that is visible at a place and holds a client of this kind. */
export function visibleClient(
  syntax: SourceSyntax,
  place: TypeScript.Node,
  canonical: RegExp,
): { readonly name: string; readonly canonical: string } | undefined {
  for (const [name, known] of canonicalNames(syntax, place)) {
    if (canonical.test(known.canonical) && known.declaration.getStart() < place.getStart())
      return { name, canonical: known.canonical };
  }
  return undefined;
}

/** The variable that the package reads, or documents, for this service already; else the usual one. */
export function addressName({ model, path }: ServiceSite, fits: RegExp, usual: string): string {
  const owner = model.packageOf(path);
  const names = [...model.environment.values()].filter(({ name }) => fits.test(name));
  const read = names.find((one) =>
    one.reads.some((place) => model.packageOf(place.path) === owner),
  );
  return (read ?? names[0])?.name ?? usual;
}

/** Reads the address with the default that the package gives it elsewhere, if any. */
export function addressRead({ model, path, style }: ServiceSite, name: string): string {
  const owner = model.packageOf(path);
  const read = environmentAccess(model, path)?.read(name) ?? `process.env.${name}`;
  const elsewhere = model.environment
    .get(name)
    ?.reads.find((one) => model.packageOf(one.path) === owner)?.fact.fallback;
  const fallback =
    elsewhere?.kind === 'literal' && typeof elsewhere.value === 'string'
      ? elsewhere.value
      : undefined;
  return fallback === undefined ? read : `${read} ${style.coalesce} ${quoted(fallback, style)}`;
}
