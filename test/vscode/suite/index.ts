import { ok } from './expect';
import { test, runTests } from './runner';
import { until } from './until';
import { twelveFactor, revertAll, open, untilFound } from './workbench';

test('activates', async () => {
  const api = await twelveFactor();
  await until('ready', [api.onDidChangeStatus], () => api.status.state === 'ready');
  await open('app/src/server.ts');
  await untilFound('app/src/server.ts', 'hardcoded-port');
});

/** Called by VS Code. */
export function run(): Promise<void> {
  return runTests(revertAll);
}
