import type { Span } from '../../base/span';
import { defineRule } from '../../engine/rule';
import { pm2Apps, type Pm2App } from '../../project/manifests/pm2';
import { stepTool } from '../../project/start/command-lines/tools';

const manifest = (scripts: object): string =>
  JSON.stringify({ name: 'app', private: true, scripts }, null, 2) + '\n';
const server = `require('http').createServer().listen(process.env.PORT);\n`;

export default defineRule({
  id: 'in-process-cluster',
  factor: 'concurrency',
  severity: 'information',
  since: '0.1.0',
  summary: 'The app multiplies itself on one host instead of leaving that to the platform.',
  why: 'Twelve-factor apps scale out through the process model: the platform runs as many processes as are needed, spreads them over hosts, and sees each one start, serve and die. An app that forks itself per core hides its processes behind one: the memory limit is shared by an unknown number of them, restarts happen out of sight, and since a container often sees the cores of the whole host, there are more workers than it was given processors for. One process per container, and more containers, does the same in the open.',
  whenNotToUse: 'On a dedicated machine whose cores nothing else would use.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    fork: 'The app forks itself here; run one process, and let the platform run as many as it needs.',
    instances:
      'pm2 multiplies the app by {instances}; run one process, and let the platform run as many as it needs.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (meaning.kind !== 'cluster' || call.context.includes('development')) return;
    // The fork that replaces a dead worker belongs to the first.
    const [first] = context.model
      .meanings(context.path)
      .filter((each) => each.meaning.kind === 'cluster');
    if (first?.call !== call) return;
    context.report({ at: call.nameSpan, message: 'fork' });
  },
  command(command, { report }) {
    if (!command.production || command.process === 'release') return;
    for (const step of command.steps) {
      if (!/^pm2(-runtime|-docker)?$/.test(stepTool(step))) continue;
      const at = step.argv.findIndex((word) => /^(-i|--instances)(=|$)/.test(word));
      const instances = step.argv[at]?.split('=')[1] ?? step.argv[at + 1];
      if (at >= 0 && isMany(instances))
        report({
          at: { path: step.path, span: step.span },
          message: 'instances',
          data: { instances: String(instances) },
        });
    }
  },
  project({ model, report }) {
    for (const app of pm2Apps(model.files)) {
      const found = multiplied(app);
      if (found)
        report({
          at: { path: app.path, span: found.span },
          message: 'instances',
          data: { instances: found.instances },
        });
    }
  },
  examples: {
    bad: [
      {
        title: 'a worker per core',
        path: 'server.js',
        code: `const cluster = require('cluster');
const os = require('os');
const app = require('express')();
if (cluster.isMaster) {
  for (let i = 0; i < os.cpus().length; i++) cluster.fork();
  cluster.on('exit', () => cluster.fork());
} else {
  app.listen(process.env.PORT);
}
`,
        findings: [{ at: 'fork' }],
      },
      {
        title: 'ES modules, and a helper',
        files: {
          'package.json': manifest({ start: 'node index.mjs', 'start:api': 'node api.mjs' }),
          'index.mjs': `import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import http from 'node:http';
if (cluster.isPrimary) {
  Array.from({ length: availableParallelism() }).forEach(() => cluster.fork());
} else {
  http.createServer().listen(process.env.PORT);
}
`,
          'api.mjs': `import throng from 'throng';
import http from 'node:http';
throng({ workers: process.env.WEB_CONCURRENCY, start: () => http.createServer().listen(process.env.PORT) });
`,
        },
        findings: [
          { at: 'fork', path: 'index.mjs' },
          { at: 'throng', occurrence: 3, path: 'api.mjs' },
        ],
      },
      {
        title: 'pm2: its ecosystem file, and its command',
        files: {
          'package.json': manifest({ start: 'pm2-runtime start server.js -i 4' }),
          'server.js': server,
          'ecosystem.config.js': `module.exports = {
  apps: [
    { name: 'api', script: 'server.js', instances: 'max', exec_mode: 'cluster' },
    { name: 'admin', script: 'admin.js', exec_mode: 'cluster' },
  ],
};
`,
        },
        findings: [
          { at: 'pm2-runtime start server.js -i 4', path: 'package.json' },
          { at: `instances: 'max'`, path: 'ecosystem.config.js' },
          { at: `exec_mode: 'cluster'`, occurrence: 2, path: 'ecosystem.config.js' },
        ],
      },
    ],
    good: [
      {
        title: 'one process',
        files: {
          'package.json': manifest({ start: 'pm2-runtime start ecosystem.config.js' }),
          'server.js': server,
          'ecosystem.config.js': `module.exports = { apps: [{ name: 'api', script: 'server.js', instances: 1, exec_mode: 'fork' }] };\n`,
        },
      },
      {
        title: 'threads for computation',
        path: 'server.js',
        code: `const { Worker } = require('worker_threads');
const os = require('os');
const pool = os.cpus().map(() => new Worker('./hash.js'));
require('express')().get('/', (req, res) => pool[0].postMessage('x')).listen(process.env.PORT);
`,
      },
      {
        title: 'a child process for one task',
        path: 'server.js',
        code: `const { fork } = require('child_process');
const app = require('express')();
app.post('/reports', (req, res) => {
  const child = fork('./report.js');
  child.on('message', (report) => res.json(report));
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'knowing that one is a worker',
        path: 'server.js',
        code: `const cluster = require('cluster');
const app = require('express')();
console.log(cluster.isWorker ? cluster.worker.id : 'alone');
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a cluster of Redis',
        path: 'server.js',
        code: `const Redis = require('ioredis');
const cluster = new Redis.Cluster([{ url: process.env.REDIS_URL }]);
require('express')().get('/', async (req, res) => res.json(await cluster.get('x'))).listen(process.env.PORT);
`,
      },
      {
        title: 'a load test',
        path: 'test/load.js',
        code: `const cluster = require('cluster');
if (cluster.isMaster) for (let i = 0; i < 4; i++) cluster.fork();
`,
      },
    ],
  },
});

function isMany(instances: unknown): boolean {
  if (typeof instances === 'number') return instances > 1 || instances <= 0;
  if (typeof instances !== 'string') return false;
  return /^(max|0|-\d+|[2-9]|\d{2,})$/.test(instances.trim());
}

/** The setting that multiplies an app. */
function multiplied({ settings }: Pm2App): { span: Span; instances: string } | undefined {
  const instances = settings.get('instances');
  if (instances) {
    const value = instances.plain;
    return isMany(value) ? { span: instances.span, instances: String(value) } : undefined;
  }
  const mode = settings.get('exec_mode');
  return mode && /^cluster(_mode)?$/.test(String(mode.plain))
    ? { span: mode.span, instances: 'its cluster mode' }
    : undefined;
}
