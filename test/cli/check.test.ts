import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonReport } from '../../server/src/report/json';
import { version } from '../../package.json';
import { cli, temporaryFolder } from './run';

const PACKAGE = '{ "name": "app", "private": true, "scripts": { "start": "node src/b.js" } }\n';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder({
    'package.json': PACKAGE,
    'src/b.js': "require('./a');\nrequire('../hints/h');\nlog('info', 'warn');\n",
    'src/a.js': "log('error');\n",
    'hints/package.json': PACKAGE.replace('src/b.js', 'h.js'),
    'hints/h.js': "log('hint');\n",
    'clean/package.json': PACKAGE.replace('src/b.js', 'c.js'),
    'clean/c.js': "log('nothing');\n",
    'single.js': "log('quiet');\n",
  });
});

afterAll(() => folder.dispose());

const check = (...args: string[]): ReturnType<typeof cli> => cli(folder.path, ['check', ...args]);

describe('exit code', () => {
  it('is 1 with findings, 0 without', async () => {
    expect(await check()).toMatchObject({ code: 1, err: '' });
    expect(await check('clean')).toMatchObject({ code: 0, err: '' });
  });

  it('does not count hints unless asked to', async () => {
    expect((await check('hints')).code).toBe(0);
    expect((await check('hints', '--severity', 'hint')).code).toBe(1);
  });

  it('follows --severity', async () => {
    expect((await check('--severity', 'error')).code).toBe(1);
    expect((await check('hints', '--severity', 'error')).code).toBe(0);
  });

  it.each([
    ['a missing folder', ['nowhere'], 'There is no folder nowhere'],
    ['a path below a file', ['single.js/x'], 'There is no folder single.js/x'],
    ['a file', ['single.js'], 'single.js is a file'],
    ['an unknown rule', ['--rule', 'loud-strings'], 'did you mean loud-string?'],
    ['a rule like no other', ['--rule', 'x'], '`twelve-factor rules` lists them'],
    ['an empty rule', ['--rule', ','], 'separated by commas'],
    ['an unknown format', ['--format', 'xml'], 'Allowed choices are text, json'],
    ['an unknown severity', ['--severity', 'fatal'], 'Allowed choices are error'],
    ['an unknown option', ['--nope'], "unknown option '--nope'"],
    ['too many folders', ['clean', 'hints'], 'too many arguments'],
    ['a report that cannot be written', ['clean', '-o', 'no/where'], 'cannot be written'],
  ])('is 2 for %s, with a message', async (_, args, message) => {
    const { code, out, err } = await check(...args);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)(
    'is 2 for a folder that cannot be read',
    async () => {
      const closed = await temporaryFolder({ 'a.js': '' });
      await chmod(closed.path, 0o000);
      const { code, err } = await cli(closed.path, ['check', closed.path]);
      await chmod(closed.path, 0o700);
      await closed.dispose();
      expect(err).toContain('cannot be read');
      expect(code).toBe(2);
    },
  );
});

describe('reports', () => {
  it('writes JSON sorted by path and place, relative to the folder', async () => {
    const { out } = await check('--format', 'json');
    const { schemaVersion, findings, notAnalysed } = JSON.parse(out) as JsonReport;
    expect(schemaVersion).toBe(1);
    expect(notAnalysed).toEqual([]);
    expect(findings.map(({ path, severity, range }) => [path, severity, range.start])).toEqual([
      ['hints/h.js', 'hint', { line: 1, column: 5 }],
      ['src/a.js', 'error', { line: 1, column: 5 }],
      ['src/b.js', 'information', { line: 3, column: 5 }],
      ['src/b.js', 'warning', { line: 3, column: 13 }],
    ]);
    expect(findings.at(-1)?.fixes).toEqual([{ title: "Say 'quiet'", kind: 'safe' }]);
  });

  it('takes an absolute folder, from anywhere', async () => {
    const { out } = await cli('/', ['check', join(folder.path, 'hints'), '--format', 'json']);
    const { findings } = JSON.parse(out) as JsonReport;
    expect(findings.map(({ path }) => path)).toEqual(['h.js']);
  });

  it('shows text without colour, hints on demand', async () => {
    const { out } = await check();
    expect(out).toContain('src/b.js');
    expect(out).toContain("> 3 | log('info', 'warn');");
    expect(out).toContain('1 hint not shown');
    expect(out).not.toContain('hints/h.js');
    expect(out).not.toContain('\u001B[');
    expect((await check('--hints')).out).toContain('hints/h.js');
  });

  it('colours when told to, by option or environment', async () => {
    expect((await check('--color')).out).toContain('\u001B[');
    const forced = await cli(folder.path, ['check'], { FORCE_COLOR: '1' });
    expect(forced.out).toContain('\u001B[');
    const both = await cli(folder.path, ['check'], { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(both.out).not.toContain('\u001B[');
    const refused = await cli(folder.path, ['check', '--no-color'], { FORCE_COLOR: '1' });
    expect(refused.out).not.toContain('\u001B[');
  });

  it('is quiet on demand: what fails the check and nothing else', async () => {
    const { out } = await check('--quiet', '--severity', 'error');
    expect(out).toContain('src/a.js');
    expect(out).not.toContain('src/b.js');
    expect(out).not.toContain('Logs');
    expect((await check('clean', '--quiet')).out).toBe('');
  });

  it('annotates for GitHub with paths from the repository', async () => {
    const { out } = await check('src', '--format', 'github');
    expect(out.split('\n')[0]).toBe(
      '::error file=src/a.js,line=1,endLine=1,col=5,endColumn=12,title=loud-string::The string says error.',
    );
  });

  it('writes SARIF with the rules, and Markdown', async () => {
    const sarif = JSON.parse((await check('--format', 'sarif')).out) as {
      readonly runs: readonly { readonly tool: { readonly driver: Record<string, unknown> } }[];
    };
    expect(sarif.runs[0]?.tool.driver).toMatchObject({
      semanticVersion: version,
      rules: [{ id: 'loud-string', defaultConfiguration: { level: 'warning' } }],
    });
    expect((await check('--format', 'markdown')).out).toContain('| `src/a.js:1` | error |');
  });

  it('goes to a file on demand', async () => {
    const { code, out } = await check('--format', 'json', '--output', 'report.json');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const report = await readFile(join(folder.path, 'report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ schemaVersion: 1 });
  });
});

describe('configuration file', () => {
  let configured: typeof folder;
  const config = (text: string): Promise<void> =>
    writeFile(join(configured.path, 'twelve-factor.json'), text);
  const findings = async (...args: string[]): Promise<readonly string[]> => {
    const { out } = await cli(configured.path, ['check', '--format', 'json', ...args]);
    return (JSON.parse(out) as JsonReport).findings.map(
      ({ path, severity }) => `${path} ${severity}`,
    );
  };

  beforeAll(async () => {
    configured = await temporaryFolder({
      'package.json': PACKAGE,
      'src/b.js': "log('warn');\n",
      'other.json': '{ "factors": { "logs": "error" } }',
    });
  });

  afterAll(() => configured.dispose());

  it('of the folder counts, comments and all', async () => {
    await config('{ /* why */ "rules": { "loud-string": "information", }, }');
    expect(await findings()).toEqual(['src/b.js information']);
    await config('{ "exclude": ["src/**"] }');
    expect(await findings()).toEqual([]);
  });

  it('gives way to the one that is named', async () => {
    await config('{ "rules": { "loud-string": "off" } }');
    expect(await findings('--config', 'other.json')).toEqual(['src/b.js error']);
    const missing = await cli(configured.path, ['check', '--config', 'none.json']);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('The configuration file cannot be read');
  });

  it('with a mistake is told about; the rest of it counts', async () => {
    await config('{ "rules": {\n  "loud-sting": "off" }, "factors": { "logs": "hint" } }');
    const { code, err } = await cli(configured.path, ['check']);
    expect(code).toBe(0);
    expect(err).toBe(
      'twelve-factor: twelve-factor.json:2:3 There is no rule `loud-sting`; did you mean `loud-string`?\n',
    );
  });

  it('that is no JSON stops the check', async () => {
    await config('{ "rules": {\n');
    const { code, out, err } = await cli(configured.path, ['check']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('twelve-factor.json:2:1 The configuration file is not valid JSON');
  });
});

describe('other commands', () => {
  it('checks when no command is named', async () => {
    expect((await cli(folder.path, ['hints', '--hints'])).out).toContain('h.js');
  });

  it('tells its version and its options', async () => {
    expect(await cli(folder.path, ['--version'])).toEqual({
      code: 0,
      out: `${version}\n`,
      err: '',
    });
    const { code, out } = await check('--help');
    expect(code).toBe(0);
    expect(out).toContain('--severity <level>');
    expect(out).toContain('Exit code: 0');
  });

  it('lists and explains rules', async () => {
    expect((await cli('/', ['rules'])).out).toBe(
      'XI. Logs\n  loud-string  A string is the name of a severity.\n',
    );
    expect((await cli('/', ['explain', 'loud-string'])).out).toContain('# loud-string');
    expect(await cli('/', ['explain', 'loud'])).toMatchObject({ code: 2, out: '' });
  });
});
