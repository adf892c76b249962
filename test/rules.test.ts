import { beforeAll, describe, expect, it } from 'vitest';
import { changesSomething } from '../server/src/engine/edits/edits';
import type { BadExample, GoodExample, Rule } from '../server/src/engine/rule';
import { rules } from '../server/src/rules';
import { check, type CheckResult, type Files } from './helpers/check';
import {
  DEFAULT_PATH,
  exampleFiles,
  expectedFindings,
  shownFindings,
  type ShownFinding,
} from './helpers/example';
import { syntaxErrors } from './helpers/syntax-errors';
import { added, typeErrors } from './helpers/type-check';

/** A bad example, run, with what its fixes make of it. Errors are kept for the test that they concern. */
interface Run {
  readonly files: Files;
  readonly result: CheckResult;
  readonly fixes: ReadonlyMap<string, FixRun | Error>;
}

interface FixRun {
  readonly files: Files;
  readonly result: CheckResult;
  readonly newTypeErrors: readonly string[];
}

it('every rule has an id of its own', () => {
  const ids = rules.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const { bad, good } = rule.examples;
  let runs: readonly (Run | Error)[] = [];

  beforeAll(async () => {
    runs = await runBadExamples(rule);
  });

  it('has examples enough, and shows the fix that it declares', () => {
    expect(bad.length).toBeGreaterThanOrEqual(3);
    expect(good.length).toBeGreaterThanOrEqual(5);
    expect(bad.some(({ fixed }) => fixed)).toBe(rule.fix !== 'none');
  });

  it('has no two equal examples', () => {
    const texts = [...bad, ...good].map((example) => JSON.stringify(exampleFiles(example)));
    const repeated = texts.filter((text, index) => texts.indexOf(text) !== index);
    expect(repeated).toEqual([]);
  });

  it('shows every fix it offers, and offers what it declares', () => {
    const findings = runs.flatMap((example) => got(example).result.findings);
    const fixes = findings.flatMap((finding) => finding.fixes);
    const shown = new Set(bad.flatMap(({ fixed }) => Object.keys(fixed ?? {})));
    const offered = new Set(fixes.map(({ id }) => id));
    expect(
      [...offered].filter((id) => !shown.has(id)),
      'offered, never shown',
    ).toEqual([]);
    const kinds = new Set(fixes.map(({ kind }) => kind));
    const strongest = kinds.has('safe') ? 'safe' : kinds.has('suggest') ? 'suggest' : 'none';
    expect(strongest).toBe(rule.fix);
  });

  it('offers no fix that changes nothing', () => {
    const findings = runs.flatMap((example) => got(example).result.findings);
    const empty = findings.flatMap(({ message, fixes }) =>
      fixes.filter((fix) => !changesSomething(fix)).map(({ id }) => `${id} of “${message}”`),
    );
    expect(empty).toEqual([]);
  });

  describe.each(bad.map((example, index) => [name(example, index), example, index] as const))(
    'bad %s',
    (__, example, index) => {
      it('reports exactly what it says', () => {
        const { files, result } = got(runs[index]);
        expectAnalysed(result);
        const expected = expectedFindings(example, files, rule.severity);
        expect(expected.length, 'a bad example needs findings').toBeGreaterThan(0);
        expect(shownFindings(result.findings, files, expected)).toEqual(expected);
        for (const finding of result.findings) {
          const titles = finding.fixes.map(({ title }) => title);
          expect(titles, 'titles of one finding’s fixes').toEqual([...new Set(titles)]);
          expect(finding.message).not.toMatch(unfilled(rule));
        }
      });

      for (const [fixId, fixed] of Object.entries(example.fixed ?? {})) {
        it(`is fixed by ${fixId}`, () => {
          const { files, result, fixes } = got(runs[index]);
          const run = got(fixes.get(fixId));
          const path = example.path ?? DEFAULT_PATH;
          const expected = typeof fixed === 'string' ? { [path]: fixed } : fixed;
          // A single text speaks of the single file; companions such as `.env.example` are shown by other examples.
          const actual = changedFiles(files, run.files);
          expect(typeof fixed === 'string' ? pick(actual, path) : actual).toEqual(expected);
          expectSound(files, run);
          const fixable = result.findings.filter((finding) =>
            finding.fixes.some(({ id }) => id === fixId),
          );
          const left = result.findings.length - fixable.length;
          expect(shown(run.result.findings, run.files), 'findings after the fix').toHaveLength(
            left,
          );
          expect(changedFiles(run.files, run.result.apply(fixId)), 'fixing again').toEqual({});
        });
      }
    },
  );

  it.each(good.map((example, index) => [name(example, index), example] as const))(
    'good %s reports nothing',
    async (__, example) => {
      const files = exampleFiles(example);
      const result = await run(rule, files, example);
      expectAnalysed(result);
      expect(shown(result.findings, files)).toEqual([]);
    },
  );

  const listed = new Set([...bad, ...good].flatMap(({ options = {} }) => Object.keys(options)));
  it('has an example of each of its options', () => {
    expect([...listed].sort()).toEqual(Object.keys(rule.options ?? {}).sort());
  });

  const exempted = good.filter(({ options }) => options);
  if (exempted.length > 0)
    it('is silent there only because of the option', async () => {
      for (const { options, ...example } of exempted) {
        const { findings } = await run(rule, exampleFiles(example), example);
        expect(findings, JSON.stringify(options)).not.toEqual([]);
      }
    });
});

/** Runs all bad examples and their fixes, then type-checks them in one program, which is what costs. */
async function runBadExamples(rule: Rule): Promise<readonly (Run | Error)[]> {
  const projects: Record<string, Files> = {};
  const pending = await Promise.all(
    rule.examples.bad.map((example, index) =>
      attempt(async () => {
        const files = exampleFiles(example);
        projects[`${index}`] = files;
        const result = await run(rule, files, example);
        const fixes = new Map<string, Omit<FixRun, 'newTypeErrors'> | Error>();
        for (const fixId of Object.keys(example.fixed ?? {})) {
          const fix = await attempt(async () => {
            const after = result.apply(fixId);
            projects[`${index}-${fixId}`] = after;
            return { files: after, result: await run(rule, after, example) };
          });
          fixes.set(fixId, fix);
        }
        return { files, result, fixes };
      }),
    ),
  );
  const errors = typeErrors(projects);
  return pending.map((example, index) => {
    if (example instanceof Error) return example;
    const fixes = [...example.fixes].map(([fixId, fix]): [string, FixRun | Error] => {
      if (fix instanceof Error) return [fixId, fix];
      const newTypeErrors = added(errors[`${index}`] ?? [], errors[`${index}-${fixId}`] ?? []);
      return [fixId, { ...fix, newTypeErrors }];
    });
    return { ...example, fixes: new Map(fixes) };
  });
}

async function attempt<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What was kept, or its error now that a test asks for it. */
function got<T>(kept: T | Error | undefined): T {
  if (kept instanceof Error) throw kept;
  if (kept === undefined) throw new Error('nothing was run');
  return kept;
}

function run(rule: Rule, files: Files, example: BadExample | GoodExample): Promise<CheckResult> {
  const { ignored = [], options } = example;
  const settings = options ? { options: { [rule.id]: options } } : {};
  return check(files, { rules: [rule], ignored, settings });
}

function expectAnalysed(result: CheckResult): void {
  expect(result.errors, 'errors of rules').toEqual([]);
  expect(result.notAnalysed, 'not analysed').toEqual([]);
}

/** The fixed files parse and type-check as well as before, and can be analysed. */
function expectSound(before: Files, after: FixRun): void {
  expectAnalysed(after.result);
  const errors = (files: Files): readonly string[] =>
    Object.entries(files).flatMap(([path, text]) => syntaxErrors(path, text));
  expect(added(errors(before), errors(after.files)), 'new syntax errors').toEqual([]);
  expect(after.newTypeErrors, 'new type errors').toEqual([]);
}

function shown(findings: CheckResult['findings'], files: Files): readonly ShownFinding[] {
  return shownFindings(findings, files, []);
}

function changedFiles(before: Files, after: Files): Files {
  return Object.fromEntries(Object.entries(after).filter(([path, text]) => before[path] !== text));
}

function pick(files: Files, path: string): Files {
  const text = files[path];
  return text === undefined ? {} : { [path]: text };
}

function name(example: BadExample | GoodExample, index: number): string {
  return example.title ?? `${index + 1}`;
}

/** Matches a placeholder of the rule's messages that was left in a text. */
function unfilled(rule: Rule): RegExp {
  const names = Object.values(rule.messages).flatMap((template) =>
    [...template.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, placeholder = '']) => placeholder),
  );
  return new RegExp(`\\{(${[...names, '(?!)'].join('|')})\\}`);
}
