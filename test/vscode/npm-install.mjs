// Installs one npm package into a folder of its own, independently of the npm script that this may run under.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup, spawnGroup } from './processes.mjs';

const ATTEMPTS = 3;
const SHOWN_LINES = 60;

/** What npm prints when a download failed, rather than a build. */
const NETWORK_FAILURE =
  /\b(ECONNRESET|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ENETUNREACH|EPIPE|EINTEGRITY|ERR_SOCKET_TIMEOUT|ERR_STREAM_PREMATURE_CLOSE|E429|E50[0-9]|FETCH_ERROR)\b|network|socket hang up/i;

/** The settings that say where packages come from; no others may steer an unrelated installation. */
const SOURCE_SETTINGS =
  /^npm_config_(cache|registry|userconfig|globalconfig|ca|cafile|proxy|https?_proxy|noproxy|strict_ssl|maxsockets|prefer_offline|fetch_\w+|@.*|\/\/.*)$/i;

/**
 * Installs a package into an emptied folder, again after a failed download.
 * @param environment variables for npm and the package's own scripts, beside those of this process
 * @throws Error with the end of what npm printed
 */
export async function installPackage(folder, spec, environment, limitMs) {
  // npm does not run the scripts of a package again that an interrupted installation left behind.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'vscode-for-tests', private: true };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const env = { ...npmEnvironment(), ...environment };
  for (let attempt = 1; ; attempt += 1) {
    const { code, output } = await runNpm(folder, spec, env, limitMs);
    if (code === 0) return;
    const why = `npm install ${spec} failed (${code})`;
    const end = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
    if (attempt === ATTEMPTS || !NETWORK_FAILURE.test(output)) throw new Error(`${why}:\n${end}`);
    console.log(`${why}, attempt ${attempt} of ${ATTEMPTS}:\n${end}\nTrying again.`);
  }
}

function runNpm(folder, spec, env, limitMs) {
  return new Promise((resolve) => {
    const args = ['install', '--no-audit', '--no-fund', '--save-exact', spec];
    const child = spawnGroup('npm', args, ['ignore', 'pipe', 'pipe'], {
      cwd: folder,
      env,
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    let code;
    const limit = setTimeout(() => {
      code = `not done after ${limitMs / 60_000} minutes`;
      endGroup(child);
    }, limitMs);
    child.on('error', (error) => (code = error.message));
    child.on('close', (exitCode) => {
      clearTimeout(limit);
      endGroup(child);
      resolve({ code: code ?? exitCode ?? 'killed', output });
    });
  });
}

/**
 * This process's environment without what npm passes to its scripts: the name and version of the Node it runs on (VS Code's
 * build refuses any other), its log level, its prefix, this project's settings.
 */
function npmEnvironment() {
  const inherited = Object.entries(process.env).filter(
    ([name]) => (!/^npm_/i.test(name) && name !== 'NODE') || SOURCE_SETTINGS.test(name),
  );
  return {
    // Another Node has another global configuration, which may lack a proxy or certificates.
    npm_config_globalconfig: globalConfiguration(),
    npm_config_fetch_retries: '5',
    // Both packages need their scripts; npm is about to ask for permission.
    npm_config_dangerously_allow_all_scripts: 'true',
    ...Object.fromEntries(inherited),
  };
}

function globalConfiguration() {
  const shell = process.platform === 'win32';
  const options = { encoding: 'utf8', shell };
  return spawnSync('npm', ['config', 'get', 'globalconfig'], options).stdout?.trim() || undefined;
}
