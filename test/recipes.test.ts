import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json';
import { runCli } from '../server/src/cli/program';

const root = join(import.meta.dirname, '..');
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

/** Are these arguments that the command line takes? It ends with 2 where they are not, and where there is no such folder. */
async function isTaken(args: readonly string[]): Promise<boolean> {
  let err = '';
  const nowhere = { isTerminal: false, write: () => undefined };
  const marked = args.map((arg) => (arg === '.' ? 'no-such-folder' : arg));
  await runCli(marked, [], {
    ...{ cwd: '/', env: {}, ask: undefined, out: nowhere },
    err: { isTerminal: false, write: (text) => (err += text) },
    ...{ program: () => undefined, shipped: () => Promise.resolve(undefined) },
    readInput: () => Promise.resolve(''),
  });
  return err === 'twelve-factor: There is no folder no-such-folder\n';
}

it.runIf(process.platform !== 'win32')(
  'the action hands its inputs on as words, whatever they hold',
  async () => {
    const action = parse(await read('action.yml')) as {
      readonly inputs: Readonly<Record<string, { readonly default: string }>>;
      readonly runs: { readonly steps: readonly [{ readonly run: string }] };
    };
    expect(action.inputs['version']?.default).toBe(manifest.version);
    const folder = await mkdtemp(join(tmpdir(), 'twelve-factor-action-'));
    await writeFile(join(folder, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    await chmod(join(folder, 'npx'), 0o755);
    const env = {
      PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      ...{ FOLDER: 'a b; touch x', VERSION: '0.1.0', SARIF: 'out.sarif' },
      ...{ ARGUMENTS: '--changed=origin/main --hints', GITHUB_STEP_SUMMARY: '/tmp/s.md' },
    };
    const out = execFileSync('bash', ['-c', action.runs.steps[0].run], { env, cwd: folder });
    const words = out.toString().trimEnd().split('\n');
    await rm(folder, { recursive: true });
    expect(words.slice(0, 4)).toEqual(['--yes', 'twelve-factor@0.1.0', 'check', 'a b; touch x']);
    expect(await isTaken(['check', '.', ...words.slice(4)])).toBe(true);
  },
);

it('every command of the recipes is one that the command line takes', async () => {
  const texts = await Promise.all(
    ['docs/ci.md', '.pre-commit-hooks.yaml', 'docs/npm/README.md'].map(read),
  );
  const commands = texts.flatMap((text) =>
    [...text.matchAll(/npx (?:--yes )?twelve-factor (check .*)$/gm)].map(([, args = '']) =>
      args.split(' '),
    ),
  );
  expect(commands.length).toBeGreaterThan(4);
  for (const args of commands)
    if (args.includes('.')) expect(await isTaken(args), args.join(' ')).toBe(true);
});
