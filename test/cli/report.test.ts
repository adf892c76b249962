import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules';
import { cli, temporaryFolder } from './run';

/** A name that addresses, HTML and Markdown would take for something else. */
const ODD = "it's [new] & (100%) #1.js";
const LINES = 'https://git.example.com/acme/shop/blob/main/{path}#L{line}';
/** Where the line of the fixed port is, as an address says it. */
const PLACE =
  'https://git.example.com/acme/shop/blob/main/src/it%27s%20%5Bnew%5D%20%26%20%28100%25%29%20%231.js#L2';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder({
    'package.json': JSON.stringify({
      name: 'shop',
      private: true,
      scripts: { start: `node "src/${ODD}"` },
      dependencies: { express: '4.19.2' },
    }),
    [`src/${ODD}`]: "const app = require('express')();\napp.listen(3000);\n",
  });
});

afterAll(() => folder.dispose());

const report = (...args: string[]): ReturnType<typeof cli> =>
  cli(folder.path, ['report', ...args], {}, undefined, rules);

interface Element {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Element[];
}

/** Where links of a page lead, those within it and those to the factors left out. */
function addresses(html: string): string[] {
  const links = ({ nodeName, attrs = [], childNodes = [] }: Element): string[] => [
    ...(nodeName === 'a' ? attrs.flatMap(({ name, value }) => (name === 'href' ? value : [])) : []),
    ...childNodes.flatMap(links),
  ];
  return links(parse(html)).filter((href) => !/^#|^https:\/\/12factor\.net\//.test(href));
}

describe('places of a report', () => {
  it('lead nowhere, as nobody has said where files are to be seen', async () => {
    const { code, out } = await report();
    expect(code).toBe(0);
    expect(out).toContain('#1.js:2</code>');
    expect(addresses(out)).toEqual([]);
    const markdown = (await report('--format', 'markdown')).out;
    expect(markdown).toContain('#1.js:2`');
    expect(markdown.replaceAll('(https://12factor.net/', '')).not.toContain('](');
  });

  it('lead to the line of the file in HTML, whatever its name is', async () => {
    const { code, out } = await report('--links', LINES);
    expect(code).toBe(0);
    const found = addresses(out);
    expect(found).toContain(PLACE);
    for (const address of found) {
      const { origin, hash, pathname } = new URL(address);
      expect(origin).toBe('https://git.example.com');
      expect(hash).toMatch(/^#L[1-9]\d*$/);
      expect(pathname).toMatch(/^\/acme\/shop\/blob\/main\/(package\.json|src\/.+)$/);
    }
    expect(decodeURIComponent(new URL(PLACE).pathname)).toBe(`/acme/shop/blob/main/src/${ODD}`);
  });

  it('lead to the line of the file in Markdown, written to a file', async () => {
    const args = ['--format', 'markdown', '--links', LINES, '--output', 'scorecard.md'];
    expect(await report(...args)).toMatchObject({ code: 0, out: '' });
    const text = await readFile(join(folder.path, 'scorecard.md'), 'utf8');
    expect(text).toContain(`#1.js:2\`](${PLACE})`);
  });

  it('lead to files where the address has no line', async () => {
    const { out } = await report('--links', 'https://files.example.com/?f={path}&at=main');
    expect(new Set(addresses(out))).toContain(
      `https://files.example.com/?f=${new URL(PLACE).pathname.replace('/acme/shop/blob/main/', '')}&at=main`,
    );
  });

  it.each([
    'https://git.example.com/blob/main/',
    '{path}#L{line}',
    'javascript:alert({path})',
    'file:///srv/{path}',
    'https://git.example.com/"><script>/{path}',
    'https://git.example.com/a b/{path}',
    'https://git.example.com/(x)/{path}',
  ])('never lead to %s', async (address) => {
    const { code, out, err } = await report('--links', address);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('--links takes an http(s) address with {path} in it');
  });
});
