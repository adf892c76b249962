import { parseArgs } from 'node:util';

export const USAGE = 'usage: npm run bench -- [--runs N] [--keystrokes] <folder>...';

/** Odd, so that a median is a time that was measured. */
const DEFAULT_RUNS = 5;

export interface BenchArguments {
  /** As given, at least one unless keystrokes are all that is asked for. */
  readonly folders: readonly string[];
  readonly runs: number;
  readonly keystrokes: boolean;
}

/**
 * Reads the command line.
 * @param argv without the program and the script
 * @throws Error with a message for whoever typed it
 */
export function benchArguments(argv: readonly string[]): BenchArguments {
  const { values, positionals } = parsed(argv);
  const runs = values.runs ?? String(DEFAULT_RUNS);
  if (!/^[1-9]\d{0,2}$/.test(runs)) {
    throw new Error(`--runs takes a number from 1 to 999, not "${runs}"\n${USAGE}`);
  }
  const keystrokes = values.keystrokes ?? false;
  if (positionals.length === 0 && !keystrokes) {
    throw new Error(`no folder to measure\n${USAGE}`);
  }
  return { folders: positionals, runs: Number(runs), keystrokes };
}

function parsed(argv: readonly string[]): {
  values: { runs?: string | undefined; keystrokes?: boolean | undefined };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...argv],
      options: { runs: { type: 'string' }, keystrokes: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, {
      cause: error,
    });
  }
}
