import { expect, it } from 'vitest';
import { formatJson, jsonReport } from '../../server/src/report/json';
import { clean, sample } from './sample';

it('has exactly the documented shape', () => {
  expect(jsonReport(sample)).toEqual({
    schemaVersion: 1,
    findings: [
      {
        ruleId: 'hardcoded-url',
        factor: 'config',
        severity: 'information',
        path: 'a b/50%,1.yml',
        package: '.',
        range: { start: { line: 2, column: 4 }, end: { line: 4, column: 8 } },
        message: 'A value\nof 100%.',
        related: [],
        fixes: [],
        fingerprint: '',
      },
      {
        ruleId: 'missing-sigterm-handler',
        factor: 'disposability',
        severity: 'hint',
        path: 'src/server.ts',
        package: '.',
        range: { start: { line: 3, column: 13 }, end: { line: 3, column: 22 } },
        message: 'No SIGTERM handler | none.',
        related: [],
        fixes: [],
        fingerprint: '',
      },
      {
        ruleId: 'hardcoded-port',
        factor: 'port-binding',
        severity: 'warning',
        path: 'src/server.ts',
        package: '.',
        range: { start: { line: 4, column: 12 }, end: { line: 4, column: 16 } },
        message: 'Port 3000 is fixed in code.',
        related: [
          {
            path: 'src/server.ts',
            range: { start: { line: 1, column: 1 }, end: { line: 1, column: 7 } },
            message: 'Imported here.',
          },
        ],
        fixes: [
          { title: 'Read the port from `process.env.PORT`', kind: 'safe' },
          { title: 'Require it', kind: 'suggest' },
        ],
        fingerprint: '',
      },
    ],
    notAnalysed: [{ path: 'src/broken.ts', reason: 'not UTF-8 text' }],
  });
});

it('is JSON text that ends with a line break', () => {
  const text = formatJson(clean);
  expect(JSON.parse(text)).toEqual({ schemaVersion: 1, findings: [], notAnalysed: [] });
  expect(text.endsWith('}\n')).toBe(true);
});
