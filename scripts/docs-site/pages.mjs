// Markdown → pages: links between files become links between pages, and are checked.
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import MarkdownIt from 'markdown-it';

const FRONT = 'README.md';
const OTHERS = [
  ...['docs/rules.md', 'docs/command-line.md', 'docs/ci.md', 'docs/editors.md', 'docs/agents.md'],
  ...['docs/workspaces.md', 'docs/other-tools.md', 'docs/proven-fixes.md'],
  ...['docs/npm/README.md', 'CHANGELOG.md', 'SECURITY.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'],
];

/** Every file that becomes a page, relative to the root; those of rules last. */
export function pagesOf(root) {
  const present = (path) =>
    readdirSync(join(root, posix.dirname(path))).includes(posix.basename(path));
  const names = readdirSync(join(root, 'docs/rules')).filter((name) => name.endsWith('.md'));
  return [
    FRONT,
    ...OTHERS.filter((path) => {
      try {
        return present(path);
      } catch {
        return false;
      }
    }),
    ...names.sort().map((name) => `docs/rules/${name}`),
  ];
}

/**
 * @param paths of the files that become pages
 * @param disk what there is of others; `repository` is where they are looked at
 * @returns pages by path of the site, images to copy, what the search looks through, and links that lead nowhere
 */
export function buildPages(paths, { read, exists, repository }) {
  const sources = new Map(paths.map((path) => [path, parse(read(path))]));
  const images = new Set();
  const broken = [];
  const pages = new Map();
  const index = [];
  for (const [path, page] of sources) {
    const target = (href) => {
      if (/^(?:[a-z]+:|\/\/)/i.test(href)) return href;
      const [file = '', anchor = ''] = href.split('#');
      const to =
        file === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURI(file)));
      const known = sources.get(to);
      if (known && (anchor === '' || known.anchors.has(anchor)))
        return relative(path, to) + (anchor === '' ? '' : `#${anchor}`);
      if (!known && !to.startsWith('..') && exists(to)) return `${repository}/blob/main/${to}`;
      broken.push(`${path}: ${href}`);
      return href;
    };
    const image = (src) => {
      if (/^[a-z]+:/i.test(src)) return src;
      const to = posix.normalize(posix.join(posix.dirname(path), src));
      if (exists(to)) images.add(to);
      else broken.push(`${path}: ${src}`);
      return posix.relative(posix.dirname(htmlPath(path)), to);
    };
    const body = page.render(target, image);
    pages.set(htmlPath(path), layout(path, page, body, sources));
    index.push({ url: htmlPath(path), title: page.title, text: page.text });
  }
  return { pages, images, index, broken };
}

function parse(text) {
  const markdown = new MarkdownIt({ html: false });
  const tokens = markdown.parse(text, {});
  const anchors = new Set();
  const headings = [];
  tokens.forEach((token, at) => {
    if (token.type !== 'heading_open') return;
    const inline = tokens[at + 1];
    const name = textOf(inline);
    const id = unused(slug(name), anchors);
    anchors.add(id);
    token.attrSet('id', id);
    headings.push({ level: Number(token.tag.slice(1)), name, id });
  });
  const words = tokens.map((token) => (token.type === 'fence' ? token.content : textOf(token)));
  return {
    anchors,
    headings,
    title: headings[0]?.name ?? '',
    text: words.join(' ').replace(/\s+/g, ' ').trim(),
    render(target, image) {
      for (const token of tokens)
        for (const child of token.children ?? []) {
          if (child.type === 'link_open') child.attrSet('href', target(child.attrGet('href')));
          if (child.type === 'image') child.attrSet('src', image(child.attrGet('src')));
        }
      return markdown.renderer.render(tokens, markdown.options, {});
    },
  };
}

function textOf(token) {
  const children = token?.children ?? [];
  return children.map((child) => (child.type === 'softbreak' ? ' ' : child.content)).join('');
}

/** As GitHub makes them of headings. */
function slug(name) {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function unused(id, taken) {
  let free = id;
  for (let count = 1; taken.has(free); count++) free = `${id}-${count}`;
  return free;
}

function htmlPath(path) {
  if (path === FRONT) return 'index.html';
  return path.replace(/(^|\/)README\.md$/, '$1index.html').replace(/\.md$/, '.html');
}

function relative(from, to) {
  return (
    posix.relative(posix.dirname(htmlPath(from)), htmlPath(to)) || posix.basename(htmlPath(to))
  );
}

function layout(path, page, body, sources) {
  const base = posix.relative(posix.dirname(htmlPath(path)), '.') || '.';
  const link = ([to, { title }]) => {
    const current = to === path ? ' aria-current="page"' : '';
    return `<li><a href="${escape(relative(path, to))}"${current}>${escape(title)}</a></li>`;
  };
  const all = [...sources];
  const isRule = ([to]) => to.startsWith('docs/rules/');
  const parts = page.headings
    .filter(({ level }) => level === 2)
    .map(({ name, id }) => `<li><a href="#${escape(id)}">${escape(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title>
<link rel="stylesheet" href="${base}/site.css">
<script src="${base}/search.js" defer></script>
<script src="${base}/site.js" defer></script>
</head>
<body data-base="${base}">
<a class="skip" href="#content">Skip to the content</a>
<header><a href="${escape(relative(path, FRONT))}">Twelve-Factor</a>
<search><label for="query">Search</label> <input id="query" type="search" autocomplete="off">
<ul id="results" aria-live="polite" hidden></ul></search></header>
<nav aria-label="Pages"><ul>
${all
  .filter((each) => !isRule(each))
  .map(link)
  .join('\n')}
</ul><h2>Rules</h2><ul>
${all.filter(isRule).map(link).join('\n')}
</ul></nav>
<main id="content">
${parts.length > 3 ? `<ul class="parts">${parts.join('')}</ul>\n` : ''}${body}</main>
</body>
</html>
`;
}

function escape(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
