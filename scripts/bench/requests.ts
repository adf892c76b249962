import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position } from 'vscode-languageserver/node';
import { EditorClient } from './editor-client';
import { quantile, table } from './measure';

const WARM_UP = 30;
const TIMES = 200;
/** Nobody waits for less than this. */
const AIM_MS = 30;
/** Typed behind `process.env.`, letter by letter. */
const NAME = 'DATABASE_URL';

/**
 * How long a person waits for what they ask for: hover at variables of a file, and completion after each letter of one that is typed, in
 * a server of its own process that has read the folder.
 * @param server script and arguments of Node
 * @returns a table of all runs together
 */
export async function measureRequests(
  server: readonly string[],
  folder: string,
  files: readonly string[],
  runs: number,
): Promise<string> {
  const rows: string[][] = [];
  for (const file of files) {
    const hovers: number[] = [];
    const completions: number[] = [];
    let answered = 0;
    let offered = 0;
    for (let run = 0; run < runs; run += 1) {
      const one = await runOnce(server, folder, file);
      hovers.push(...one.hovers);
      completions.push(...one.completions);
      answered += one.answered;
      offered = one.offered;
    }
    const [hover95, completion95] = [quantile(hovers, 0.95), quantile(completions, 0.95)];
    rows.push([
      relative(folder, file),
      quantile(hovers, 0.5).toFixed(1),
      hover95.toFixed(1),
      `${answered}/${hovers.length}`,
      quantile(completions, 0.5).toFixed(1),
      completion95.toFixed(1),
      String(offered),
      Math.max(hover95, completion95) <= AIM_MS ? 'yes' : 'NO',
    ]);
  }
  const head = ['file', 'hover p50', 'p95', 'answered', 'completion p50', 'p95', 'names'];
  return table([[...head, `p95 ≤ ${AIM_MS} ms`], ...rows]);
}

interface Answers {
  readonly hovers: readonly number[];
  readonly completions: readonly number[];
  /** How many hovers said something. */
  readonly answered: number;
  /** How many names the last completion offered. */
  readonly offered: number;
}

async function runOnce(server: readonly string[], folder: string, file: string): Promise<Answers> {
  const text = readFileSync(file, 'utf8');
  const uri = pathToFileURL(file).href;
  const client = await EditorClient.start(server, folder);
  try {
    await client.open(uri, text);
    await client.ready();
    await client.diagnostics(uri);
    const { times: hovers, answered } = await hover(client, uri, variablesOf(text));
    const { times: completions, offered } = await complete(client, uri, text);
    return { hovers, completions, answered, offered };
  } finally {
    await client.stop();
  }
}

/** Inside the name of each variable that a file reads; in the middle of the file where it reads none. */
function variablesOf(text: string): readonly Position[] {
  const lines = text.split('\n');
  const found = lines.flatMap((line, index) =>
    [...line.matchAll(/\b(?:process|import\.meta)\.env\.(?=\w)/g)].map((read) => ({
      line: index,
      character: read.index + read[0].length + 1,
    })),
  );
  return found.length > 0 ? found : [{ line: Math.floor(lines.length / 2), character: 1 }];
}

async function hover(
  client: EditorClient,
  uri: string,
  positions: readonly Position[],
): Promise<{ readonly times: readonly number[]; readonly answered: number }> {
  const times: number[] = [];
  let answered = 0;
  for (let time = 0; time < WARM_UP + TIMES; time += 1) {
    const position = positions[time % positions.length];
    const started = performance.now();
    const said = await client.ask('textDocument/hover', { textDocument: { uri }, position });
    if (time < WARM_UP) continue;
    times.push(performance.now() - started);
    if (said !== null) answered += 1;
  }
  return { times, answered };
}

/** Types a name on a line of its own behind what the file has, asks after each letter, takes it away, and begins again. */
async function complete(
  client: EditorClient,
  uri: string,
  text: string,
): Promise<{ readonly times: readonly number[]; readonly offered: number }> {
  const line = text.split('\n').length;
  const start = 'process.env.';
  const end = { line: line - 1, character: (text.split('\n').at(-1) ?? '').length };
  await client.change(uri, { range: { start: end, end }, text: `\n${start}` });
  const times: number[] = [];
  let offered = 0;
  let typed = '';
  for (let time = 0; time < WARM_UP + TIMES; time += 1) {
    const next = typed.length < NAME.length ? NAME.slice(0, typed.length + 1) : '';
    const from = { line, character: start.length };
    const to = { line, character: start.length + typed.length };
    await client.change(uri, { range: { start: from, end: to }, text: next });
    typed = next;
    const position = { line, character: start.length + typed.length };
    const started = performance.now();
    const said = await client.ask('textDocument/completion', { textDocument: { uri }, position });
    if (time < WARM_UP) continue;
    times.push(performance.now() - started);
    offered = Math.max(offered, namesIn(said));
  }
  return { times, offered };
}

function namesIn(said: unknown): number {
  if (Array.isArray(said)) return said.length;
  const { items } = (said ?? {}) as { readonly items?: unknown };
  return Array.isArray(items) ? items.length : 0;
}
