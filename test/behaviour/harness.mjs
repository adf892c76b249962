// What the cases are made of: small apps in folders of their own, fixed by the command line, started, asked, stopped. Everything waits
// for events; a deadline only ends what hangs.
import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
export const root = fileURLToPath(new URL('../../', import.meta.url));
const work = join(root, '.tmp', 'behaviour');
/** Nothing here takes longer, even on a machine that others use as well. */
const DEADLINE = 20_000;
const children = new Set();

/** A port that nothing listens on, chosen by the system. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Writes an app into two folders, and fixes one of them.
 * @param {string} name of the folder
 * @param {Record<string, string>} files by path; a package.json with what is imported is supplied
 * @param {string} rules the rules whose fixes are applied, suggestions included
 * @param {Record<string, string>} [aliases] what a package is in the suite, where it has several versions of it
 * @returns {Promise<{ before: string, after: string }>} the folders
 */
export async function fixedApp(name, files, rules, aliases = {}) {
  const folder = (state) => join(work, name, state);
  rmSync(join(work, name), { recursive: true, force: true });
  for (const state of ['before', 'after']) {
    for (const [path, text] of Object.entries({ 'package.json': manifestOf(files), ...files })) {
      mkdirSync(dirname(join(folder(state), path)), { recursive: true });
      writeFileSync(join(folder(state), path), text);
    }
  }
  const cli = [join(root, 'dist/cli.js'), 'fix', folder('after'), '--rule', rules, '--suggestions'];
  // It ends with 1 where findings are left.
  await promisify(execFile)(process.execPath, cli).catch((error) => {
    if (error.code !== 1) throw error;
  });
  // What is asked for and not found in an app's own folder is found above it.
  const modules = join(work, 'node_modules');
  if (!existsSync(modules)) symlinkSync(join(here, 'node_modules'), modules);
  for (const state of ['before', 'after']) {
    for (const [dependency, other] of Object.entries(aliases)) {
      mkdirSync(join(folder(state), 'node_modules'), { recursive: true });
      cpSync(join(modules, other), join(folder(state), 'node_modules', dependency), {
        recursive: true,
      });
    }
  }
  return { before: folder('before'), after: folder('after') };
}

function manifestOf(files) {
  const text = Object.values(files).join('\n');
  const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const used = Object.entries(dependencies).filter(([name]) =>
    new RegExp(`['"]${name}['"]`).test(text),
  );
  const scripts = { start: 'node server.js' };
  return `${JSON.stringify({ name: 'app', private: true, scripts, dependencies: Object.fromEntries(used) }, null, 2)}\n`;
}

/** The text of a file of an app. */
export function textOf(folder, path) {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
}

/**
 * Starts an app.
 * @returns a running process; `line` waits for a line of its output, `ended` for its end
 */
export function start(folder, env = {}, argv = [process.execPath, 'server.js']) {
  const { PATH, HOME } = process.env;
  const child = spawn(argv[0], argv.slice(1), {
    cwd: folder,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const app = { pid: child.pid, out: '', err: '', kill: (signal) => child.kill(signal) };
  const waiting = new Set();
  const check = () => waiting.forEach((each) => each());
  child.stdout.setEncoding('utf8').on('data', (text) => ((app.out += text), check()));
  child.stderr.setEncoding('utf8').on('data', (text) => ((app.err += text), check()));
  app.ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      children.delete(child);
      app.end = { code, signal, at: performance.now() };
      check();
      resolve(app.end);
    });
  });
  app.line = (pattern) =>
    within(
      new Promise((resolve, reject) => {
        const each = () => {
          const match = pattern.exec(app.out);
          if (!match && !app.end) return;
          waiting.delete(each);
          if (match) resolve(match);
          else reject(new Error(`ended before ${pattern}: ${app.out}${app.err}`));
        };
        waiting.add(each);
        each();
      }),
      () => `no ${pattern} in ${app.out}${app.err}`,
    );
  app.stop = async () => {
    child.kill('SIGKILL');
    await app.ended;
  };
  return app;
}

/** Ends what a failed case left running. */
export function stopAll() {
  for (const child of children) child.kill('SIGKILL');
}

/** The same promise, which fails when it takes too long. */
export function within(promise, message = () => 'took too long') {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message())), DEADLINE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * One request to this machine.
 * @param {{ agent?: http.Agent, headers?: object, sent?: () => void }} [options] `sent` is called when the server has the request
 * @returns {Promise<{ status: number, body: string, headers: object, at: number }>}
 */
export function get(port, path, { agent, headers } = {}) {
  return within(
    new Promise((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port, path, agent: agent ?? false, headers }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (text) => (body += text));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode,
              headers: response.headers,
              body,
              at: performance.now(),
            }),
          );
        })
        .on('error', reject);
    }),
  );
}

/** Fails the case with a sentence. */
export function expect(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

/** What a promise fails with; undefined where it holds. */
export function failureOf(promise) {
  return promise.then(
    () => undefined,
    (error) => error,
  );
}

/** The version of a package that the suite runs on. */
export function versionOf(name) {
  return JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).version;
}
