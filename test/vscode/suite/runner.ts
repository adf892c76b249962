import { workspace } from 'vscode';

/** Words that a test's name must contain to run, or several of which one is enough, with `|` between; set by the harness, empty for all. */
declare const TEST_ONLY: string;
/** Is there someone who clicks? Set by the harness. */
declare const TEST_CAN_CLICK: boolean;

interface Test {
  readonly name: string;
  /** In which workspaces it runs: those that are trusted, or those that are not. */
  readonly trust: 'trusted' | 'restricted';
  readonly body: () => Promise<void>;
}

const tests: Test[] = [];

/** Registers a test. It passes when it resolves; tests run one after the other, in order. */
export function test(name: string, body: () => Promise<void>): void {
  tests.push({ name, body, trust: 'trusted' });
}

/** Registers a test that runs where nobody has trusted the workspace, and only there; clicks as {@link testWithClicks}. */
export function testRestricted(
  name: string,
  body: (click: (selector: string) => void) => Promise<void>,
): void {
  // Never on the desktop, so that there is always someone who clicks.
  tests.push({ name, body: () => body(click), trust: 'restricted' });
}

/**
 * Registers a test that needs clicks on what the API of VS Code does not reach. Left out where nobody clicks.
 * @param body gets a function that clicks on the first element that a selector finds, as soon as there is one
 */
export function testWithClicks(
  name: string,
  body: (click: (selector: string) => void) => Promise<void>,
): void {
  if (TEST_CAN_CLICK) test(name, () => body(click));
}

function click(selector: string): void {
  console.log(`[click] ${selector}`);
}

/**
 * Runs the registered tests, prints a line for each and the totals.
 * @param between runs before every test, to leave nothing behind of the one before
 * @throws Error when a test failed, so that VS Code reports failure
 */
export async function runTests(between: () => Promise<void>): Promise<void> {
  let failed = 0;
  const here = workspace.isTrusted ? 'trusted' : 'restricted';
  const chosen = tests.filter(
    ({ name, trust }) =>
      trust === here && TEST_ONLY.split('|').some((words) => name.includes(words)),
  );
  for (const { name, body } of chosen) {
    const start = Date.now();
    try {
      await between();
      await body();
      print(`  ✔ ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed += 1;
      print(`  ✘ ${name}`);
      print(indented(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    }
  }
  print(`${chosen.length - failed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** The harness shows only lines that are marked as the suite's own. */
function print(text: string): void {
  for (const line of text.split('\n')) console.log(`[suite] ${line}`);
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '      ');
}
