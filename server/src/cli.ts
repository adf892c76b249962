#!/usr/bin/env node
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { tuneForOneRun } from './cli/engine-flags';
import { runCli } from './cli/program';
import { processTerminal } from './cli/terminal';
import { rules } from './rules';

const args = process.argv.slice(2);

// A server lives long: it keeps the engine's own way.
if (!['lsp', 'mcp'].includes(args[0] ?? '')) tuneForOneRun();

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** The server is a bundle of its own, which starts when it is loaded; it takes `--stdio` for granted here. */
function serve(): void {
  if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
  createRequire(__filename)(join(__dirname, 'server.js'));
}

void runCli(args, rules, processTerminal(), serve).then((code) => {
  process.exitCode = code;
});
