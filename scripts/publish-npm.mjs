// Publishes the npm package: `npm run publish:npm` shows what would be, `npm run publish:npm -- --really` does it. In a job of CI that
// may write an identity token, the registry notes where the package comes from.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const isReal = process.argv.includes('--really');
const hasIdentity = process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined;

run(process.execPath, [join(root, 'scripts/package-npm.mjs')]);
run('npm', [
  ...['publish', `./twelve-factor-${version}.tgz`, '--access=public'],
  `--provenance=${isReal && hasIdentity}`,
  ...(isReal ? [] : ['--dry-run']),
]);

function run(program, args) {
  const shell = process.platform === 'win32' && program === 'npm';
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}
