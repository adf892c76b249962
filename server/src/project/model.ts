import type { Span } from '../base/span';
import type { Value } from '../base/value';
import type { CallFact, EnvironmentFact, SourceFacts } from './facts/facts';
import type { ProjectFiles } from './files/files';
import type { Evidence, PackageKind } from './map/kinds';

/** What a module is for. A module may have several roles; see `roles.ts` for how they are found. */
export const ROLES = [
  'web',
  'worker',
  'clock',
  'admin',
  'cli',
  'library',
  'build',
  'test',
  'browser',
  'serverless',
  'development',
] as const;
export type Role = (typeof ROLES)[number];

export type PackageManager = 'npm' | 'yarn' | 'yarn-berry' | 'pnpm' | 'bun';
export type DependencyKind =
  'dependencies' | 'devDependencies' | 'peerDependencies' | 'optionalDependencies';

export interface DependencyInfo {
  readonly name: string;
  readonly range: string;
  readonly kind: DependencyKind;
  /** The range's text inside the quotes, in the manifest. */
  readonly rangeSpan: Span;
  readonly nameSpan: Span;
}

/** A folder with its own package.json. */
export interface PackageInfo {
  /** Relative to the root, `` for the root itself, no trailing `/`. */
  readonly dir: string;
  readonly manifestPath: string;
  readonly name: string | undefined;
  readonly isModule: boolean;
  readonly isPrivate: boolean;
  readonly scripts: ReadonlyMap<string, { readonly command: string; readonly span: Span }>;
  /** The strongest declaration of each dependency wins: dependencies, optional, peer, dev. */
  readonly dependencies: ReadonlyMap<string, DependencyInfo>;
  readonly manager: PackageManager;
  /** Nearest lockfile up to the root, relative to the root. */
  readonly lockfile: string | undefined;
  /** The workspace root this package is a member of. */
  readonly workspaceRoot: PackageInfo | undefined;
  /** Where compiled output goes, relative to the root, with the folder it is compiled from (`dist` ← `src`). */
  readonly outputs: readonly { readonly out: string; readonly source: string }[];
  /** A bundler inlines the dependencies (webpack, esbuild, vite ssr, next, nuxt …), so what is dev or not does not matter. */
  readonly bundled: boolean;
  /** What it is to a deploy; see `map/`. */
  readonly kind: PackageKind;
  /** What says so, and what speaks against it. */
  readonly evidence: readonly Evidence[];
  /** package.json parsed to plain data; `{}` when it cannot be parsed. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Where a process starts. */
export interface EntryPoint {
  /** The source module (compiled paths are mapped back to sources). */
  readonly path: string;
  readonly package: PackageInfo;
  /** What says so, for people: "Dockerfile CMD", "package.json scripts.start". */
  readonly origin: string;
  readonly declaredAt: { readonly path: string; readonly span: Span } | undefined;
  /** What the declaration alone tells; roles proper come from what the entry point reaches. */
  readonly intent:
    | 'start'
    | 'development'
    | 'release'
    | 'admin'
    | 'bin'
    | 'library'
    | 'build'
    | 'test'
    | 'serverless';
  /** The exports that a platform calls, where declarations name them. */
  readonly exported?: readonly string[];
  /** True when something of the production path starts it (start script, Dockerfile, Procfile, Kubernetes …). */
  readonly production: boolean;
}

export interface ModuleInfo {
  readonly path: string;
  readonly package: PackageInfo | undefined;
  readonly roles: ReadonlySet<Role>;
  /** Is it part of an app, or loaded by one, other than by its tests and build tooling? */
  readonly isLoadedByApp: boolean;
  /** Entry points that reach this module through value imports. */
  readonly entryPoints: readonly EntryPoint[];
  readonly imports: readonly ResolvedImport[];
}

export interface ResolvedImport {
  readonly specifier: string;
  readonly span: Span;
  /** The module of this project it leads to. */
  readonly path: string | undefined;
  /** The npm package it names (also when it is a workspace package with a `path`). */
  readonly packageName: string | undefined;
  readonly builtin: boolean;
  readonly typeOnly: boolean;
}

/** One process as it is really started: scripts expanded, wrappers resolved, split into simple commands. */
export interface StartCommand {
  /** Where the text stands that a person would change. */
  readonly path: string;
  readonly span: Span;
  /** "Dockerfile CMD", "Procfile web", "package.json scripts.start" … */
  readonly origin: string;
  readonly process: 'web' | 'worker' | 'release' | 'clock' | 'other';
  /** Started in production (not a `dev` script, a development compose override, a build stage or a test). */
  readonly production: boolean;
  /** Exec form (JSON array) runs no shell. */
  readonly form: 'exec' | 'shell' | 'script';
  readonly package: PackageInfo | undefined;
  /** The simple commands in order, package scripts already expanded in place. */
  readonly steps: readonly CommandStep[];
}

/** What a start command starts. */
export interface Started {
  readonly packages: readonly PackageInfo[];
  readonly entries: readonly EntryPoint[];
}

export interface CommandStep {
  /** Environment assignments in front (`NODE_ENV=production`). */
  readonly assignments: Readonly<Record<string, string>>;
  /** Words after quote removal; wrappers (`npx`, `yarn run`, `cross-env`, `dotenv --`, `exec`, `tini --`) are resolved away. */
  readonly argv: readonly string[];
  /** Wrapper words that were resolved away, outermost first: `npm`, `npx`, `exec`, `tini`. */
  readonly wrappers: readonly string[];
  readonly redirects: readonly {
    /** With its descriptor: `>`, `2>`, `2>&`. */
    readonly operator: string;
    readonly target: string;
    readonly span: Span;
    /** The file `span` points into, where it is not the step's own `path`. */
    readonly path?: string;
  }[];
  /** How it is joined to the step before: first, `&&`, `||`, `;`, `|`, `&`. */
  readonly joint: '' | '&&' | '||' | ';' | '|' | '&';
  /** Where this step's own text stands: the script line for an expanded package script. */
  readonly path: string;
  readonly span: Span;
  /** Names of the package scripts that were expanded on the way, outermost first. */
  readonly via: readonly string[];
  /** True when the step is a pre/post hook of the script that was asked for. */
  readonly hook: boolean;
  /** The words of `argv` with their places; where a word was given from elsewhere (`npm run x -- word`), that place. */
  readonly words?: readonly CommandWord[];
  /** The folder of the root that the step runs in, as far as it is known. */
  readonly folder?: string;
  /** Inside a condition, a loop body, a case or a function: may not run. */
  readonly conditional?: boolean;
  /** Names the condition it is in; steps of one condition may be alternatives. */
  readonly construct?: string;
  /** Ended by `&`, or one of several that run side by side. */
  readonly background?: boolean;
}

export interface CommandWord {
  readonly text: string;
  readonly path: string;
  readonly span: Span;
  /** False when it contains an expansion (`$PORT`). */
  readonly literal: boolean;
  /** Files or folders of the root that the word may name, likeliest first; they need not exist (compiled output). */
  readonly locations: readonly string[];
}

/** One variable's life across code and artefacts. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly reads: readonly { readonly path: string; readonly fact: EnvironmentFact }[];
  /** Where a value or a line for it stands: example files, env files, compose, Dockerfile, Kubernetes, CI, app.json. */
  readonly supplies: readonly EnvironmentSupply[];
}

export interface EnvironmentSupply {
  readonly path: string;
  readonly span: Span;
  readonly kind:
    | 'example'
    | 'env-file'
    | 'compose'
    | 'dockerfile'
    | 'kubernetes'
    | 'ci'
    | 'app-manifest'
    | 'script';
  /** Undefined when passed through without a value, or taken from a secret. */
  readonly value: string | undefined;
  /**
   * The one process it is given to, under the name its start command has as origin (`docker-compose.yml api`, `pm2 app web`), and
   * the Dockerfile that says how it starts where nothing else does. Absent: whatever runs there gets it.
   */
  readonly process?: { readonly origin: string; readonly dockerfile?: string };
}

/**
 * What the whole root means: an immutable snapshot that rules read. Built from facts; no tree in it.
 */
export interface ProjectModel {
  readonly files: ProjectFiles;
  readonly packages: readonly PackageInfo[];
  readonly entryPoints: readonly EntryPoint[];
  readonly commands: readonly StartCommand[];
  readonly modules: ReadonlyMap<string, ModuleInfo>;
  readonly facts: ReadonlyMap<string, SourceFacts>;
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
  /** What a start command starts: the packages whose code it runs, and the modules it begins with. */
  started(command: StartCommand): Started;
  /**
   * What the package of a file is to a deploy. Manifests of a workspace's root, and what lies in no package, belong to the apps of the
   * repository; those in a folder of examples or tests to those.
   */
  kindOf(path: string): PackageKind;
  /** The package whose folder is the nearest above a path. */
  packageOf(path: string): PackageInfo | undefined;
  /** Where an import of a module leads. */
  resolveImport(from: string, specifier: string): ResolvedImport;
  /**
   * Follows a value through imports of this project to what defines it there; parts of objects, calls and alternatives are
   * followed too. Values that came from elsewhere carry their `path`.
   */
  resolve(value: Value, from: string): Value;
  /** Modules that an entry point reaches through value imports, itself included. */
  reachable(entry: EntryPoint): ReadonlySet<string>;
  /** The calls of a project function: what its parameters receive. */
  readonly callSites: import('./values/call-sites').CallSites;
  /** Which functions run for requests, and through which calls. */
  readonly requestReach: import('./requests/request-reach').RequestReach;
  /** All calls, of the modules in `paths`, whose canonical callee is known to the library table, with their meaning. */
  meanings(path: string): readonly CallMeaning[];
}

/** A call that a library table entry explains. */
export interface CallMeaning {
  readonly path: string;
  readonly call: CallFact;
  /** Canonical callee: `express().listen`, `new bullmq.Worker`; see `canonical.ts`. */
  readonly callee: string;
  /** Arguments with cross-module values resolved. */
  readonly args: readonly Value[];
  readonly meaning: import('./libraries/meaning').Meaning;
  readonly library: string;
}
