import { describe, expect, it } from 'vitest';
import type { Pace } from '../../server/src/engine/analyzer';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { applyEdits, mergeFixes } from '../../server/src/engine/edits/edits';
import { rules } from '../../server/src/rules';
import { inputOf, type Files } from '../helpers/check';

const unhurried: Pace = { breathe: () => Promise.resolve(), isCancelled: () => false };

/** One analysis that lives on while the texts of its files change, as in an editor. */
function living(): {
  update(files: Files): Promise<void>;
  /** What a fix of the fixed port makes of another file. */
  fixed(fixId: string, path: string): string | undefined;
} {
  const analyzer = createAnalyzer(rules, { error: (message) => expect.fail(message) });
  let current: Files = {};
  return {
    update: async (files) => {
      current = files;
      await analyzer.update(inputOf(files), unhurried);
    },
    fixed: (fixId, path) => {
      const fixes = analyzer
        .report('server.js')
        ?.findings.filter(({ ruleId }) => ruleId === 'hardcoded-port')
        .flatMap((finding) => finding.fixes)
        .filter(({ id }) => id === fixId);
      const change = mergeFixes(fixes ?? []).changes.find((each) => each.path === path);
      return change?.kind === 'edit' ? applyEdits(current[path] ?? '', change.edits) : change?.text;
    },
  };
}

describe('fixes of a file that stays as it is', () => {
  const files: Files = {
    'package.json': '{ "name": "shop", "scripts": { "start": "node server.js" } }\n',
    'server.js': "require('http').createServer().listen(3000);\n",
  };

  it('edit the manifests as they are now', async () => {
    const { update, fixed } = living();
    await update({ ...files, '.env.example': 'FIRST=1\nSECOND=2\n' });
    await update({ ...files, '.env.example': 'FIRST=1\n' });
    expect(fixed('env-default', '.env.example')).toContain('FIRST=1\nPORT=3000\n');
  });

  it('edit other modules as they are now', async () => {
    const { update, fixed } = living();
    const config = (head: string): string =>
      `${head}module.exports = {\n  url: process.env.API_URL,\n  name: process.env.NAME,\n};\n`;
    await update({ ...files, 'config.js': config('// a comment\n') });
    await update({ ...files, 'config.js': config('') });
    expect(fixed('env-config', 'config.js')).toMatch(
      /^module\.exports = \{\n {2}url: .*,\n {2}name: .*,\n {2}port: .*,\n\};\n$/,
    );
  });

  it('know what other modules offer now', async () => {
    const { update, fixed } = living();
    await update(files);
    expect(fixed('env-config', 'config.js')).toBeUndefined();
    await update({
      ...files,
      'config.js':
        'module.exports = {\n  url: process.env.API_URL,\n  name: process.env.NAME,\n};\n',
    });
    expect(fixed('env-config', 'config.js')).toContain('port: ');
  });
});
