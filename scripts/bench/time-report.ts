/** What the system says a process, and whatever it started and waited for, has used. */
export interface Usage {
  /** Processor time of all threads, user and system, milliseconds. */
  readonly cpuMs: number;
  /** Largest resident set of any single process, MiB. */
  readonly peakMiB: number;
}

/** A program that runs another one and writes down what that has used. */
export interface TimeProgram {
  /** What goes before the command. */
  prefix(reportFile: string): readonly string[];
  /** @returns undefined where the report says something else than expected */
  parse(report: string): Usage | undefined;
}

const GNU: TimeProgram = {
  prefix: (reportFile) => ['/usr/bin/time', '-f', '%U %S %M', '-o', reportFile],
  parse(report) {
    // A line about the exit status may come first.
    const [, user, system, kibibytes] = /^([\d.]+) ([\d.]+) (\d+)$/m.exec(report) ?? [];
    return usage(user, system, Number(kibibytes) / 1024);
  },
};

const BSD: TimeProgram = {
  prefix: (reportFile) => ['/usr/bin/time', '-l', '-o', reportFile],
  parse(report) {
    const [, user, system] = /(?<![\d.])([\d.]+) user\s+([\d.]+) sys/.exec(report) ?? [];
    const [, bytes] = /(?<!\d)(\d+)\s+maximum resident set size/.exec(report) ?? [];
    return usage(user, system, Number(bytes) / 1024 ** 2);
  },
};

/**
 * The program for a platform; undefined where none is known. A process cannot report on itself as well: it inherits the peak of the
 * one that started it, and others than ours would not say.
 */
export function timeProgram(platform: NodeJS.Platform): TimeProgram | undefined {
  if (platform === 'linux') return GNU;
  return platform === 'darwin' ? BSD : undefined;
}

function usage(
  user: string | undefined,
  system: string | undefined,
  peakMiB: number,
): Usage | undefined {
  const cpuMs = (Number(user) + Number(system)) * 1000;
  return Number.isFinite(cpuMs) && Number.isFinite(peakMiB) ? { cpuMs, peakMiB } : undefined;
}
