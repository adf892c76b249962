import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../../server/src/cli/program';
import { defineRule, type GoodExample, type Rule } from '../../server/src/engine/rule';
import { onSource } from '../../server/src/project/facts/source-handlers';
import type { Files } from '../helpers/check';

const good: readonly GoodExample[] = ['', '1', '2', '3', '4'].map((code) => ({ code }));
const bad = [{ code: "'warn'", findings: [{ at: "'warn'" }] }];

/** A rule for tests of the command line: reports string literals that are the name of a severity. */
export const severityRule = defineRule({
  id: 'loud-string',
  factor: 'logs',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A string is the name of a severity.',
  why: 'It is here to be found.',
  whenNotToUse: 'Outside of tests.',
  fix: 'safe',
  messages: { loud: 'The string says {what}.' },
  hints: [/'(error|warn|info|hint)'/],
  examples: {
    bad: [...bad, ...bad, { ...bad[0]!, fixed: { quiet: "'quiet'" } }],
    good,
  },
  source: [
    onSource(['StringLiteral'], (node, context) => {
      if (/^(error|warn|info|hint)$/.test(node.text)) context.mark(node, { text: node.text });
    }),
  ],
  judge({ span, data }, context) {
    const what = String(data['text']);
    const severities = {
      error: 'error',
      warn: 'warning',
      info: 'information',
      hint: 'hint',
    } as const;
    const { path } = context;
    const fix = (id: string, kind: 'safe' | 'suggest', newText: string) => ({
      id,
      kind,
      title: `Say ${newText}`,
      build: () => [{ kind: 'edit', path, edits: [{ span, newText }] } as const],
    });
    context.report({
      at: span,
      message: 'loud',
      data: { what },
      severity: severities[what as keyof typeof severities],
      fixes: what === 'warn' ? [fix('quiet', 'safe', "'quiet'")] : [fix('mute', 'suggest', "''")],
    });
  },
});

/** A folder on disk with these files; `dispose` removes it. */
export async function temporaryFolder(
  files: Files,
): Promise<{ readonly path: string; dispose(): Promise<void> }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'twelve-factor-cli-')));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}

export interface CliResult {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, with its output kept. */
export async function cli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  program: string | undefined = 'this test',
  rules: readonly Rule[] = [severityRule],
  input = '',
): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await runCli(args, rules, {
    cwd,
    env,
    out: { isTerminal: false, write: (text) => (out += text) },
    err: { isTerminal: false, write: (text) => (err += text) },
    readInput: () => Promise.resolve(input),
    ask: undefined,
    program: () => program,
    shipped: (path) =>
      Promise.resolve(path.endsWith('loud-string.md') ? '# loud-string\n' : undefined),
  });
  return { code, out, err };
}
