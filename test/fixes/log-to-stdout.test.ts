import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { toStdout, one } from './to-stdout';

beforeAll(loadTypeScript);

describe('pino, log4js, bunyan', () => {
  it('drops a destination beside options', async () => {
    const text =
      "import pino from 'pino';\nimport path from 'node:path';\nexport const log = pino({ level: 'info' }, pino.destination(path.join('logs', 'a.log')));\n";
    expect(await one('pino', "pino.destination(path.join('logs', 'a.log'))", text)).toBe(
      "import pino from 'pino';\nexport const log = pino({ level: 'info' });\n",
    );
  });

  it('turns other destinations and targets to the standard output', async () => {
    const text =
      "import pino from 'pino';\nexport const dest = pino.destination({ dest: './a.log', sync: false, mkdir: true });\n";
    expect(
      await one('pino', "pino.destination({ dest: './a.log', sync: false, mkdir: true })", text),
    ).toContain('pino.destination({ dest: 1, sync: false })');
    const target =
      "import pino from 'pino';\nexport const log = pino({ transport: { target: 'pino/file', level: 'info', options: { destination: '/x', mkdir: true } } });\n";
    expect(
      await one(
        'pino',
        "{ target: 'pino/file', level: 'info', options: { destination: '/x', mkdir: true } }",
        target,
      ),
    ).toContain("transport: { target: 'pino/file', level: 'info', options: { destination: 1 } } }");
    const log4js =
      'const log4js = require("log4js");\nlog4js.configure({ appenders: { app: { type: "file", filename: "a.log" } } });\n';
    expect(await one('log4js', '"a.log"', log4js, 'a.js')).toContain('app: { type: "stdout" }');
    const bunyan =
      "import bunyan from 'bunyan';\nbunyan.createLogger({ streams: [{ level: 'info', path: '/x' }] });\n";
    expect(await one('bunyan', "'/x'", bunyan)).toContain(
      "streams: [{ stream: process.stdout, level: 'info' }]",
    );
  });

  it('does not write lines twice where the standard output is there already', async () => {
    const targets =
      "import pino from 'pino';\nexport const log = pino({\n  transport: {\n    targets: [\n      { target: 'pino-pretty', options: {} },\n      { target: 'pino/file', options: { destination: '/x' } },\n    ],\n  },\n});\n";
    expect(await one('pino', "'/x'", targets)).toBe(
      targets.replace("      { target: 'pino/file', options: { destination: '/x' } },\n", ''),
    );
    const log4js =
      "const log4js = require('log4js');\nlog4js.configure({\n  appenders: { out: { type: 'stdout' }, app: { type: 'dateFile', filename: 'a.log' }, err: { type: 'file', filename: 'b.log' } },\n  categories: { default: { appenders: ['out', 'app'], level: 'info' }, errors: { appenders: ['app', 'err'], level: 'error' } },\n});\n";
    expect(await one('log4js', "'a.log'", log4js, 'a.js')).toBe(
      "const log4js = require('log4js');\nlog4js.configure({\n  appenders: { out: { type: 'stdout' } },\n  categories: { default: { appenders: ['out'], level: 'info' }, errors: { appenders: ['out'], level: 'error' } },\n});\n",
    );
    const bunyan =
      "import bunyan from 'bunyan';\nbunyan.createLogger({ streams: [{ stream: process.stdout }, { type: 'rotating-file', path: '/x' }] });\n";
    expect(await one('bunyan', "'/x'", bunyan)).toContain(
      'streams: [{ stream: process.stdout }] });',
    );
  });

  it('finds the output from its name or its file', async () => {
    const destination =
      "import pino from 'pino';\nexport const log = pino(pino.destination('./a.log'));\n";
    expect(await one('pino', 'destination', destination)).toContain('export const log = pino();');
    const direct = "import pino from 'pino';\nexport const log = pino('./a.log');\n";
    expect(await one('pino', "'./a.log'", direct)).toContain('export const log = pino();');
    const fastify =
      "import Fastify from 'fastify';\nexport const app = Fastify({ logger: { level: 'info', file: './a.log' } });\n";
    expect(await one('pino', "'./a.log'", fastify)).toContain(
      "Fastify({ logger: { level: 'info' } });",
    );
    const stream =
      "import fs from 'node:fs';\nimport pino from 'pino';\nexport const log = pino({}, fs.createWriteStream('a.log'));\n";
    expect(await one('pino', 'createWriteStream', stream)).toBe(
      "import pino from 'pino';\nexport const log = pino({}, process.stdout);\n",
    );
  });
});

describe('morgan', () => {
  it('drops the stream under any name of morgan, with its folder', async () => {
    const text = `var logger = require('morgan');
var fs = require('fs');
var path = require('path');
var rotator = require('file-stream-rotator');
var app = require('express')();

var folder = path.join(__dirname, 'log');
fs.existsSync(folder) || fs.mkdirSync(folder);
var stream = rotator.getStream({ filename: path.join(folder, 'a-%DATE%.log'), frequency: 'daily' });
app.use(logger('combined', { stream: stream }));
app.use(logger('tiny', { stream: fs.createWriteStream('b.log') }));
`;
    const rotated = text.slice(
      text.indexOf('rotator.getStream'),
      text.indexOf(';\napp.use(logger'),
    );
    const fixed = await toStdout(
      'file-stream-rotator',
      [rotated, 'createWriteStream'],
      text,
      'app.js',
    );
    expect(fixed?.['app.js']).toBe(`var logger = require('morgan');
var app = require('express')();

app.use(logger('combined'));
app.use(logger('tiny'));
`);
  });

  it('drops the stream, and what only served it', async () => {
    const text =
      "import express from 'express';\nimport fs from 'node:fs';\nimport morgan from 'morgan';\nimport path from 'node:path';\n\nconst app = express();\nconst accessLog = fs.createWriteStream(path.join(__dirname, 'access.log'), { flags: 'a' });\napp.use(morgan('combined', { stream: accessLog }));\n";
    expect(await one('morgan', "morgan('combined', { stream: accessLog })", text)).toBe(
      "import express from 'express';\nimport morgan from 'morgan';\n\nconst app = express();\napp.use(morgan('combined'));\n",
    );
    expect(await one('morgan', 'createWriteStream', text)).toBe(
      "import express from 'express';\nimport morgan from 'morgan';\n\nconst app = express();\napp.use(morgan('combined'));\n",
    );
    const inline =
      "const fs = require('fs');\nconst morgan = require('morgan');\nmorgan('dev', { stream: fs.createWriteStream('a.log') });\n";
    expect(await one('morgan', 'createWriteStream', inline, 'a.js')).toBe(
      "const morgan = require('morgan');\nmorgan('dev');\n",
    );
    const both =
      "import morgan from 'morgan';\ndeclare const s: any;\nmorgan('dev', { stream: s, skip: () => false });\n";
    expect(await one('morgan', "morgan('dev', { stream: s, skip: () => false })", both)).toContain(
      "morgan('dev', { skip: () => false });",
    );
  });
});

describe('fs', () => {
  it.each([
    [
      "import fs from 'node:fs';\nexport function log(line: string) {\n  fs.appendFileSync('app.log', `${line}\\n`);\n}\n",
      "fs.appendFileSync('app.log', `${line}\\n`)",
      'export function log(line: string) {\n  process.stdout.write(`${line}\\n`);\n}\n',
    ],
    [
      "import { appendFile } from 'node:fs/promises';\nexport async function log(line: string) {\n  await appendFile('app.log', line);\n}\n",
      "appendFile('app.log', line)",
      'export async function log(line: string) {\n  process.stdout.write(line);\n}\n',
    ],
    [
      "import fs from 'fs';\nexport const log = (line: string) => fs.appendFile('app.log', line, (err) => { if (err) throw err; });\n",
      "fs.appendFile('app.log', line, (err) => { if (err) throw err; })",
      'export const log = (line: string) => process.stdout.write(line);\n',
    ],
    [
      "import fs from 'fs';\nexport const log = (line: string, next: () => void) => { fs.appendFile('app.log', line, () => next()); };\n",
      "fs.appendFile('app.log', line, () => next())",
      'export const log = (line: string, next: () => void) => { process.stdout.write(line, () => next()); };\n',
    ],
    [
      "import fs from 'fs';\nconst out = fs.createWriteStream('app.log', { flags: 'a' });\nout.write('x');\nout.end();\n",
      "fs.createWriteStream('app.log', { flags: 'a' })",
      "const out = process.stdout;\nout.write('x');\n",
    ],
    [
      "import fs from 'fs';\nimport { pipeline } from 'node:stream';\nfs.readFileSync('x');\npipeline(process.stdin, fs.createWriteStream('app.log'), () => {});\n",
      "fs.createWriteStream('app.log')",
      "import fs from 'fs';\nimport { pipeline } from 'node:stream';\nfs.readFileSync('x');\npipeline(process.stdin, process.stdout, () => {});\n",
    ],
  ])('%s', async (text, part, expected) => {
    expect(await one('fs', part, text)).toBe(expected);
  });

  it('removes the import with the last of several uses in a batch', async () => {
    const text =
      "import fs from 'fs';\nfs.appendFileSync('a.log', 'one');\nfs.appendFileSync('a.log', 'two');\n";
    const fixed = await toStdout(
      'fs',
      ["fs.appendFileSync('a.log', 'one')", "fs.appendFileSync('a.log', 'two')"],
      text,
    );
    expect(fixed?.['src/log.ts']).toBe(
      "process.stdout.write('one');\nprocess.stdout.write('two');\n",
    );
  });

  it('stays away from a promise that is passed on, and a typed stream', async () => {
    expect(
      await one(
        'fs',
        "fs.promises.appendFile('a.log', 'x')",
        "import fs from 'fs';\nfs.promises.appendFile('a.log', 'x').then(() => {});\n",
      ),
    ).toBeUndefined();
    expect(
      await one(
        'fs',
        "fs.createWriteStream('a.log')",
        "import fs from 'fs';\nexport const a: fs.WriteStream = fs.createWriteStream('a.log');\n",
      ),
    ).toBeUndefined();
  });

  it('replaces a rotating stream, with its package', async () => {
    const text =
      "import * as rfs from 'rotating-file-stream';\nexport const stream = rfs.createStream('access.log', { interval: '1d' });\n";
    const manifest = {
      'package.json': '{\n  "dependencies": {\n    "rotating-file-stream": "^3.0.0"\n  }\n}\n',
    };
    const fixed = await toStdout(
      'rotating-file-stream',
      ["rfs.createStream('access.log', { interval: '1d' })"],
      text,
      'src/log.ts',
      manifest,
    );
    expect(fixed?.['src/log.ts']).toBe('export const stream = process.stdout;\n');
    expect(fixed?.['package.json']).toBe('{\n  "dependencies": {}\n}\n');
  });
});
