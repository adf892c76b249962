// Starts a rule: `npm run new-rule -- <factor>/<rule-id>` writes its file, with examples to fill in, and regenerates.
import { spawnSync } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FACTORS, type Factor, isFactor } from '../server/src/base/factors';
import { ruleTemplate } from './generate/rule-template';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main(name: string | undefined): Promise<void> {
  const { factor, id } = parseName(name);
  const path = `server/src/rules/${factor}/${id}.ts`;
  const file = join(root, path);
  for (const each of [path, path.replace(/\.ts$/, '')])
    if (await exists(join(root, each))) throw new Error(`${each} exists already`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, ruleTemplate(factor, id));
  console.log(`created ${path}`);
  const generate = spawnSync('npm', ['run', '--silent', 'generate'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (generate.status !== 0) throw new Error('generating failed; see above');
  console.log(`\nNext: write the examples in ${path}, then the rule, and run\n`);
  console.log(`  npx vitest run test/rules.test.ts -t ${id}\n`);
}

function parseName(name: string | undefined): { readonly factor: Factor; readonly id: string } {
  const [factor = '', id = '', ...rest] = (name ?? '').split('/');
  if (!isFactor(factor)) {
    throw new Error(
      `usage: npm run new-rule -- <factor>/<rule-id>\nfactors: ${FACTORS.join(', ')}`,
    );
  }
  if (rest.length > 0 || !/^[a-z]+(-[a-z]+)*$/.test(id)) {
    throw new Error(`"${id}" is no rule id: use kebab-case, e.g. hardcoded-port`);
  }
  return { factor, id };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
