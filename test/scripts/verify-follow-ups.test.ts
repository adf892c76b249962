import { describe, expect, it } from 'vitest';
import { isFollowUp, type Batch } from '../../scripts/verify-fixes/follow-ups';
import { applyEdits } from '../../server/src/engine/edits/edits';
import type { FileChange } from '../../server/src/engine/finding';
import type { Rule } from '../../server/src/engine/rule';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';

/** The findings of a rule after changes, each with whether it is a follow-up. */
async function judged(rule: string, files: Files, changes: readonly FileChange[]) {
  const after: Record<string, string> = { ...files };
  for (const change of changes)
    after[change.path] =
      change.kind === 'create' ? change.text : applyEdits(files[change.path] ?? '', change.edits);
  const one: readonly Rule[] = rules.filter(({ id }) => id === rule);
  const batch: Batch = {
    before: (await check(files, { rules: one })).findings,
    changes,
    textBefore: (path) => files[path],
    textAfter: (path) => after[path],
  };
  const { findings } = await check(after, { rules: one });
  return findings.map((finding) => isFollowUp(finding, batch));
}

const manifest = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node server.js' },
  dependencies: { express: '^5.0.0' },
});

describe('what comes after a batch of fixes', () => {
  const server = `const app = require('express')();
app.get('/', (_, response) => response.send(process.env.GREETING));
app.listen(process.env.HTTP_PORT);
`;

  it('variables that were there are undocumented once a fix has created the example', async () => {
    const example = { path: '.env.example', text: 'API_URL=\n' };
    const files = { 'package.json': manifest, 'server.js': server };
    const created = await judged('undocumented-variable', files, [{ kind: 'create', ...example }]);
    expect(created.length).toBeGreaterThan(0);
    expect(new Set(created)).toEqual(new Set([true]));
    const known = { ...files, [example.path]: example.text };
    expect(new Set(await judged('undocumented-variable', known, []))).toEqual(new Set([false]));
  });

  it('an example file lacks fewer variables than before; one that a fix leaves as it was is no follow-up', async () => {
    const names = 'ABCDEFGHIJ'.split('').map((letter) => `SETTING_${letter}`);
    const files = {
      'package.json': manifest,
      'server.js': `${server}module.exports = [${names.map((name) => `process.env.${name}`).join(', ')}];\n`,
      '.env.example': 'API_URL=\n',
    };
    const add = (newText: string): FileChange => ({
      kind: 'edit',
      path: '.env.example',
      edits: [{ span: { start: 0, end: 0 }, newText }],
    });
    expect(await judged('undocumented-variable', files, [add('SETTING_A=\n')])).toEqual([true]);
    expect(await judged('undocumented-variable', files, [add('# nothing\n')])).toEqual([false]);
  });

  it('an address on this machine has become a default; one that was there is left', async () => {
    const literal = "'redis://localhost:6379'";
    const fixed = `process.env.REDIS_URL ?? ${literal}`;
    const code = (url: string): string =>
      `const { createClient } = require('redis');\nconst url = ${url};\nmodule.exports = createClient({ url });\n`;
    const files = { 'package.json': manifest, 'server.js': "require('./cache');\n" };
    const start = code(literal).indexOf(literal);
    const change: FileChange = {
      kind: 'edit',
      path: 'cache.js',
      edits: [{ span: { start, end: start + literal.length }, newText: fixed }],
    };
    const before = { ...files, 'cache.js': code(literal) };
    expect(await judged('local-default', before, [change])).toEqual([true]);
    expect(await judged('local-default', { ...files, 'cache.js': code(fixed) }, [])).toEqual([
      false,
    ]);
  });
});
