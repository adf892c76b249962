// Publishes the extension where editors look for it: `npm run publish:extension` packages it and says what would be published,
// `npm run publish:extension -- --really` does it, `--pre-release` on that channel. The tokens come from the environment: VSCE_PAT for the
// Visual Studio Marketplace, OVSX_PAT for Open VSX; a place without its token is left out, and that is said.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version, publisher, name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const isReal = process.argv.includes('--really');
const channel = process.argv.includes('--pre-release') ? ['--pre-release'] : [];

run(process.execPath, [join(root, 'scripts/package.mjs'), ...channel]);
const vsix = readdirSync(root).find((file) => file.endsWith('.vsix'));
const vsce = join(root, 'node_modules/@vscode/vsce/vsce');

const PLACES = {
  // The channel is written in the package.
  'Visual Studio Marketplace': {
    token: 'VSCE_PAT',
    publish: [process.execPath, [vsce, 'publish', '--packagePath', vsix, ...channel]],
  },
  'Open VSX': {
    token: 'OVSX_PAT',
    // Nothing else here needs it.
    publish: ['npx', ['--yes', 'ovsx@1.4.0', 'publish', vsix, ...channel]],
  },
};

for (const [place, { token, publish }] of Object.entries(PLACES)) {
  const what = `${publisher}.${name} ${version}${channel.length > 0 ? ' (pre-release)' : ''}`;
  if (!isReal) console.log(`${place}: would publish ${vsix} as ${what}`);
  else if (!process.env[token]) console.log(`${place}: left out, as ${token} is not set`);
  else run(...publish);
}

function run(program, args) {
  const shell = process.platform === 'win32' && program === 'npx';
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}
