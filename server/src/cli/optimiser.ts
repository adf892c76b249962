import { setFlagsFromString } from 'node:v8';

const LATER: Readonly<Record<string, readonly string[]>> = {
  '11': ['--interrupt-budget=1000000'],
  '12': ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
  '13': ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
};

/**
 * Lets the engine optimise only what runs ten times as often as it would itself. A check is over so soon that optimised code
 * hardly runs: making it takes a third of the processor time of a small scan, and a quarter of that of a large one.
 * @param v8 version of the engine. Its flags come without a promise and an unknown one is complained about on standard error,
 * so versions whose flags have not been looked at (`node --v8-options`) are left alone.
 */
export function optimiseLater(v8: string = process.versions.v8): void {
  const [major = ''] = v8.split('.');
  for (const flag of LATER[major] ?? []) setFlagsFromString(flag);
}
