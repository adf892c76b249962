import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/engine/finding';
import { toHover } from '../../server/src/lsp/hover';
import { rangeConverter } from '../../server/src/lsp/ranges';
import {
  markdownBlock,
  markdownCode,
  markdownMessage,
  visibleLines,
} from '../../server/src/report/escape';
import { formatGithub } from '../../server/src/report/github';
import { formatJson } from '../../server/src/report/json';
import { formatMapMermaid } from '../../server/src/report/map-mermaid';
import { formatMapText } from '../../server/src/report/map-text';
import { formatMarkdown } from '../../server/src/report/markdown';
import type { ReportInput } from '../../server/src/report/report';
import { formatSarif } from '../../server/src/report/sarif';
import { formatText } from '../../server/src/report/text';

/** What terminals, GitHub, Markdown and Mermaid would obey. */
const HOSTILE = [
  '\u001B[31mred\u001B]0;title\u0007',
  '\u009B2J\u0000\u007F',
  'a\n::error::x',
  'a\r\n##[error]x',
  '::error::x',
  '##[error]x',
  '```\n# heading',
  '`` ` ``',
  'a|b\\|c',
  '<img src=x onerror=alert(1)>',
  '[x](https://evil.example)',
  '"]; click x call y() %%{init: {}}%%',
  '\u202Egnp.exe\u2066\u2028end',
  '\uD83D half',
  '*/ --> ]]> $(x) @team #12',
];

const CODE = HOSTILE.map((text) => `const x = '${text}';`).join('\n');

const findings: readonly Finding[] = HOSTILE.map((text, index) => ({
  ruleId: 'hardcoded-port',
  factor: 'port-binding',
  severity: 'warning',
  path: `${text}.js`,
  span: { start: 3 * index, end: 3 * index + 5 },
  message: `The value \`${text}\` of ${text}.`,
  related: [{ path: `${text}/b.js`, span: { start: 0, end: 1 }, message: `Of ${text}.` }],
  fixes: [
    {
      id: 'a',
      kind: 'safe',
      title: `Read \`${text}\``,
      build: () => [
        {
          kind: 'edit',
          path: `${text}.js`,
          edits: [{ span: { start: 0, end: 5 }, newText: text }],
        },
        { kind: 'create', path: `${text}.env`, text: '' },
      ],
    },
  ],
}));

const input: ReportInput = {
  fileCount: 1,
  packages: [],
  version: '0.1.0',
  rules: [],
  text: () => CODE,
  findings,
  notAnalysed: HOSTILE.map((text) => ({ path: text, reason: `no file ${text}` })),
};

const map = {
  packages: HOSTILE.map((text) => ({
    path: text,
    name: text,
    kind: 'app' as const,
    evidence: [{ path: text, span: { start: 0, end: 0 }, says: text, for: 'app' as const }],
    processes: [
      {
        name: text,
        role: 'web' as const,
        entry: text,
        command: text,
        ports: [],
        signals: [],
        services: [],
        variables: [],
      },
    ],
  })),
};

const OUTPUTS: Readonly<Record<string, string>> = {
  text: formatText(input, { color: 'never', parts: 'all' }),
  github: formatGithub(input, ''),
  markdown: formatMarkdown(input),
  json: formatJson(input),
  sarif: formatSarif(input),
  'the map as text': formatMapText(map, () => CODE, 'never'),
  'the map as Mermaid': formatMapMermaid(map),
  'lines of a log': visibleLines(HOSTILE.join('\n')),
};

describe.each(Object.entries(OUTPUTS))('%s', (name, output) => {
  it('holds nothing that a terminal obeys', () => {
    expect(/(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u.exec(output)).toBeNull();
  });

  it('starts no command in a job of GitHub that it does not mean', () => {
    const commands = output.split('\n').filter((line) => /^\s*::|##\[/.test(line));
    const meant = name === 'github' ? findings.length + input.notAnalysed.length : 0;
    expect(commands).toHaveLength(meant);
    for (const line of commands) expect(line).toMatch(/^::warning file=[^:]*::[^\n]*$/);
  });
});

describe('the data of JSON', () => {
  it('is exact', () => {
    const { findings: read } = JSON.parse(formatJson(input)) as { findings: Finding[] };
    expect(read.map(({ path }) => path)).toEqual(findings.map(({ path }) => path));
  });
});

describe('Markdown', () => {
  it('has one row a finding, of four cells', () => {
    const rows = OUTPUTS['markdown']!.split('\n').filter(
      (line) => line.startsWith('| `') || line.startsWith('| <code>'),
    );
    expect(rows).toHaveLength(findings.length);
    for (const row of rows) expect(row.replace(/\\\|/g, '').split('|'), row).toHaveLength(6);
  });

  it('is no HTML, link, image or heading outside of code', () => {
    const outside = OUTPUTS['markdown']!.replace(/<code>[^<]*<\/code>/g, '').replace(
      /(`+)[^\n]*?[^`]\1(?!`)/g,
      '',
    );
    expect(outside).not.toMatch(/<|[^\\]\]\(https:..evil|^# /m);
  });

  it('has inline code of backticks', () => {
    expect(markdownCode('a')).toBe('`a`');
    expect(markdownCode('a`b')).toBe('`` a`b ``');
    expect(markdownCode('``')).toBe('``` `` ```');
    expect(markdownCode('a|`b')).toBe('<code>a&#124;&#96;b</code>');
    expect(markdownMessage('The `name` of `a`b` is *odd*')).toBe(
      'The `name` of `a`b\\` is \\*odd\\*',
    );
  });

  it('has blocks that their content does not end', () => {
    expect(markdownBlock('diff', '```\n````')).toBe('`````diff\n```\n````\n`````');
  });
});

describe('Mermaid', () => {
  it('has labels that nothing leaves', () => {
    for (const line of OUTPUTS['the map as Mermaid']!.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?:flowchart LR| {2}subgraph app\d+ \["[^"]*"\]| {4}app\d+p\d+\["[^"]*"\]| {2}end)$/,
      );
    expect(OUTPUTS['the map as Mermaid']).not.toMatch(/<|%%|`/);
  });
});

describe('a hover', () => {
  it.each(findings.map((finding, index) => [HOSTILE[index], finding] as const))(
    'of %j stays within its fence',
    (text, finding) => {
      const hover = toHover([finding], new Map(), `${text}\n${CODE}`, rangeConverter(CODE));
      const { value } = hover!.contents as { value: string };
      const [, fence = ''] = /^(`{3,})diff$/m.exec(value) ?? [];
      expect(fence).not.toBe('');
      const [before = '', , after] = value.split(new RegExp(`^${fence}(?:diff)?$`, 'm'));
      expect(after).toBeDefined();
      expect(`${before}${after}`.split('\n').filter((line) => /^\s*(?:#|```)/.test(line))).toEqual(
        [],
      );
    },
  );
});
