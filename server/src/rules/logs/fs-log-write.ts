import { baseName } from '../../base/paths';
import type { Severity } from '../../base/severity';
import { argumentAt } from '../../base/values';
import { defineRule, type FileContext } from '../../engine/rule';
import { logToStdoutFix } from '../../fixes/logs/log-to-stdout';
import {
  fileText,
  isFileFromEnvironment,
  isLogFile,
  isStandardStream,
} from '../../project/disk/file-text';
import { feedsLogger } from '../../project/disk/log-places';
import type { CallFact } from '../../project/facts/facts';

export default defineRule({
  id: 'fs-log-write',
  factor: 'logs',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Code writes a log file itself.',
  why: 'Logs are the stream of events of all running processes, in the order in which they happened. A process writes its part to stdout and is done; the environment joins, keeps and searches it. A file that code appends to is lost with the container, is nowhere to be seen in the platform’s log, needs rotation that nobody wrote, and makes every line a file system call that can fail.',
  whenNotToUse:
    'When the file is a product of the app, such as a report that somebody downloads, and only looks like a log.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    write:
      'This writes a log file; write to stdout and leave collecting and keeping to the platform.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (meaning.kind !== 'file-write' || meaning.how === 'copy') return;
    const file = argumentAt(found.args, meaning.path);
    if (!file || isStandardStream(file)) return;
    const text = fileText(file);
    const isLog =
      (text !== undefined && isLogFile(text)) ||
      (meaning.how !== 'write' && isLogger(call, text, context));
    if (!isLog) return;
    if (meaning.how === 'stream' && feedsLogger(context.path, call.nameSpan, context.model)) return;
    const severity: Severity | undefined = call.context.includes('development')
      ? 'hint'
      : isFileFromEnvironment(file)
        ? 'information'
        : undefined;
    context.report({
      at: call.nameSpan,
      message: 'write',
      ...(severity ? { severity } : {}),
      fixes: [
        logToStdoutFix({
          model: context.model,
          path: context.path,
          span: call.nameSpan,
          library: 'fs',
        }),
      ],
    });
  },
  examples: {
    bad: [
      {
        title: 'appending in an error handler',
        path: 'server.js',
        code: `const express = require('express');
const fs = require('fs');
const app = express();
app.use((err, req, res, next) => {
  fs.appendFile('error.log', err.stack + '\\n', () => {});
  res.status(500).end();
});
`,
        findings: [{ at: 'appendFile' }],
        fixed: {
          'log-to-stdout': `const express = require('express');
const app = express();
app.use((err, req, res, next) => {
  process.stdout.write(err.stack + '\\n');
  res.status(500).end();
});
`,
        },
      },
      {
        title: 'a logger of one’s own',
        path: 'middleware/logEvents.js',
        code: `const fsPromises = require('fs').promises;
const path = require('path');
const logEvents = async (message, logName) => {
  await fsPromises.appendFile(path.join(__dirname, '..', 'logs', logName), message);
};
module.exports = { logEvents };
`,
        findings: [{ at: 'appendFile' }],
        fixed: {
          'log-to-stdout': `const logEvents = async (message, logName) => {
  process.stdout.write(message);
};
module.exports = { logEvents };
`,
        },
      },
      {
        title: 'a stream',
        path: 'src/log.ts',
        code: `import { createWriteStream } from 'node:fs';
const out = createWriteStream(\`\${process.cwd()}/log/\${new Date().getDate()}.txt\`, { flags: 'a' });
export const log = (line: string): void => void out.write(line + '\\n');
`,
        findings: [{ at: 'createWriteStream', occurrence: 2 }],
        fixed: {
          'log-to-stdout': `const out = process.stdout;
export const log = (line: string): void => void out.write(line + '\\n');
`,
        },
      },
      {
        title: 'told by the function around it',
        path: 'src/util.ts',
        code: `import fs from 'node:fs';
export function writeLog(file: string, line: string): void {
  fs.appendFileSync(file, line);
}
`,
        findings: [{ at: 'appendFileSync' }],
      },
    ],
    good: [
      {
        title: 'stdout',
        path: 'src/log.ts',
        code: `export const log = (line: string): void => void process.stdout.write(line + '\\n');
`,
      },
      {
        title: 'a data export',
        path: 'src/export.ts',
        code: `import fs from 'node:fs/promises';
export const save = (rows: string[]) => fs.writeFile('/tmp/orders.csv', rows.join('\\n'));
`,
      },
      {
        title: 'names that only contain the word',
        path: 'src/blog.ts',
        code: `import fs from 'node:fs/promises';
export const publish = async (html: string) => {
  await fs.writeFile('blog/index.html', html);
  await fs.appendFile('CHANGELOG.md', html);
  await fs.writeFile('catalog.json', html);
};
`,
      },
      {
        title: 'reading a log',
        path: 'src/tail.ts',
        code: `import fs from 'node:fs';
export const tail = () => fs.createReadStream('/var/log/syslog');
`,
      },
      {
        title: 'the container’s own streams',
        path: 'src/log.ts',
        code: `import { appendFileSync } from 'node:fs';
export const log = (line: string) => appendFileSync('/proc/1/fd/1', line);
`,
      },
      {
        title: 'a command that keeps a log of its runs',
        files: {
          'package.json':
            '{ "name": "tool", "version": "1.0.0", "bin": "cli.js", "files": ["cli.js"] }\n',
          'cli.js': `#!/usr/bin/env node
const fs = require('fs');
fs.appendFileSync('tool.log', 'run');
`,
        },
      },
    ],
  },
});

/** A function, class or module that is a logger by its name, appending to a file that is not known to be something else. */
function isLogger(
  call: CallFact,
  text: string | undefined,
  { facts, path }: FileContext<Record<string, string>>,
): boolean {
  if (text !== undefined && /\.(csv|json|html?|md|xml|pdf|sql|ya?ml|env|lock)$/i.test(text))
    return false;
  if (
    /^(log|logs|logger|logging|log-?events|log-?writer|file-?logger)\.[cm]?[jt]s$/i.test(
      baseName(path),
    )
  )
    return true;
  for (let id = call.fn; id > 0;) {
    const fact = facts.functions[id];
    if (!fact) return false;
    if (LOGGING_FUNCTION.test(fact.name ?? '')) return true;
    if (/(^|[a-z])Logger$/.test(facts.classes[fact.classId ?? -1]?.name ?? '')) return true;
    id = fact.parent;
  }
  return false;
}

/** `log`, `logger`, `logEvents`, `writeLog`, `appendToLogFile`; not `login`, `logout`, `logistics`. */
const LOGGING_FUNCTION =
  /^(?!log(?:In|Out))(?:_?log(?:s|ger)?$|^_?log(?:ger)?_?[A-Z]\w*$|^(?:write|append|save|add|put|dump)_?(?:To_?)?(?:[A-Z][a-z]+)?Logs?(?:File|Entry|Line|Message)?$)/;
