// What an analysis costs: `npm run bench -- <folder> [runs]`. A cold scan in a fresh process, next to a bare TypeScript parse of
// the folder's source files; and a keystroke in a file of 2,000 lines, through the real server.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import type { Keystrokes } from './bench/keystrokes';
import { quantile, table, type ColdRun } from './bench/measure';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, '.tmp/bench');
/** As the client starts the server. */
const YOUNG_SPACE = '--max-semi-space-size=32';

async function main(folder: string | undefined, runs: number): Promise<void> {
  if (folder === undefined || !(runs >= 1)) {
    throw new Error('usage: npm run bench -- <folder> [runs]');
  }
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
  await bundleChildren();
  const scans: ColdRun[] = [];
  const parses: ColdRun[] = [];
  // Taking turns spreads what else the machine does over both.
  for (let run = 0; run < runs; run += 1) {
    parses.push(runChild('parse', path) as ColdRun);
    scans.push(runChild('scan', path) as ColdRun);
  }
  const parse = medianRun(parses);
  const scan = medianRun(scans);
  const megabytes = (parse.bytes / 1e6).toFixed(1);
  console.log(`Cold, fresh process, median of ${runs}: ${path}\n`);
  console.log(
    table([
      ['', 'files', 'ms', 'CPU ms', 'peak MiB'],
      [`parse of sources (${megabytes} MB)`, ...cells(parse)],
      ['scan, all rules', ...cells(scan)],
      ['ratio', '', (scan.ms / parse.ms).toFixed(2), (scan.cpuMs / parse.cpuMs).toFixed(2), ''],
    ]),
  );
  const { lines, times, cpuMs } = runChild('type', path, YOUNG_SPACE) as Keystrokes;
  console.log(`\nKeystroke → diagnostics, in-band, ${lines} lines, ${times.length} keystrokes\n`);
  console.log(
    table([
      ['', 'p50 ms', 'p95 ms', 'max ms', 'mean CPU ms'],
      [
        'didChange → diagnostics',
        ...[0.5, 0.95, 1].map((q) => quantile(times, q).toFixed(1)),
        cpuMs.toFixed(1),
      ],
    ]),
  );
}

async function bundleChildren(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  // The scan is bundled as the product ships; the bare parse uses TypeScript as published.
  const product = spawnSync(
    process.execPath,
    [join(root, 'esbuild.mjs'), '--cli', '--production', `--outdir=${out}`],
    { stdio: 'inherit' },
  );
  if (product.status !== 0) throw new Error('the command line could not be built');
  const common: BuildOptions = {
    absWorkingDir: root,
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // As the product is bundled.
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  };
  await build({ ...common, entryPoints: ['scripts/bench/parse.ts'], external: ['typescript'] });
  await build({
    ...common,
    entryPoints: ['scripts/bench/scan.ts', 'scripts/bench/type.ts'],
    minify: true,
    alias: { typescript: './typescript.js' },
    external: ['./typescript.js'],
  });
}

function runChild(
  name: 'parse' | 'scan' | 'type',
  folder: string,
  ...flags: readonly string[]
): unknown {
  const child = spawnSync(process.execPath, [...flags, join(out, `${name}.js`), folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${name} failed on ${folder}`);
  return JSON.parse(child.stdout);
}

/** The medians of the runs' times. */
function medianRun(runs: readonly ColdRun[]): ColdRun {
  const [run] = runs;
  if (!run) throw new Error('nothing was run');
  const median = (pick: (each: ColdRun) => number): number => quantile(runs.map(pick), 0.5);
  return { ...run, ms: median(({ ms }) => ms), cpuMs: median(({ cpuMs }) => cpuMs) };
}

function cells({ files, ms, cpuMs, peakMiB }: ColdRun): readonly string[] {
  return [String(files), ms.toFixed(0), cpuMs.toFixed(0), peakMiB.toFixed(0)];
}

main(process.argv[2], Number(process.argv[3] ?? 5)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
