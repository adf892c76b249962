import type * as TypeScript from 'typescript';
import type { TextEdit } from '../engine/finding';
import type { SourceSyntax } from '../languages/source/syntax';
import type { PackageInfo, ProjectModel } from '../project/model';
import { canonicalNames } from './closers';
import { importName } from './code/imports';
import { freeName } from './code/nodes';
import { requireHelper } from './code/require-helper';
import { specifierFor } from './code/specifier';
import { quoted, type SourceStyle } from './code/style';
import { guardText } from './environment/require-function';
import { environmentAccess } from './environment/environment-access';
import { runsBeforeEnvironmentFile } from './environment/environment-order';
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

/** Code that reads the address of a service. */
export interface RequiredAddress {
  readonly text: string;
  readonly imports: readonly TextEdit[];
  /** Lines without indentation that stop the start without it; they stand in front of what uses the address. */
  readonly statements: readonly string[];
}

/**
 * Reads the address of a service that the process cannot do without: a default would be this machine's, silently. By the
 * package's own helper (`requireEnv('X')`), else behind a check.
 */
export function requiredAddress(
  { model, path, syntax, style }: ServiceSite,
  name: string,
): RequiredAddress {
  const read = environmentAccess(model, path)?.read(name) ?? `process.env.${name}`;
  // Before the `.env` is loaded a check would stop every start that takes its values from there.
  if (runsBeforeEnvironmentFile(model, path)) return { text: read, imports: [], statements: [] };
  const helper = requireHelper(model, path);
  if (!helper || helper.path === path)
    return { text: read, imports: [], statements: [guardText(read, name, style)] };
  const imported = importName(syntax, style, {
    specifier: specifierFor(model, path, helper.path),
    name: helper.exported ?? 'default',
    local: helper.name,
  });
  const text = `${imported.text}(${quoted(name, style)})`;
  return { text, imports: imported.edits, statements: [] };
}

/** How a title says that a fix makes a variable one that has to be there. */
export function requiredNote(variable: { readonly name: string } | undefined): string {
  return variable ? `; the start requires \`${variable.name}\`` : '';
}
