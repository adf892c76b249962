/** What a framework or a platform does with files that it finds by their place. */
export interface FrameworkFile {
  /** Packages of which the app declares one; absent: the place alone says enough. */
  readonly frameworks?: readonly string[];
  /** Where the file lies in its package. */
  readonly place: RegExp;
  /** The exports that the framework calls. */
  readonly exports: RegExp;
  /** Called for requests, or once when the server starts; what it renders may run in browsers as well. */
  readonly runs: 'request' | 'start' | 'render';
  /** The same file holds the page that is shown, which browsers run, too. */
  readonly holdsPage?: true;
}

const VERBS = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ALL|fallback)$/;
const DEFAULT = /^default$/;
const NEXT = ['next'];
const NITRO = ['nitropack', 'nitro', 'nuxt'];
const REMIX = [
  '@remix-run/node',
  '@remix-run/express',
  '@remix-run/serve',
  '@remix-run/cloudflare',
  '@react-router/node',
  '@react-router/express',
  '@react-router/serve',
  '@react-router/cloudflare',
];
const TANSTACK = ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'];

/** Files by which frameworks know what to run, in every stack. Supporting another framework is one more entry. */
export const FRAMEWORK_FILES: readonly FrameworkFile[] = [
  { place: /(^|\/)pages\/api\/.+\.[jt]sx?$/, exports: DEFAULT, runs: 'request' },
  { place: /(^|\/)app\/(.+\/)?route\.[jt]sx?$/, exports: VERBS, runs: 'request' },
  {
    place: /(^|\/)server\/(api|routes|middleware)\/.+\.[jt]s$/,
    exports: DEFAULT,
    runs: 'request',
  },
  {
    place: /(^|\/)\+(server|page\.server|layout\.server)\.[jt]s$/,
    exports: /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback|load|actions)$/,
    runs: 'request',
  },
  { place: /(^|\/)pages\/.+\.[jt]sx?$/, exports: /^getServerSideProps$/, runs: 'render' },
  {
    place: /(^|\/)app\/(.+\/)?(page|layout|template|loading|error|default)\.[jt]sx?$/,
    exports: /^generate(Metadata|Viewport)$/,
    runs: 'render',
  },
  {
    frameworks: NEXT,
    place: /^(src\/)?(middleware|proxy)\.[jt]s$/,
    exports: /^(default|middleware|proxy)$/,
    runs: 'request',
  },
  {
    frameworks: NEXT,
    place: /^(src\/)?instrumentation\.[jt]s$/,
    exports: /^register$/,
    runs: 'start',
  },
  {
    frameworks: ['@sveltejs/kit'],
    place: /^src\/hooks\.server(\/index)?\.[jt]s$/,
    exports: /^(handle|handleFetch|handleError)$/,
    runs: 'request',
  },
  {
    frameworks: ['@sveltejs/kit'],
    place: /^src\/hooks\.server(\/index)?\.[jt]s$/,
    exports: /^init$/,
    runs: 'start',
  },
  {
    frameworks: NITRO,
    place: /^(src\/|server\/)?(api|routes|middleware)\/.+\.[jt]s$/,
    exports: DEFAULT,
    runs: 'request',
  },
  {
    frameworks: NITRO,
    place: /^(src\/)?server\/plugins\/.+\.[jt]s$/,
    exports: DEFAULT,
    runs: 'start',
  },
  {
    frameworks: ['nitropack', 'nitro'],
    place: /^(src\/)?plugins\/.+\.[jt]s$/,
    exports: DEFAULT,
    runs: 'start',
  },
  {
    frameworks: ['astro'],
    place: /^src\/pages\/.+\.[jt]s$/,
    exports: VERBS,
    runs: 'request',
  },
  {
    frameworks: ['astro'],
    place: /^src\/middleware(\/index)?\.[jt]s$/,
    exports: /^onRequest$/,
    runs: 'request',
  },
  {
    frameworks: ['astro'],
    place: /^src\/actions\/index\.[jt]s$/,
    exports: /^server$/,
    runs: 'request',
  },
  {
    frameworks: REMIX,
    place: /^(src\/)?app\/(routes\/.+|root)\.[jt]sx?$/,
    exports: /^(loader|action|middleware)$/,
    runs: 'request',
    holdsPage: true,
  },
  {
    frameworks: REMIX,
    place: /^(src\/)?app\/entry\.server\.[jt]sx?$/,
    exports: /^(default|handleDataRequest)$/,
    runs: 'request',
  },
  // Their loaders run on both sides; what only servers run is handed to functions of the framework.
  {
    frameworks: TANSTACK,
    place: /^(src|app)\/routes\/.+\.[jt]sx?$/,
    exports: /^APIRoute$/,
    runs: 'request',
    holdsPage: true,
  },
  {
    frameworks: ['@solidjs/start'],
    place: /^src\/routes\/.+\.[jt]s$/,
    exports: VERBS,
    runs: 'request',
  },
  {
    frameworks: ['@builder.io/qwik-city'],
    place: /^src\/routes\/(.+\/)?(index|layout|plugin)[\w@-]*\.[jt]sx?$/,
    exports: /^on(Request|Get|Post|Put|Patch|Delete|Head)$/,
    runs: 'request',
    holdsPage: true,
  },
  { frameworks: ['gatsby'], place: /^src\/api\/.+\.[jt]s$/, exports: DEFAULT, runs: 'request' },
  {
    frameworks: ['expo-router'],
    place: /^(src\/)?app\/.+\+api\.[jt]sx?$/,
    exports: VERBS,
    runs: 'request',
  },
  {
    frameworks: ['@medusajs/framework', '@medusajs/medusa'],
    place: /^src\/api\/(.+\/)?route\.[jt]s$/,
    exports: VERBS,
    runs: 'request',
  },
  {
    frameworks: ['sails'],
    place: /^api\/(controllers|policies|responses)\/.+\.[jt]s$/,
    exports: DEFAULT,
    runs: 'request',
  },
  {
    frameworks: ['@adonisjs/core'],
    place: /^app\/([cC]ontrollers|[mM]iddleware)\/.+\.[jt]s$/,
    exports: DEFAULT,
    runs: 'request',
  },
];
