import type { ProjectFiles } from './files';
import type { EntryPoint, PackageInfo, StartCommand } from './model';

/** Interim: replaced by the manifest work. */
export function findEntryPoints(files: ProjectFiles, packages: readonly PackageInfo[], _commands: readonly StartCommand[]): EntryPoint[] {
  return packages.flatMap((info) => {
    const start = info.scripts.get('start')?.command ?? '';
    const main = /(?:node|ts-node|tsx|nodemon)\s+(?:-\S+\s+)*(\S+)/.exec(start)?.[1] ?? String(info.manifest['main'] ?? 'index.js');
    const prefix = info.dir === '' ? '' : `${info.dir}/`;
    const candidates = [main, main.replace(/\.js$/, '.ts'), main.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts'), `${main}.js`, `${main}.ts`, 'src/main.ts'];
    const path = candidates.map((each) => prefix + each.replace(/^\.\//, '')).find((each) => files.has(each));
    return path === undefined ? [] : [{ path, package: info, origin: 'package.json scripts.start', declaredAt: undefined, intent: 'start', production: true } as const];
  });
}
