import { expect, it } from 'vitest';
import { formatSarif } from '../../server/src/report/sarif';
import { sample } from './sample';

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly semanticVersion: string } };
    readonly columnKind: string;
    readonly results: readonly Record<string, unknown>[];
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
  }[];
}

const { version, runs } = JSON.parse(formatSarif(sample)) as Sarif;
const [run] = runs;

it('is one run of SARIF 2.1.0, with columns in UTF-16 units', () => {
  expect(version).toBe('2.1.0');
  expect(runs).toHaveLength(1);
  expect(run?.columnKind).toBe('utf16CodeUnits');
  expect(run?.tool.driver.semanticVersion).toBe('0.1.0');
});

it('places results, escapes paths and keeps related places', () => {
  expect(run?.results.map(({ level }) => level)).toEqual(['note', 'note', 'warning']);
  expect(run?.results[0]?.['locations']).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'a%20b/50%25%2C1.yml', uriBaseId: '%SRCROOT%' },
        region: { startLine: 2, startColumn: 4, endLine: 4, endColumn: 8 },
      },
    },
  ]);
  expect(run?.results[0]).not.toHaveProperty('relatedLocations');
  expect(run?.results[2]?.['relatedLocations']).toMatchObject([
    { message: { text: 'Imported here.' } },
  ]);
});

it('says what was not analysed', () => {
  expect(run?.invocations[0]?.toolExecutionNotifications).toMatchObject([
    { level: 'warning', message: { text: 'Not analysed: not UTF-8 text' } },
  ]);
});
