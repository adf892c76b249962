import { groupByPath } from '../engine/finding';
import { oneLine, xmlText } from './escape';
import { rangesByPath } from './positions';
import { alsoAt, type ReportInput } from './report';

/** The report as JUnit XML: a suite a file, a failed test a finding; what was not analysed is an error, a clean folder one passed test. */
export function formatJunit(input: ReportInput): string {
  const range = rangesByPath((path) => input.text(path));
  const suites = [...groupByPath(input.findings)].map(([path, findings]) => {
    const cases = findings.map((finding) => {
      const { start } = range(path, finding.span);
      const also = alsoAt(finding, (at, span) => range(at, span).start.line);
      const place = `${path}:${start.line}:${start.column}`;
      const details = [`${place} ${finding.severity}`, ...(also === '' ? [] : [also])];
      return testCase(
        { name: `${finding.ruleId} (${start.line}:${start.column})`, path },
        `<failure ${attributes({ message: oneLine(finding.message), type: finding.severity })}>${xmlText(details.join('; '))}</failure>`,
      );
    });
    return suite(path, { failures: cases.length, errors: 0 }, cases);
  });
  if (input.notAnalysed.length > 0) {
    const cases = input.notAnalysed.map(({ path, reason }) =>
      testCase(
        { name: 'not analysed', path },
        `<error ${attributes({ message: oneLine(reason), type: 'not analysed' })}/>`,
      ),
    );
    suites.push(suite('not analysed', { failures: 0, errors: cases.length }, cases));
  }
  if (suites.length === 0)
    suites.push(
      suite('twelve-factor', { failures: 0, errors: 0 }, [
        `    <testcase ${attributes({ name: 'no findings', classname: 'twelve-factor' })}/>`,
      ]),
    );
  const failures = input.findings.length;
  const errors = input.notAnalysed.length;
  const total = attributes({
    name: 'twelve-factor',
    tests: Math.max(1, failures + errors),
    failures,
    errors,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${total}>\n${suites.join('\n')}\n</testsuites>\n`;
}

function suite(
  name: string,
  counts: { readonly failures: number; readonly errors: number },
  cases: readonly string[],
): string {
  const head = attributes({ name, tests: cases.length, ...counts });
  return `  <testsuite ${head}>\n${cases.join('\n')}\n  </testsuite>`;
}

function testCase(about: { readonly name: string; readonly path: string }, inner: string): string {
  const { name, path } = about;
  return `    <testcase ${attributes({ name, classname: path, file: path })}>\n      ${inner}\n    </testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${xmlText(String(value))}"`)
    .join(' ');
}
