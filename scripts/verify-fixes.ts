// Do the fixes hold on real code? `npm run verify-fixes -- <folder…> [--rules a,b] [--keep]` applies, to a copy of each folder, every
// preferred fix of the given rules (of all that have some) at once, and reports what does not parse, compile, or go away.
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rules } from '../server/src/rules';
import { loadTypeScript } from '../server/src/languages/source/ts';
import { table } from './bench/measure';
import { verifyFixes, type Verification } from './verify-fixes/verify';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { rules: { type: 'string' }, keep: { type: 'boolean' } },
    allowPositionals: true,
  });
  const known = rules.filter(({ fix }) => fix !== 'none').map(({ id }) => id);
  const chosen = values.rules?.split(',') ?? known;
  const unknown = chosen.filter((id) => !rules.some((rule) => rule.id === id));
  if (positionals.length === 0 || unknown.length > 0) {
    const reason = unknown.length > 0 ? `no such rule: ${unknown.join(', ')}\n` : '';
    throw new Error(`${reason}usage: npm run verify-fixes -- <folder…> [--rules a,b] [--keep]`);
  }
  await loadTypeScript();
  const rows = [['', 'rule', 'found', 'offered', 'void', 'applied', 'second go', 'left']];
  let problems = 0;
  for (const folder of positionals) {
    const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
    const result = await verifyFixes(path, rules, new Set(chosen), (copy) => {
      if (values.keep === true) console.log(`${basename(path)} is kept in ${copy}`);
      return values.keep === true;
    });
    rows.push(...rowsOf(basename(path), result));
    for (const problem of result.problems) console.log(`${basename(path)}: ${problem}`);
    for (const line of result.followUps) console.log(`${basename(path)}: follow-up: ${line}`);
    problems += result.problems.length;
  }
  console.log(`\n${table(rows)}\n\n${problems} problems`);
  return problems === 0 ? 0 : 1;
}

function rowsOf(name: string, { rules: counts, passes, files }: Verification): string[][] {
  const own = [...counts].filter(([, { found }]) => found > 0);
  return [
    [name, `${files.length} files changed, ${passes} goes`, ...Array<string>(6).fill('')],
    ...own.map(([rule, count]) => [
      '',
      rule,
      ...[count.found, count.offered, count.void, count.applied, count.secondGo, count.left].map(
        String,
      ),
    ]),
  ];
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
