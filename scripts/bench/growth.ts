import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { createNodeHost } from '../../server/src/host-node';
import { AT_ONCE } from '../../server/src/host-node-disk';
import { isReadable } from '../../server/src/workspace/readable';
import { bareParse, coldCheck, warmCheck, type BenchPlaces } from './contestants';
import { copyFiles, planCopies, type CopyPlan } from './copy-plan';
import { takeTurns } from './rounds';
import { growthTable, type GrowthStep } from './tables';

const COPIES = [1, 2, 4];

/**
 * Measures whether a monorepo of several copies of a folder, each depending on the one before, costs more than as many times one.
 * @param target where the copies are made
 * @returns a table, or why there is none
 */
export async function measureGrowth(
  folder: string,
  target: string,
  places: BenchPlaces,
  runs: number,
): Promise<string> {
  const plan = await readPlan(folder);
  if (plan === undefined)
    return 'No source file that could import another copy: no growth to measure.';
  rmSync(target, { recursive: true, force: true });
  try {
    const steps = COPIES.map((copies) => {
      const monorepo = join(target, `x${copies}`);
      writeCopies(plan, copies, monorepo);
      const outputs = join(places.outputs, `x${copies}`);
      mkdirSync(outputs, { recursive: true });
      const own = { ...places, outputs };
      const contestants = [bareParse, coldCheck, warmCheck].map((make) => make(monorepo, own));
      return { copies, contestants };
    });
    const outcomes = takeTurns(
      steps.flatMap(({ contestants }) => contestants.map(({ run }) => run)),
      runs,
    );
    let next = 0;
    const measured = steps.map(({ copies, contestants }): GrowthStep => {
      const files = contestants[0]?.countFiles?.() ?? Number.NaN;
      const own = contestants.map(({ name }) => ({
        name,
        outcome: outcomes[next++] ?? { samples: [] },
      }));
      return { copies, files, outcomes: own };
    });
    return growthTable(measured);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

/** Reads what an analysis may read, and nothing that git ignores. */
async function readPlan(folder: string): Promise<CopyPlan | undefined> {
  const host = createNodeHost(AT_ONCE);
  const root = pathToFileURL(folder).href;
  const { files } = await host.list(root, []);
  const texts = new Map<string, string>();
  for (const { path, size, ignored } of files) {
    if (ignored || !isReadable(path, size)) continue;
    const read = await host.read(root, path);
    if (read.kind === 'text') texts.set(path, read.text);
  }
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z\d-]+/g, '-');
  return planCopies(texts, name, pnpmGlobs(texts.get('pnpm-workspace.yaml')));
}

function writeCopies(plan: CopyPlan, copies: number, target: string): void {
  // The copies lie in a folder that this project's git ignores; a repository begins here, for whoever asks.
  mkdirSync(join(target, '.git'), { recursive: true });
  for (const [path, text] of copyFiles(plan, copies)) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function pnpmGlobs(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const value: unknown = parse(text);
  const globs: unknown =
    typeof value === 'object' && value !== null && 'packages' in value ? value.packages : [];
  return Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [];
}
