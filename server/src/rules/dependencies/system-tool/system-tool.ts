import { defineRule } from '../../../engine/rule';
import { spawnedCommands } from '../../../project/processes/spawned-commands';
import { toolName } from '../../../project/start/command-lines/tools';
import { providesProgram } from '../../../project/start/fetched-programs';
import { declaresTool } from './system-packages';

export default defineRule({
  id: 'system-tool',
  factor: 'dependencies',
  severity: 'information',
  since: '0.1.0',
  summary: 'Code runs a program that nothing in the repository declares.',
  why: 'An app that shells out to ImageMagick or curl depends on it as on any package, but no manifest says so. It may be missing where the app runs next, or be there in another version that takes other options. What the app needs should come with it: as a library, or installed by the image that ships it.',
  whenNotToUse: 'Where the platform guarantees the tool and its version.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'silent-where-unlikely' },
  options: {
    availableTools: {
      lists: 'names',
      exempts: 'tool',
      description: 'Programs that every machine of yours has.',
      example: ['git', 'ffmpeg'],
    },
  },
  messages: {
    tool: '`{tool}` has to be installed wherever this runs, and nothing declares it; ship it, or use a library.',
  },
  meaning(found, { module, model, path, report }) {
    const { call, meaning } = found;
    if (meaning.kind !== 'spawn' || call.context.includes('development')) return;
    for (const { argv } of spawnedCommands(found)) {
      const [program = ''] = argv;
      // A file of the project is no system tool; neither is what is only known at run time.
      if (
        /[$*?{]/.test(program) ||
        /^\.{0,2}\/(?!(usr|bin|sbin|opt)\/)|^\w+\/|\.\w+$/.test(program)
      )
        continue;
      const tool = toolName(program);
      if (!/^[\w.+-]+$/.test(tool) || PLAIN.has(tool)) continue;
      if (module.package && providesProgram(model, module.package, tool)) continue;
      if (declaresTool(model, tool)) continue;
      const isForRequest = model.requestReach.way(path, call.fn) !== undefined;
      return report({
        at: call.nameSpan,
        message: 'tool',
        data: { tool },
        fact: { key: `${module.package?.dir ?? ''} ${tool}` },
        ...(isForRequest ? { severity: 'warning' } : {}),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'a request handler converts images',
        path: 'server.js',
        code: `const express = require('express');
const { execFile } = require('child_process');
const app = express();
app.post('/thumbnails', (req, res) => {
  execFile('convert', [req.query.file, '-resize', '200x200', 'out.png'], () => res.end());
});
app.listen(process.env.PORT);
`,
        findings: [
          {
            at: 'execFile',
            occurrence: 2,
            severity: 'warning',
            message:
              '\`convert\` has to be installed wherever this runs, and nothing declares it; ship it, or use a library.',
          },
        ],
      },
      {
        title: 'at start, through a shell and a promise',
        code: `import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { createServer } from 'node:http';

const run = promisify(exec);
await run('curl -s http://169.254.169.254/latest/meta-data/ | tr -d " "');
createServer().listen(process.env.PORT);
`,
        findings: [{ at: 'run', occurrence: 2, severity: 'information' }],
      },
      {
        title: 'execa, and an image that installs something else',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node server.js" }, "dependencies": { "execa": "^8.0.0", "fastify": "^4.0.0" } }',
          'server.js': `import { execa } from 'execa';
import fastify from 'fastify';
const app = fastify();
app.get('/dump', async () => (await execa('pg_dump', ['--schema-only'])).stdout);
app.listen({ port: process.env.PORT, host: '0.0.0.0' });
`,
          Dockerfile:
            'FROM node:22-alpine\nRUN apk add --no-cache tini\nCOPY . .\nCMD ["node", "server.js"]\n',
        },
        findings: [{ at: 'execa', occurrence: 3, path: 'server.js', severity: 'warning' }],
      },
    ],
    good: [
      {
        title: 'a program that the user says is everywhere',
        code: `import { execFile } from 'node:child_process';\nexport const convert = (from: string, to: string) => execFile('convert', [from, to]);\n`,
        options: { availableTools: ['convert'] },
      },
      {
        title: 'the image installs it',
        files: {
          'src/server.ts': `import { spawn, execSync } from 'node:child_process';
import { createServer } from 'node:http';
createServer((_, response) => {
  spawn('ffmpeg', ['-i', 'in.mp4', 'out.webm']);
  spawn('ffprobe', ['in.mp4']);
  response.end(execSync('pg_dump --version'));
}).listen(process.env.PORT);
`,
          Dockerfile:
            'FROM node:22\nRUN apt-get update \\\n  && apt-get install -y ffmpeg postgresql-client-16\nCOPY . .\nCMD ["node", "dist/server.js"]\n',
        },
      },
      {
        title: 'a platform’s list of packages',
        files: {
          'server.js': `const { execSync } = require('child_process');
exports.text = () => execSync('pdftotext in.pdf -');
`,
          Aptfile: 'poppler-utils\n',
        },
      },
      {
        title: 'node itself, and binaries of declared packages',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "prisma": "^5.0.0" } }',
          'server.js': `const { fork, spawn, execSync } = require('child_process');
fork('./worker.js');
spawn(process.execPath, ['worker.js']);
spawn('node', ['worker.js']);
execSync('npx prisma generate');
execSync('./scripts/warm-up.sh');
execSync('cd data && ls | wc -l');
`,
          'worker.js': '',
        },
      },
      {
        title: 'scripts and tests',
        files: {
          'scripts/release.ts': `import { execSync } from 'node:child_process';\nexecSync('gh release create');\n`,
          'test/server.test.ts': `import { execSync } from 'node:child_process';\nexecSync('docker compose up -d');\n`,
        },
      },
      {
        title: 'a program that is computed, and a method that is called exec',
        code: `import { spawn } from 'node:child_process';
export function run(tool: string): void {
  spawn(tool, ['--version']);
}
export const found = /convert (\\w+)/.exec('convert x');
`,
      },
      {
        title: 'opening a browser while developing',
        code: `import { exec } from 'node:child_process';
if (process.env.NODE_ENV !== 'production') {
  exec('xdg-open http://localhost:3000');
}
`,
      },
    ],
  },
});

/** Part of every system or shell, or of Node itself. */
const PLAIN: ReadonlySet<string> = new Set(
  `node npm npx yarn pnpm bun corepack sh bash dash ash zsh cmd powershell pwsh env sudo nice nohup time timeout exec eval source
  cd echo printf export set unset test true false exit return read wait kill killall trap type command which where ulimit umask
  ls cp mv rm mkdir rmdir touch ln cat head tail cut sort uniq tr wc tee grep egrep fgrep sed awk find xargs basename dirname
  pwd date sleep ps df du uname hostname whoami id chmod chown stat readlink realpath mktemp sync yes seq tty stty uptime free
  open start xdg-open clear lsof netstat tasklist taskkill ipconfig ifconfig`.split(/\s+/),
);
