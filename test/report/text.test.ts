import { describe, expect, it } from 'vitest';
import { formatText } from '../../server/src/report/text';
import { clean, sample } from './sample';

describe('formatText', () => {
  const plain = formatText(sample, { color: 'never', parts: 'all' });

  it('groups findings by file and shows the code', () => {
    expect(plain).toMatchInlineSnapshot(`
      "a b/50%,1.yml

        2:4  information  A value of 100%.  hardcoded-url
            1 | a: 1
          > 2 | b: |
              |    ^
            3 |   two

      src/server.ts

        3:13  hint  No SIGTERM handler | none.  missing-sigterm-handler
            2 |
          > 3 | const app = express();
              |             ^^^^^^^^^
            4 | app.listen(3000);

        4:12  warning  Port 3000 is fixed in code.  hardcoded-port
            3 | const app = express();
          > 4 | app.listen(3000);
              |            ^^^^
            5 |
          also at src/server.ts:1  Imported here.
          fix  Read the port from \`process.env.PORT\`
          fix  Require it

      Not analysed

        src/broken.ts  not UTF-8 text

         III  Config               1 information
         VII  Port binding         1 warning
          IX  Disposability        1 hint

      3 findings (1 warning, 1 information, 1 hint); 3 files analysed, 1 place not analysed.
      1 finding can be fixed safely with \`twelve-factor fix\`.
      "
    `);
  });

  it('colours on demand, and only then', () => {
    const escape = '\u001B[';
    expect(plain).not.toContain(escape);
    const colored = formatText(sample, { color: 'always', parts: 'all' });
    expect(colored).toContain(`${escape}33mwarning`);
    expect(colored.replaceAll(/\u001B\[\d+m/g, '')).toBe(plain);
  });

  it('leaves the summary out on demand', () => {
    const findings = formatText(sample, { color: 'never', parts: 'findings' });
    expect(findings).toContain('src/broken.ts');
    expect(findings).not.toContain('Port binding');
    expect(formatText(clean, { color: 'never', parts: 'findings' })).toBe('');
  });

  it('says so when there is nothing', () => {
    expect(formatText(clean, { color: 'never', parts: 'all' })).toBe(
      'No findings; 1 file analysed.\n',
    );
  });

  it('says how many hints were left out', () => {
    const text = formatText(clean, {
      color: 'never',
      parts: 'all',
      hidden: { hints: 2, accepted: 0 },
    });
    expect(text).toBe('No findings; 1 file analysed.\n2 hints not shown; `--hints` shows them.\n');
  });

  it('shows no frame of a line that is too long to read', () => {
    const long = `${'x'.repeat(500)}3000`;
    const [, , last] = sample.findings;
    const report = { ...sample, findings: [{ ...last!, span: { start: 500, end: 504 } }] };
    const text = formatText({ ...report, text: () => long }, { color: 'never', parts: 'all' });
    expect(text).toContain('1:501');
    expect(text).not.toContain('xxx');
  });
});
