import { expect, it } from 'vitest';
import { maskedText } from '../../server/src/engine/masked';
import { rules } from '../../server/src/rules';
import { SEEDS } from '../fuzz/seeds';
import { check } from '../helpers/check';

const LENGTH = 100_000;

/** What patterns begin with, repeat, or look ahead for: one that tries each place anew, or each way to divide a run, never ends here. */
const RUNS = [
  ...[
    'a',
    'A',
    '_',
    ' ',
    '\n',
    '\t',
    '0',
    '.',
    '-',
    '/',
    '=',
    '$',
    '#',
    '*',
    '\\',
    '"',
    "'",
    '`',
    '(',
    '<',
    ':',
    ';',
    '@',
    '|',
    ',',
  ],
  ...[
    '${',
    '{{',
    '{{- ',
    '$(',
    '<script>',
    '---\n',
    '/*',
    '//',
    '- ',
    ' \n',
    '\r\n',
    'a.',
    'a=',
    'a: ',
    'a,',
    'a\n',
    '\n .',
    '"a"',
    "'a",
    '[[',
    '((',
  ],
  ...[
    'import ',
    'import {a, ',
    'require(',
    'export ',
    'http://',
    'a:b@',
    'a://b:c@d ',
    'datasource a {',
    'apiVersion',
    'generated ',
    'FROM a\n',
    'RUN a &&',
    'A=b ',
    '--a ',
  ],
  ...[
    'process.env.',
    'setTimeout( ',
    'const a',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'xoxb-',
    'Proc-Type:',
    'server=',
    'a b=',
    '_authToken',
    'host = [ ',
  ],
];

/** Processor time, milliseconds, for some forty files of 100 KB: several times of what they take. */
const LONGEST = 20_000;

it.each(RUNS)(
  'nothing but %j, in every kind of file, is read in proportion',
  { timeout: 120_000 },
  async (run) => {
    const text = run.repeat(Math.ceil(LENGTH / run.length)).slice(0, LENGTH);
    const before = process.cpuUsage();
    // Some behind what makes it one of the kind, so that it is read.
    const files = Object.fromEntries(
      Object.entries(SEEDS).flatMap(([path, seed], index) => [
        [path, index % 2 === 0 ? text : seed + text],
      ]),
    );
    const { errors } = await check(files);
    for (const [path, one] of Object.entries(files)) maskedText(path, one, [], rules);
    expect(errors).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(LONGEST);
  },
);
