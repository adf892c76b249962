// What an analysis costs: `npm run bench -- [--runs N] [--keystrokes] <folder>...`. For each folder, our command line beside a bare
// parse of its sources and beside oxlint, Biome and ESLint, each in a process of its own, in turns.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
import { measureGrowth } from './bench/growth';
import type { Keystrokes } from './bench/keystrokes';
import { quantile, table } from './bench/measure';
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
  const { folders, runs, keystrokes } = benchArguments(argv);
  const paths = folders.map((folder) => resolve(process.env['INIT_CWD'] ?? process.cwd(), folder));
  for (const path of paths) assertFolder(path);
  rmSync(places.bundles, { recursive: true, force: true });
  await bundleChildren(root, places.bundles);
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
  if (keystrokes) console.log(`\n${typing()}`);
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

/** What a keystroke costs, in a file of our own. */
function typing(): string {
  const child = spawnSync(process.execPath, [YOUNG_SPACE, join(places.bundles, 'type.js')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error('typing failed');
  const { lines, times, cpuMs } = JSON.parse(child.stdout) as Keystrokes;
  const cells = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1));
  return [
    `Keystroke → diagnostics, in-band, ${lines} lines, ${times.length} keystrokes\n`,
    table([
      ['', 'p50 ms', 'p95 ms', 'max ms', 'mean CPU ms'],
      ['didChange → diagnostics', ...cells, cpuMs.toFixed(1)],
    ]),
  ].join('\n');
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
