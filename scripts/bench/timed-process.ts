import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import type { Sample } from './rounds';
import { timeProgram } from './time-report';

export interface ChildCommand {
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** Where standard output goes: to a file, as a pipe would make this process a part of what is measured. */
  readonly output: string;
  /** Exit codes of a run that did what it should; linters have more than one. */
  readonly codes: readonly number[];
}

const time = existsSync('/usr/bin/time') ? timeProgram(process.platform) : undefined;

/**
 * Runs a child process to its end.
 * @throws Error with the beginning of what it complained about
 */
export function runTimed({ command, cwd, output, codes }: ChildCommand): Sample {
  const reportFile = `${output}.time`;
  rmSync(reportFile, { force: true });
  const [program = '', ...args] = [...(time?.prefix(reportFile) ?? []), ...command];
  const out = openSync(output, 'w');
  try {
    const started = performance.now();
    const child = spawnSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', out, 'pipe'],
    });
    const ms = performance.now() - started;
    if (child.error) throw child.error;
    if (!codes.includes(child.status ?? -1)) {
      const said = child.stderr.trim().split('\n').slice(0, 3).join(' ');
      throw new Error(`exit code ${child.status ?? child.signal ?? '?'}: ${said}`);
    }
    return { ms, usage: time?.parse(readFileSync(reportFile, 'utf8')) };
  } finally {
    closeSync(out);
  }
}
