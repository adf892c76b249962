import { describe, expect, it } from 'vitest';
import { mergeSettings, readConfigFile } from '../../server/src/engine/config/config-file';
import { isExempt, type ConfigurableRule } from '../../server/src/engine/options';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { readEditorSettings } from '../../server/src/workspace/editor-settings';

const RULE: ConfigurableRule = {
  id: 'some-rule',
  options: {
    allowedHosts: { lists: 'names', exempts: 'host', description: 'Hosts.', example: ['a.b'] },
    volumes: { lists: 'paths', exempts: 'subject', description: 'Folders.', example: ['/data/**'] },
    patterns: { lists: 'patterns', description: 'Forms.', example: ['a+'] },
  },
};
const RULES = [RULE, { id: 'plain-rule' }];

describe('options in the configuration file', () => {
  const read = (options: unknown) => readConfigFile(JSON.stringify({ options }), RULES);

  it('are lists by rule and name', () => {
    const { settings, problems } = read({ 'some-rule': { allowedHosts: ['*.bank.internal'] } });
    expect(problems).toEqual([]);
    expect(settings?.options).toEqual({ 'some-rule': { allowedHosts: ['*.bank.internal'] } });
  });

  it.each([
    [{ 'some-rul': {} }, 'There is no rule `some-rul`; did you mean `some-rule`?'],
    [{ 'plain-rule': { x: [] } }, 'The rule `plain-rule` has no options.'],
    [
      { 'some-rule': { allowedHost: [] } },
      'The rule `some-rule` has no option `allowedHost`; did you mean `allowedHosts`?',
    ],
    [
      { 'some-rule': { allowedHosts: 'a.b' } },
      '`options.some-rule.allowedHosts` must be a list: ["a.b"].',
    ],
    [
      { 'some-rule': { allowedHosts: [1] } },
      '`options.some-rule.allowedHosts` has an entry that is no text: 1.',
    ],
    [
      { 'some-rule': { patterns: ['('] } },
      '`options.some-rule.patterns` has an entry that is no regular expression: "(".',
    ],
    [{ 'some-rule': [] }, '`options.some-rule` must be an object: { … }.'],
  ])('are complained about where they are wrong: %j', (options, message) => {
    expect(read(options).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('take the place of the editor’s, list by list', () => {
    const editor = { ...DEFAULT_SETTINGS, options: { a: { x: ['1'], y: ['2'] }, b: { z: ['3'] } } };
    expect(mergeSettings(editor, { options: { a: { x: ['4'] } } }).options).toEqual({
      a: { x: ['4'], y: ['2'] },
      b: { z: ['3'] },
    });
  });
});

describe('options in the settings of the editor', () => {
  it('count where the rule has them and they are lists', () => {
    const { analysis, problems } = readEditorSettings(
      { options: { 'some-rule': { volumes: ['/data/**'], patterns: ['['], gone: ['x'] } } },
      RULES,
    );
    expect(analysis.options).toEqual({ 'some-rule': { volumes: ['/data/**'] } });
    expect(problems).toEqual([
      'twelveFactor.options.some-rule.patterns has an entry that is no regular expression: "[".',
    ]);
  });
});

describe('what is listed', () => {
  const given = (lists: Record<string, readonly string[]>) => ({ 'some-rule': lists });

  it.each([
    ['api.bank.internal', ['*.bank.internal'], true],
    ['API.bank.internal', ['api.BANK.internal'], true],
    ['bank.internal', ['*.bank.internal'], false],
    ['api-bank.internal', ['api.bank.internal'], false],
    ['anything', [], false],
  ])('is a name, in which * stands for anything: %s in %j', (host, allowedHosts, exempt) => {
    expect(isExempt(RULE, { host }, given({ allowedHosts }))).toBe(exempt);
  });

  it.each([
    ['/data/uploads/a.png', ['/data/**'], true],
    ['${…}/../data/uploads', ['./data/**'], true],
    ['data2/uploads', ['data/**'], false],
  ])('is a path below a folder: %s in %j', (subject, volumes, exempt) => {
    expect(isExempt(RULE, { subject }, given({ volumes }))).toBe(exempt);
  });

  it('exempts nothing where the rule itself asks for the list', () => {
    expect(isExempt(RULE, { host: 'aaa', subject: 'aaa' }, given({ patterns: ['a+'] }))).toBe(
      false,
    );
  });
});
