import { beforeAll, describe, expect, it } from 'vitest';
import {
  baselineText,
  readBaseline,
  renewBaseline,
  type Baseline,
  type BaselineEntry,
} from '../../server/src/engine/baseline/baseline-file';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import type { Finding } from '../../server/src/engine/finding';
import { DEFAULT_SETTINGS, type AnalysisSettings } from '../../server/src/engine/settings';
import { rules } from '../../server/src/rules';
import { inputOf, type Files } from '../helpers/check';

const MANIFEST = JSON.stringify({
  name: 'app',
  private: true,
  engines: { node: '22.x' },
  scripts: { start: 'node server.js' },
  dependencies: { express: '4.19.2' },
});
const LOCK = '{ "name": "app", "lockfileVersion": 3, "packages": {} }';
const SERVER = `const express = require('express');
const app = express();
process.on('SIGTERM', () => server.close());
const server = app.listen(3000);
`;
const APP: Files = { 'package.json': MANIFEST, 'package-lock.json': LOCK, 'server.js': SERVER };

interface Said {
  readonly findings: readonly Finding[];
  readonly entries: readonly BaselineEntry[];
}

const pace = { breathe: () => Promise.resolve(), isCancelled: () => false };

async function analyse(files: Files, settings: Partial<AnalysisSettings> = {}): Promise<Said> {
  const analyzer = createAnalyzer(rules, { error: (message) => expect.fail(message) });
  await analyzer.update(inputOf(files, { settings: { ...DEFAULT_SETTINGS, ...settings } }), pace);
  const findings = analyzer.reports().flatMap((report) => report.findings);
  return { findings, entries: analyzer.acceptable() };
}

/** What is new against a baseline of other files. */
async function fresh(before: Files, after: Files): Promise<readonly string[]> {
  const { entries } = await analyse(before);
  const { findings } = await analyse(after, { baseline: { tool: '1.0.0', entries } });
  return findings
    .filter(({ accepted, severity }) => !accepted && severity !== 'hint')
    .map(({ ruleId, path }) => `${path} ${ruleId}`);
}

const serverOf = (text: string): Files => ({ ...APP, 'server.js': text });
const PORT = 'server.js hardcoded-port';

describe('a baseline', () => {
  beforeAll(async () => {
    const { findings } = await analyse(APP);
    expect(findings.map(({ ruleId }) => ruleId)).toContain('hardcoded-port');
  });

  it('accepts what was there, wherever lines move it and however it is formatted', async () => {
    expect(await fresh(APP, APP)).toEqual([]);
    expect(await fresh(APP, serverOf(`// a comment\r\n\r\n${SERVER}`))).toEqual([]);
    const reformatted = SERVER.replace('app.listen(3000)', 'app.listen(\n  3000,\n)');
    expect(await fresh(APP, serverOf(reformatted))).toEqual([]);
  });

  it('knows a second finding of the same text as new', async () => {
    const twice = `${SERVER}express().listen(3000).on('close', () => undefined);\n`;
    expect(await fresh(APP, serverOf(twice))).toEqual([PORT]);
    expect(await fresh(serverOf(twice), serverOf(twice))).toEqual([]);
  });

  it('knows another text, another file and another rule as new', async () => {
    expect(await fresh(APP, serverOf(SERVER.replace('3000', '3001')))).toEqual([PORT]);
    expect(await fresh(serverOf(SERVER.replace('3000', 'process.env.PORT')), APP)).toEqual([PORT]);
    const { 'server.js': text = '', ...rest } = APP;
    const moved = {
      ...rest,
      'package.json': MANIFEST.replace('server.js', 'main.js'),
      'main.js': text,
    };
    expect(await fresh(APP, moved)).toEqual(['main.js hardcoded-port']);
  });

  it('knows as new what has become graver', async () => {
    const { entries } = await analyse(APP, { rules: { 'hardcoded-port': 'information' } });
    const baseline = { tool: '1.0.0', entries };
    const port = async (settings: Partial<AnalysisSettings>): Promise<Finding | undefined> =>
      (await analyse(APP, { baseline, ...settings })).findings.find(
        ({ ruleId }) => ruleId === 'hardcoded-port',
      );
    expect(await port({ rules: { 'hardcoded-port': 'hint' } })).toMatchObject({ accepted: true });
    expect((await port({}))?.accepted).toBeUndefined();
  });

  it('does not know what comments suppress', async () => {
    const comment = '// twelve-factor-disable-next-line hardcoded-port -- why\n';
    const quiet = serverOf(SERVER.replace('const server', `${comment}const server`));
    const { entries } = await analyse(quiet);
    expect(entries.map(({ rule }) => rule)).not.toContain('hardcoded-port');
    expect(await fresh(quiet, APP)).toEqual([PORT]);
  });

  it('tells places of one fact apart: a file more is new, and so is a name more', async () => {
    const importing = (count: number): Files => ({
      ...serverOf(
        `${Array.from({ length: count }, (_, n) => `require('./part${n}');\n`).join('')}${SERVER}`,
      ),
      ...Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`part${n}.js`, `require('lodash');\n`]),
      ),
    });
    expect(await fresh(importing(6), importing(6))).toEqual([]);
    expect(await fresh(importing(6), importing(7))).toEqual(['part6.js undeclared-import']);
    const reading = (count: number): Files => {
      const names = Array.from({ length: count }, (_, n) => `NAME_${n}`);
      const reads = names.map((name) => `if (!process.env.${name}) throw new Error('${name}');\n`);
      return { ...serverOf(`${reads.join('')}${SERVER}`), '.env.example': 'OTHER=1\n' };
    };
    const lists = await fresh({ ...APP, '.env.example': 'OTHER=1\n' }, reading(9));
    expect(lists).toEqual(['.env.example undocumented-variable']);
    expect(await fresh(reading(9), reading(9))).toEqual([]);
    expect(await fresh(reading(9), reading(10))).toEqual(['server.js undocumented-variable']);
  });

  it('holds no credential, and knows another one as new', async () => {
    const key = (digits: string): string => `sk_live_4eC39HqLyjWDarjtT1zd${digits}`;
    const holding = (secret: string): Files =>
      serverOf(`${SERVER}const key = '${secret}';\nmodule.exports = { key };\n`);
    const { entries } = await analyse(holding(key('p7dc')));
    const text = baselineText({ tool: '1.0.0', entries });
    expect(text).toContain('hardcoded-secret');
    expect(text).not.toContain('sk_live');
    expect(text).not.toContain('4eC39');
    expect(await fresh(holding(key('p7dc')), holding(key('p7dc')))).toEqual([]);
    expect(await fresh(holding(key('p7dc')), holding(key('q8ed')))).toEqual([
      'server.js hardcoded-secret',
    ]);
  });

  it('hides what it accepts, or lowers it, where editors want that', async () => {
    const { entries } = await analyse(APP);
    const baseline: Baseline = { tool: '1.0.0', entries };
    const severities = async (accepted: AnalysisSettings['accepted']): Promise<unknown> =>
      (await analyse(APP, { baseline, accepted })).findings.map(({ severity }) => severity);
    expect(await severities('hidden')).toEqual([]);
    expect(new Set((await severities('hint')) as string[])).toEqual(new Set(['hint']));
  });

  it('counts while a file is typed into', async () => {
    const { entries } = await analyse(APP);
    const analyzer = createAnalyzer(rules, { error: (message) => expect.fail(message) });
    const settings = { ...DEFAULT_SETTINGS, baseline: { tool: '1', entries } };
    await analyzer.update(inputOf(APP, { settings }), pace);
    const report = analyzer.updateFile('server.js', `\n${SERVER}app.listen(4000);\n`);
    const ports = report?.findings.filter(({ ruleId }) => ruleId === 'hardcoded-port') ?? [];
    expect(ports.map(({ accepted }) => accepted)).toEqual([true, undefined]);
  });
});

describe('the file', () => {
  const entry: BaselineEntry = {
    path: 'a.js',
    rule: 'hardcoded-port',
    severity: 'warning',
    text: 'listen(3000)',
    fingerprint: '0123456789abcdef',
  };

  it('is read as it was written, one line an entry, in order', () => {
    const baseline = { tool: '1.0.0', entries: [{ ...entry, path: 'b.js' }, entry] };
    const text = baselineText(baseline);
    expect(text.split('\n').filter((line) => line.includes('fingerprint'))).toHaveLength(2);
    expect(readBaseline(text)).toEqual({
      baseline: { tool: '1.0.0', entries: [entry, { ...entry, path: 'b.js' }] },
    });
    expect(readBaseline(baselineText({ tool: '1', entries: [] }))).toMatchObject({
      baseline: { entries: [] },
    });
  });

  it.each([
    ['', 'not valid JSON'],
    ['<<<<<<< HEAD\n{}', 'not valid JSON'],
    ['[]', 'no baseline'],
    ['{ "version": 2, "findings": [] }', 'another format'],
    ['{ "version": 1, "findings": [{ "path": "a.js" }] }', 'Entry 1'],
  ])('does not count where it is %j', (text, problem) => {
    expect(readBaseline(text)).toMatchObject({
      problem: expect.stringContaining(problem) as string,
    });
  });

  it('shrinks, and grows only when told to', () => {
    const other = { ...entry, fingerprint: 'fedcba9876543210' };
    const before = { tool: '1.0.0', entries: [entry] };
    expect(renewBaseline(before, [other], 'left out', '2.0.0')).toEqual({
      baseline: { tool: '2.0.0', entries: [] },
      gone: [entry],
      fresh: [other],
    });
    expect(renewBaseline(before, [entry, other], 'accepted', '2.0.0').baseline.entries).toEqual([
      entry,
      other,
    ]);
    const unread = renewBaseline(before, [], 'left out', '1.0.0', [{ path: 'a.js' }]);
    expect(unread).toMatchObject({ baseline: { entries: [entry] }, gone: [] });
    const graver = { ...entry, severity: 'error' } as const;
    expect(renewBaseline(before, [graver], 'left out', '1.0.0').baseline.entries).toEqual([entry]);
  });
});
