import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { Diagnostic } from 'vscode-languageserver/node';
import { EditorClient } from './editor-client';
import { median, quantile, table } from './measure';

const WORD = 'const typed = 1;';
const WARM_UP = 30;
const KEYS = 170;
/** When memory is looked at after the scan: what it needed for the scan alone has had time to go. */
const REST_MS = 30_000;

/** What one run in an editor took. */
interface EditorRun {
  /** From the start of the server to the first report of the file, milliseconds. */
  readonly firstMs: number;
  /** The same in a folder that holds the file and its package.json alone. */
  readonly aloneMs: number;
  /** Warnings of the file that the first report had, and all of them. */
  readonly held: number;
  readonly warnings: number;
  /** Findings of the first report that were taken back. */
  readonly vanished: number;
  readonly readyMs: number;
  /** From a change to its diagnostics, one a keystroke. */
  readonly keys: readonly number[];
  /** A full parse of the file, warmed. */
  readonly parseMs: number;
  readonly restMiB: number;
  readonly typedMiB: number;
  /** Does a fresh server say the same of the text that was typed last? */
  readonly isSame: boolean;
}

/**
 * Opens a file of a folder in a server of its own process, types into it, and compares with the file alone and with a bare parse of it.
 * @param server script and arguments of Node
 * @returns a table of medians
 */
export async function measureEditor(
  server: readonly string[],
  folder: string,
  files: readonly string[],
  runs: number,
): Promise<string> {
  const rows: string[][] = [];
  for (const file of files) {
    const all: EditorRun[] = [];
    for (let run = 0; run < runs; run += 1) all.push(await runOnce(server, folder, file));
    rows.push(rowOf(relative(folder, file), all));
  }
  const head = ['file', 'first ms', '÷ alone', 'held', 'vanished', 'ready ms'];
  const keys = ['key p50', 'p95', 'parse', 'p95 ÷ parse', 'MiB at rest', 'typed', 'same'];
  return table([[...head, ...keys], ...rows]);
}

function rowOf(name: string, runs: readonly EditorRun[]): string[] {
  const of = (pick: (run: EditorRun) => number): number => median(runs.map(pick));
  const [last] = runs.slice(-1);
  return [
    name,
    of(({ firstMs }) => firstMs).toFixed(0),
    of(({ firstMs, aloneMs }) => firstMs / aloneMs).toFixed(2),
    `${last?.held ?? 0}/${last?.warnings ?? 0}`,
    String(of(({ vanished }) => vanished)),
    of(({ readyMs }) => readyMs).toFixed(0),
    of(({ keys }) => quantile(keys, 0.5)).toFixed(1),
    of(({ keys }) => quantile(keys, 0.95)).toFixed(1),
    of(({ parseMs }) => parseMs).toFixed(1),
    of(({ keys, parseMs }) => quantile(keys, 0.95) / parseMs).toFixed(1),
    of(({ restMiB }) => restMiB).toFixed(0),
    of(({ typedMiB }) => typedMiB).toFixed(0),
    runs.every(({ isSame }) => isSame) ? 'yes' : 'NO',
  ];
}

async function runOnce(
  server: readonly string[],
  folder: string,
  file: string,
): Promise<EditorRun> {
  const text = readFileSync(file, 'utf8');
  const uri = pathToFileURL(file).href;
  const aloneMs = await firstAlone(server, file, text);
  const started = performance.now();
  const client = await EditorClient.start(server, folder);
  try {
    await client.open(uri, text);
    const early = await client.diagnostics(uri);
    const firstMs = performance.now() - started;
    await client.ready();
    const readyMs = performance.now() - started;
    const final = await client.diagnostics(uri);
    await pause(REST_MS);
    const restMiB = client.residentMiB();
    const { keys, typed } = await type(client, uri, text);
    const said = await settledDiagnostics(client, uri);
    const fresh = await freshDiagnostics(server, folder, uri, typed);
    const warnings = final.filter(({ severity }) => severity !== undefined && severity <= 2);
    return {
      firstMs,
      aloneMs,
      held: warnings.filter((each) => has(early, each)).length,
      warnings: warnings.length,
      vanished: early.filter((each) => !has(final, each)).length,
      readyMs,
      keys,
      parseMs: parse(file, text),
      restMiB,
      typedMiB: client.residentMiB(),
      isSame: JSON.stringify(said) === JSON.stringify(fresh),
    };
  } finally {
    await client.stop();
  }
}

/** The first report of the file where there is nothing but it and its package.json. */
async function firstAlone(server: readonly string[], file: string, text: string): Promise<number> {
  let owner = dirname(file);
  while (!existsSync(join(owner, 'package.json')) && dirname(owner) !== owner)
    owner = dirname(owner);
  const folder = mkdtempSync(join(tmpdir(), 'twelve-factor-bench-'));
  const copy = join(folder, relative(owner, file));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(file, copy);
  const manifest = join(owner, 'package.json');
  if (existsSync(manifest)) copyFileSync(manifest, join(folder, 'package.json'));
  const started = performance.now();
  const client = await EditorClient.start(server, folder);
  try {
    await client.open(pathToFileURL(copy).href, text);
    await client.diagnostics(pathToFileURL(copy).href);
    return performance.now() - started;
  } finally {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Types a word letter by letter on an empty line in the middle of the file, takes it away, and begins again. */
async function type(
  client: EditorClient,
  uri: string,
  text: string,
): Promise<{ readonly keys: readonly number[]; readonly typed: string }> {
  const lines = text.split('\n');
  const empty = lines.findIndex((line, index) => index > lines.length / 2 && line.trim() === '');
  const line = empty < 0 ? lines.length - 1 : empty;
  const typedAt = (key: number): string => WORD.slice(0, key % (WORD.length + 1));
  const keys: number[] = [];
  for (let key = 1; key <= WARM_UP + KEYS; key += 1) {
    const before = typedAt(key - 1);
    const started = performance.now();
    await client.change(uri, {
      range: { start: { line, character: 0 }, end: { line, character: before.length } },
      text: typedAt(key),
    });
    await client.diagnostics(uri);
    if (key > WARM_UP) keys.push(performance.now() - started);
  }
  lines[line] = typedAt(WARM_UP + KEYS) + (lines[line] ?? '');
  return { keys, typed: lines.join('\n') };
}

/** What is said once the consequences of typing have been worked out. */
async function settledDiagnostics(
  client: EditorClient,
  uri: string,
): Promise<readonly Diagnostic[]> {
  await pause(1_000);
  await client.ready();
  return client.diagnostics(uri);
}

async function freshDiagnostics(
  server: readonly string[],
  folder: string,
  uri: string,
  text: string,
): Promise<readonly Diagnostic[]> {
  const client = await EditorClient.start(server, folder);
  try {
    await client.open(uri, text);
    await client.ready();
    return await client.diagnostics(uri);
  } finally {
    await client.stop();
  }
}

function has(list: readonly Diagnostic[], one: Diagnostic): boolean {
  return list.some(
    ({ code, range }) => code === one.code && JSON.stringify(range) === JSON.stringify(one.range),
  );
}

/** A full parse of the file by TypeScript as published, once it runs warm. */
function parse(file: string, text: string): number {
  const times: number[] = [];
  for (let run = 0; run < 60; run += 1) {
    const started = performance.now();
    // Another text each time, as when somebody types.
    ts.createSourceFile(file, text + ' '.repeat(run % 3), ts.ScriptTarget.Latest, true);
    if (run >= 30) times.push(performance.now() - started);
  }
  return median(times);
}
