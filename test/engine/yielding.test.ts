import { describe, expect, it } from 'vitest';
import { check, type CheckOptions } from '../helpers/check';

const FILES = {
  'package.json':
    '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }',
  Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
  'server.js': `const server = require('express')().listen(process.env.PORT);
process.on('SIGINT', () => process.exit(0));
`,
};

const saying = async (settings: CheckOptions['settings']): Promise<readonly string[]> =>
  (await check(FILES, settings ? { settings } : {})).findings
    .filter(({ factor }) => factor === 'disposability')
    .map(({ ruleId }) => ruleId);

describe('a rule that leaves a fact to another one', () => {
  it('says it itself where the other one is off', async () => {
    expect(await saying(undefined)).toEqual(['abrupt-exit']);
    expect(await saying({ rules: { 'abrupt-exit': 'off' } })).toEqual(['missing-sigterm-handler']);
  });
});
