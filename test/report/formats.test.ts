import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { withFingerprints } from '../../server/src/engine/baseline/fingerprints';
import type { Finding } from '../../server/src/engine/finding';
import { FORMATS, REPORT_FORMATS, type Format } from '../../server/src/report/formats';
import { STYLE, STYLE_HASH } from '../../server/src/report/html/page';
import type { RenderOptions, ReportInput } from '../../server/src/report/report';
import { rules } from '../../server/src/rules';
import { clean, sample } from './sample';

const OPTIONS: RenderOptions = {
  ...{ prefix: 'apps/shop/', color: 'never', parts: 'all' },
  hidden: { hints: 1, accepted: 2 },
};

const entry = {
  ...{ path: 'src/old.ts', rule: 'hardcoded-port', severity: 'warning' as const },
  ...{ text: 'listen(80)', fingerprint: '0123456789abcdef' },
};

/** The sample as a check makes it: named, with a baseline, a fix with edits, a way, and something suppressed. */
const full: ReportInput = (() => {
  const named = withFingerprints(sample.findings, sample.text, sample.rules);
  const findings = named.map((finding, index): Finding => {
    if (index === 0) return { ...finding, accepted: true };
    if (index !== 2) return finding;
    const step = {
      ...{ path: 'src/server.ts', message: 'requests start here: app' },
      isStep: true as const,
    };
    return {
      ...finding,
      related: [...finding.related, { ...step, span: { start: 0, end: 6 } }],
      fixes: finding.fixes.map((fix) => ({
        ...fix,
        build: () => [
          { kind: 'edit', path: finding.path, edits: [{ span: finding.span, newText: 'port' }] },
          { kind: 'create', path: '.env.example', text: 'PORT=3000\n' },
        ],
      })),
    };
  });
  const suppressed = findings.slice(1, 2).map((finding) => ({ finding, reason: 'as agreed' }));
  const baseline = { path: 'twelve-factor-baseline.json', tool: '0.1.0', gone: [entry] };
  return { ...sample, findings, suppressed, baseline, rules: rules.slice(0, 2) };
})();

const render = (format: Format, input: ReportInput): string =>
  REPORT_FORMATS[format].render(input, OPTIONS);

describe.each(FORMATS)('%s', (format) => {
  it('is what it was, byte by byte, every time', async () => {
    const text = render(format, full);
    expect(render(format, full)).toBe(text);
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `report.${format}`));
    await expect(render(format, clean)).toMatchFileSnapshot(
      join(import.meta.dirname, 'golden', `clean.${format}`),
    );
  });

  it('holds hostile names as text', () => {
    const path = 'a"<b>&\'\u001B[31m\u202E]]>%0A::error::x\n.js';
    const hostile: ReportInput = {
      ...full,
      text: () => "x = '<script>alert(1)</script>';\u001B]0;t\u0007\n",
      notAnalysed: [{ path, reason: '</li><script>alert(2)</script>' }],
      findings: full.findings.map((finding) => ({
        ...finding,
        path,
        span: { start: 0, end: 1 },
        message: '`</code><img src=x onerror=alert(3)>` \u001B[2J ]]> "',
        related: [],
        fixes: [],
      })),
      suppressed: [],
    };
    const text = render(format, hostile);
    expect(text).not.toMatch(/\u001B|\u202E|\u0007/);
    if (format === 'html' || format === 'junit') expect(text).not.toMatch(/<script|<img/);
    if (format === 'junit') expect(text.replace(/&#\d+;/g, '')).not.toMatch(/&/);
    for (const line of text.split('\n'))
      if (format !== 'github') expect(line).not.toMatch(/^\s*::/);
  });
});

describe('schemas', () => {
  const require = createRequire(import.meta.url);

  it('SARIF is what the official schema says', () => {
    const { $schema, id, ...schema } =
      require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<
        string,
        unknown
      >;
    // Draft 4 calls its own name `id`; nothing else that differs is used.
    expect([$schema, id]).toEqual([expect.stringContaining('draft-04'), expect.any(String)]);
    expect(JSON.stringify(schema)).not.toContain('exclusiveM');
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
    }).compile(schema);
    for (const input of [full, clean, { ...full, rules }]) {
      validate(JSON.parse(render('sarif', input)));
      expect(validate.errors).toBeNull();
    }
    validate({ version: '2.1.0', runs: [{ tool: {} }] });
    expect(validate.errors).not.toBeNull();
  });

  it('JSON is what ours says', async () => {
    const path = join(import.meta.dirname, '../../syntaxes/twelve-factor-report.schema.json');
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(await readFile(path, 'utf8')) as object,
    );
    for (const input of [full, clean]) {
      validate(JSON.parse(render('json', input)));
      expect(validate.errors).toBeNull();
    }
    validate({ schemaVersion: 1, findings: [{}], notAnalysed: [] });
    expect(validate.errors).not.toBeNull();
  });
});

describe('SARIF', () => {
  interface Result {
    readonly baselineState?: string;
    readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
    readonly partialFingerprints?: Readonly<Record<string, string>>;
    readonly codeFlows?: readonly unknown[];
    readonly fixes?: readonly { readonly artifactChanges: readonly unknown[] }[];
  }
  const resultsOf = (input: ReportInput): readonly Result[] =>
    (JSON.parse(render('sarif', input)) as { runs: [{ results: Result[] }] }).runs[0].results;

  it('says what is new, accepted and suppressed, and how to fix it', () => {
    const [first, , third, last] = resultsOf(full);
    expect(first).toMatchObject({
      baselineState: 'unchanged',
      suppressions: [{ kind: 'external' }],
    });
    expect(third?.baselineState).toBe('new');
    expect(third?.codeFlows).toHaveLength(1);
    expect(third?.fixes?.[0]?.artifactChanges).toHaveLength(2);
    expect(last?.suppressions).toEqual([{ kind: 'inSource', justification: 'as agreed' }]);
    expect(first?.partialFingerprints?.['twelveFactor/v1']).toMatch(/^[0-9a-f]{16}$/);
  });

  it('prints no fix that would print a credential', () => {
    const secret = "const key = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';";
    const findings = full.findings.map((finding): Finding => ({
      ...finding,
      fixes: finding.fixes.map((fix) => ({
        ...fix,
        build: () => [{ kind: 'create', path: 'a.ts', text: secret }],
      })),
    }));
    expect(render('sarif', { ...full, findings })).not.toContain('sk_live');
  });
});

it('the style of pages is the one that their policy names', () => {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  expect(STYLE_HASH).toBe(`sha256-${hash}`);
  const page = render('html', full);
  expect(page).toContain(`<style>${STYLE}</style>`);
  expect(page).not.toMatch(/<script|\son\w+=|\sstyle=/);
});
