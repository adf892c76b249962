import { baseName } from '../../base/paths';
import {
  ADMIN_PLACES,
  BROWSER_PLACES,
  BUILD_PLACES,
  DOCUMENT_PLACES,
  GENERATED_PLACES,
  PAGE_LIBRARIES,
  PAGE_SCRIPT_PLACES,
  TEMPLATE_PLACES,
  TEST_PLACES,
  VENDORED_PLACES,
} from '../../vocabulary/paths';

/** What a path alone says about a file. */

/** Tests, specs, fixtures, mocks and the set-up of test runners. */
export function isTestPath(path: string): boolean {
  return TEST_PLACES.isIn(path);
}

/** Documentation, examples and stories: not part of what is deployed. */
export function isDocumentPath(path: string): boolean {
  return DOCUMENT_PLACES.isIn(path) || path.endsWith('.mdx');
}

/** Is a package in this folder one beside the product: its tests, documentation, examples, what a generator copies? */
export function isBesideProduct(folder: string): boolean {
  const inside = `${folder}/`;
  return isTestPath(inside) || isDocumentPath(inside) || TEMPLATE_PLACES.isIn(inside);
}

/** Copies of other people's code. */
export function isVendoredPath(path: string): boolean {
  return (
    VENDORED_PLACES.isIn(path) ||
    (path.endsWith('.js') && PAGE_SCRIPT_PLACES.isIn(path) && PAGE_LIBRARIES.isIn(baseName(path)))
  );
}

/** Generated, minified and declaration files. */
export function isGeneratedPath(path: string): boolean {
  return GENERATED_PLACES.isIn(path);
}

/** Bundler, lint and code-generation tooling. */
export function isBuildPath(path: string): boolean {
  return BUILD_PLACES.isIn(path) && !RUNTIME_CONFIG.test(path);
}

/** Named like the settings of a tool, but what an SDK makes a framework load at run time, or a component (`tabs.config.tsx`). */
const RUNTIME_CONFIG =
  /(^|\/)(sentry\.(client|server|edge)|instrumentation)\.config\.[cm]?[jt]s$|\.config\.[jt]sx$/;

/** Migrations, seeds, one-off scripts: by folder name; reachability from an entry point overrides it. */
export function isAdminPath(path: string): boolean {
  return ADMIN_PLACES.isIn(path);
}

/** Code that is sent to browsers: by folder name; reachability from a server entry point overrides it. */
export function isBrowserPath(path: string): boolean {
  // `client/server/render.js` runs on the server, `server/public/app.js` does not.
  return BROWSER_PLACES.isIn(path.replace(/^.*server/i, 'server'));
}

/** Minified or bundled text: over-long lines, by a sample of the first 64 KiB. */
export function looksMinified(text: string): boolean {
  const sample = text.slice(0, 65_536);
  if (sample.length < 2_000) return false;
  let lines = 1;
  let longest = 0;
  let start = 0;
  for (let end = sample.indexOf('\n'); end !== -1; end = sample.indexOf('\n', start)) {
    lines += 1;
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
  longest = Math.max(longest, sample.length - start);
  return sample.length / lines > 300 || (longest > 20_000 && longest > sample.length / 2);
}

/** Does a text say of itself, in the comments that it begins with, that a generator wrote it? Its author is asked to change nothing. */
export function looksGenerated(text: string): boolean {
  const [comments = ''] = FIRST_COMMENTS.exec(text.slice(0, 1_000)) ?? [];
  return SAYS_GENERATED.test(comments);
}

const FIRST_COMMENTS = /^(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/;

/** `@generated` is what Meta's tools and many after them write; Go's `Code generated … DO NOT EDIT`; what ANTLR and OpenAPI generators write. */
const SAYS_GENERATED =
  // eslint-disable-next-line regexp/no-super-linear-move -- it is asked of the first thousand characters
  /@generated\b|\bgenerated\b[^]*\bdo not (?:edit|modify)\b|\bdo not (?:edit|modify)\b[^]*\bgenerated\b|^[\W_]*(?:auto-?generated|generated) (?:from|by|using|file)\b|\bthis (?:file|code) (?:is|was|has been) (?:auto-?|automatically )?generated\b/im;
