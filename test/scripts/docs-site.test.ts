import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run';
import type { Files } from '../helpers/check';

const script = join(import.meta.dirname, '../../scripts/docs-site.mjs');

type Node = DefaultTreeAdapterTypes.Node;

/** The values of some attributes on a page. */
function values(node: Node, names: readonly string[]): string[] {
  const own =
    'attrs' in node
      ? node.attrs.filter(({ name }) => names.includes(name)).map((a) => a.value)
      : [];
  const below = 'childNodes' in node ? node.childNodes.flatMap((each) => values(each, names)) : [];
  return [...own, ...below];
}

function build(...args: readonly string[]): { code: number | null; err: string } {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { code: status, err: stderr };
}

it('makes a page of every document, with links that lead somewhere', async () => {
  const out = await temporaryFolder({});
  try {
    expect(build(`--out=${out.path}`)).toEqual({ code: 0, err: '' });
    const files = await readdir(out.path, { recursive: true });
    const pages = files.filter((path) => path.endsWith('.html'));
    expect(pages).toEqual(
      expect.arrayContaining(['index.html', 'docs/ci.html', 'docs/npm/index.html']),
    );
    const trees = new Map<string, Node>();
    for (const path of pages) trees.set(path, parse(await readFile(join(out.path, path), 'utf8')));
    const lost = [...trees].flatMap(([path, tree]) =>
      values(tree, ['href', 'src']).filter((link) => {
        if (/^[a-z]+:/.test(link)) return false;
        const [file = '', anchor] = link.split('#');
        const to = file === '' ? path : normalize(join(dirname(path), file));
        const page = trees.get(to);
        const hasAnchor = anchor === undefined || (page && values(page, ['id']).includes(anchor));
        return !files.includes(to) || hasAnchor !== true;
      }),
    );
    expect(lost).toEqual([]);
    const search = await readFile(join(out.path, 'search.js'), 'utf8');
    expect(search).toContain('"title":"hardcoded-port"');
  } finally {
    await out.dispose();
  }
});

it('fails for a link, an anchor or a picture that is not there', async () => {
  const files: Files = {
    'package.json': '{ "repository": { "url": "https://example.com/a.git" } }',
    'README.md': '# Front\n\n[rule](docs/rules/a.md#why) [code](package.json) [own](#front)\n',
    'docs/rules/a.md': '# a\n\n## Why\n',
  };
  const whole = await temporaryFolder(files);
  const torn = await temporaryFolder({
    ...files,
    'docs/rules/a.md': '# a\n\n[none](b.md) [no](../../README.md#nowhere) ![lost](c.png)\n',
  });
  try {
    const outOf = (folder: string): string => `--out=${join(folder, 'site')}`;
    expect(build(`--root=${whole.path}`, outOf(whole.path))).toEqual({ code: 0, err: '' });
    const { code, err } = build(`--root=${torn.path}`, outOf(torn.path));
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      '✗ README.md: docs/rules/a.md#why',
      '✗ docs/rules/a.md: b.md',
      '✗ docs/rules/a.md: ../../README.md#nowhere',
      '✗ docs/rules/a.md: c.png',
      '4 broken links',
    ]);
  } finally {
    await Promise.all([whole.dispose(), torn.dispose()]);
  }
});
