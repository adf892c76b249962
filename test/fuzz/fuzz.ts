import type { Analyzer, Pace } from '../../server/src/engine/analyzer';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import { maskedFindings } from '../../server/src/engine/masked';
import type { Rule } from '../../server/src/engine/rule';
import { formatMarkdown } from '../../server/src/report/markdown';
import { formatText } from '../../server/src/report/text';
import { inputOf, type Files } from '../helpers/check';
import { mutate, mutatePath } from './mutate';
import { Random } from '../helpers/random';
import { SEEDS } from './seeds';

/** What a mutated file, or several together, did that no file may. */
export interface Failure {
  readonly what: string;
  readonly files: Files;
}

export interface FuzzOptions {
  /** How many files are mutated. */
  readonly cases: number;
  readonly seed: number;
  readonly rules: readonly Rule[];
  /** Told now and then how many cases are done. */
  progress?(done: number): void;
}

/** Its own package, which what is beside it neither starts nor changes: what is said of it stays. */
const BYSTANDER: Files = {
  'bystander/package.json':
    '{ "name": "bystander", "private": true, "scripts": { "start": "node server.js" } }',
  'bystander/server.js': "require('http').createServer().listen(3000);\n",
  'bystander/Dockerfile': 'FROM node\nCMD ["node", "server.js"]\n',
};
const SAID_OF_IT = [
  'bystander/Dockerfile mutable-base-image',
  'bystander/server.js hardcoded-port',
];

/** Files of one analysis; what goes wrong is looked for in each alone. */
const TOGETHER = 10;
/** An analyzer is used again, as an editor does; after so many a fresh one. */
const ANALYSES_OF_ONE = 20;
/** Of so many analyses, one also writes reports and makes all fixes. */
const ASKED_FOR_ALL = 5;
/** Processor time, milliseconds, that the files of one analysis may take together. */
const LONGEST = 2_000;

const unhurried: Pace = { breathe: () => Promise.resolve(), isCancelled: () => false };

/**
 * Analyses mutated files, until one does what none may: crash the analysis or a rule, hold it for two seconds, or take away what is said
 * of an unrelated package.
 * @returns the first failure, with as few files as show it
 */
export async function fuzz({
  cases,
  seed,
  rules,
  progress,
}: FuzzOptions): Promise<Failure | undefined> {
  const random = new Random(seed);
  let subject = createSubject(rules);
  // What is loaded and compiled first takes its time.
  await failureOf(SEEDS, subject, 'all');
  for (let done = 0, analyses = 0; done < cases; done += TOGETHER, analyses += 1) {
    if (analyses % ANALYSES_OF_ONE === 0) subject = createSubject(rules);
    const files = mutatedFiles(Math.min(TOGETHER, cases - done), random);
    const level = analyses % ASKED_FOR_ALL === 0 ? 'all' : 'findings';
    const what = await failureOf(files, subject, level);
    const failure = what === undefined ? undefined : await confirmed(files, what, rules);
    if (failure) return failure;
    if (done % 1_000 === 0) progress?.(done);
  }
  return undefined;
}

interface Subject {
  readonly analyzer: Analyzer;
  readonly errors: string[];
  readonly rules: readonly Rule[];
}

function createSubject(rules: readonly Rule[]): Subject {
  const errors: string[] = [];
  const analyzer = createAnalyzer(rules, { error: (message) => errors.push(message) });
  return { analyzer, errors, rules };
}

function mutatedFiles(count: number, random: Random): Files {
  const files: Record<string, string> = {};
  const paths = Object.keys(SEEDS);
  for (let made = 0; made < count; made += 1) {
    const path = random.of(paths);
    const end = path.slice(path.lastIndexOf('.'));
    const alike = paths.filter((other) => other.endsWith(end)).map((other) => SEEDS[other] ?? '');
    files[mutatePath(path, random)] = mutate(SEEDS[path] ?? '', alike, random);
  }
  return files;
}

/** @param asked `all` also makes reports and fixes */
async function failureOf(
  files: Files,
  { analyzer, errors, rules }: Subject,
  asked: 'findings' | 'all',
): Promise<string | undefined> {
  const all = { ...files, ...BYSTANDER };
  const before = process.cpuUsage();
  try {
    await analyzer.update(inputOf(all), unhurried);
    const findings = analyzer.reports().flatMap((report) => report.findings);
    const said = new Set(findings.map(({ path, ruleId }) => `${path} ${ruleId}`));
    const lost = SAID_OF_IT.filter((one) => !said.has(one));
    if (lost.length > 0) return `lost: ${lost.join(', ')}`;
    if (asked === 'all') {
      mergeFixes(findings.flatMap(({ fixes }) => fixes));
      const input = {
        findings: maskedFindings(findings, rules, (path) => all[path]),
        notAnalysed: analyzer.reports().flatMap((report) => report.notAnalysed),
        fileCount: 1,
        packages: [],
        text: (path: string) => all[path],
        rules,
        version: '0',
      };
      formatText(input, { color: 'always', parts: 'all' });
      formatMarkdown(input);
    }
  } catch (error) {
    return `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  if (errors.length > 0) return `a rule failed: ${errors.splice(0).join('\n')}`;
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1_000;
  return took > LONGEST ? `took ${Math.round(took)} ms` : undefined;
}

/** What one file alone does, where one does it alone; else all of them. What took long once, on a busy machine, does not count. */
async function confirmed(
  files: Files,
  what: string,
  rules: readonly Rule[],
): Promise<Failure | undefined> {
  for (const [path, text] of Object.entries(files)) {
    const alone = await failureOf({ [path]: text }, createSubject(rules), 'all');
    if (alone !== undefined) return { what: alone, files: { [path]: text } };
  }
  const again = await failureOf(files, createSubject(rules), 'all');
  return again === undefined && what.startsWith('took') ? undefined : { what, files };
}
