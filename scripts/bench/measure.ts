/** What one cold run in a fresh process took, as it says itself. */
export interface ColdRun {
  /** From the start of the process to the result, milliseconds. */
  readonly ms: number;
  /** Processor time of all threads, milliseconds: what it takes whatever else the machine does. */
  readonly cpuMs: number;
  readonly files: number;
  readonly bytes: number;
  /** Largest resident set, MiB. */
  readonly peakMiB: number;
}

/** Prints a run for the process that started this one; call it last. */
export function reportRun(files: number, bytes: number): void {
  const { user, system } = process.cpuUsage();
  const run: ColdRun = {
    ms: performance.now(),
    cpuMs: (user + system) / 1000,
    files,
    bytes,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(run));
}

/**
 * The value below which a share of the values lie.
 * @param share 0.5 for the median, 0.95 for p95
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

/** The middle value, or what is halfway between the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Columns padded to their widest cell; numbers to the right, the first column to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(head), rule, ...body.map(line)].join('\n');
}
