/** What a path alone says about a file. */

const TEST_PATH =
  /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|cypress|playwright|fixtures?|mocks?|testing|test-utils|jest|vitest)\/|[._-](test|spec|e2e|cy|bench|mock|fixture)\.[cm]?[jt]sx?$|(^|\/)(jest|vitest|karma|playwright|cypress|wdio|ava|mocha)[.\w-]*\.[cm]?[jt]s$|(^|\/)\.mocharc\.[cm]?js$|(^|\/)(setup-?tests?|(test|mock)-?(setup|helpers?|utils?|server|app|db|data))\.[cm]?[jt]sx?$/i;
/** Tests, specs, fixtures, mocks and the set-up of test runners. */
export function isTestPath(path: string): boolean {
  return TEST_PATH.test(path);
}

const DOCUMENT_PATH =
  /(^|\/)(docs?|documentation|examples?|samples?|demos?|stories|storybook|\.storybook|website|tutorials?|playground|benchmarks?)\/|\.(stories|story|mdx)\.?[jt]?sx?$/i;
/** Documentation, examples and stories: not part of what is deployed. */
export function isDocumentPath(path: string): boolean {
  return DOCUMENT_PATH.test(path);
}

const VENDORED_PATH =
  /(^|\/)(node_modules|vendor|vendors|third[_-]?party|bower_components|\.yarn|\.pnp)[/.]|(^|\/)(libs?|js|assets|static|public|plugins)\/.*(jquery|bootstrap|lodash|moment|angular|popper|chart|d3|vue|react|select2|datatables)[\w.-]*\.js$/i;
/** Copies of other people's code. */
export function isVendoredPath(path: string): boolean {
  return VENDORED_PATH.test(path);
}

const GENERATED_PATH =
  /(^|\/)(generated|__generated__|\.next|\.nuxt|\.svelte-kit|\.output|\.turbo|\.vercel|coverage|storybook-static)\/|\.(generated|gen|g|pb|min|bundle|chunk)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$|[._]pb\.[jt]s$/i;
/** Generated, minified and declaration files. */
export function isGeneratedPath(path: string): boolean {
  return GENERATED_PATH.test(path);
}

const BUILD_PATH =
  /(^|\/)[\w.-]*\.config\.[cm]?[jt]s$|(^|\/)(webpack|rollup|gulpfile|gruntfile|esbuild|vite|babel|metro|craco|config-overrides|tailwind|postcss|eslint|prettier|commitlint|release|lint-staged|tsup|nps|package-scripts|dangerfile|plopfile|turbo|nx|knip|rspack|svgo|i18next-parser|codegen|setupProxy|graphql\.codegen|\.eslintrc|\.prettierrc|\.babelrc|\.stylelintrc|\.lintstagedrc)[\w.-]*\.[cm]?[jt]s$|(^|\/)(webpack|gulp|gulp-tasks|grunt|build-scripts|tools|tooling|\.github|\.husky|\.storybook|codegen|generators?|plop-templates|schematics|lint-rules|eslint-rules)\//i;
/** Bundler, lint and code-generation tooling. */
export function isBuildPath(path: string): boolean {
  return BUILD_PATH.test(path) && !RUNTIME_CONFIG.test(path);
}

/** What an SDK makes a framework load at run time, although it is named like the configuration of a tool. */
const RUNTIME_CONFIG = /(^|\/)(sentry\.(client|server|edge)|instrumentation)\.config\.[cm]?[jt]s$/;

const ADMIN_PATH =
  /(^|\/)(migrations?|seeds?|seeders?|seeding|scripts?|bin|tasks|commands|one-?off|maintenance|fixtures|factories)\/|(^|\/)(knexfile|seed|migrate|ormconfig|drizzle\.config|db-reset|db-init)[\w.-]*\.[cm]?[jt]s$/i;
/** Migrations, seeds, one-off scripts: by folder name; reachability from an entry point overrides it. */
export function isAdminPath(path: string): boolean {
  return ADMIN_PATH.test(path);
}

const BROWSER_PATH =
  /(^|\/)(public|static|assets|wwwroot|client|frontend|front-end|webapp|browser|www)\/(?!.*server)/i;
/** Code that is sent to browsers: by folder name; reachability from a server entry point overrides it. */
export function isBrowserPath(path: string): boolean {
  return BROWSER_PATH.test(path);
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
