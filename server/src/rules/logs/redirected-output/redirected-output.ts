import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { pm2Apps, type Pm2App } from '../../../project/manifests/pm2';
import type { CommandStep, ProjectModel } from '../../../project/model';
import { stepTool } from '../../../project/start/command-lines/tools';
import { isDevelopmentName, isDevelopmentPath } from '../../../project/start/purpose';
import { removeSetting } from './pm2-setting';

const manifest = (scripts: object): string =>
  JSON.stringify({ name: 'app', private: true, scripts }, null, 2) + '\n';

export default defineRule({
  id: 'redirected-output',
  factor: 'logs',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The start command sends the app’s output to a file.',
  why: 'A twelve-factor process writes its event stream to stdout and leaves routing and storage to the environment it runs in. A redirection hides the stream from the platform, fills a disk that nobody rotates, and loses everything when the container goes.',
  whenNotToUse: 'For processes on a machine you look after yourself, with rotation set up.',
  fix: 'suggest',
  messages: {
    file: 'The output goes to `{target}`; leave it on stdout and let the platform collect it.',
    tee: 'The output is copied to `{target}` with tee; leave it on stdout and let the platform collect it.',
  },
  command(command, { model, report }) {
    if (!command.production || command.process === 'release') return;
    for (const step of command.steps) {
      if (stepTool(step) === 'tee') {
        const target = step.argv.slice(1).find((word) => !word.startsWith('-'));
        if (target !== undefined && isLogFile(target))
          report({
            at: { path: step.path, span: step.span },
            message: 'tee',
            data: { target },
            fixes: () => dropPipe(model, step),
          });
        continue;
      }
      if (!runsApp(step)) continue;
      for (const { operator, target, span, path = step.path } of step.redirects)
        if (/^(\d|&)?>{1,2}\|?$/.test(operator) && isLogFile(target))
          report({
            at: { path, span },
            message: 'file',
            data: { target },
            fixes: () => drop(model, step),
          });
    }
  },
  project({ model, report }) {
    for (const app of pm2Apps(model.files)) {
      if (isDevelopmentPath(app.path) || isDevelopmentName(app.name)) continue;
      for (const name of PM2_LOGS) {
        const setting = app.settings.get(name);
        const target = setting?.text?.text;
        if (setting && target !== undefined && isLogFile(target) && target !== 'NULL')
          report({
            at: { path: app.path, span: setting.valueSpan },
            message: 'file',
            data: { target },
            fixes: () => dropSetting(model, app, name),
          });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'supervisord, which keeps what a program says in a file',
        files: {
          'package.json': manifest({}),
          'server.js': '',
          'supervisord.conf':
            '[supervisord]\nnodaemon=true\n\n[program:web]\ncommand=node server.js\nstdout_logfile=/var/log/web.log\nredirect_stderr=true\n',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["supervisord", "-c", "supervisord.conf"]\n',
        },
        findings: [{ at: '/var/log/web.log', path: 'supervisord.conf' }],
      },
      {
        title: 'a log file in the start script',
        files: {
          'package.json': manifest({ start: 'node server.js > app.log 2>&1' }),
          'server.js': '',
        },
        findings: [{ at: '> app.log', path: 'package.json' }],
        fixed: { drop: { 'package.json': manifest({ start: 'node server.js' }) } },
      },
      {
        title: 'tee in a Procfile',
        files: {
          'package.json': manifest({}),
          Procfile: 'web: node server.js | tee -a logs/web.log\n',
          'server.js': '',
        },
        findings: [{ at: 'tee -a logs/web.log', path: 'Procfile' }],
        fixed: { drop: { Procfile: 'web: node server.js\n' } },
      },
      {
        title: 'pm2’s log files',
        files: {
          'package.json': manifest({}),
          'ecosystem.config.js':
            "module.exports = {\n  apps: [\n    {\n      name: 'web',\n      script: 'server.js',\n      out_file: './logs/out.log', // rotated\n      error_file: './logs/error.log'\n    },\n    { script: 'worker.js', log_file: '/var/log/worker.log' },\n  ],\n};\n",
          'server.js': '',
          'worker.js': '',
        },
        findings: [
          { at: "'./logs/out.log'", path: 'ecosystem.config.js' },
          { at: "'./logs/error.log'", path: 'ecosystem.config.js' },
          { at: "'/var/log/worker.log'", path: 'ecosystem.config.js' },
        ],
      },
      {
        title: 'pm2’s log files in JSON and YAML',
        files: {
          'package.json': manifest({}),
          'ecosystem.json':
            '{\n  "apps": [\n    { "name": "web", "script": "server.js", "out_file": "out.log" }\n  ]\n}\n',
          'process.yml':
            'apps:\n  - name: worker\n    script: worker.js\n    out_file: logs/worker.log # kept\n    instances: 1\n',
          'server.js': '',
          'worker.js': '',
        },
        findings: [
          { at: '"out.log"', path: 'ecosystem.json' },
          { at: 'logs/worker.log', path: 'process.yml' },
        ],
        fixed: {
          drop: {
            'ecosystem.json':
              '{\n  "apps": [\n    { "name": "web", "script": "server.js" }\n  ]\n}\n',
            'process.yml': 'apps:\n  - name: worker\n    script: worker.js\n    instances: 1\n',
          },
        },
      },
      {
        title: 'standard error in a compose command',
        files: {
          'package.json': manifest({}),
          'docker-compose.yml':
            'services:\n  web:\n    build: .\n    command: sh -c "node server.js 2>> /var/log/web.err"\n',
          'server.js': '',
        },
        findings: [{ at: '2>> /var/log/web.err', path: 'docker-compose.yml' }],
        fixed: {
          drop: {
            'docker-compose.yml':
              'services:\n  web:\n    build: .\n    command: sh -c "node server.js"\n',
          },
        },
      },
    ],
    good: [
      {
        title: 'supervisord, which hands on what a program says',
        files: {
          'package.json': manifest({}),
          'server.js': '',
          'supervisord.conf':
            '[program:web]\ncommand=node server.js\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\nstderr_logfile=/dev/fd/2\n',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["supervisord", "-c", "supervisord.conf"]\n',
        },
      },
      {
        title: 'to stdout and stderr',
        files: { 'package.json': manifest({ start: 'node server.js 2>&1' }), 'server.js': '' },
      },
      {
        title: 'helpers silenced',
        files: {
          'package.json': manifest({ start: 'pkill node > /dev/null 2>&1; node server.js' }),
          'server.js': '',
        },
      },
      {
        title: 'the container’s own streams',
        files: {
          'package.json': manifest({}),
          Procfile: 'web: node server.js > /dev/stdout 2> /proc/1/fd/2\n',
        },
      },
      {
        title: 'a generated file before the start',
        files: {
          'package.json': manifest({ start: 'echo "{}" > version.json && node server.js' }),
          'server.js': '',
        },
      },
      {
        title: 'test output in CI',
        files: { 'package.json': manifest({ 'test:ci': 'node test.js > report.log' }) },
      },
      {
        title: 'pm2 with its output on the streams, and for development',
        files: {
          'package.json': manifest({}),
          'ecosystem.config.js':
            "module.exports = { apps: [{ name: 'web', script: 'server.js', out_file: '/dev/stdout', error_file: '/dev/null' }] };\n",
          'ecosystem.dev.config.js':
            "module.exports = { apps: [{ name: 'web', script: 'server.js', out_file: 'out.log' }] };\n",
          'server.js': '',
        },
      },
      {
        title: 'a formatter in the pipe',
        files: {
          'package.json': manifest({ start: 'node server.js | pino-pretty' }),
          'server.js': '',
        },
      },
    ],
  },
});

const PM2_LOGS = ['out_file', 'error_file', 'log_file', 'output', 'error', 'log'] as const;

function isLogFile(target: string): boolean {
  return !/^(&?\d|-|\/dev\/.*|\/proc\/.*)$/.test(target);
}

/** Shell built-ins that print are used to make files, not to serve. */
function runsApp(step: CommandStep): boolean {
  return /^(node|bun|deno|npm|npx|yarn|pnpm|next|nuxt|nest|ts-node|tsx|nodemon|pm2-runtime|forever|fastify|[\w.-]*server[\w.-]*)$/.test(
    stepTool(step),
  );
}

/** Takes all redirections of the step out, together: `2>&1` means nothing without the file before it. */
function drop(model: ProjectModel, step: CommandStep): readonly Fix[] {
  // A setting of supervisord names the file, and stays.
  if (model.files.kind(step.path) === 'text') return [];
  const places = step.redirects.filter(({ path }) => path === undefined || path === step.path);
  const text = model.files.text(step.path);
  if (text === undefined || places.length !== step.redirects.length || places.length === 0)
    return [];
  return [
    {
      id: 'drop',
      kind: 'suggest',
      title: 'Leave the output on stdout',
      build: () => [
        fileEdit(
          step.path,
          places.map(({ span }) => {
            let { start } = span;
            while (/[ \t]/.test(text[start - 1] ?? '')) start--;
            return replacement({ start, end: span.end }, '');
          }),
        ),
      ],
    },
  ];
}

/** Takes the pipe into tee out, with tee. */
function dropPipe(model: ProjectModel, step: CommandStep): readonly Fix[] {
  const text = model.files.text(step.path);
  const pipe = /(?<!\s)\s*\|&?\s*$/.exec(text?.slice(0, step.span.start) ?? '');
  if (!pipe || step.joint !== '|') return [];
  const span = { start: step.span.start - pipe[0].length, end: step.span.end };
  return [
    {
      id: 'drop',
      kind: 'suggest',
      title: 'Leave the output on stdout',
      build: () => [fileEdit(step.path, [replacement(span, '')])],
    },
  ];
}

/** Takes a setting of a pm2 app out of its file. */
function dropSetting(model: ProjectModel, app: Pm2App, name: string): readonly Fix[] {
  const text = model.files.text(app.path);
  const edits = text === undefined ? [] : removeSetting(text, app, name);
  if (edits.length === 0) return [];
  return [
    {
      id: 'drop',
      kind: 'suggest',
      title: `Leave out \`${name}\``,
      build: () => [fileEdit(app.path, edits)],
    },
  ];
}
