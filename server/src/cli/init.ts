import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CONFIG_FILE } from '../engine/config/config-file';
import type { Rule } from '../engine/rule';
import { writeBaseline } from './baseline';
import { existingFolder } from './folder';
import type { Terminal } from './terminal';

export const CI_SYSTEMS = ['github', 'gitlab', 'none'] as const;
type CiSystem = (typeof CI_SYSTEMS)[number];

export interface InitOptions {
  /** Takes what it would ask for as it suggests it. */
  readonly yes?: boolean;
  readonly ci?: CiSystem;
  /** False for `--no-baseline`. */
  readonly baseline: boolean;
}

const CONFIG = `{
  // Severity by rule: "error", "warning", "information", "hint" or "off". \`twelve-factor rules\` lists them.
  "rules": {},

  // Severity by factor, for the rules not named above.
  "factors": {},

  // Files that are not analysed, as glob patterns relative to this folder.
  "exclude": []
}
`;

/** What makes a CI system run the check. GitLab reads one file, which may be there: people put the job into it. */
const SNIPPETS: Readonly<Record<Exclude<CiSystem, 'none'>, { path: string; text: string }>> = {
  github: {
    path: '.github/workflows/twelve-factor.yml',
    text: `name: Twelve-Factor
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes twelve-factor check . --format github
`,
  },
  gitlab: {
    path: '.gitlab-ci.yml',
    text: `twelve-factor:
  image: node:22
  script:
    - npx --yes twelve-factor check . --output gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`,
  },
};

/**
 * Writes what a folder needs to be checked: configuration, baseline, and a job of CI. Asks where somebody looks; overwrites nothing.
 * @throws UsageError for what the caller got wrong
 */
export async function initFolder(
  dir: string,
  options: InitOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<void> {
  const folder = await existingFolder(dir, terminal.cwd);
  const { out } = terminal;
  if (await yes(`Write ${CONFIG_FILE}?`, options, terminal))
    out.write(await create(folder, CONFIG_FILE, CONFIG));
  if (
    options.baseline &&
    (await yes('Accept what is found today (a baseline)?', options, terminal))
  )
    await writeBaseline(folder, {}, rules, terminal);
  const ci = options.ci ?? (await likelyCi(folder));
  if (ci === 'none') return;
  const { path, text } = SNIPPETS[ci];
  if (!(await yes(`Write ${path}?`, options, terminal))) return;
  // Jobs stand at the root of a repository.
  const isRoot = await exists(join(folder, '.git'));
  const isThere = await exists(join(folder, path));
  out.write(
    isRoot && !isThere
      ? await create(folder, path, text)
      : `Put this into ${path} of the repository:\n\n${text}`,
  );
}

async function yes(question: string, options: InitOptions, { ask }: Terminal): Promise<boolean> {
  if (options.yes || !ask) return true;
  return !/^n/i.test((await ask(`${question} [Y/n] `)).trim());
}

/** GitLab where its file is there, else GitHub. */
async function likelyCi(folder: string): Promise<CiSystem> {
  return (await exists(join(folder, SNIPPETS.gitlab.path))) ? 'gitlab' : 'github';
}

async function create(folder: string, path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  return writeFile(file, text, { flag: 'wx' }).then(
    () => `${path} is written.\n`,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return `${path} is there already, and stays as it is.\n`;
    },
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
