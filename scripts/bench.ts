// What an analysis costs: `npm run bench -- [--runs N] [--editor FILE]... <folder>...`. For each folder, our command line beside a bare
// parse of its sources and beside oxlint, Biome and ESLint, each in a process of its own, in turns. With files: what opening them and
// typing into them costs in an editor whose workspace is the folder around them.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchArguments } from './bench/arguments';
import { bundleChildren } from './bench/bundles';
import {
  bareParse,
  coldCheck,
  peerContestants,
  warmCheck,
  type BenchPlaces,
} from './bench/contestants';
import { measureEditor } from './bench/editor';
import { measureGrowth } from './bench/growth';
import { measureRequests } from './bench/requests';
import { configurePeers, installPeers } from './bench/peers';
import { takeTurns } from './bench/rounds';
import { folderTable } from './bench/tables';

const root = fileURLToPath(new URL('..', import.meta.url));
const places: BenchPlaces = {
  bundles: join(root, '.tmp/bench'),
  outputs: join(root, '.tmp/bench-outputs'),
  peers: join(root, '.tmp/bench-peers'),
};
const growthFolder = join(root, '.tmp/bench-growth');
/** As the client starts the server. */
const YOUNG_SPACE = '--max-semi-space-size=32';

async function main(argv: readonly string[]): Promise<void> {
  const { folders, runs, editor } = benchArguments(argv);
  const here = process.env['INIT_CWD'] ?? process.cwd();
  const paths = folders.map((folder) => resolve(here, folder));
  const files = editor.map((file) => resolve(here, file));
  for (const path of paths) assertFolder(path);
  rmSync(places.bundles, { recursive: true, force: true });
  await bundleChildren(root, places.bundles);
  if (files.length > 0) return inEditor(paths, files, runs);
  if (paths.length > 0) {
    const trouble = installPeers(places.peers);
    if (trouble !== undefined) console.log(trouble);
    console.log(`Fresh processes in turns, medians of ${runs}`);
  }
  for (const path of paths) {
    console.log(`\n${path}\n`);
    console.log(compare(path, runs));
    console.log('\nGrowth: copies linked as workspace packages, aim at most +10 %\n');
    console.log(await measureGrowth(path, growthFolder, places, runs));
  }
}

function compare(folder: string, runs: number): string {
  rmSync(places.outputs, { recursive: true, force: true });
  mkdirSync(places.outputs, { recursive: true });
  configurePeers(places.peers, folder);
  const contestants = [
    bareParse(folder, places),
    coldCheck(folder, places),
    warmCheck(folder, places),
    ...peerContestants(folder, places),
  ];
  const outcomes = takeTurns(
    contestants.map(({ run }) => run),
    runs,
  );
  return folderTable(
    contestants.map(({ name, countFiles }, index) => {
      const outcome = outcomes[index] ?? { samples: [] };
      return { name, outcome, files: outcome.failure === undefined ? countFiles?.() : undefined };
    }),
  );
}

/** What it costs to open files and to type into them. */
async function inEditor(
  folders: readonly string[],
  files: readonly string[],
  runs: number,
): Promise<void> {
  const server = [YOUNG_SPACE, join(places.bundles, 'server.js')];
  console.log(`A server of its own process over standard input and output, medians of ${runs}`);
  for (const folder of folders) {
    const own = files.filter((file) => !relative(folder, file).startsWith('..'));
    if (own.length === 0) continue;
    console.log(`\n${folder}\n`);
    console.log(await measureEditor(server, folder, own, runs));
    console.log('\nHover at variables, completion while one is typed, milliseconds\n');
    console.log(await measureRequests(server, folder, own, runs));
  }
}

function assertFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`not a folder: ${path}`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
