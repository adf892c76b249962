import { OVERLAPS } from '../../server/src/engine/settings';
import { FACTOR_INFOS, factorInfo } from '../../server/src/base/factors';
import { SEVERITIES } from '../../server/src/base/severity';
import { BASELINE_FILE } from '../../server/src/engine/baseline/baseline-file';
import type { Rule } from '../../server/src/engine/rule';
import { PACKAGE_KINDS } from '../../server/src/project/map/kinds';

const PACKAGES = {
  description:
    'What packages are to a deploy, by glob of their folder, relative to this one (`.` is this folder itself). The last glob that matches counts; `twelve-factor map` prints what is known without.',
  type: 'object',
  additionalProperties: { enum: [...PACKAGE_KINDS] },
  default: {},
};

const BASELINE = {
  description:
    'The file that lists accepted findings, relative to this folder. `twelve-factor baseline` writes it.',
  type: 'string',
  minLength: 1,
  default: BASELINE_FILE,
};

/** The JSON schema of `twelve-factor.json`, as indented JSON. */
export function schemaText(rules: readonly Rule[]): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Twelve-Factor configuration',
    description:
      'What Twelve-Factor reports in this folder. Comments and trailing commas are fine.',
    type: 'object',
    additionalProperties: false,
    allowTrailingCommas: true,
    definitions: {
      severity: {
        description: 'How to report: `off` does not report at all, `hint` only marks the place.',
        enum: [...SEVERITIES, 'off'],
      },
    },
    properties: {
      $schema: { type: 'string', description: 'Where an editor finds this schema.' },
      rules: {
        description: 'Severity by rule. Wins over `factors` and over editor settings.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map((rule) => {
            const { numeral, title } = factorInfo(rule.factor);
            return [
              rule.id,
              severity(`${rule.summary} (${numeral}. ${title}; by default: ${rule.severity})`),
            ];
          }),
        ),
      },
      factors: {
        description: 'Severity by factor, for the rules that `rules` does not name.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          FACTOR_INFOS.map(({ factor, numeral, title, url }) => [
            factor,
            severity(`${numeral}. ${title} (${url})`),
          ]),
        ),
      },
      options: {
        description:
          'Lists that rules look things up in, by rule. Win over editor settings, list by list.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.flatMap(({ id, options = {} }) =>
            Object.keys(options).length === 0 ? [] : [[id, optionsSchema(options)]],
          ),
        ),
      },
      exclude: {
        description: 'Glob patterns, relative to this folder, of files that are not analysed.',
        type: 'array',
        items: { type: 'string' },
        uniqueItems: true,
        default: [],
      },
      packages: PACKAGES,
      unusedSuppressions: {
        ...severity('What to make of suppression comments that suppress nothing.'),
        default: 'warning',
      },
      requireSuppressionReason: {
        ...severity('What to make of suppression comments without `-- reason`.'),
        default: 'off',
      },
      overlap: {
        description:
          'What becomes of findings that another tool, which this repository runs on the file, reports as well.',
        enum: [...OVERLAPS],
        default: 'report',
      },
      baseline: BASELINE,
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function optionsSchema(options: NonNullable<Rule['options']>): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(options).map(([name, { lists, description, example }]) => [
        name,
        {
          description,
          type: 'array',
          items: {
            type: 'string',
            minLength: 1,
            ...(lists === 'patterns' ? { format: 'regex' } : {}),
          },
          uniqueItems: true,
          examples: [example],
        },
      ]),
    ),
  };
}

/** Siblings of `$ref` are ignored by draft 7, hence `allOf`. */
function severity(description: string): object {
  return { description, allOf: [{ $ref: '#/definitions/severity' }] };
}
