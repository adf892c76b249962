import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

/**
 * Writes a report to the file that was named, else to standard output.
 * @throws UsageError when the file cannot be written
 */
export async function deliver(
  report: string,
  { output }: { readonly output?: string | undefined },
  { cwd, out }: Terminal,
): Promise<void> {
  if (output === undefined) {
    out.write(report);
    return;
  }
  await writeFile(resolve(cwd, output), report).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The report cannot be written: ${reason}`);
  });
}
