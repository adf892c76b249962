import { join } from 'node:path';
import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { appProfiles } from '../../server/src/project/map/strengths';
import { scorecardHtml } from '../../server/src/report/scorecard/html';
import { scorecardMarkdown } from '../../server/src/report/scorecard/markdown';
import {
  scorecard,
  type AppCard,
  type Scorecard,
} from '../../server/src/report/scorecard/scorecard';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';

const FILES: Files = {
  'package.json': `{
  "name": "@acme/shop",
  "private": true,
  "engines": { "node": "22.x" },
  "scripts": { "start": "node server.js" },
  "dependencies": { "express": "4.19.2", "pg": "8.11.0", "bullmq": "5.1.0" }
}
`,
  'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }',
  Procfile: 'web: node server.js\nworker: node worker.js\n',
  '.env.example': 'DATABASE_URL=postgres://localhost/shop\n',
  'server.js': `const express = require('express');
const { Pool } = require('pg');
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const app = express();
app.get('/', async (_, response) => response.json(await pool.query('select 1')));
const server = app.listen(3000);
process.on('SIGTERM', () => server.close());
`,
  'worker.js': `const { Worker } = require('bullmq');
const connection = { url: process.env.REDIS_URL };
const worker = new Worker('mail', async () => console.log('sent'), { connection });
process.on('SIGTERM', () => worker.close());
`,
};

let card: Scorecard;
let app: AppCard;

beforeAll(async () => {
  const { model, findings, notAnalysed } = await check(FILES);
  const fileCount = Object.keys(FILES).length;
  const text = (path: string): string | undefined => FILES[path];
  card = scorecard(appProfiles(model), {
    ...{ findings, notAnalysed, fileCount, text, rules, packages: [] },
    baseline: { path: 'baseline.json', tool: '0.1.0', gone: [] },
  });
  app = card.apps[0]!;
});

const factor = (name: string): AppCard['factors'][number] =>
  app.factors.find(({ info }) => info.factor === name)!;

describe('the scorecard', () => {
  it('never gives a mark without evidence', () => {
    expect(app.factors).toHaveLength(12);
    for (const { mark, for: strengths, against, why } of app.factors) {
      if (mark === 'kept') expect(strengths.length).toBeGreaterThan(0);
      if (mark === 'broken') expect(against.length).toBeGreaterThan(0);
      if (mark === 'not applicable') expect(why).toBeTruthy();
      for (const { path, line } of [...strengths, ...against]) {
        expect(FILES[path], path).toBeDefined();
        expect(line).toBeLessThanOrEqual(FILES[path]!.split('\n').length);
      }
    }
  });

  it('weighs what it finds', () => {
    expect(factor('port-binding')).toMatchObject({
      mark: 'broken',
      against: [{ path: 'server.js', line: 6, ruleId: 'hardcoded-port' }],
    });
    expect(factor('disposability').for).toContainEqual({
      says: 'SIGTERM is handled',
      path: 'server.js',
      line: 7,
    });
    expect(factor('concurrency').for.map(({ path, line }) => [path, line])).toContainEqual([
      'Procfile',
      2,
    ]);
    expect(factor('backing-services').for).toContainEqual({
      says: 'postgres is where DATABASE_URL says',
      path: 'server.js',
      line: 3,
    });
  });

  it('tells the contract with the environment, without values', () => {
    expect(app.variables.map(({ name, isDocumented }) => [name, isDocumented])).toEqual([
      ['DATABASE_URL', true],
      ['REDIS_URL', false],
    ]);
    expect(scorecardHtml(card)).not.toContain('postgres://');
  });

  it('is what it was, as a page and as Markdown', async () => {
    const golden = join(import.meta.dirname, 'golden');
    await expect(scorecardHtml(card)).toMatchFileSnapshot(join(golden, 'scorecard.html'));
    await expect(scorecardMarkdown(card)).toMatchFileSnapshot(join(golden, 'scorecard.md'));
  });

  it('says so where there is no app', async () => {
    const library: Files = { 'package.json': '{ "name": "lib", "main": "a.js" }', 'a.js': '' };
    const { model } = await check(library, { settings: { packages: { '.': 'library' } } });
    const none = scorecard(appProfiles(model), {
      ...{ findings: [], notAnalysed: [], fileCount: 1, text: () => '', rules, packages: [] },
    });
    expect(scorecardMarkdown(none)).toContain('No app was found here');
    expect(scorecardHtml(none)).toContain('No app was found here');
  });
});

interface Element {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Element[];
}

function elements(node: Element): Element[] {
  return [node, ...(node.childNodes ?? []).flatMap(elements)];
}

describe('the page', () => {
  it('can be read by a screen reader and without a mouse', () => {
    const errors: string[] = [];
    const page = parse(scorecardHtml(card), { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    const all = elements(page);
    const named = (name: string): Element[] => all.filter(({ nodeName }) => nodeName === name);
    const attribute = ({ attrs }: Element, name: string): string | undefined =>
      attrs?.find((one) => one.name === name)?.value;
    expect(attribute(named('html')[0]!, 'lang')).toBe('en');
    expect(named('main')).toHaveLength(1);
    expect(named('h1')).toHaveLength(1);
    for (const table of named('table'))
      expect(table.childNodes?.some(({ nodeName }) => nodeName === 'caption')).toBe(true);
    for (const head of named('th')) expect(attribute(head, 'scope')).toMatch(/^(row|col)$/);
    for (const picture of named('svg')) expect(attribute(picture, 'role')).toBe('img');
    const ids = all.flatMap((one) => attribute(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const levels = all.flatMap(({ nodeName }) => /^h(\d)$/.exec(nodeName)?.[1] ?? []).map(Number);
    for (const [at, level] of levels.entries())
      expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const link of named('a').map((one) => attribute(one, 'href') ?? ''))
      expect(link.startsWith('#') ? ids.includes(link.slice(1)) : /^https:\/\//.test(link)).toBe(
        true,
      );
  });
});
