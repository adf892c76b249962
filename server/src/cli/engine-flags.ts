import { setFlagsFromString } from 'node:v8';

const SLOW_GROWTH = '--heap-growing-percent=40';

const MAGLEV = [
  '--invocation-count-for-maglev=4000',
  '--invocation-count-for-turbofan=30000',
  SLOW_GROWTH,
];

/**
 * By major version of V8, the flags that suit a process which is over in seconds. They come without a promise, and an unknown one is
 * complained about on standard error: versions that have not been looked at (`node --v8-options`) are left alone.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '11': ['--interrupt-budget=1000000', SLOW_GROWTH],
  '12': MAGLEV,
  '13': MAGLEV,
};

/**
 * Suits the engine to a single check.
 *
 * It optimises only what runs ten times as often as it would itself: a check is over so soon that optimised code hardly runs, and
 * making it takes a third of the processor time of a small scan, a quarter of that of a large one. And it lets the heap grow by less
 * than half before it looks for garbage: that saves a quarter of the memory of a large scan, at no time that could be measured.
 * @param v8 version of the engine
 */
export function tuneForOneRun(v8: string = process.versions.v8): void {
  const [major = ''] = v8.split('.');
  for (const flag of FLAGS[major] ?? []) setFlagsFromString(flag);
}
