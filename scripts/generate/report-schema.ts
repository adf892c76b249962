import { FACTORS } from '../../server/src/base/factors';
import type { Severity } from '../../server/src/base/severity';
import type { FixKind, NotAnalysed } from '../../server/src/engine/finding';
import type { JsonFinding, JsonGone, JsonRelated, JsonReport } from '../../server/src/report/json';
import type { Position, Range } from '../../server/src/report/positions';
import { list, object, oneOf, text } from './schema-parts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'set so by the project',
  warning: 'what a reviewer who knows the twelve factors would flag',
  information: 'true, but cheaper to live with',
  hint: 'where reasonable people differ',
};

const FIX_KINDS: Readonly<Record<FixKind, string>> = {
  safe: 'keeps behaviour as it is',
  suggest: 'to be checked',
};

const STATES: Readonly<Record<NonNullable<JsonFinding['baseline']>, string>> = {
  accepted: 'the baseline lists it',
  new: 'it does not',
};

/** The JSON schema of what `twelve-factor check --format json` prints, as indented JSON. */
export function reportSchemaText(): string {
  const range = { $ref: '#/definitions/range' };
  const path = text('Relative to the folder, with `/`.');
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Twelve-Factor report',
    description: 'The findings of a folder: the output of `twelve-factor check --format json`.',
    ...object<JsonReport>(
      {
        schemaVersion: {
          description:
            'Raised when something is removed or changes its meaning; fields may be added.',
          const: 1,
        },
        findings: list('By path and place; hints are among them.', {
          $ref: '#/definitions/finding',
        }),
        notAnalysed: list(
          'What could not be analysed, which never counts as clean.',
          object<NotAnalysed>({ path, reason: text('Why, for people.') }),
        ),
        gone: list(
          'Where there is a baseline: what it lists that is gone.',
          object<JsonGone>({
            ruleId: text('The rule that found it.'),
            path,
            fingerprint: text('As the baseline names it.'),
          }),
        ),
      },
      ['gone'],
    ),
    definitions: {
      position: object<Position>({
        line: { description: 'From 1.', type: 'integer', minimum: 1 },
        column: { description: 'From 1, in UTF-16 code units.', type: 'integer', minimum: 1 },
      }),
      range: object<Range>({
        start: { $ref: '#/definitions/position' },
        end: { $ref: '#/definitions/position' },
      }),
      finding: object<JsonFinding>(
        {
          ruleId: text('The rule; `twelve-factor explain` prints its page.'),
          factor: { description: 'The factor of the rule.', enum: [...FACTORS] },
          severity: oneOf('As the settings want it', SEVERITIES),
          path,
          package: text(
            'The folder of the package that the file belongs to; `.` is the analysed folder.',
          ),
          range,
          message: text('One sentence that stands alone.'),
          related: list(
            'Other places of the same fact, and what has to do with it.',
            object<JsonRelated>({ path, range, message: text('What it has to do with it.') }),
          ),
          fixes: list(
            'The preferred one first.',
            object<JsonFinding['fixes'][number]>({
              title: text('What it does.'),
              kind: oneOf('How sure it is', FIX_KINDS),
            }),
          ),
          fingerprint: text('Tells the finding from all others; the same when lines move.'),
          baseline: oneOf('Where there is a baseline: whether it lists the finding', STATES),
        },
        ['baseline'],
      ),
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
