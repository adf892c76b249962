import { factorInfo } from '../base/factors';
import { ruleUrl } from '../base/rule-url';
import type { Severity } from '../base/severity';
import type { Finding } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { jsonText, sarifText } from './escape';
import { rangesByPath, type Range } from './positions';
import type { ReportInput } from './report';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * The report as SARIF 2.1.0, for GitHub code scanning and other viewers.
 * @returns indented JSON text that ends with a line break; places are relative to `%SRCROOT%`
 */
export function formatSarif(input: ReportInput): string {
  const range = rangesByPath((path) => input.text(path));
  const index = new Map(input.rules.map((rule, position) => [rule.id, position]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'twelve-factor',
            semanticVersion: input.version,
            informationUri: 'https://12factor.net',
            rules: input.rules.map(ruleDescriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The analysed folder.' } } },
        results: input.findings.map((finding) => result(finding, index.get(finding.ruleId), range)),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: input.notAnalysed.map(({ path, reason }) => ({
              level: 'warning',
              message: { text: sarifText(`Not analysed: ${reason}`) },
              locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            })),
          },
        ],
      },
    ],
  };
  return jsonText(log);
}

function ruleDescriptor(rule: Rule): object {
  const { title, numeral, url } = factorInfo(rule.factor);
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: { text: rule.why, markdown: `${rule.why}\n\n[${numeral}. ${title}](${url})` },
    helpUri: ruleUrl(rule.id),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: [rule.factor] },
  };
}

function result(
  finding: Finding,
  ruleIndex: number | undefined,
  range: (path: string, span: Finding['span']) => Range,
): object {
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: sarifText(finding.message) },
    locations: [location(finding.path, range(finding.path, finding.span))],
    ...(finding.related.length === 0
      ? {}
      : {
          relatedLocations: finding.related.map((related) => ({
            ...location(related.path, range(related.path, related.span)),
            message: { text: sarifText(related.message) },
          })),
        }),
  };
}

function location(path: string, { start, end }: Range): object {
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  };
}

function artifact(path: string): object {
  const uri = path
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}
