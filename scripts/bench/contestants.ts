import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, peerScript } from './peers';
import type { Runner } from './rounds';
import { runTimed, type ChildCommand } from './timed-process';

/** Somebody who analyses a folder in a process of its own. */
export interface Contestant {
  readonly name: string;
  readonly run: Runner;
  /** How many files the last run says it has read; undefined where it does not say. */
  readonly countFiles?: () => number | undefined;
}

/** Where things are that contestants need; nothing is ever written into the folder that is measured. */
export interface BenchPlaces {
  /** The bundled command line and bare parse. */
  readonly bundles: string;
  /** What they print, and caches. */
  readonly outputs: string;
  readonly peers: string;
}

/** The bare parse: the yardstick. */
export function bareParse(folder: string, { bundles, outputs }: BenchPlaces): Contestant {
  const output = join(outputs, 'parse.json');
  return {
    name: 'bare parse',
    ...node([join(bundles, 'parse.js'), folder], { cwd: outputs, output, codes: [0] }),
    countFiles: counter(output, (text) => (JSON.parse(text) as { files: number }).files),
  };
}

/** Our command line, as it was never run before. */
export function coldCheck(folder: string, { bundles, outputs }: BenchPlaces): Contestant {
  return check('twelve-factor, cold', [join(bundles, 'cli.js'), 'check', folder], outputs, [
    '--no-cache',
  ]);
}

/** Our command line, after a run on the same files: the round that does not count is that run. */
export function warmCheck(folder: string, { bundles, outputs }: BenchPlaces): Contestant {
  return check('twelve-factor, warm', [join(bundles, 'cli.js'), 'check', folder], outputs, [
    '--cache-location',
    join(outputs, 'cache'),
  ]);
}

/** The others, as they are published, each started as its command starts it. */
export function peerContestants(folder: string, places: BenchPlaces): readonly Contestant[] {
  const { peers } = places;
  const config = (name: string): string => join(peers, name);
  return [
    peer('oxlint', 'oxlint', 'oxlint', folder, places, {
      args: ['-c', config('oxlint.json'), '--disable-nested-config', '--format', 'json', '.'],
      count: (text) => Number(/"number_of_files": (\d+)/.exec(text)?.[1]),
    }),
    peer('Biome', '@biomejs/biome', 'biome', folder, places, {
      args: [
        'lint',
        `--config-path=${config('biome.json')}`,
        '--reporter=json',
        '--max-diagnostics=none',
        '.',
      ],
      count: (text) => Number(/"unchanged":(\d+)/.exec(text)?.[1]),
    }),
    peer('ESLint', 'eslint', 'eslint', folder, places, {
      args: ['-c', config('eslint.config.mjs'), '--no-inline-config', '--format', 'json', '.'],
      count: (text) => (JSON.parse(text) as readonly unknown[]).length,
    }),
  ];
}

interface Peer {
  readonly args: readonly string[];
  /** Reads from its report how many files it has looked at. */
  count(report: string): number;
}

function peer(
  name: string,
  packageName: string,
  command: string,
  folder: string,
  { peers, outputs }: BenchPlaces,
  { args, count }: Peer,
): Contestant {
  const output = join(outputs, `${command}.json`);
  if (!isInstalled(peers, packageName)) {
    return {
      name,
      run() {
        throw new Error('not installed');
      },
    };
  }
  const script = peerScript(peers, packageName, command);
  return {
    name,
    ...node([script, ...args], { cwd: folder, output, codes: [0, 1] }),
    countFiles: counter(output, count),
  };
}

function check(
  name: string,
  command: readonly string[],
  outputs: string,
  cache: readonly string[],
): Contestant {
  const report = join(outputs, 'report.json');
  const args = [...command, '--format', 'json', '--output', report, ...cache];
  return {
    name,
    ...node(args, { cwd: outputs, output: join(outputs, 'check.out'), codes: [0, 1] }),
  };
}

function node(args: readonly string[], rest: Omit<ChildCommand, 'command'>): { run: Runner } {
  return { run: () => runTimed({ command: [process.execPath, ...args], ...rest }) };
}

function counter(output: string, count: (text: string) => number): () => number | undefined {
  return () => (existsSync(output) ? count(readFileSync(output, 'utf8')) : undefined);
}
