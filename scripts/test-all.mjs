// Runs every check of the project, in order, all of them even when one fails: `npm test`. The last line it prints is the total:
// `N passed, N failed`, and `N skipped` where an app could not be run. Tests count one by one, other checks count one each.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, '.tmp');
const unitReport = join(results, 'vitest.json');

const SUITES = [
  { name: 'Lint', command: ['npm', 'run', '--silent', 'lint'], count: countOne },
  { name: 'Format', command: ['npm', 'run', '--silent', 'format:check'], count: countOne },
  { name: 'Types', command: ['npm', 'run', '--silent', 'typecheck'], count: countOne },
  { name: 'Build', command: ['npm', 'run', '--silent', 'build'], count: countOne },
  {
    name: 'Unit tests',
    command: [
      ...['npx', '--no-install', 'vitest', 'run', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${unitReport}`,
    ],
    count: countUnitTests,
  },
  {
    name: 'Package, size and publishing (dry run)',
    command: ['npm', 'run', '--silent', 'publish:extension'],
    count: countOne,
  },
  {
    name: 'npm package and publishing (dry run)',
    command: ['npm', 'run', '--silent', 'publish:npm'],
    count: countOne,
  },
  {
    name: 'Behaviour of fixed apps',
    // Runs the command line that was built before.
    command: ['node', 'test/behaviour/run.mjs'],
    count: countLastLine,
  },
  {
    name: 'VS Code',
    // Takes what the step before has packaged.
    command: ['node', 'test/vscode/run.mjs', '--vsix', '--web', '--restricted', '--no-build'],
    count: countLastLine,
  },
];

mkdirSync(results, { recursive: true });
rmSync(unitReport, { force: true });

const lines = [];
let passed = 0;
let failed = 0;
let skippedTests = 0;
for (const { name, command, count } of SUITES) {
  console.log(`\n=== ${name}`);
  const started = performance.now();
  const { code, output } = await run(command);
  const total = count(code, output);
  // A suite that fails without a failed test, or that ran nothing, is a failure by itself.
  if (total.failed === 0 && (code !== 0 || total.passed === 0)) total.failed = 1;
  passed += total.passed;
  failed += total.failed;
  // Unit tests say by themselves what this machine cannot show (as root, every folder can be read).
  if (count === countLastLine) skippedTests += total.skipped ?? 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
  lines.push(`${name}: ${total.passed} passed, ${total.failed} failed${skipped} (${seconds} s)`);
}
console.log(`\n${lines.join('\n')}`);
const skippedPart = skippedTests > 0 ? `, ${skippedTests} skipped` : '';
console.log(`${passed} passed, ${failed} failed${skippedPart}`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs a command of the project, showing and keeping what it prints. */
function run([program, ...args]) {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32';
    const child = spawn(program, args, { cwd: root, shell, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function countOne(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function countUnitTests() {
  try {
    const report = JSON.parse(readFileSync(unitReport, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Runners of their own end with `N passed, N failed`, and `N skipped` where they may skip. */
function countLastLine(code, output) {
  const total = /(?<!\d)(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(output);
  return total
    ? { passed: Number(total[1]), failed: Number(total[2]), skipped: Number(total[3] ?? 0) }
    : { passed: 0, failed: code === 0 ? 0 : 1 };
}
