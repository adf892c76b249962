import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { toStdout, one } from './to-stdout';

beforeAll(loadTypeScript);

describe('winston', () => {
  const head = "import winston from 'winston';\n\n";
  const logger = (transports: string) =>
    `${head}export const logger = winston.createLogger({\n  transports: [\n${transports}  ],\n});\n`;

  it('drops file transports beside a console', async () => {
    const text = logger(
      "    new winston.transports.Console(),\n    new winston.transports.File({ filename: 'a.log' }),\n    new winston.transports.File({ filename: 'b.log', level: 'error' }),\n",
    );
    expect(await one('winston', "new winston.transports.File({ filename: 'a.log' })", text)).toBe(
      logger('    new winston.transports.Console(),\n'),
    );
  });

  it('turns one into the console where there is none; all findings of a list agree', async () => {
    const error = "new winston.transports.File({ filename: 'error.log', level: 'error' })";
    const all =
      "new winston.transports.File({ filename: 'all.log', format: winston.format.json() })";
    const text = logger(`    ${error},\n    ${all}\n`);
    const expected = logger(
      '    new winston.transports.Console({ format: winston.format.json() })\n',
    );
    expect((await toStdout('winston', [error, all], text))?.['src/log.ts']).toBe(expected);
    expect(await one('winston', error, text)).toBe(expected);
  });

  it('drops the list where the console is added later on, with the folder of the files', async () => {
    const text = `import { existsSync, mkdirSync } from 'fs';
import { join } from 'path';
import winston from 'winston';
import rotating from 'winston-daily-rotate-file';
import { LOG_DIR } from './config';

// logs dir
const logDir: string = join(__dirname, LOG_DIR);

if (!existsSync(logDir)) {
  mkdirSync(logDir);
}

const logger = winston.createLogger({
  format: winston.format.simple(),
  transports: [
    // debug log setting
    new rotating({ level: 'debug', dirname: logDir + '/debug', filename: '%DATE%.log' }),
    new rotating({ level: 'error', dirname: logDir + '/error', filename: '%DATE%.log' }),
  ],
});

logger.add(new winston.transports.Console());

export { logger };
`;
    const fixed = await toStdout(
      'winston-daily-rotate-file',
      ["new rotating({ level: 'debug'", "new rotating({ level: 'error'"],
      text,
      'src/log.ts',
      { 'src/config.ts': "export const LOG_DIR = process.env.LOG_DIR ?? '../logs';\n" },
    );
    expect(fixed?.['src/log.ts']).toBe(`import winston from 'winston';

const logger = winston.createLogger({
  format: winston.format.simple(),
});

logger.add(new winston.transports.Console());

export { logger };
`);
  });

  it('adds a console otherwise where there is one under a condition', async () => {
    const text = `const winston = require('winston');

const logger = winston.createLogger({
  level: 'info',
  format: winston.format.json(),
  transports: [
    // Errors have a file of their own.
    new winston.transports.File({ filename: 'error.log', level: 'error' }),
    new winston.transports.File({ filename: 'combined.log' }),
  ],
});

if (process.env.NODE_ENV !== 'production') {
  logger.add(new winston.transports.Console({ format: winston.format.simple() }));
}
`;
    const all = ["File({ filename: 'error.log'", "File({ filename: 'combined.log'"];
    expect((await toStdout('winston', all, text, 'log.js'))?.['log.js'])
      .toBe(`const winston = require('winston');

const logger = winston.createLogger({
  level: 'info',
  format: winston.format.json(),
});

if (process.env.NODE_ENV !== 'production') {
  logger.add(new winston.transports.Console({ format: winston.format.simple() }));
} else {
  logger.add(new winston.transports.Console());
}
`);
  });

  it('keeps a console in each branch', async () => {
    const text = `const winston = require('winston');
const logger = winston.createLogger();
if (process.env.NODE_ENV === 'production') {
  logger.add(new winston.transports.File({ filename: 'app.log' }));
} else {
  logger.add(new winston.transports.Console());
}
`;
    expect(await one('winston', "File({ filename: 'app.log'", text, 'log.js')).toBe(
      text.replace("File({ filename: 'app.log' })", 'Console()'),
    );
  });

  it('works on one line, with two neighbours going', async () => {
    const text = `${head}winston.createLogger({ transports: [new winston.transports.Console(), new winston.transports.File({}), new winston.transports.File({ level: 'x' })] });\n`;
    expect(await one('winston', 'new winston.transports.File({})', text)).toBe(
      `${head}winston.createLogger({ transports: [new winston.transports.Console()] });\n`,
    );
  });

  it('drops the rotating transport’s import and dependency', async () => {
    const text =
      "const { createLogger, transports } = require('winston');\nconst DailyRotateFile = require('winston-daily-rotate-file');\nconst path = require('path');\nconst dir = path.join(__dirname, 'logs');\n\nmodule.exports = createLogger({\n  transports: [new DailyRotateFile({ dirname: dir, level: 'info' })],\n});\n";
    const manifest = {
      'package.json':
        '{ "dependencies": { "winston": "^3.0.0", "winston-daily-rotate-file": "^5.0.0" } }',
    };
    const fixed = await toStdout(
      'winston-daily-rotate-file',
      ["new DailyRotateFile({ dirname: dir, level: 'info' })"],
      text,
      'log.js',
      manifest,
    );
    expect(fixed?.['log.js']).toBe(
      "const { createLogger, transports } = require('winston');\n\nmodule.exports = createLogger({\n  transports: [new transports.Console({ level: 'info' })],\n});\n",
    );
    expect(fixed?.['package.json']).toBe('{ "dependencies": { "winston": "^3.0.0" } }');
    const used = await toStdout(
      'winston-daily-rotate-file',
      ["new DailyRotateFile({ dirname: dir, level: 'info' })"],
      text,
      'log.js',
      { ...manifest, 'other.js': "require('winston-daily-rotate-file');\n" },
    );
    expect(used?.['package.json']).toBe(manifest['package.json']);
  });

  it('drops a transport that is required for its effect', async () => {
    const text =
      "const { createLogger, transports } = require('winston');\nrequire('winston-daily-rotate-file');\nmodule.exports = createLogger({\n  transports: [\n    new transports.Console(),\n    new transports.DailyRotateFile({ filename: 'x' }),\n  ],\n});\n";
    const manifest = {
      'package.json': '{ "dependencies": { "winston": "3", "winston-daily-rotate-file": "5" } }',
    };
    const fixed = await toStdout('winston', ['DailyRotateFile({'], text, 'log.js', manifest);
    expect(fixed?.['log.js']).toBe(
      "const { createLogger, transports } = require('winston');\nmodule.exports = createLogger({\n  transports: [\n    new transports.Console(),\n  ],\n});\n",
    );
    expect(fixed?.['package.json']).toBe('{ "dependencies": { "winston": "3" } }');
  });

  it('handles logger.add, variables, and winston 2', async () => {
    const add = `${head}const logger = winston.createLogger();\nlogger.add(new winston.transports.File({ filename: 'x' }));\n`;
    expect(await one('winston', "new winston.transports.File({ filename: 'x' })", add)).toBe(
      `${head}const logger = winston.createLogger();\nlogger.add(new winston.transports.Console());\n`,
    );
    const both = add.replace(
      'createLogger()',
      'createLogger({ transports: [new winston.transports.Console()] })',
    );
    expect(
      await one('winston', "new winston.transports.File({ filename: 'x' })", both),
    ).not.toContain('logger.add');
    const variable = `${head}const file = new winston.transports.File({ filename: 'x' });\nfile.on('rotate', () => {});\nwinston.createLogger({ transports: [new winston.transports.Console(), file] });\n`;
    expect(await one('winston', "new winston.transports.File({ filename: 'x' })", variable)).toBe(
      `${head}winston.createLogger({ transports: [new winston.transports.Console()] });\n`,
    );
    const old =
      "var winston = require('winston');\nnew winston.Logger({ transports: [new (winston.transports.File)({ filename: 'x', colorize: false })] });\n";
    expect(
      await one(
        'winston',
        "new (winston.transports.File)({ filename: 'x', colorize: false })",
        old,
        'a.js',
      ),
    ).toContain('[new (winston.transports.Console)({ colorize: false })]');
  });
});
