/** Variables that everybody sets or that tools define: no example file has to list them. */
const CONVENTIONAL =
  /^(NODE_ENV|CI|HOME|PATH|PWD|USER|USERNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|HOSTNAME|TERM|COLORTERM|COLUMNS|LINES|NO_COLOR|FORCE_COLOR|EDITOR|VISUAL|DISPLAY|OSTYPE|PROGRAMFILES|PROGRAMDATA|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEPATH|SYSTEMROOT|WINDIR|npm_\w+|NODE_(OPTIONS|PATH|DEBUG|APP_INSTANCE|TLS_REJECT_UNAUTHORIZED|EXTRA_CA_CERTS)|DEBUG|INIT_CWD|JEST_WORKER_ID|VITEST\w*|GITHUB_\w+|GITLAB_CI|TRAVIS\w*|CIRCLE\w*|BUILDKITE\w*|APPVEYOR|VERCEL(_\w+)?|NETLIFY|RENDER(_\w+)?|HEROKU_\w+|DYNO|FLY_\w+|RAILWAY_\w+|K_SERVICE|K_REVISION|FUNCTION_(NAME|TARGET)|AWS_(LAMBDA_\w+|EXECUTION_ENV)|LAMBDA_\w+|KUBERNETES_\w+|POD_\w+|WEBSITE_\w+|GAE_\w+|MODE|DEV|PROD|SSR|BASE_URL|(HTTPS?|NO|ALL)_PROXY|(https?|no|all)_proxy)$/;

/** True for variables that need no documentation: conventions of the system, Node, CI and hosting platforms. */
export function isConventional(name: string): boolean {
  return CONVENTIONAL.test(name);
}

/** What bundlers put into browser code, whatever the deploy sets. */
const BUNDLED = /^(PUBLIC_URL|NEXT_RUNTIME|WDS_SOCKET_\w+|FAST_REFRESH)$/;

/** True for variables that the bundler of browser code supplies by itself: `process.env.PUBLIC_URL`. */
export function isSuppliedByBundler(name: string): boolean {
  return BUNDLED.test(name);
}

/** Variables that libraries read by their own convention: nothing in the code has to mention them. */
const LIBRARY_READ =
  /^(DATABASE_URL|SHADOW_DATABASE_URL|DIRECT_URL|DIRECT_DATABASE_URL|PG[A-Z]+|MYSQL_\w+|POSTGRES_\w+|MONGO_INITDB_\w+|AWS_\w+|OTEL_\w+|DD_\w+|NEW_RELIC_\w+|ELASTIC_APM_\w+|SENTRY_\w+|GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_CLOUD_PROJECT|GCLOUD_PROJECT|AZURE_\w+|TYPEORM_\w+|NEXTAUTH_\w+|AUTH_\w+|NUXT_\w+|NITRO_\w+|STRAPI_\w+|PRISMA_\w+|NX_\w+|TURBO_\w+|UV_THREADPOOL_SIZE|COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|OPENAI_API_KEY|ANTHROPIC_API_KEY|STRIPE_WEBHOOK_SECRET|HOST|PORT|LOG_LEVEL|PM2_\w+|NODE_ENV|TZ|DEBUG)$/;

/** True for variables that a library, a database image or a tool may read although no code names them. */
export function isReadByLibraries(name: string): boolean {
  return LIBRARY_READ.test(name) || isConventional(name);
}
