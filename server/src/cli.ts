#!/usr/bin/env node
import { tuneForOneRun } from './cli/engine-flags';
import { runCli } from './cli/program';
import { processTerminal } from './cli/terminal';
import { rules } from './rules';

tuneForOneRun();

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runCli(process.argv.slice(2), rules, processTerminal()).then((code) => {
  process.exitCode = code;
});
