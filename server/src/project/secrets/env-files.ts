import { baseName } from '../../base/paths';
import type { DotenvEntry } from '../../languages/dotenv';
import { parseShellSyntax } from '../../languages/shell';
import { DEVELOPMENT, TESTS } from '../../vocabulary/environments';
import { vocabulary } from '../../vocabulary/vocabulary';
import { isDocumentPath, isTestPath } from '../files/paths';
import { isExampleEnvPath } from '../manifests/environment';
import type { ProjectModel } from '../model';
import { namedCredential } from './named-values';
import { isReference } from './values';

/** An env file that is committed with values that belong to a deploy. */
export interface CommittedEnvFile {
  readonly path: string;
  /** The entries with such values, in order; never empty. */
  readonly entries: readonly DotenvEntry[];
  readonly hasCredential: boolean;
  /** For development, by its name. */
  readonly development: boolean;
}

/** Switches of build tools and editors: the same for everybody who builds. */
const TOOLING =
  /^(?:SKIP_PREFLIGHT_CHECK|GENERATE_SOURCEMAP|BROWSER|CI|DISABLE_\w+|ENABLE_\w+|TSC_\w+|FAST_REFRESH|INLINE_RUNTIME_CHUNK|IMAGE_INLINE_SIZE_LIMIT|COMPOSE_\w+|DOCKER_\w+|NODE_OPTIONS|NODE_PATH|ESLINT_\w+|EXTEND_ESLINT|CHOKIDAR_\w+|WATCHPACK_\w+|WDS_\w+|FORCE_COLOR|NO_COLOR|\w*_?VERSION|\w*_?TAG|TZ|LANG|LC_\w+|PYTHON\w+|ESM_\w+|TS_NODE_\w+|NEXT_TELEMETRY_DISABLED|PRISMA_HIDE_\w+|npm_config_\w+|PUPPETEER_SKIP_\w+|PLAYWRIGHT_\w+)$/;
const VARYING =
  /(?:^|_)(?:URL|URI|HOST|HOSTNAME|DSN|ENDPOINT|ORIGINS?|DOMAIN|SERVER|BROKERS?|PORT|DATABASE|DB|DB_NAME|DB_USER|NAME|USER|USERNAME|EMAIL|BUCKET|REGION|ACCOUNT|CLIENT_ID|APP_ID|PROJECT_ID|ENV|LOG_LEVEL|CONNECTION|ADDRESS|PATH|DIR)$/;

/**
 * Reads an env file as what it may give away.
 * @returns undefined for examples, tests, ignored files and files without such values
 */
export function committedEnvFile(path: string, model: ProjectModel): CommittedEnvFile | undefined {
  const { files } = model;
  if (files.isIgnored(path) || files.wouldIgnore(path)) return undefined;
  const name = baseName(path);
  if (isExampleEnvPath(path) || isTestPath(path) || isDocumentPath(path)) return undefined;
  if (isTestEnvFile(name)) return undefined;
  const set = (files.dotenv(path)?.entries ?? []).filter(
    ({ commented, value, name: key }) =>
      !commented && value !== '' && /^[A-Z][A-Z0-9_]*$/i.test(key) && !isReference(value),
  );
  const credentials = set.filter((entry) => {
    const found = namedCredential(entry.name, entry.value);
    return found && !found.harmless;
  });
  const varying = set.filter(
    (entry) => !TOOLING.test(entry.name) && (VARYING.test(entry.name) || /:\/\//.test(entry.value)),
  );
  const entries = set.filter((entry) => credentials.includes(entry) || varying.includes(entry));
  if (entries.length === 0) return undefined;
  return {
    path,
    entries: credentials.length > 0 ? credentials : entries,
    hasCredential: credentials.length > 0,
    development: DEVELOPMENT_ENV_FILES.isIn(name),
  };
}

/**
 * Env files of development. `.env.local` is not among them: it is the one that frameworks have everybody keep to themselves, so that
 * what it holds is real.
 */
const DEVELOPMENT_ENV_FILES = vocabulary(...DEVELOPMENT.groups, ['made-up money', 'sandbox']);

/** Is an env file of this name for tests, mocks or stories, which are run where nothing is deployed? */
export function isTestEnvFile(name: string): boolean {
  return TEST_ENV_FILES.isIn(name);
}

const TEST_ENV_FILES = vocabulary(
  ...TESTS.groups,
  ['tests, too', 'spec specs'],
  ['without services', 'mock mocks storybook'],
);

/** What a script does that sets the environment, beside assigning: it says so, looks for files, reads other such scripts. */
const SETTING =
  /^(export|declare|typeset|readonly|local|set|unset|shopt|source|\.|echo|printf|true|:|\[|\[\[|test|cd|return|exit)$/;

/**
 * Is this a shell script that only sets the environment (`env.sh`, `setenv.prod.sh`, `.envrc`), by its name and by what it does? One
 * that installs or defines something keeps variables for itself.
 */
export function isEnvironmentScript(path: string, text: string): boolean {
  if (!isNamedAsEnvironment(path)) return false;
  return (
    path.endsWith('.envrc') ||
    parseShellSyntax(text).commands.every(
      ({ words, substituted, functionName }) =>
        functionName === undefined &&
        (words.length === 0 || substituted || SETTING.test(words[0]?.text ?? '')),
    )
  );
}

function isNamedAsEnvironment(path: string): boolean {
  return /^(?:\.envrc|(?:[\w-]+[._-])?(?:set)?env(?:ironment)?(?:[._-][\w.-]*)?\.(?:sh|bash))$/i.test(
    baseName(path),
  );
}
