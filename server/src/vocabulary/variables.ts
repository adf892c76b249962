import { names } from './names';
import type { WordGroup } from './vocabulary';

/** What a shell, a system or Node has set before anybody configures anything. */
const SYSTEM: readonly WordGroup[] = [
  ['the account, and where it works', 'HOME PATH PWD USER USERNAME SHELL HOSTNAME'],
  ['temporary files', 'TMPDIR TEMP TMP'],
  ['language and time', 'LANG LC_* TZ'],
  ['the terminal', 'TERM EDITOR DISPLAY'],
  ['npm, for the scripts it runs', 'npm_*'],
  [
    'Node and the packages everybody has',
    'NODE_ENV NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS DEBUG',
  ],
  ['machines that build and test', 'CI'],
];

/** Variables that everybody sets or that tools define: no example file has to list them. */
export const CONVENTIONAL = names(
  ...SYSTEM,
  ['how a terminal looks', 'COLORTERM COLUMNS LINES NO_COLOR FORCE_COLOR VISUAL OSTYPE'],
  [
    'Windows',
    'PROGRAMFILES PROGRAMDATA APPDATA LOCALAPPDATA USERPROFILE HOMEPATH SYSTEMROOT WINDIR',
  ],
  [
    'npm and Node, seldom set',
    'INIT_CWD NODE_DEBUG NODE_APP_INSTANCE NODE_TLS_REJECT_UNAUTHORIZED NODE_NO_WARNINGS NODE_VERSION NODE_V8_COVERAGE',
  ],
  ['set by test runners', 'JEST_WORKER_ID VITEST*'],
  ['set by build machines', 'GITHUB_* GITLAB_CI TRAVIS* CIRCLE* BUILDKITE* APPVEYOR'],
  [
    'set by hosting platforms',
    'VERCEL VERCEL_* NEXT_PUBLIC_VERCEL_* NETLIFY RENDER RENDER_* HEROKU_* DYNO FLY_* RAILWAY_* KUBERNETES_* POD_* WEBSITE_* OPENSHIFT_* CF_PAGES CF_PAGES_* ECS_CONTAINER_*',
  ],
  ['set where functions run', 'K_SERVICE K_REVISION FUNCTION_NAME FUNCTION_TARGET LAMBDA_* GAE_*'],
  ['read by the SDKs of clouds', 'AWS_* GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_PROJECT'],
  ['read by Node before any code runs', 'UV_THREADPOOL_SIZE'],
  ['set by frameworks for their own phases', 'NEXT_RUNTIME NEXT_PHASE EXPO_OS'],
  ['where a desktop keeps its files', 'XDG_*'],
  ['Vite, in what it bundles', 'MODE DEV PROD SSR BASE_URL'],
  [
    'the way out of a network',
    'HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY http_proxy https_proxy no_proxy all_proxy',
  ],
);

/** Variables that belong to the system, the shell or Node: a fix names none of its own like that. */
export const RESERVED = names(
  ...SYSTEM,
  ['the shell itself', 'LOGNAME OLDPWD IFS UID EUID PPID MAIL _*'],
  ['the loader of programs', 'LD_*'],
  ['npm, in the other case', 'NPM_*'],
  ['the command line of Docker', 'DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT'],
);

/** What bundlers put into browser code, whatever the deploy sets. */
export const BUNDLED = names(
  ['Create React App', 'PUBLIC_URL WDS_SOCKET_* FAST_REFRESH'],
  ['Next.js', 'NEXT_RUNTIME'],
);

/** Variables that libraries, database images and tools read by their own convention: nothing in the code has to mention them. */
export const LIBRARY_READ = names(
  [
    'Prisma, and drivers of databases',
    'DATABASE_URL SHADOW_DATABASE_URL DIRECT_URL DIRECT_DATABASE_URL PRISMA_* TYPEORM_*',
  ],
  ['images of databases', 'MYSQL_* POSTGRES_* MONGO_INITDB_*'],
  ['agents that watch a process', 'OTEL_* DD_* NEW_RELIC_* ELASTIC_APM_* SENTRY_*'],
  [
    'SDKs of clouds',
    'AWS_* AZURE_* GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT',
  ],
  ['SDKs of vendors', 'OPENAI_API_KEY ANTHROPIC_API_KEY STRIPE_WEBHOOK_SECRET'],
  ['frameworks', 'NEXTAUTH_* AUTH_* NUXT_* NITRO_* STRAPI_* HOST PORT LOG_LEVEL'],
  [
    'tools that build and run',
    'NX_* TURBO_* COMPOSE_* DOCKER_* BUILDKIT_* PM2_* UV_THREADPOOL_SIZE',
  ],
);

/** Variables that types of packages declare, by the package: TypeScript completes those by itself. */
export const DECLARED_BY_TYPES: readonly (readonly [packageName: string, variables: string])[] = [
  ['next', 'NODE_ENV'],
  ['react-scripts', 'NODE_ENV PUBLIC_URL'],
  ['@types/bun', 'NODE_ENV'],
  ['bun-types', 'NODE_ENV'],
  ['vite', 'BASE_URL MODE DEV PROD SSR'],
  ['astro', 'BASE_URL MODE DEV PROD SSR SITE ASSETS_PREFIX'],
];

/** Declared by Node's own types, which editors have for JavaScript as well. */
export const DECLARED_BY_NODE = 'TZ';
