import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadGrammar, tokens } from './tokenize';

const grammar = await loadGrammar('source.procfile');

test('a process type, its separator and its command as shell', () => {
  expect(tokens(grammar, 'web: node dist/server.js $PORT')).toMatchInlineSnapshot(`
    ""web" meta.process.procfile entity.name.function.process-type.procfile
    ":" meta.process.procfile punctuation.separator.key-value.procfile
    " node dist/server.js " meta.process.procfile meta.embedded.block.shellscript.procfile
    "$PORT" meta.process.procfile meta.embedded.block.shellscript.procfile variable.other.shell"
  `);
});

test('the release phase stands out', () => {
  expect(tokens(grammar, 'release: npm run migrate')).toMatchInlineSnapshot(`
    ""release" meta.process.procfile keyword.control.process-type.procfile
    ":" meta.process.procfile punctuation.separator.key-value.procfile
    " npm run migrate" meta.process.procfile meta.embedded.block.shellscript.procfile"
  `);
});

test('comments, with suppressions in them', () => {
  expect(tokens(grammar, '# twelve-factor-disable-file build-at-start -- built by the platform'))
    .toMatchInlineSnapshot(`
    ""#" comment.line.number-sign.procfile punctuation.definition.comment.procfile
    " " comment.line.number-sign.procfile
    "twelve-factor-disable-file" comment.line.number-sign.procfile meta.suppression.twelve-factor keyword.other.directive.twelve-factor
    " " comment.line.number-sign.procfile meta.suppression.twelve-factor
    "build-at-start" comment.line.number-sign.procfile meta.suppression.twelve-factor entity.name.tag.rule.twelve-factor
    " " comment.line.number-sign.procfile meta.suppression.twelve-factor
    "--" comment.line.number-sign.procfile meta.suppression.twelve-factor punctuation.separator.reason.twelve-factor
    " built by the platform" comment.line.number-sign.procfile meta.suppression.twelve-factor string.unquoted.reason.twelve-factor"
  `);
});

test('what is no process line is marked', () => {
  expect(tokens(grammar, 'node dist/server.js')).toMatchInlineSnapshot(
    `""node dist/server.js" invalid.illegal.line.procfile"`,
  );
});

test('several processes, with digits and dashes in their names', () => {
  expect(tokens(grammar, 'web-2: node a.js\n\n  clock : node c.js')).toMatchInlineSnapshot(`
    ""web-2" meta.process.procfile entity.name.function.process-type.procfile
    ":" meta.process.procfile punctuation.separator.key-value.procfile
    " node a.js" meta.process.procfile meta.embedded.block.shellscript.procfile
    ""
    "  " meta.process.procfile
    "clock" meta.process.procfile entity.name.function.process-type.procfile
    " " meta.process.procfile
    ":" meta.process.procfile punctuation.separator.key-value.procfile
    " node c.js" meta.process.procfile meta.embedded.block.shellscript.procfile"
  `);
});

test('a process without command, and a name without separator', () => {
  expect(tokens(grammar, 'web:\nworker')).toMatchInlineSnapshot(`
    ""web" meta.process.procfile entity.name.function.process-type.procfile
    ":" meta.process.procfile punctuation.separator.key-value.procfile
    "worker" invalid.illegal.line.procfile"
  `);
});

test('the language configuration comments with a number sign and pairs brackets and quotes', async () => {
  const text = await readFile(
    new URL('../../syntaxes/procfile.language-configuration.json', import.meta.url),
    'utf8',
  );
  const { comments, brackets, autoClosingPairs } = JSON.parse(text) as {
    comments: unknown;
    brackets: readonly unknown[];
    autoClosingPairs: readonly { open: string; close: string }[];
  };
  expect(comments).toEqual({ lineComment: '#' });
  expect(brackets).toHaveLength(3);
  expect(autoClosingPairs.map(({ open, close }) => open + close)).toEqual([
    '{}',
    '[]',
    '()',
    '""',
    "''",
  ]);
});
