import type { BadExample } from '../../../engine/rule';

/** Processes that another one starts and stays in front of. */
export const spawnExamples: readonly BadExample[] = [
  {
    title: 'what the first process of a container starts',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "dev": "nodemon server/main.js" }, "dependencies": { "express": "5" } }',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "run.js"]\n',
      'run.js': `const { spawn } = require('child_process');
const child = spawn(process.execPath, ['server/main.js'], { stdio: 'inherit' });
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code));
`,
      'server/main.js': `require('express')().listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server/main.js' }],
  },
];
