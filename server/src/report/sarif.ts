import { factorInfo } from '../base/factors';
import { fileKind } from '../base/file-names';
import { ruleUrl } from '../base/rule-url';
import type { Severity } from '../base/severity';
import type { Span } from '../base/span';
import { createFixBatch } from '../engine/edits/batch';
import type { Finding, Fix, SuppressedFinding } from '../engine/finding';
import { maskedText } from '../engine/masked';
import type { Rule } from '../engine/rule';
import { jsonText, sarifText } from './escape';
import { packageAt, packagePath, type ReportPackage } from './packages';
import { rangesByPath, type Range } from './positions';
import type { RenderOptions, ReportInput } from './report';

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
export function formatSarif(
  input: ReportInput,
  options: Pick<RenderOptions, 'secrets'> = {},
): string {
  const range = rangesByPath((path) => input.text(path));
  const index = new Map(input.rules.map((rule, position) => [rule.id, position]));
  const context: Context = { input, range, index, secrets: options.secrets ?? 'masked' };
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
        results: [
          ...input.findings.map((finding) => result(finding, context)),
          ...(input.suppressed ?? []).map((one) => suppressedResult(one, context)),
        ],
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

/** What results are made from. */
interface Context {
  readonly input: ReportInput;
  readonly index: ReadonlyMap<string, number>;
  readonly secrets: 'shown' | 'masked';
  range(path: string, span: Span): Range;
}

function result(finding: Finding, context: Context): object {
  const { fingerprint, accepted, related } = finding;
  const { input, range } = context;
  const fixes = finding.fixes.flatMap((fix) => sarifFix(fix, context) ?? []);
  return {
    ...statement(finding, context),
    ...(fingerprint === undefined
      ? {}
      : { partialFingerprints: { 'twelveFactor/v1': fingerprint } }),
    ...(input.baseline ? { baselineState: accepted ? 'unchanged' : 'new' } : {}),
    ...(accepted
      ? { suppressions: [{ kind: 'external', justification: 'Listed in the baseline.' }] }
      : {}),
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place) => ({
            ...location(place.path, range(place.path, place.span)),
            message: { text: sarifText(place.message) },
          })),
        }),
    ...codeFlows(finding, range),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function suppressedResult({ finding, reason }: SuppressedFinding, context: Context): object {
  const why = reason === '' ? {} : { justification: reason };
  return {
    ...statement(finding, context),
    suppressions: [{ kind: 'inSource', ...why }],
  };
}

function statement(finding: Finding, { index, input, range }: Context): object {
  const ruleIndex = index.get(finding.ruleId);
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: sarifText(finding.message) },
    locations: [
      {
        ...location(finding.path, range(finding.path, finding.span)),
        ...logicalLocations(packageAt(input.packages, finding.path)),
      },
    ],
  };
}

/** The package that a place belongs to, for viewers that group by it. */
function logicalLocations(own: ReportPackage | undefined): object {
  if (!own) return {};
  const fullyQualifiedName = sarifText(packagePath(own));
  const name = sarifText(own.name ?? packagePath(own));
  return { logicalLocations: [{ name, fullyQualifiedName, kind: 'module' }] };
}

/** The way through modules that leads to the finding, where one was followed. */
function codeFlows({ path, span, message, related }: Finding, range: Context['range']): object {
  const steps = related.filter(({ isStep }) => isStep);
  if (steps.length === 0) return {};
  const locations = [...steps, { path, span, message }].map((step) => ({
    location: {
      ...location(step.path, range(step.path, step.span)),
      message: { text: sarifText(step.message) },
    },
  }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

/** A fix with what it changes; undefined where it does not apply, and where its text would print a credential. */
function sarifFix(fix: Fix, { input, range, secrets }: Context): object | undefined {
  const changes = fix.build(createFixBatch());
  if (!changes || changes.length === 0) return undefined;
  const isSecret = changes.some((change) => {
    const texts =
      change.kind === 'create' ? [change.text] : change.edits.map((edit) => edit.newText);
    // In other files than code, every value is looked at by its name; in an env file, each would count.
    const path = fileKind(change.path) === 'source' ? change.path : '';
    return texts.some((text) => maskedText(path, text, [], input.rules) !== text);
  });
  if (secrets === 'masked' && isSecret) return undefined;
  return {
    description: { text: sarifText(fix.title) },
    artifactChanges: changes.map((change) => ({
      artifactLocation: artifact(change.path),
      replacements:
        change.kind === 'create'
          ? [
              {
                deletedRegion: { charOffset: 0, charLength: 0 },
                insertedContent: { text: change.text },
              },
            ]
          : change.edits.map(({ span, newText }) => ({
              deletedRegion: region(range(change.path, span)),
              insertedContent: { text: newText },
            })),
    })),
  };
}

function location(path: string, range: Range): object {
  return { physicalLocation: { artifactLocation: artifact(path), region: region(range) } };
}

function region({ start, end }: Range): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
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
