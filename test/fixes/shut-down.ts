import { expect } from 'vitest';
import { shutdownChanges } from '../../server/src/rules/disposability/missing-sigterm-handler/graceful-shutdown';
import { typeErrors } from '../helpers/type-check';
import { applyChanges, project, spanIn, syntaxErrorsOf, type Files } from './harness';

/**
 * A file after the fix, which still parses and type-checks; undefined where nothing is offered.
 * @param call the call that starts the server, and others that start one beside it
 */
export async function shutDown(
  framework: string,
  call: string | readonly string[],
  text: string,
  path = 'src/server.ts',
  more: Files = {},
): Promise<string | undefined> {
  const files = { [path]: text, ...more };
  const model = await project(files);
  const [main = { call: { start: 0, end: 0 }, framework }, ...others] = [call]
    .flat()
    .map((one) => ({ call: spanIn(text, one), framework }));
  const modules = Object.keys(files).filter((one) => /\.[jt]s$/.test(one));
  const changes = shutdownChanges({ model, path, modules, ...main, others });
  if (!changes) return undefined;
  const fixed = applyChanges(files, changes)[path] ?? '';
  expect(syntaxErrorsOf(fixed, path)).toEqual([]);
  const sources = modules.map((one): [string, string] => [
    one,
    one === path ? fixed : (more[one] ?? ''),
  ]);
  expect(typeErrors({ app: Object.fromEntries(sources) })['app']).toEqual([]);
  return fixed;
}

/** The text before the handler, and the lines of its body between the deadline and the exit. */
export function parts(fixed: string | undefined): { before: string; closes: string[] } | undefined {
  if (fixed === undefined) return undefined;
  const [before = '', rest = ''] = fixed.split(/\n\s*let isShuttingDown = false;?\r?\n/);
  const [waits = '', closes = ''] = (rest.split(/\n\s*process\.exit\(\)/)[0] ?? '').split('\n\n');
  expect(waits).toMatch(/setTimeout\(\(\) => \{[\s\S]*\}, (9_?500|10_?000)\)\.unref\(\);?$/);
  const moment = /^ *\/\/ Requests that are on their way.*\n.*setTimeout\(resolve, 100\)\);?\n/;
  expect(moment.test(closes)).toBe(waits.includes('closeIdleConnections'));
  return {
    before: before.trimEnd(),
    closes: closes
      .replace(moment, '')
      .split('\n')
      .map((line) => line.trim()),
  };
}

/** How a handler begins. */
export const ONCE = `let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
`;

/** What keeps an HTTP server from waiting for connections that are kept alive. */
export const DRAIN = `  // Idle connections are closed; busy ones take one more request at most.
  server.maxRequestsPerSocket = 1;
  setInterval(() => server.closeIdleConnections(), 250).unref();
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    server.closeAllConnections();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();
`;

/** A moment for clients that are about to ask. */
export const MOMENT = `  // Requests that are on their way are still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
`;
