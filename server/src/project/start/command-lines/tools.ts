import { baseName } from '../../../base/paths';
import type { CommandStep } from '../../model';

/**
 * The tool that a step runs, by its plain name: `./node_modules/.bin/forever` → `forever`, `prisma@5` → `prisma`,
 * `node node_modules/typeorm/cli.js` → `typeorm`.
 */
export function stepTool(step: Pick<CommandStep, 'argv'>): string {
  const [program = '', ...rest] = step.argv;
  const name = toolName(program);
  if (name !== 'node' && name !== 'ts-node' && name !== 'tsx' && name !== 'bun') return name;
  const script = rest.find((word) => /(^|\/)node_modules\//.test(word));
  const [, installed, of] =
    /(?:^|\/)node_modules\/(?:\.bin\/([^/]+)|((?:@[^/]+\/)?[^/]+))/.exec(script ?? '') ?? [];
  if (installed !== undefined || of === undefined) return installed ?? name;
  // A package may bring programs of several names: `node_modules/pm2/bin/pm2-runtime`.
  const file = baseName(script ?? '').replace(/\.[cm]?js$/, '');
  return file.startsWith(`${of}-`) ? file : of;
}

/** A program's plain name, without folder, version and Windows extension. */
export function toolName(program: string): string {
  const scoped = /^(@[\w.-]+\/[\w.-]+)(@.*)?$/.exec(program);
  if (scoped) return scoped[1] ?? program;
  return baseName(program)
    .replace(/(?<=.)@[^@]*$/, '')
    .replace(/\.(cmd|exe)$/, '');
}

const FRONT_END_SERVERS =
  /^(react-scripts|react-app-rewired|craco|ng|vue-cli-service|gatsby|expo|storybook|start-storybook|docusaurus|webpack-dev-server|live-server|browser-sync)$/;

/** Does a step start the development server of a front end? Such a start is never what production runs. */
export function isFrontEndServer(step: Pick<CommandStep, 'argv'>): boolean {
  const tool = stepTool(step);
  const sub = subcommand(step);
  // Any other word is the folder to serve: `vite start` is no command of its own.
  if (tool === 'vite') return sub === undefined || !/^(build|optimize|preview)$/.test(sub);
  if (tool === 'webpack' || tool === 'webpack-cli' || tool === 'parcel')
    return sub === 'serve' || (tool === 'parcel' && sub !== 'build');
  return FRONT_END_SERVERS.test(tool) && sub !== 'build';
}

/** Does a step restart on change, or serve in development mode? */
export function isWatcher(step: Pick<CommandStep, 'argv'>): boolean {
  const tool = stepTool(step);
  const { argv } = step;
  const sub = subcommand(step);
  if (/^(nodemon|ts-node-dev|tsnd|node-dev|supervisor|gulp-watch|onchange|chokidar)$/.test(tool))
    return true;
  if (argv.some((word) => /^--(watch|hot)(-path)?(=|$)/.test(word))) return true;
  if (argv.includes('-w') && /^(tsc|nest|rollup|webpack|tsup|babel|swc|sass)$/.test(tool))
    return true;
  if (tool === 'tsx' || tool === 'nodemon') return sub === 'watch';
  if (
    /^(next|nuxt|nuxi|remix|react-router|astro|svelte-kit|blitz|redwood|rw|strapi|keystone|wrangler|sls|serverless|vercel|netlify|directus)$/.test(
      tool,
    )
  ) {
    return (
      ['dev', 'develop', 'offline', undefined].includes(sub) &&
      !(tool === 'strapi' && sub === undefined)
    );
  }
  if (tool === 'nx') return sub === 'serve' || sub === 'dev';
  if (tool === 'nest') return argv.includes('--debug');
  return isFrontEndServer(step);
}

/** Does a step compile on the fly what it runs? */
export function isCompilingRunner(step: Pick<CommandStep, 'argv'>): boolean {
  if (
    /^(ts-node|ts-node-esm|ts-node-script|tsx|babel-node|swc-node|esno|esmo|jiti|sucrase-node|vite-node|coffee)$/.test(
      stepTool(step),
    )
  )
    return true;
  if (stepTool(step) === 'nest') return subcommand(step) === 'start';
  return loadedCompiler(step) !== undefined;
}

/** The compiler that `node` is told to load first: `node -r ts-node/register src/main.ts` → `ts-node/register`. */
export function loadedCompiler(step: Pick<CommandStep, 'argv'>): string | undefined {
  if (stepTool(step) !== 'node') return undefined;
  return step.argv
    .map((word, index, argv) => {
      const loaded = /^--(require|import|loader|experimental-loader)=(.*)$/.exec(word)?.[2];
      const option = ['-r', '--require', '--import', '--loader', '--experimental-loader'].includes(
        argv[index - 1] ?? '',
      );
      return loaded ?? (option ? word : '');
    })
    .find((word) => COMPILERS.test(word));
}

const COMPILERS =
  /^(ts-node(\/.*)?|tsx(\/.*)?|@babel\/register|babel-register|@swc-node\/register(\/.*)?|@swc\/register|esbuild-register|esm|sucrase\/register(\/.*)?|coffeescript\/register)$/;

/** The first word after the program that is no option. */
export function subcommand(step: Pick<CommandStep, 'argv'>): string | undefined {
  return step.argv.slice(1).find((word) => !word.startsWith('-'));
}
