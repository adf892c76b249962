import { dirname, resolve } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { isOfApp, packagePath, type ReportPackage } from '../../report/packages';
import type { Analysed } from '../analyse';
import type { Terminal } from '../terminal';

/** In the name of a file: one report for each app. */
const APP = '{app}';

/** A report's file, and what of the analysis goes into it. */
export interface AppOutput<T extends Said> {
  readonly file: string | undefined;
  readonly analysed: T;
}

type Said = Pick<Analysed, 'packages' | 'findings' | 'suppressed' | 'notAnalysed'>;

/**
 * The reports that a name of a file stands for: one of everything, or with `{app}` in the name one for each app, with what is said of its
 * package and of those that it depends on. The folder of the app takes the place of `{app}`; for the root, that is `root`.
 */
export function perApp<T extends Said>(
  file: string | undefined,
  analysed: T,
): readonly AppOutput<T>[] {
  if (file?.includes(APP) !== true) return [{ file, analysed }];
  const { packages } = analysed;
  return packages
    .filter(({ kind }) => kind === 'app')
    .map((app) => ({
      file: file.replaceAll(APP, () => nameOf(app)),
      analysed: { ...analysed, ...ofApp(app, analysed) },
    }));
}

/** What is said of an app. */
function ofApp(app: ReportPackage, said: Said): Said {
  const isOwn = isOfApp(app, said.packages);
  return {
    packages: said.packages.filter(({ dir }) => dir === app.dir || app.uses.includes(dir)),
    findings: said.findings.filter(({ path }) => isOwn(path)),
    suppressed: said.suppressed.filter(({ finding }) => isOwn(finding.path)),
    notAnalysed: said.notAnalysed.filter(({ path }) => isOwn(path)),
  };
}

/** The name of an app in names of files; folders stay folders. */
export function nameOf(app: ReportPackage): string {
  return app.dir === '' ? 'root' : packagePath(app);
}

/** Makes the folders that names of apps lead into; those that people named have to be there. */
export async function makeAppFolders(
  pattern: string | undefined,
  files: readonly (string | undefined)[],
  { cwd }: Terminal,
): Promise<void> {
  if (pattern?.includes(APP) !== true) return;
  for (const file of files)
    if (file !== undefined) await mkdir(dirname(resolve(cwd, file)), { recursive: true });
}
