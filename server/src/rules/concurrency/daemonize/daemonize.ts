import type { Value } from '../../../base/value';
import { argumentAt, literalOf, memberAt, possibleValues } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallMeaning, ProjectModel, StartCommand } from '../../../project/model';
import { isDevelopmentName } from '../../../project/start/purpose';
import { daemonOf } from './daemons';
import { foregroundFix, startNodeFix } from './start-node';

const manifest = (scripts: object): string =>
  JSON.stringify({ name: 'app', private: true, scripts }, null, 2) + '\n';
const server = `require('http').createServer().listen(process.env.PORT);\n`;

export default defineRule({
  id: 'daemonize',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary:
    'The app puts itself into the background instead of running as a process of the platform.',
  why: 'Twelve-factor processes never daemonize. The process manager of the platform, be it systemd, a container runtime or a cloud, starts the process, sees its output, restarts it when it dies and stops it with a signal. A supervisor that detaches the app takes all of this over badly: the command returns while the app runs on somewhere, its output goes to files, a crash is hidden by a silent restart, and the signal to stop reaches the supervisor instead of the app.',
  whenNotToUse:
    'On a machine you look after yourself, where the supervisor is the process manager.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'graded' },
  messages: {
    command:
      '`{daemon}` takes the app out of the platform’s hands; start node itself in the foreground.',
    background:
      '`{daemon}` leaves nothing in the foreground for the platform to manage; start the app there.',
    detached:
      'The app starts itself again, detached; run it in the foreground and let the platform manage it.',
    library:
      '`{name}` puts the app into the background; run it in front and let the platform manage it.',
  },
  hints: [/\bdetached\b/],
  command(command, { model, report }) {
    if (!(command.production || isDeployScript(command)) || command.process === 'release') return;
    for (const step of command.steps) {
      const daemon = daemonOf(step, command);
      if (daemon === undefined) continue;
      const isSupervisor = /^(pm2|forever)/.test(daemon);
      report({
        at: { path: step.path, span: step.span },
        message: isSupervisor ? 'command' : 'background',
        data: { daemon },
        // A deploy script has to come back.
        fixes: () =>
          !command.production
            ? []
            : isSupervisor
              ? startNodeFix(command, step, model)
              : foregroundFix(command, step, model),
      });
    }
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (call.context.includes('development')) return;
    if (meaning.kind === 'daemonize')
      context.report({
        at: call.nameSpan,
        message: 'library',
        data: { name: found.callee.replace(/^new /, '') },
      });
    else if (startsItself(found, context.model) && isLetGo(found, context.model))
      context.report({ at: call.nameSpan, message: 'detached' });
  },
  examples: {
    bad: [
      {
        title: 'forever in a Procfile',
        files: {
          'package.json': manifest({}),
          'server.js': server,
          Procfile: 'web: ./node_modules/.bin/forever -m 5 server.js --verbose\n',
        },
        findings: [
          {
            at: './node_modules/.bin/forever -m 5 server.js --verbose',
            path: 'Procfile',
            message:
              '`forever` takes the app out of the platform’s hands; start node itself in the foreground.',
          },
        ],
        fixed: { 'start-node': { Procfile: 'web: node server.js --verbose\n' } },
      },
      {
        title: 'pm2 in the start script',
        files: {
          'package.json': manifest({
            start: 'NODE_ENV=production pm2 start server.js -i max --name api -- --cache',
          }),
          'server.js': server,
        },
        findings: [
          {
            at: 'NODE_ENV=production pm2 start server.js -i max --name api -- --cache',
            path: 'package.json',
          },
        ],
        fixed: {
          'start-node': {
            'package.json': manifest({ start: 'NODE_ENV=production node server.js --cache' }),
          },
        },
      },
      {
        title: 'pm2 in the script that deploys',
        files: {
          'package.json': manifest({
            'deploy:prod': 'npm run build && pm2 start ecosystem.config.js --only prod',
            'deploy:dev': 'pm2 start ecosystem.config.js --only dev',
            build: 'tsc',
          }),
          'ecosystem.config.js': `module.exports = { apps: [{ name: 'prod', script: 'dist/server.js' }, { name: 'dev', script: 'src/server.ts' }] };\n`,
          'src/server.ts': 'export {};\n',
        },
        findings: [{ at: 'pm2 start ecosystem.config.js --only prod', path: 'package.json' }],
      },
      {
        title: 'pm2 with its ecosystem file in an image',
        files: {
          'package.json': manifest({}),
          'server.js': server,
          'ecosystem.config.js': `module.exports = { apps: [{ name: 'api', script: './server.js' }] };\n`,
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["pm2", "start", "ecosystem.config.js"]\n',
        },
        findings: [{ at: 'CMD ["pm2", "start", "ecosystem.config.js"]', path: 'Dockerfile' }],
        fixed: {
          'start-node': {
            Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
          },
        },
      },
      {
        title: 'in the background of a shell',
        files: {
          'package.json': manifest({ start: 'nohup node server.js > /dev/null &' }),
          'server.js': server,
        },
        findings: [{ at: 'nohup node server.js > /dev/null', path: 'package.json' }],
        fixed: { foreground: { 'package.json': manifest({ start: 'node server.js' }) } },
      },
      {
        title: 'a server that starts itself again',
        path: 'server.js',
        code: `const { spawn } = require('child_process');
if (!process.env.CHILD) {
  const child = spawn(process.execPath, [__filename], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, CHILD: '1' },
  });
  child.unref();
  process.exit(0);
}
require('express')().listen(process.env.PORT);
`,
        findings: [{ at: 'spawn', occurrence: 2 }],
      },
    ],
    good: [
      {
        title: 'several side by side, which what starts them waits for',
        files: {
          'package.json': manifest({ start: 'node server.js' }),
          'server.js': server,
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "exec concurrently -k \\"cd /app && exec node server.js\\" \\"exec node server.js\\""]\n',
        },
      },
      {
        title: 'pm2 in the foreground',
        files: {
          'package.json': manifest({
            start: 'pm2 start server.js --no-daemon',
            'start:prod': 'pm2-runtime ecosystem.config.js',
          }),
          'server.js': server,
          Dockerfile: 'FROM node:22\nCMD ["pm2-runtime", "server.js"]\n',
          'release.Dockerfile':
            'FROM node:22\nCMD ["node", "node_modules/pm2/bin/pm2-runtime", "start", "server.js"]\n',
        },
      },
      {
        title: 'scripts and tools of developers, and restarts on a host',
        files: {
          'package.json': manifest({
            start: 'node server.js',
            dev: 'forever -w server.js',
            'start:dev': 'pm2 start server.js --watch',
            stop: 'pm2 delete all',
            logs: 'pm2 logs',
            deploy: 'git push heroku main',
          }),
          'server.js': server,
        },
      },
      {
        title: 'a helper beside the app',
        files: {
          'package.json': manifest({ start: 'node metrics.js & node server.js' }),
          'metrics.js': '',
          'server.js': server,
        },
      },
      {
        title: 'a short-lived helper, detached',
        path: 'server.js',
        code: `const { spawn } = require('child_process');
const app = require('express')();
app.post('/videos', (req, res) => {
  const child = spawn('ffmpeg', ['-i', req.body.file], { detached: true, stdio: 'ignore' });
  child.unref();
  res.status(202).end();
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a child that is waited for',
        path: 'server.js',
        code: `const { spawn } = require('child_process');
const path = require('path');
const worker = spawn(process.execPath, [path.join(__dirname, 'worker.js')], { stdio: 'inherit' });
worker.on('exit', (code) => process.exit(code));
require('express')().listen(process.env.PORT);
`,
      },
      {
        title: 'a command line tool with a daemon mode',
        files: {
          'package.json': '{ "name": "tool", "bin": { "tool": "bin.js" } }',
          'bin.js': `#!/usr/bin/env node
const { spawn } = require('child_process');
spawn(process.execPath, [__filename, 'serve'], { detached: true }).unref();
`,
        },
      },
    ],
  },
});

/** `deploy:prod: npm run build && pm2 start …`: this is how the app is started in production. */
function isDeployScript({ form, origin }: StartCommand): boolean {
  const name = origin.replace(/^package\.json scripts\./, '');
  return (
    form === 'script' && /^(deploy|pm2|forever)([:._-]|$)/i.test(name) && !isDevelopmentName(name)
  );
}

/** `spawn(process.execPath, [__filename])`, `spawn('node', [process.argv[1]])`. */
function startsItself({ meaning, args, path }: CallMeaning, model: ProjectModel): boolean {
  if (meaning.kind !== 'spawn' || meaning.how !== 'exec' || meaning.sync) return false;
  const program = argumentAt(args, meaning.command);
  const isNode =
    program !== undefined &&
    possibleValues(program).some(
      (value) =>
        literalOf(value)?.value === 'node' ||
        /^process\.(execPath|argv|argv0)/.test(canonicalName(value) ?? '') ||
        isFirstArgument(value),
    );
  return isNode && args.slice(1, 2).some((list) => namesItself(list, path, model));
}

function isFirstArgument(value: Value): boolean {
  return value.kind === 'member' && canonicalName(value.object) === 'process.argv';
}

function namesItself(list: Value, path: string, model: ProjectModel): boolean {
  const items = list.kind === 'array' ? list.items : [list];
  return items.some((item) => {
    const value = model.resolve(item, path);
    if (value.kind === 'global') return value.name === '__filename';
    if (value.kind === 'call') return value.args.some((arg) => namesItself(arg, path, model));
    return isFirstArgument(value) || canonicalName(value)?.startsWith('process.argv') === true;
  });
}

/** `detached: true`, and nobody waits for it. */
function isLetGo({ meaning, args, path }: CallMeaning, model: ProjectModel): boolean {
  const options =
    meaning.kind === 'spawn' && meaning.options ? argumentAt(args, meaning.options) : undefined;
  const detached = options && memberAt(options, ['detached']);
  const isUnreferenced = model.facts
    .get(path)
    ?.calls.some(({ callee }) => callee.kind === 'member' && callee.name === 'unref');
  return detached?.kind === 'literal' && detached.value === true && isUnreferenced === true;
}
