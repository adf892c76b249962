import { baseName, folderOf, isInside, joinPath } from '../../base/paths';
import {
  jsonAt,
  jsonInnerSpan,
  jsonProperties,
  jsonString,
  jsonText,
  type JsonNode,
} from '../../languages/json';
import { filesIn, filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import { isTestPath } from '../files/paths';
import { serverlessHandlers } from '../manifests/serverless';
import type { CommandStep, EntryPoint, PackageInfo, StartCommand, Started } from '../model';
import { ModuleResolver } from '../modules/module-resolution';
import { nearestPackage } from '../packages/packages';
import { runsProject, startedFiles } from '../start/entry-files';
import { expandText } from '../start/expand';
import { intentOf } from '../start/intent';
import { folderPlace } from '../start/place';
import { rootScope, type Project } from '../start/scope';

/** Where a file is declared twice, the declaration that tells most counts. */
const RANKS: readonly EntryPoint['intent'][] = [
  'start',
  'serverless',
  'release',
  'admin',
  'bin',
  'development',
  'build',
  'test',
  'library',
];

/**
 * Where the project's processes start: the source files that its commands run, its packages' `main`, `bin` and `exports`,
 * serverless handlers, and the configuration of migration tools. Compiled paths are mapped back to their sources. Every file is
 * listed once, by its most telling declaration; in order of the declarations.
 */
export function findEntryPoints(
  files: ProjectFiles,
  packages: readonly PackageInfo[],
  commands: readonly StartCommand[],
  finder = new EntryFinder(files, packages),
): EntryPoint[] {
  const found = [
    ...commands.flatMap((command) => finder.fromCommand(command)),
    ...finder.fromHandlers(),
    ...packages.flatMap((info) => finder.fromTools(info)),
  ];
  const started = new Set(
    found.filter((entry) => entry.intent === 'start').map((entry) => entry.package),
  );
  found.push(
    ...packages.flatMap((info) =>
      finder.fromManifest(info, started.has(info) ? 'started' : 'idle'),
    ),
  );
  return strongestOfEach(found);
}

/** Of several declarations of a file, the one that tells most. */
export function strongestOfEach(found: readonly EntryPoint[]): EntryPoint[] {
  const best = new Map<string, EntryPoint>();
  for (const entry of found) {
    const known = best.get(entry.path);
    if (!known || rank(entry) < rank(known)) best.set(entry.path, entry);
    else if (known.exported && entry.exported)
      best.set(entry.path, { ...known, exported: [...known.exported, ...entry.exported] });
  }
  return [...best.values()];
}

function rank(entry: EntryPoint): number {
  // A start that production does not know is weaker than what production runs once.
  return RANKS.indexOf(entry.intent) + (entry.intent === 'start' && !entry.production ? 3.5 : 0);
}

/** Finds what declarations start, one declaration at a time. */
export class EntryFinder {
  private readonly project: Project;
  private readonly resolver: ModuleResolver;
  private readonly known = new WeakMap<StartCommand, Started>();

  constructor(
    private readonly files: ProjectFiles,
    private readonly packages: readonly PackageInfo[],
  ) {
    this.project = { files, packages };
    this.resolver = new ModuleResolver(files, packages, (path) => nearestPackage(packages, path));
  }

  /**
   * What a command starts: the modules it begins with, and the packages whose code keeps running. Where it names no module, those
   * in whose folders its last steps run.
   */
  started(command: StartCommand): Started {
    const known = this.known.get(command);
    if (known) return known;
    const entries = this.fromCommand(command);
    const lasting = entries
      .filter(({ intent }) => intent !== 'admin')
      .map((entry) => entry.package);
    const folders = command.steps
      .filter((step, index) => runsProject(step) && !runsBefore(command.steps, index))
      .flatMap((step) => (step.folder === undefined ? [] : [step.folder]))
      .flatMap((folder) => nearestPackage(this.packages, folder) ?? []);
    const found = lasting.length > 0 ? lasting : folders;
    // A script of the root that leads into a member runs the member.
    const members = found.filter((info) => info.dir !== '');
    const around = [nearestPackage(this.packages, command.path), command.package]
      .flatMap((info) => info ?? [])
      .sort((a, b) => b.dir.length - a.dir.length);
    const packages = members.length > 0 ? members : around.slice(0, 1);
    const started = { entries, packages: [...new Set(packages)] };
    this.known.set(command, started);
    return started;
  }

  fromCommand(command: StartCommand): EntryPoint[] {
    return command.steps.flatMap((step, index) => {
      const before = runsBefore(command.steps, index);
      const { intent, script } = intentOf(command, step.via.at(-1));
      return this.fromStep(step, {
        origin: script === undefined ? command.origin : `package.json scripts.${script}`,
        intent: intent === 'start' && before ? 'admin' : intent,
        production: command.production,
      });
    });
  }

  private fromStep(
    step: CommandStep,
    base: Pick<EntryPoint, 'origin' | 'intent' | 'production'>,
  ): EntryPoint[] {
    return startedFiles(this.project, step, (locations) => this.resolve(locations)).flatMap(
      (started) => {
        const path = this.resolve(started.locations);
        return this.entry(path, {
          ...base,
          declaredAt: { path: started.declaredAt.path, span: started.declaredAt.span },
        });
      },
    );
  }

  /** Functions of serverless frameworks, Vercel's and Netlify's folders, Cloudflare's and Firebase's main module. */
  fromHandlers(): EntryPoint[] {
    const base = { intent: 'serverless', production: true } as const;
    const declared = serverlessHandlers(this.files).flatMap(
      ({ path, name, handler, base: folder, span }) => {
        const module = handler.text.replace(/\.[^./]+$/, '');
        const location = joinPath(folderOf(path), folder, module);
        const origin = `${baseName(path)} functions.${name}`;
        return this.entry(location === undefined ? undefined : this.resolve([location]), {
          ...base,
          origin,
          exported: [handler.text.slice(module.length + 1)],
          declaredAt: { path, span },
        });
      },
    );
    const hosted = this.files.paths.some((path) =>
      /(^|\/)(vercel\.json|netlify\.toml)$/.test(path),
    );
    const byFolder = (hosted ? filesOfKind(this.files, 'source') : []).flatMap((path) => {
      const host = this.functionHost(path);
      return host === undefined
        ? []
        : this.entry(path, { ...base, origin: host, declaredAt: undefined });
    });
    return [...declared, ...byFolder];
  }

  private functionHost(path: string): string | undefined {
    if (!/\.[cm]?[jt]s$/.test(path) || /(^|\/)_|\.d\.ts$/.test(path) || isTestPath(path))
      return undefined;
    const vercel = /^(.*?)\/?api\/.+$/.exec(path)?.[1];
    if (vercel !== undefined && this.files.has(joinPath(vercel, 'vercel.json') ?? ''))
      return 'vercel.json api';
    const netlify = /^(.*?)\/?netlify\/(functions|edge-functions)\/.+$/.exec(path)?.[1];
    if (netlify !== undefined && this.files.has(joinPath(netlify, 'netlify.toml') ?? ''))
      return 'netlify.toml functions';
    return undefined;
  }

  /** `main`, `module`, `exports`, `bin` of a package.json. */
  fromManifest(info: PackageInfo, state: 'started' | 'idle'): EntryPoint[] {
    const syntax = this.files.json(info.manifestPath);
    const at = (key: string): JsonNode | undefined => jsonAt(syntax, [key]);
    const entries: EntryPoint[] = [];
    const add = (node: JsonNode | undefined, key: string, intent: EntryPoint['intent']): void => {
      const text = jsonString(node);
      const location = text === undefined ? undefined : joinPath(info.dir, text);
      if (!node || location === undefined || /[*]|\.d\.[cm]?ts$|\.json$|\.css$/.test(location))
        return;
      entries.push(
        ...this.entry(this.resolve([location]), {
          origin: `package.json ${key}`,
          intent,
          // An app that says no more than its main module is started by it.
          production: intent === 'start',
          declaredAt: { path: info.manifestPath, span: jsonInnerSpan(node) },
        }),
      );
    };
    const bin = at('bin');
    add(bin, 'bin', 'bin');
    for (const { key, value } of jsonProperties(bin)) add(value, `bin.${key}`, 'bin');
    const isApp =
      info.kind === 'app' &&
      state === 'idle' &&
      NOT_STARTED.every((key) => info.manifest[key] === undefined);
    for (const key of ['main', 'module']) add(at(key), key, isApp ? 'start' : 'library');
    for (const node of exportTargets(at('exports'))) add(node, 'exports', 'library');
    return entries;
  }

  /** Configuration files and seed commands of database tools. */
  fromTools(info: PackageInfo): EntryPoint[] {
    const syntax = this.files.json(info.manifestPath);
    const seed = syntax && jsonText(syntax, jsonAt(syntax, ['prisma', 'seed']));
    const base = { intent: 'admin', production: false } as const;
    const place = folderPlace(this.packages, info.dir);
    const seeds = seed
      ? expandText(this.project, seed, rootScope(info.manifestPath, place)).flatMap((step) =>
          this.fromStep(step, { ...base, origin: 'package.json prisma.seed' }),
        )
      : [];
    const configs = filesIn(this.files, info.dir)
      .filter((path) => CONFIGURED.test(baseName(path)))
      .flatMap((path) =>
        this.entry(path, { ...base, origin: baseName(path), declaredAt: undefined }),
      );
    return [...seeds, ...configs];
  }

  private entry(
    path: string | undefined,
    base: Omit<EntryPoint, 'path' | 'package'>,
  ): EntryPoint[] {
    const info = path === undefined ? undefined : nearestPackage(this.packages, path);
    return path !== undefined && info ? [{ ...base, path, package: info }] : [];
  }

  /** The source file that one of several possible places leads to. */
  resolve(locations: readonly string[]): string | undefined {
    for (const location of locations) {
      const found =
        this.fromOutput(location) ?? this.fromFolder(location) ?? this.resolver.probe(location);
      if (
        found !== undefined &&
        this.files.kind(found) === 'source' &&
        !/\.d\.[cm]?ts$/.test(found)
      )
        return found;
    }
    return undefined;
  }

  /** `node .`: the package's main module. */
  private fromFolder(location: string): string | undefined {
    const main = this.packages.find((info) => info.dir === location)?.manifest['main'];
    const path = typeof main === 'string' ? joinPath(location, main) : undefined;
    return path === undefined || path === location
      ? undefined
      : (this.fromOutput(path) ?? this.resolver.probe(path));
  }

  private fromOutput(location: string): string | undefined {
    for (const info of [...this.packages].reverse()) {
      if (!isInside(location, info.dir)) continue;
      for (const { out, source } of info.outputs) {
        if (!isInside(location, out)) continue;
        // With the sources of others compiled in, the output repeats the whole tree: `dist/src/main.js`.
        for (const folder of [source, info.dir]) {
          const moved = joinPath(folder, location.slice(out.length));
          const found = moved === undefined ? undefined : this.resolver.probe(moved);
          if (found !== undefined && this.files.kind(found) === 'source') return found;
        }
      }
    }
    return undefined;
  }
}

/** Keys of packages whose main module is there for others to import, or that only hold others together. */
const NOT_STARTED = ['workspaces', 'exports', 'types', 'typings', 'publishConfig'];

/** Modules that migration tools load by their name. */
const CONFIGURED =
  /^(knexfile|ormconfig|drizzle\.config|mikro-orm\.config|migrate-mongo-config)\.[cm]?[jt]s$/;

/** Does a step run to its end before a later one serves (`node migrate.js && node server.js`)? */
function runsBefore(steps: readonly CommandStep[], index: number): boolean {
  const step = steps[index];
  if (!step || step.background || step.wrappers.includes('exec')) return false;
  return steps.slice(index + 1).some((later) => {
    if (!runsProject(later) || (later.joint !== '&&' && later.joint !== ';')) return false;
    // Branches of one condition are alternatives.
    const alternative = step.construct !== undefined && step.construct === later.construct;
    return !alternative && !later.hook;
  });
}

/** The files of `exports`, whatever its conditions; types and browser builds left out. */
function exportTargets(node: JsonNode | undefined): JsonNode[] {
  if (node?.type === 'string') return [node];
  return jsonProperties(node).flatMap(({ key, value }) =>
    key === 'types' || key === 'browser' ? [] : exportTargets(value),
  );
}
