import type { Value } from '../../base/value';
import { argumentAt, possibleValues, textWithHoles } from '../../base/values';
import { defineRule } from '../../engine/rule';
import { canonicalName } from '../../project/facts/canonical';

export default defineRule({
  id: 'pid-file',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The app writes a PID file.',
  why: 'Twelve-factor processes neither daemonize nor write PID files: the process manager that started a process knows its number. A file with the number is only a guess at it. It survives a crash and then names nothing, or some other process; in a container the number is always the same; and two processes of the app overwrite each other’s file.',
  whenNotToUse: 'Where an init system without supervision asks for the file.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'graded' },
  messages: {
    writes: 'The app writes a PID file; leave it to the process manager to know its processes.',
  },
  hints: [/\bprocess\.pid\b|\.pid['"`]/],
  meaning(found, context) {
    const { meaning, call, args } = found;
    if (meaning.kind !== 'file-write' || meaning.how === 'copy') return;
    if (call.context.includes('development')) return;
    const path = argumentAt(args, meaning.path);
    const data = meaning.data === undefined ? undefined : argumentAt(args, meaning.data);
    const isPid =
      (path !== undefined && possibleValues(path).some(namesPidFile)) ||
      (data !== undefined && isOwnPid(data));
    if (isPid) context.report({ at: call.nameSpan, message: 'writes' });
  },
  examples: {
    bad: [
      {
        title: 'beside the server',
        path: 'server.js',
        code: `const fs = require('fs');
const path = require('path');
const app = require('express')();
app.listen(process.env.PORT, () => {
  fs.writeFileSync(path.join(__dirname, 'server.pid'), String(process.pid));
});
`,
        findings: [
          {
            at: 'writeFileSync',
            message:
              'The app writes a PID file; leave it to the process manager to know its processes.',
          },
        ],
      },
      {
        title: 'where the environment says',
        path: 'src/server.ts',
        code: `import { writeFile } from 'node:fs/promises';
import express from 'express';
const pidFile = process.env.PID_FILE ?? '/var/run/app.pid';
await writeFile(pidFile, \`\${process.pid}\\n\`);
express().listen(process.env.PORT);
`,
        findings: [{ at: 'writeFile', occurrence: 2 }],
      },
      {
        title: 'by a method of the number, in a module of its own',
        files: {
          'package.json':
            '{ "name": "app", "scripts": { "start": "node index.js" }, "dependencies": { "koa": "2", "fs-extra": "11" } }',
          'index.js': `const Koa = require('koa');
require('./lib/pid').write('run/app');
new Koa().listen(process.env.PORT);
`,
          'lib/pid.js': `const fse = require('fs-extra');
exports.write = (name) => fse.outputFileSync(name + '.lock', process.pid.toString());
`,
        },
        findings: [{ at: 'outputFileSync', path: 'lib/pid.js' }],
      },
    ],
    good: [
      {
        title: 'reading one, of another program',
        path: 'server.js',
        code: `const fs = require('fs');
const app = require('express')();
app.get('/nginx', (req, res) => {
  const pid = Number(fs.readFileSync('/var/run/nginx.pid', 'utf8'));
  process.kill(pid, 'SIGHUP');
  res.end();
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'the number in a log line',
        path: 'server.js',
        code: `const app = require('express')();
app.listen(process.env.PORT, () => console.log('listening', process.pid));
`,
      },
      {
        title: 'a temporary file named after the process',
        path: 'server.js',
        code: `const fs = require('fs');
const os = require('os');
const path = require('path');
const app = require('express')();
app.post('/upload', (req, res) => {
  fs.writeFile(path.join(os.tmpdir(), process.pid + '-upload.bin'), req.body, () => res.end());
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a test',
        path: 'test/restart.test.js',
        code: `const fs = require('fs');
fs.writeFileSync('/tmp/app.pid', String(process.pid));
`,
      },
      {
        title: 'a command line tool',
        files: {
          'package.json': '{ "name": "tool", "bin": { "tool": "bin.js" } }',
          'bin.js': `#!/usr/bin/env node
require('fs').writeFileSync('.tool.pid', String(process.pid));
`,
        },
      },
      {
        title: 'files whose names only look alike',
        path: 'server.js',
        code: `const fs = require('fs');
const app = require('express')();
app.get('/', (req, res) => fs.writeFile('/tmp/stupid', 'x', () => res.end()));
app.listen(process.env.PORT);
`,
      },
    ],
  },
});

function namesPidFile(path: Value): boolean {
  if (path.kind === 'call') return path.args.slice(-1).some(namesPidFile);
  return /\.pid$/.test(textWithHoles(path) ?? '');
}

/** `process.pid`, `String(process.pid)`, `${process.pid}\n`; not an object that has it among others. */
function isOwnPid(data: Value): boolean {
  if (canonicalName(data) === 'process.pid') return true;
  if (data.kind === 'template')
    return data.parts.some(isOwnPid) && data.parts.every((part) => isOwnPid(part) || isBlank(part));
  if (data.kind !== 'call') return false;
  return (
    (data.callee.kind === 'member' && isOwnPid(data.callee.object)) ||
    (data.callee.kind === 'global' && data.args.some(isOwnPid))
  );
}

function isBlank(part: Value): boolean {
  return part.kind === 'literal' && String(part.value).trim() === '';
}
