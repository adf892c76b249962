import { baseName, folderOf } from '../base/paths';
import { filesIn } from './file-index';
import type { ProjectFiles } from './files';
import type { PackageInfo } from './model';

const SERVER_LIBRARIES =
  /^(express|fastify|koa|@hapi\/hapi|hapi|@nestjs\/core|restify|polka|hono|@hono\/node-server|next|nuxt|@remix-run\/(node|serve|express)|@sveltejs\/adapter-node|socket\.io|@apollo\/server|apollo-server(-.*)?|graphql-yoga|@feathersjs\/.*|@loopback\/(rest|core)|loopback|sails|@adonisjs\/core|moleculer|bull|bullmq|kafkajs|amqplib|@strapi\/strapi|payload|@keystone-6\/core|@redwoodjs\/.*|meteor-node-stubs|parse-server)$/;

const SHARED_CONFIGURATION =
  /(^|[/-])(eslint-config|eslint-plugin|tsconfig|ts-config|typescript-config|prettier-config|prettier-plugin|stylelint-config|babel-preset|babel-plugin|jest-preset|jest-config|tailwind-config|commitlint-config)(-|$)/;

const DEPLOY_NAMES =
  /^(dockerfile(\..+)?|.+\.dockerfile|containerfile|procfile|app\.json|fly\.toml|render\.ya?ml|railway\.(toml|json)|nixpacks\.toml|vercel\.json|netlify\.toml|serverless\.(ya?ml|json|ts|js)|app\.ya?ml|ecosystem\.config\.[cm]?js|(docker-)?compose([.-].+)?\.ya?ml|wrangler\.(toml|jsonc?)|captain-definition)$/i;

/**
 * What a package is for. `app` where something of it is started or deployed, `cli` where it has a `bin`, `library` where it is
 * published, or shared in a workspace, to be imported; in doubt an app.
 */
export function packageKind(
  files: ProjectFiles,
  info: Pick<PackageInfo, 'dir' | 'manifest' | 'dependencies' | 'scripts'>,
): PackageInfo['kind'] {
  const { manifest } = info;
  const name = typeof manifest['name'] === 'string' ? manifest['name'] : '';
  if (SHARED_CONFIGURATION.test(name)) return 'library';
  // A GitHub action is a program that a workflow runs.
  if (
    ['action.yml', 'action.yaml'].some((file) =>
      files.has(info.dir === '' ? file : `${info.dir}/${file}`),
    )
  )
    return 'cli';
  const isPrivate = manifest['private'] === true;
  const runsServer = [...info.dependencies.values()].some(
    (dependency) => dependency.kind === 'dependencies' && SERVER_LIBRARIES.test(dependency.name),
  );
  const deployed = filesIn(files, info.dir).some((path) => DEPLOY_NAMES.test(baseName(path)));
  const start = ['start', 'start:prod', 'serve'].some((script) =>
    startsSomething(info.scripts, script, 0),
  );
  if (deployed && start) return 'app';
  const published =
    !isPrivate && typeof manifest['version'] === 'string' && typeof manifest['name'] === 'string';
  const importable = ['exports', 'main', 'module', 'types', 'typings'].some(
    (key) => manifest[key] !== undefined,
  );
  const madeToShip = [
    'files',
    'publishConfig',
    'peerDependencies',
    'exports',
    'types',
    'typings',
    'module',
  ].some((key) => manifest[key] !== undefined);
  if (manifest['bin'] !== undefined && !(runsServer && (start || isPrivate))) return 'cli';
  if (runsServer && start) return 'app';
  if (published && importable && madeToShip) return 'library';
  if (start || deployed) return 'app';
  if (runsServer && !madeToShip) return 'app';
  // A package among others that starts nothing is there to be imported by them.
  if (importable && isBelowAnother(files, info.dir)) return 'library';
  return importable && madeToShip ? 'library' : 'app';
}

function isBelowAnother(files: ProjectFiles, dir: string): boolean {
  for (let folder = dir; folder !== '';) {
    folder = folderOf(folder);
    if (files.has(folder === '' ? 'package.json' : `${folder}/package.json`)) return true;
  }
  return false;
}

/** Does a script run more than a compiler (`start: npm run build:watch` starts nothing)? */
function startsSomething(scripts: PackageInfo['scripts'], name: string, depth: number): boolean {
  const command = scripts.get(name)?.command;
  if (command === undefined) return false;
  const alias = /^\s*(?:npm run|npm|yarn run|yarn|pnpm run|pnpm|bun run)\s+([\w:.-]+)\s*$/.exec(
    command,
  )?.[1];
  if (alias !== undefined && depth < 4 && scripts.has(alias))
    return startsSomething(scripts, alias, depth + 1);
  const compiles =
    /(^|[\s/;&])(tsc|tsc-watch|rollup|webpack|tsup|tsdown|babel|swc|microbundle|tsdx|father|ng-packagr|esbuild|storybook|start-storybook)(\s|$)/.test(
      command,
    );
  return (
    !compiles ||
    /(^|[\s/;&"'])(node|nodemon|ts-node|tsx|next|nest|bun|pm2|pm2-runtime|forever)(\s|$)/.test(
      command,
    )
  );
}
