import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

/** What the command line sees of the process it runs in; a test gives its own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Output;
  readonly err: Output;
  /** Everything that comes on standard input. */
  readInput(): Promise<string>;
  /** Asks the person who looks at standard error; undefined where nobody does. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /**
   * Tells this program from others, later builds of the same version included.
   * @returns undefined where that cannot be told
   */
  program(): string | undefined;
  /**
   * A text that ships beside the program.
   * @param path relative to the folder that is shipped
   * @returns undefined where it is missing
   */
  shipped(path: string): Promise<string | undefined>;
}

export interface Output {
  /** A person is looking, and lines can be rewritten. */
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** The command line's own process. */
export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    env: process.env,
    out: outputOf(process.stdout),
    err: outputOf(process.stderr),
    readInput,
    ask: process.stdin.isTTY && process.stderr.isTTY && !isCi(process.env) ? ask : undefined,
    shipped: (path) => readFile(join(__dirname, '..', path), 'utf8').catch(() => undefined),
    program: () => hashOf([__filename, join(__dirname, 'typescript.js')]),
  };
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await asking.question(question);
  } finally {
    asking.close();
  }
}

/** Does nobody look, because a job runs? */
export function isCi(env: Terminal['env']): boolean {
  const { CI: ci = '' } = env;
  return ci !== '' && ci !== 'false' && ci !== '0';
}

/** What the bundle is made of. */
function hashOf(files: readonly string[]): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const file of files) hash.update(readFileSync(file));
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

/**
 * Whether to colour: `--color` or `--no-color` decides, then `NO_COLOR` (no-color.org) and `FORCE_COLOR`, then whether a person is looking.
 * @param options of the command line; `color` is undefined when it is not given
 */
export function colorOf(
  terminal: Terminal,
  { color }: { readonly color?: boolean | undefined },
): 'always' | 'never' {
  const { env, out } = terminal;
  if (color !== undefined) return color ? 'always' : 'never';
  if (env['NO_COLOR']) return 'never';
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] === '0' ? 'never' : 'always';
  return out.isTerminal && env['TERM'] !== 'dumb' ? 'always' : 'never';
}

/** Does the terminal open addresses of a text? Those that do not know hyperlinks show the text alone. */
export function linksOf({ out, env }: Terminal, color: 'always' | 'never'): 'shown' | 'none' {
  return out.isTerminal && color === 'always' && !isCi(env) ? 'shown' : 'none';
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return { isTerminal: stream.isTTY, write: (text) => stream.write(text) };
}
