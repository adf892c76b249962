// Ports, addresses, logs and first processes: today's behaviour by default, another one by a variable.
import http from 'node:http';
import { expect, fixedApp, freePort, get, start, textOf } from './harness.mjs';

const ok = "(request, response) => response.end('ok')";

const PORTS = [
  {
    library: 'node',
    what: 'http',
    listen: (port) =>
      `require('http').createServer(${ok}).listen(${port}, () => console.log('listening'));`,
  },
  {
    library: 'express',
    listen: (port) =>
      `require('express')().get('/', (request, response) => response.send('ok')).listen(${port}, () => console.log('listening'));`,
  },
  {
    library: 'koa',
    listen: (port) =>
      `const Koa = require('koa');\nconst app = new Koa();\napp.use((ctx) => { ctx.body = 'ok'; });\napp.listen(${port}, () => console.log('listening'));`,
  },
  {
    library: 'fastify',
    listen: (port) =>
      `const app = require('fastify')();\napp.get('/', async () => 'ok');\napp.listen({ port: ${port}, host: '127.0.0.1' }).then(() => console.log('listening'));`,
  },
  {
    library: '@hapi/hapi',
    listen: (port) =>
      `const server = require('@hapi/hapi').server({ port: ${port} });\nserver.route({ method: 'GET', path: '/', handler: () => 'ok' });\nserver.start().then(() => console.log('listening'));`,
  },
];

const portCases = PORTS.map(({ library, what, listen }, index) => ({
  library,
  what,
  fix: 'hardcoded-port',
  proves: 'listens where PORT says, and where it did before without it',
  run: async () => {
    const [fixed, chosen] = [await freePort(), await freePort()];
    const { before, after } = await fixedApp(
      `port-${index}`,
      { 'server.js': `${listen(fixed)}\n` },
      'hardcoded-port',
    );
    for (const [folder, env, port] of [
      [before, { PORT: String(chosen) }, fixed],
      [after, { PORT: String(chosen) }, chosen],
      [after, {}, fixed],
    ]) {
      const app = start(folder, env);
      await app.line(/listening/);
      const { body } = await get(port, '/');
      expect(body === 'ok', `answered ${body}`);
      await app.stop();
    }
  },
}));

const addressCase = {
  library: 'node',
  what: 'fetch',
  fix: 'hardcoded-url',
  proves: 'asks where the variable says, and where it did before without it',
  run: async () => {
    const code = `const billing = 'http://billing.shop.internal:8080/invoices';
fetch(billing).then((answer) => answer.text(), (error) => String(error.cause?.hostname ?? error)).then((text) => console.log('got', text));
require('http').createServer(${ok}).listen(process.env.PORT);
`;
    const { after } = await fixedApp('address', { 'server.js': code }, 'hardcoded-url');
    const [, name] = /process\.env\.(?!PORT)(\w+)/.exec(textOf(after, 'server.js')) ?? [];
    expect(name !== undefined, `no variable in ${textOf(after, 'server.js')}`);
    const service = http.createServer((_request, response) => response.end('an invoice'));
    await new Promise((resolve) => service.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${service.address().port}/invoices`;
    for (const [env, text] of [
      [{ [name]: url }, 'an invoice'],
      [{}, 'billing.shop.internal'],
    ]) {
      const app = start(after, { ...env, PORT: '0' });
      const [, got] = await app.line(/got (.*)\n/);
      expect(got === text, `got ${got}`);
      await app.stop();
    }
    await new Promise((resolve) => service.close(resolve));
  },
};

const logCase = {
  library: 'winston',
  fix: 'file-transport',
  proves: 'each line goes to stdout, once, and into no file',
  run: async () => {
    const code = `const winston = require('winston');
const logger = winston.createLogger({
  transports: [
    new winston.transports.Console({ level: 'error' }),
    new winston.transports.File({ filename: 'app.log', level: 'info', handleExceptions: true }),
  ],
});
require('http').createServer(${ok}).listen(process.env.PORT, () => { logger.info('told'); logger.error('failed'); });
`;
    const { before, after } = await fixedApp('log', { 'server.js': code }, 'file-transport');
    const first = start(before, { PORT: '0' });
    await first.line(/failed/);
    await first.stop();
    expect(!/told/.test(first.out), 'stdout had the line before the fix: the case proves nothing');
    const second = start(after, { PORT: '0' });
    await second.line(/failed/);
    await second.stop();
    for (const word of ['told', 'failed']) {
      const times = second.out.split(word).length - 1;
      expect(times === 1, `stdout has the line “${word}” ${times} times: ${second.out}`);
    }
    expect(textOf(after, 'app.log') === undefined, 'there is still a file');
    expect(
      /handleExceptions/.test(textOf(after, 'server.js')),
      'the option handleExceptions is lost',
    );
  },
};

const IMAGES = [
  { what: 'npm start', cmd: 'CMD ["npm", "start"]' },
  { what: 'a chain in a shell', cmd: 'CMD npm run prepare-data && npm start' },
  {
    what: 'plain words in shell form, behind another command',
    cmd: 'CMD echo starting; node server.js',
  },
];

const imageCases = IMAGES.map(({ what, cmd }, index) => ({
  library: 'node',
  what: `an image that starts ${what}`,
  fix: 'shell-form-command',
  proves: 'the first process is the app itself, so that it hears SIGTERM',
  run: async () => {
    const files = {
      'package.json': `${JSON.stringify({ name: 'app', private: true, scripts: { start: 'node server.js', 'prepare-data': 'node -e 0' } }, null, 2)}\n`,
      'server.js': `const server = require('http').createServer(${ok});
server.listen(process.env.PORT, () => console.log('listening', process.pid, ''));
process.on('SIGTERM', () => { console.log('heard'); server.close(); });
`,
      Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\n${cmd}\n`,
    };
    const { before, after } = await fixedApp(`image-${index}`, files, 'shell-form-command');
    expect(
      !(await isFirst(before)),
      'the app was the first process before the fix: the case proves nothing',
    );
    expect(
      await isFirst(after),
      `the app is not the first process of ${textOf(after, 'Dockerfile')}`,
    );
  },
}));

/** Starts what an image's CMD says as an engine does, and asks whether the process it started is the app, and hears the signal. */
async function isFirst(folder) {
  const [, written] = /^CMD (.*)$/m.exec(textOf(folder, 'Dockerfile'));
  const argv = written.startsWith('[') ? JSON.parse(written) : ['/bin/sh', '-c', written];
  const app = start(folder, { PORT: '0' }, argv);
  const [, pid] = await app.line(/listening (\d+) /);
  const isApp = Number(pid) === app.pid;
  if (isApp) {
    app.kill('SIGTERM');
    const { code } = await app.ended;
    expect(code === 0 && /heard/.test(app.out), `ended with ${code}: ${app.out}`);
  } else {
    process.kill(Number(pid), 'SIGKILL');
    await app.stop();
  }
  return isApp;
}

export const settingCases = [...portCases, addressCase, logCase, ...imageCases];
