import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules';

const root = join(import.meta.dirname, '../..');

describe('the command line that ships', () => {
  it('has every rule, and no example', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twelve-factor-bundle-'));
    const args = ['esbuild.mjs', '--cli', '--production', `--outdir=${folder}`];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    const shipped = await readFile(join(folder, 'cli.js'), 'utf8');
    await rm(folder, { recursive: true });
    expect(rules.filter(({ id }) => !shipped.includes(`"${id}"`))).toEqual([]);
    const titles = rules.flatMap(({ examples }) =>
      [...examples.bad, ...examples.good].flatMap(({ title = '' }) =>
        title.length > 20 && title.includes(' ') ? [title] : [],
      ),
    );
    expect(titles.length).toBeGreaterThan(300);
    expect(titles.filter((title) => shipped.includes(`title:${JSON.stringify(title)}`))).toEqual(
      [],
    );
  });
});
