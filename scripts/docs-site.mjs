// Builds the documentation as a static site: `npm run docs:site [-- --out=<folder>]`. README, rules and the other pages become HTML with a
// search that needs no server. Links within the repository are followed, anchors included: a broken one fails the build.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages, pagesOf } from './docs-site/pages.mjs';

const value = (name) =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
const root = resolve(value('root') ?? fileURLToPath(new URL('..', import.meta.url)));
const out = resolve(value('out') ?? join(root, '.tmp/site'));
const assets = fileURLToPath(new URL('docs-site/', import.meta.url));

const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const read = (path) => readFileSync(join(root, path), 'utf8');
const { pages, images, index, broken } = buildPages(pagesOf(root), {
  read,
  exists: (path) => existsSync(join(root, path)),
  repository: repository.url.replace(/^git\+|\.git$/g, ''),
});
if (broken.length > 0) {
  for (const each of broken) console.error(`✗ ${each}`);
  console.error(`${broken.length} broken ${broken.length === 1 ? 'link' : 'links'}`);
  process.exit(1);
}
rmSync(out, { recursive: true, force: true });
for (const [path, html] of pages) write(path, html);
for (const path of images) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  cpSync(join(root, path), join(out, path));
}
for (const name of ['site.css', 'site.js']) write(name, readFileSync(join(assets, name), 'utf8'));
// A script instead of data: it loads from a disk as well.
write('search.js', `window.twelveFactorPages = ${JSON.stringify(index)};\n`);
console.log(`${pages.size} pages in ${out}`);

function write(path, text) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}
