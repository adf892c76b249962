import { expect, it } from 'vitest';
import { lockedVersion, lockfileManager } from '../../server/src/languages/lockfile';

it.each([
  [
    'package-lock.json',
    '{\n  "packages": {\n    "node_modules/@a/b": {\n      "version": "1.2.3"\n    },\n    "node_modules/x/node_modules/@a/b": {\n      "version": "9.9.9"\n    }\n  }\n}',
    '@a/b',
    '',
    '1.2.3',
  ],
  [
    'package-lock.json',
    '{\n  "dependencies": {\n    "x": {\n      "version": "1.0.0",\n      "dependencies": {\n        "y": {\n          "version": "0.1.0"\n        }\n      }\n    },\n    "y": {\n      "version": "2.0.0"\n    }\n  }\n}',
    'y',
    '',
    '2.0.0',
  ],
  [
    'yarn.lock',
    'ax@^1.0.0:\n  version "0.0.1"\n\nx@^1.0.0, x@^1.2.0:\n  version "1.4.0"\n\nx@^2:\n  version "2.0.0"\n',
    'x',
    '^1.2.0',
    '1.4.0',
  ],
  ['yarn.lock', '"@a/b@*":\n  version "1.4.0"\n', '@a/b', '*', '1.4.0'],
  [
    'yarn.lock',
    '__metadata:\n  version: 6\n\n"x@npm:^1.0.0, x@npm:^1.2.0":\n  version: 1.5.0\n',
    'x',
    '^1.2.0',
    '1.5.0',
  ],
  [
    'pnpm-lock.yaml',
    "importers:\n  .:\n    dependencies:\n      '@a/b':\n        specifier: ^1.0.0\n        version: 1.6.0(react@18.0.0)\n",
    '@a/b',
    '',
    '1.6.0',
  ],
  ['pnpm-lock.yaml', 'dependencies:\n  x: 1.7.0_react@17\n', 'x', '', '1.7.0'],
  [
    'bun.lock',
    '{\n  "packages": {\n    "x": ["x@1.8.0", "", {}, "sha"],\n  }\n}',
    'x',
    '',
    '1.8.0',
  ],
  ['bun.lockb', '', 'x', '', undefined],
  ['package-lock.json', '{}', 'x', '', undefined],
])('%s locks a version', (path, text, name, range, version) => {
  expect(lockedVersion(path, text, name, range)).toBe(version);
});

it('tells managers by name and text', () => {
  expect(lockfileManager('a/yarn.lock', '__metadata:\n')).toBe('yarn-berry');
  expect(lockfileManager('a/yarn.lock', '')).toBe('yarn');
  expect(lockfileManager('README.md')).toBeUndefined();
});
