import { defineRule, type Rule } from '../../server/src/engine/rule';
import { ROOT } from './client';

export const SERVER = `${ROOT}/server.js`;

/** A server on a port that is fixed in code. */
export const FIXED_PORT = `const express = require('express');
const app = express();
app.listen(3000);
`;
export const FREE_PORT = FIXED_PORT.replace('3000', 'process.env.PORT');

const MANIFEST = {
  name: 'app',
  scripts: { start: 'node server.js' },
  dependencies: { express: '4.19.2' },
  engines: { node: '20.x' },
};

/** A small app with one finding that every test can count on: `hardcoded-port` in `server.js`. */
export const APP: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(MANIFEST, undefined, 2),
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
  'server.js': FIXED_PORT,
};

/** The app with its parts exchanged. */
export function app(files: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...APP, ...files };
}

/** A rule that throws on every module. */
export const throwing: Rule = defineRule({
  id: 'always-throws',
  factor: 'codebase',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Throws.',
  why: 'For tests.',
  whenNotToUse: 'Always.',
  fix: 'none',
  messages: { never: 'Never said.' },
  file() {
    throw new Error('this rule is broken');
  },
  examples: {
    bad: [1, 2, 3].map(() => ({ findings: [] })),
    good: [1, 2, 3, 4, 5].map(() => ({})),
  },
});
