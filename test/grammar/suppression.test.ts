import { expect, test } from 'vitest';
import { loadGrammar, tokens } from './tokenize';

const typescript = await loadGrammar('source.ts');

test('directive, rules and reason in a line comment', () => {
  expect(
    tokens(
      typescript,
      '// twelve-factor-disable-next-line hardcoded-url, hardcoded-port -- a fixed partner',
    ),
  ).toMatchInlineSnapshot(`
    ""//" comment.host
    " " comment.host
    "twelve-factor-disable-next-line" comment.host meta.suppression.twelve-factor keyword.other.directive.twelve-factor
    " " comment.host meta.suppression.twelve-factor
    "hardcoded-url" comment.host meta.suppression.twelve-factor entity.name.tag.rule.twelve-factor
    "," comment.host meta.suppression.twelve-factor punctuation.separator.rule.twelve-factor
    " " comment.host meta.suppression.twelve-factor
    "hardcoded-port" comment.host meta.suppression.twelve-factor entity.name.tag.rule.twelve-factor
    " " comment.host meta.suppression.twelve-factor
    "--" comment.host meta.suppression.twelve-factor punctuation.separator.reason.twelve-factor
    " a fixed partner" comment.host meta.suppression.twelve-factor string.unquoted.reason.twelve-factor"
  `);
});

test('a block comment ends the reason', () => {
  expect(tokens(typescript, '/* twelve-factor-disable hardcoded-url -- legacy */ call()'))
    .toMatchInlineSnapshot(`
    ""/*" comment.host
    " " comment.host
    "twelve-factor-disable" comment.host meta.suppression.twelve-factor keyword.other.directive.twelve-factor
    " " comment.host meta.suppression.twelve-factor
    "hardcoded-url" comment.host meta.suppression.twelve-factor entity.name.tag.rule.twelve-factor
    " " comment.host meta.suppression.twelve-factor
    "--" comment.host meta.suppression.twelve-factor punctuation.separator.reason.twelve-factor
    " legacy " comment.host meta.suppression.twelve-factor string.unquoted.reason.twelve-factor
    "*/" comment.host
    " call()""
  `);
});

test('without rules', () => {
  expect(tokens(typescript, '// twelve-factor-enable')).toMatchInlineSnapshot(`
    ""//" comment.host
    " " comment.host
    "twelve-factor-enable" comment.host meta.suppression.twelve-factor keyword.other.directive.twelve-factor"
  `);
});

test.each([
  'source.yaml',
  'source.dockerfile',
  'source.dotenv',
  'source.ini',
  'source.properties',
  'source.toml',
  'source.shell',
  'source.procfile',
  'source.ignore',
])('after a number sign in %s', async (scope) => {
  const text = '# twelve-factor-disable-next-line committed-env-file -- dummy values';
  const shown = tokens(await loadGrammar(scope), text);
  expect(shown).toMatch(
    /"twelve-factor-disable-next-line" .*keyword\.other\.directive\.twelve-factor/,
  );
  expect(shown).toMatch(/"committed-env-file" .*entity\.name\.tag\.rule\.twelve-factor/);
  expect(shown).toMatch(/" dummy values" .*string\.unquoted\.reason\.twelve-factor/);
});

test.each(['source.ts', 'source.tsx', 'source.js', 'source.js.jsx', 'source.json.comments'])(
  'in both kinds of comments in %s',
  async (scope) => {
    const grammar = await loadGrammar(scope);
    for (const text of [
      '// twelve-factor-disable-file hardcoded-url',
      '/* twelve-factor-disable-line hardcoded-url */',
    ])
      expect(tokens(grammar, text)).toContain(
        '"hardcoded-url" comment.host meta.suppression.twelve-factor entity.name.tag.rule.twelve-factor',
      );
  },
);

test('at the end of a line of YAML, and in the command of a process', async () => {
  const rule = /"shell-form-command" .*entity\.name\.tag\.rule\.twelve-factor/;
  const yaml = await loadGrammar('source.yaml');
  expect(
    tokens(yaml, 'command: npm start # twelve-factor-disable-line shell-form-command'),
  ).toMatch(rule);
  const procfile = await loadGrammar('source.procfile');
  expect(
    tokens(procfile, 'web: npm start # twelve-factor-disable-line shell-form-command'),
  ).toMatch(rule);
});

test.each([
  ['outside a comment', 'const s = "twelve-factor-disable-file x"'],
  ['an unknown directive', '// twelve-factor-disabled x'],
  ['part of a longer word', '// not-twelve-factor-disable x'],
])('nothing for %s', (_, text) => {
  expect(tokens(typescript, text)).not.toContain('meta.suppression');
});
