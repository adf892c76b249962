import type { Finding, Fix } from '../../server/src/engine/finding';
import type { ReportInput } from '../../server/src/report/report';

const SERVER = [
  "import express from 'express';",
  '',
  'const app = express();',
  'app.listen(3000);',
  '',
].join('\r\n');

/** A multi-line finding in a path that needs escaping. */
const NOTES = 'a: 1\nb: |\n  two\n  lines\n';

function fix(kind: Fix['kind'], title: string): Fix {
  return { title, kind, id: kind, build: () => undefined };
}

function finding(path: string, text: string, part: string, more: Partial<Finding>): Finding {
  const start = text.indexOf(part);
  return {
    ruleId: 'hardcoded-port',
    factor: 'port-binding',
    severity: 'warning',
    path,
    span: { start, end: start + part.length },
    message: 'Port 3000 is fixed in code.',
    related: [],
    fixes: [],
    ...more,
  };
}

const TEXTS: Readonly<Record<string, string>> = { 'src/server.ts': SERVER, 'a b/50%,1.yml': NOTES };

/** A small report with everything in it: several files, severities, fixes, related places, something not analysed. */
export const sample: ReportInput = {
  fileCount: 3,
  packages: [],
  version: '0.1.0',
  rules: [],
  text: (path) => TEXTS[path],
  notAnalysed: [{ path: 'src/broken.ts', reason: 'not UTF-8 text' }],
  findings: [
    finding('a b/50%,1.yml', NOTES, '|\n  two\n  lines', {
      ruleId: 'hardcoded-url',
      factor: 'config',
      severity: 'information',
      message: 'A value\nof 100%.',
    }),
    finding('src/server.ts', SERVER, 'express()', {
      ruleId: 'missing-sigterm-handler',
      factor: 'disposability',
      severity: 'hint',
      message: 'No SIGTERM handler | none.',
    }),
    finding('src/server.ts', SERVER, '3000', {
      fixes: [fix('safe', 'Read the port from `process.env.PORT`'), fix('suggest', 'Require it')],
      related: [{ path: 'src/server.ts', span: { start: 0, end: 6 }, message: 'Imported here.' }],
    }),
  ],
};

/** A report of a clean folder. */
export const clean: ReportInput = { ...sample, findings: [], notAnalysed: [], fileCount: 1 };
