import { describe, expect, it } from 'vitest';
import {
  findingNodes,
  findingsState,
  GROUPINGS,
  SEVERITIES,
  type FindingNode,
  type NamedFolder,
  type Severity,
} from '../../client/src/views/finding-nodes';
import type { ListedFinding } from '../../server/src/protocol';

const FACTORS = [
  { factor: 'config', title: 'III. Config' },
  { factor: 'logs', title: 'XI. Logs' },
] as const;
const ALL = new Set<Severity>(SEVERITIES);
const USUAL = new Set<Severity>(['error', 'warning', 'information']);

function finding(given: Partial<ListedFinding> = {}): ListedFinding {
  const { path = 'src/a.ts', ruleId = 'hardcoded-url' } = given;
  const start = { line: 4, character: 0 };
  return {
    uri: `file:///work/${path}`,
    path,
    ruleId,
    factor: 'config',
    severity: 'warning',
    message: `${ruleId} in ${path}`,
    range: { start, end: start },
    app: 'shop',
    processes: [],
    isFixable: true,
    canSuppress: true,
    ...given,
  };
}

function folder(given: Partial<NamedFolder> = {}): NamedFolder {
  return {
    uri: 'file:///work',
    name: 'work',
    state: 'known',
    files: 3,
    needsReasons: false,
    findings: [],
    notAnalysed: [],
    ...given,
  };
}

/** Labels and descriptions, indented. */
function outline(nodes: readonly FindingNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}${node.label} [${node.description}]`,
    ...('children' in node ? outline(node.children, `${indent}  `) : []),
  ]);
}

const LIST = [
  finding({ path: 'src/b.ts', severity: 'information', processes: ['web api'] }),
  finding({ path: 'src/b.ts', severity: 'hint', processes: ['web api'] }),
  finding({ path: 'src/a.ts', processes: ['web api', 'worker jobs'] }),
  finding({ path: 'Dockerfile', ruleId: 'log-routing', factor: 'logs', severity: 'error' }),
];

describe('findings in the view', () => {
  it('are grouped by factor in their order, the gravest first', () => {
    const shown = { grouping: 'factor', severities: USUAL, lines: 'all' } as const;
    expect(outline(findingNodes([folder({ findings: LIST })], FACTORS, shown))).toEqual([
      'III. Config [2]',
      '  hardcoded-url in src/a.ts [src/a.ts:5]',
      '  hardcoded-url in src/b.ts [src/b.ts:5]',
      'XI. Logs [1]',
      '  log-routing in Dockerfile [Dockerfile:5]',
    ]);
  });

  it('stand with each process that runs them', () => {
    const shown = { grouping: 'app', severities: USUAL, lines: 'all' } as const;
    expect(outline(findingNodes([folder({ findings: LIST })], FACTORS, shown))).toEqual([
      'shop [3]',
      '  web api [2]',
      '    hardcoded-url in src/a.ts [src/a.ts:5]',
      '    hardcoded-url in src/b.ts [src/b.ts:5]',
      '  worker jobs [1]',
      '    hardcoded-url in src/a.ts [src/a.ts:5]',
      '  Manifests and other files [1]',
      '    log-routing in Dockerfile [Dockerfile:5]',
    ]);
  });

  it('tell folders apart where there are several', () => {
    const two = [
      folder({ findings: LIST.slice(0, 1) }),
      folder({ uri: 'file:///other', name: 'other', findings: LIST.slice(2, 3) }),
    ];
    const shown = { grouping: 'file', severities: ALL, lines: 'all' } as const;
    expect(outline(findingNodes(two, FACTORS, shown))).toEqual([
      'other/src/a.ts [1]',
      '  hardcoded-url in src/a.ts [hardcoded-url 5]',
      'work/src/b.ts [1]',
      '  hardcoded-url in src/b.ts [hardcoded-url 5]',
    ]);
    const apps = findingNodes(two, FACTORS, { grouping: 'app', severities: ALL, lines: 'all' });
    expect(apps.map(({ description }) => description)).toEqual(['1 · other', '1 · work']);
  });

  it('are marked where they stand on changed lines, and shown alone on request', () => {
    const isNew = ({ path }: { readonly path: string }): boolean => path === 'src/a.ts';
    const shown = { grouping: 'factor', severities: USUAL, lines: 'all' } as const;
    const folders = [folder({ findings: LIST })];
    expect(outline(findingNodes(folders, FACTORS, shown, isNew))).toEqual(
      expect.arrayContaining([
        '  hardcoded-url in src/a.ts [src/a.ts:5 · new]',
        '  hardcoded-url in src/b.ts [src/b.ts:5]',
      ]),
    );
    expect(outline(findingNodes(folders, FACTORS, { ...shown, lines: 'new' }, isNew))).toEqual([
      'III. Config [1]',
      '  hardcoded-url in src/a.ts [src/a.ts:5 · new]',
    ]);
  });

  it('have ids of their own, in every grouping', () => {
    const twice = folder({ findings: [...LIST, ...LIST], notAnalysed: [gap('x.yml')] });
    for (const grouping of GROUPINGS) {
      const ids = idsOf(
        findingNodes([twice], FACTORS, { grouping, severities: ALL, lines: 'all' }),
      );
      expect(ids.length, grouping).toBeGreaterThan(8);
      expect(new Set(ids).size, grouping).toBe(ids.length);
    }
  });

  it('leave room for what was not analysed, with the reason', () => {
    const broken = folder({ notAnalysed: [gap('x.yml'), gap('x.yml', 'a template')] });
    const shown = { grouping: 'factor', severities: USUAL, lines: 'all' } as const;
    expect(outline(findingNodes([broken], FACTORS, shown))).toEqual([
      'Not analysed [1 file]',
      '  x.yml [invalid YAML]',
      '  x.yml [a template]',
    ]);
  });
});

describe('what is said where there is nothing to list', () => {
  it.each([
    ['found', [folder({ findings: LIST })]],
    ['found', [folder({ notAnalysed: [gap('x.yml')] })]],
    ['hidden', [folder({ findings: LIST.slice(1, 2) })]],
    ['clean', [folder(), folder({ state: 'off', files: 0 })]],
    ['nothing', []],
    ['nothing', [folder({ files: 0 })]],
    ['off', [folder({ state: 'off', files: 0 })]],
    ['failed', [folder({ findings: LIST }), folder({ state: 'failed' })]],
    ['scanning', [folder(), folder({ state: 'unknown' })]],
  ] as const)('%s', (expected, folders) => {
    expect(findingsState(folders, USUAL)).toBe(expected);
  });
});

function gap(path: string, reason = 'invalid YAML'): NamedFolder['notAnalysed'][number] {
  return { uri: `file:///work/${path}`, path, reason };
}

function idsOf(nodes: readonly FindingNode[]): string[] {
  return nodes.flatMap((node) => [node.id, ...('children' in node ? idsOf(node.children) : [])]);
}
