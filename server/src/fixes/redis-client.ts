import type * as TypeScript from 'typescript';
import type { FileChange, TextEdit } from '../engine/finding';
import type { SourceSyntax } from '../languages/source/syntax';
import type { PackageInfo } from '../project/model';
import { canonicalNames } from './visible-names';
import { importName } from './code/imports';
import { freeName } from './code/nodes';
import { quoted } from './code/style';
import type { DependencyRequest } from './files/package-json';
import { declaredMajor, packageToAdd } from './files/package-versions';
import { exportedClient, newClientModule } from './redis-module';
import { requiredAddress } from './required-address';
import type { RedisLibrary, ServiceSite } from './service-site';

export type { RedisLibrary, ServiceSite };

/** A client of Redis, as source text. */
export interface RedisClient {
  readonly library: RedisLibrary;
  /** The variable that holds it. */
  readonly name: string;
  readonly imports: readonly TextEdit[];
  /** Lines without indentation that make it; none where there is a client already. */
  readonly statements: readonly string[];
  /** Is it made by the file itself, further up or down, so that nothing can be derived from it in front? */
  readonly isLocal: boolean;
  /** What changes elsewhere: a new module that makes it, the package's config module. */
  readonly changes: readonly FileChange[];
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

/**
 * The client that is visible at the place or that another module exports, else one that connects to the address in the
 * environment: in a module of its own where the package has several, so that all of the process use one.
 */
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
      isLocal: true,
      changes: [],
      packages: [],
      variable: undefined,
    };
  }
  const there = exportedClient(site);
  if (there) {
    const { edits, text } = importName(syntax, style, there.request);
    const none = { statements: [], isLocal: false, changes: [], packages: [], variable: undefined };
    return { library: there.library, name: text, imports: edits, ...none };
  }
  const variable = redisVariable(site);
  const module = newClientModule(site, library, variable.name);
  if (module) {
    const { edits, text } = importName(syntax, style, module.request);
    const { changes } = module;
    return {
      library,
      name: text,
      imports: edits,
      statements: [],
      isLocal: false,
      changes,
      packages,
      variable,
    };
  }
  const address = requiredAddress(site, variable.name);
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
          `${style.constant} ${name} = ${make.text}({ url: ${address.text} })${end}`,
          `${name}.on(${quoted('error', style)}, console.error)${end}`,
          `${name}.connect().catch(console.error)${end}`,
        ]
      : [`${style.constant} ${name} = new ${make.text}(${address.text})${end}`];
  return {
    library,
    name,
    imports: [...make.edits, ...address.imports],
    statements: [...address.statements, ...statements],
    isLocal: false,
    changes: address.changes,
    packages,
    variable,
  };
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

/** A constant that is visible at a place and holds a client of this kind. */
export function visibleClient(
  syntax: SourceSyntax,
  place: TypeScript.Node,
  canonical: RegExp,
): { readonly name: string; readonly canonical: string } | undefined {
  for (const [name, known] of canonicalNames(syntax, place)) {
    const isVariable = !name.startsWith('this.');
    if (
      isVariable &&
      canonical.test(known.canonical) &&
      known.declaration.getStart() < place.getStart()
    )
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

/** How a title says that a fix makes a variable one that has to be there. */
export function requiredNote(variable: { readonly name: string } | undefined): string {
  return variable ? `; the start requires \`${variable.name}\`` : '';
}
