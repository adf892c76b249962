import { baseName, folderOf, joinPath } from '../../base/paths';
import { record } from '../../base/plain-data';
import { jsonData } from '../../languages/json';
import { parseShellSyntax } from '../../languages/shell';
import { existsPath, filesBelow, filesIn } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo } from '../model';
import { compiledFrom, readTsconfig } from './tsconfig';

export type Output = PackageInfo['outputs'][number];

/**
 * Where a package's compiled files go and what they are compiled from, the surest first: tsconfig files, build tools of the
 * scripts, nest and Nx project files, then the usual folders as long as they are not part of the tree.
 * @param dir the package's folder
 * @param scripts its scripts, as plain text by name
 */
export function findOutputs(
  files: ProjectFiles,
  dir: string,
  scripts: ReadonlyMap<string, string>,
): Output[] {
  const sure = [
    ...fromTsconfigs(files, dir, scripts),
    ...fromScripts(files, dir, scripts),
    ...fromNest(files, dir),
    ...fromNx(files, dir),
  ];
  const source = joinPath(dir, 'src') ?? 'src';
  const hasSource = existsPath(files, source);
  const outputs = [...sure];
  // A build may copy or flatten: what tsconfig says need not be the whole truth.
  if (hasSource) outputs.push(...sure.map(({ out }) => ({ out, source })));
  for (const name of ['dist', 'build', 'lib', 'out', '.output', 'dist-server']) {
    const out = joinPath(dir, name) ?? name;
    if (sure.some((known) => known.out === out) || existsPath(files, out)) continue;
    if (hasSource) outputs.push({ out, source });
    outputs.push({ out, source: dir });
  }
  return unique(outputs);
}

function fromTsconfigs(
  files: ProjectFiles,
  dir: string,
  scripts: ReadonlyMap<string, string>,
): Output[] {
  const named = [...scripts.values()].flatMap((script) =>
    [...script.matchAll(/(?:^|\s)(?:-p|-b|--project|--build)[\s=]+["']?([\w./-]+)/g)].flatMap(
      ([, path = '']) => {
        const full = joinPath(dir, path) ?? '';
        return [full, `${full}/tsconfig.json`].filter((candidate) => files.has(candidate));
      },
    ),
  );
  const beside = filesIn(files, dir).filter((path) =>
    /^tsconfig(\.[\w.-]+)?\.json$/.test(baseName(path)),
  );
  // The build's own configuration before the editor's.
  const rank = (path: string): number =>
    /build|prod|server|app|node/.test(baseName(path))
      ? 0
      : baseName(path) === 'tsconfig.json'
        ? 1
        : 2;
  const paths = [...named, ...beside.sort((a, b) => rank(a) - rank(b))];
  return paths.flatMap((path) => {
    const config = readTsconfig(files, path);
    if (config?.outDir === undefined || config.noEmit || config.outDir === dir) return [];
    const source = compiledFrom(files, config);
    return source === undefined ? [] : [{ out: config.outDir, source }];
  });
}

/** `babel src -d dist`, `swc src -d dist`, `tsc --outDir build`, `esbuild src/a.ts --outfile=b.js`, `tsup src/a.ts`, `ncc build a.ts -o d`. */
function fromScripts(
  files: ProjectFiles,
  dir: string,
  scripts: ReadonlyMap<string, string>,
): Output[] {
  const outputs: Output[] = [];
  for (const script of scripts.values()) {
    if (
      !/\b(babel|swc|tsc|esbuild|tsup|tsdown|unbuild|ncc|bun|parcel|rollup|vite|pkgroll|microbundle)\b/.test(
        script,
      )
    )
      continue;
    for (const command of parseShellSyntax(script).commands) {
      const words = command.words.map((word) => word.text);
      const start = words.findIndex((word) =>
        /^(babel|swc|tsc|esbuild|tsup|tsdown|ncc|bun|parcel)$/.test(baseName(word)),
      );
      const tool = baseName(words[start] ?? '');
      if (!tool || (tool === 'bun' && words[start + 1] !== 'build')) continue;
      outputs.push(...toolOutputs(files, dir, tool, words.slice(start + 1)));
    }
  }
  return outputs;
}

/** Tools that write to `dist` unless told otherwise. */
const WRITES_TO_DIST: ReadonlySet<string> = new Set(['tsup', 'tsdown', 'ncc', 'parcel']);

function toolOutputs(
  files: ProjectFiles,
  dir: string,
  tool: string,
  words: readonly string[],
): Output[] {
  const option = (...names: string[]): string | undefined => {
    for (const [index, word] of words.entries()) {
      for (const name of names) {
        if (word === name) return words[index + 1];
        if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      }
    }
    return undefined;
  };
  const inputs = words.filter(
    (word, index) =>
      !word.startsWith('-') && word !== 'build' && !/^--?[\w-]+$/.test(words[index - 1] ?? ''),
  );
  const [input] = inputs;
  const entry = input === undefined ? undefined : joinPath(dir, input);
  const outFile = option('--outfile', '--out-file', '-o');
  const isFile = outFile !== undefined && /\.[cm]?js$/.test(outFile);
  if (isFile && entry !== undefined) {
    const out = joinPath(dir, outFile);
    return out === undefined ? [] : [{ out, source: entry }];
  }
  const usual = WRITES_TO_DIST.has(tool) ? 'dist' : undefined;
  const folder =
    option('--outDir', '--outdir', '--out-dir', '--dist-dir', '-d', '--out', '-o') ?? usual;
  const out = folder === undefined ? undefined : joinPath(dir, folder);
  if (out === undefined || out === dir) return [];
  if (tool === 'tsc') {
    const source = joinPath(dir, option('--rootDir') ?? 'src');
    return source === undefined ? [] : [{ out, source }];
  }
  if (entry === undefined) return [];
  if (tool === 'ncc') return [{ out: `${out}/index.js`, source: entry }];
  const isFolder = !files.has(entry) && existsPath(files, entry);
  return [{ out, source: isFolder ? entry : folderOf(entry) }];
}

function fromNest(files: ProjectFiles, dir: string): Output[] {
  return nestProjects(files, dir).map(({ out, sourceRoot }) => ({ out, source: sourceRoot }));
}

/** The projects of a nest-cli.json (or nest.json): where they are compiled from and to, and their entry file. */
export function nestProjects(
  files: ProjectFiles,
  dir: string,
): { name: string | undefined; out: string; sourceRoot: string; entryFile: string }[] {
  const path = ['nest-cli.json', 'nestconfig.json', 'nest.json', '.nest-cli.json']
    .map((name) => joinPath(dir, name) ?? name)
    .find((name) => files.has(name));
  const data = record(path === undefined ? undefined : jsonData(files.json(path)));
  if (!data) return [];
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' ? value : undefined;
  const main = {
    name: undefined,
    out: joinPath(dir, 'dist') ?? 'dist',
    sourceRoot: joinPath(dir, text(data['sourceRoot']) ?? 'src') ?? 'src',
    entryFile: text(data['entryFile']) ?? 'main',
  };
  const projects = Object.entries(record(data['projects']) ?? {}).flatMap(([name, value]) => {
    const project = record(value);
    const root = text(project?.['root']);
    if (!project || root === undefined) return [];
    return [
      {
        name,
        out: joinPath(dir, 'dist', root) ?? 'dist',
        sourceRoot: joinPath(dir, text(project['sourceRoot']) ?? `${root}/src`) ?? root,
        entryFile: text(project['entryFile']) ?? 'main',
      },
    ];
  });
  return projects.length > 0 ? [...projects, main] : [main];
}

/** Nx build targets name their main file and the folder its bundle goes to. */
function fromNx(files: ProjectFiles, dir: string): Output[] {
  if (!files.has(joinPath(dir, 'nx.json') ?? '')) return [];
  return nxProjects(files, dir).flatMap(({ main, outputPath }) =>
    main !== undefined && outputPath !== undefined
      ? [
          { out: `${outputPath}/main.js`, source: main },
          { out: outputPath, source: folderOf(main) },
        ]
      : [],
  );
}

/** Nx projects below a folder, by their project.json. */
function nxProjects(
  files: ProjectFiles,
  dir: string,
): { name: string; folder: string; main: string | undefined; outputPath: string | undefined }[] {
  return filesBelow(files, dir)
    .filter((path) => baseName(path) === 'project.json')
    .flatMap((path) => {
      const data = record(jsonData(files.json(path)));
      if (!data) return [];
      const options = record(
        record(record(data['targets'] ?? data['architect'])?.['build'])?.['options'],
      );
      const at = (value: unknown): string | undefined =>
        typeof value === 'string' ? joinPath(dir, value) : undefined;
      const name = typeof data['name'] === 'string' ? data['name'] : baseName(folderOf(path));
      return [
        {
          name,
          folder: folderOf(path),
          main: at(options?.['main']),
          outputPath: at(options?.['outputPath']),
        },
      ];
    });
}

function unique(outputs: readonly Output[]): Output[] {
  const seen = new Set<string>();
  return outputs.filter(({ out, source }) => {
    const key = `${out}\0${source}`;
    if (out === source || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
