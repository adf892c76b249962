import { parseArgs } from 'node:util';

export const USAGE = 'usage: npm run bench -- [--runs N] [--editor FILE]... <folder>...';

/** Odd, so that a median is a time that was measured. */
const DEFAULT_RUNS = 5;

export interface BenchArguments {
  /** As given, at least one. */
  readonly folders: readonly string[];
  readonly runs: number;
  /** Files to open and type into, as given; each lies in one of the folders. */
  readonly editor: readonly string[];
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
  if (positionals.length === 0) {
    throw new Error(`no folder to measure\n${USAGE}`);
  }
  return { folders: positionals, runs: Number(runs), editor: values.editor ?? [] };
}

function parsed(argv: readonly string[]): {
  values: { runs?: string | undefined; editor?: string[] | undefined };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...argv],
      options: { runs: { type: 'string' }, editor: { type: 'string', multiple: true } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, {
      cause: error,
    });
  }
}
