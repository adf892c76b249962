import { expect, it } from 'vitest';
import { check, type Files } from '../helpers/check';

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** An app that loads a library of the workspace, which declares what it needs itself. */
function members(protocol: string, extra: object = {}): Files {
  return {
    'apps/api/package.json': json({
      name: '@acme/api',
      version: '0.0.0',
      private: true,
      engines: { node: '22.x' },
      scripts: { start: 'node src/server.js', test: 'node --test' },
      dependencies: { '@acme/lib': protocol, express: '4.19.2' },
      ...extra,
    }),
    'apps/api/src/server.js': `const express = require('express');
const { greeting } = require('@acme/lib');
const app = express();
app.get('/', (request, response) => response.send(greeting(request.query.name)));
const server = app.listen(3000);
process.on('SIGTERM', () => server.close());
`,
    'packages/lib/package.json': json({
      name: '@acme/lib',
      version: '1.0.0',
      private: true,
      main: 'index.js',
      dependencies: { lodash: '4.17.21' },
    }),
    'packages/lib/index.js': `const { capitalize } = require('lodash');
exports.greeting = (name) => \`Hello \${capitalize(name)}\`;
`,
  };
}

const root = (extra: object = {}): string =>
  json({ name: 'acme', private: true, workspaces: ['apps/*', 'packages/*'], ...extra });

const BERRY_LOCK = `__metadata:
  version: 8

"@acme/api@workspace:apps/api":
  version: 0.0.0-use.local
  resolution: "@acme/api@workspace:apps/api"
  languageName: unknown
  linkType: soft

"express@npm:4.19.2":
  version: 4.19.2
  resolution: "express@npm:4.19.2"
  languageName: node
  linkType: hard
`;

/** What `yarn install` leaves in a repository that has no node_modules. */
const PNP = `#!/usr/bin/env node
/* eslint-disable */
// @ts-nocheck
"use strict";
const RAW_RUNTIME_STATE = '{"packageRegistryData": []}';
function hook() {
  require('fs').writeFileSync('/tmp/pnp.log', RAW_RUNTIME_STATE);
  process.exit(1);
}
module.exports = { hook };
`;

const PNPM_LOCK = "lockfileVersion: '9.0'\n";
const PNPM_WORKSPACE = 'packages:\n  - apps/*\n  - packages/*\n';

const nxProject = (name: string, target: object): string =>
  json({ name, $schema: '../../node_modules/nx/schemas/project-schema.json', targets: target });

const WORKSPACES: Readonly<Record<string, Files>> = {
  npm: {
    'package.json': root(),
    'package-lock.json': json({ name: 'acme', lockfileVersion: 3, packages: {} }),
    ...members('*'),
  },
  'yarn 1': {
    'package.json': root({ workspaces: { packages: ['apps/*', 'packages/*'], nohoist: [] } }),
    'yarn.lock': '# yarn lockfile v1\n\n\nexpress@4.19.2:\n  version "4.19.2"\n',
    ...members('1.0.0'),
  },
  'yarn 4 with PnP': {
    'package.json': root({ packageManager: 'yarn@4.9.1' }),
    '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.9.1.cjs\n',
    '.yarn/releases/yarn-4.9.1.cjs':
      '#!/usr/bin/env node\nrequire("fs").writeFileSync("a.log", "");\n',
    '.pnp.cjs': PNP,
    '.pnp.loader.mjs': "import fs from 'fs';\nfs.writeFileSync('/tmp/loader.log', '');\n",
    'yarn.lock': BERRY_LOCK,
    ...members('workspace:^'),
  },
  pnpm: {
    'package.json': json({ name: 'acme', private: true, packageManager: 'pnpm@10.11.0' }),
    'pnpm-workspace.yaml': PNPM_WORKSPACE,
    'pnpm-lock.yaml': PNPM_LOCK,
    ...members('workspace:*'),
  },
  bun: {
    'package.json': root(),
    'bun.lock': '{ "lockfileVersion": 1, "workspaces": {}, "packages": {} }\n',
    ...members('workspace:*'),
  },
  Nx: {
    'package.json': root({ devDependencies: { nx: '21.0.0' } }),
    'package-lock.json': json({ name: 'acme', lockfileVersion: 3, packages: {} }),
    'nx.json': json({ targetDefaults: { build: { dependsOn: ['^build'], cache: true } } }),
    'apps/api/project.json': nxProject('api', {
      serve: { executor: '@nx/js:node', options: { buildTarget: 'api:build' } },
    }),
    'packages/lib/project.json': nxProject('lib', {}),
    ...members('*'),
  },
  Turborepo: {
    'package.json': root({ devDependencies: { turbo: '2.5.0' }, packageManager: 'npm@11.0.0' }),
    'package-lock.json': json({ name: 'acme', lockfileVersion: 3, packages: {} }),
    'turbo.json': json({ tasks: { start: { cache: false, persistent: true } } }),
    ...members('*'),
  },
  Lerna: {
    'package.json': json({ name: 'acme', private: true, devDependencies: { lerna: '8.2.0' } }),
    'lerna.json': json({ version: 'independent', packages: ['apps/*', 'packages/*'] }),
    'package-lock.json': json({ name: 'acme', lockfileVersion: 3, packages: {} }),
    ...members('1.0.0'),
  },
  Rush: {
    'rush.json': `{
  // Rush reads comments here.
  "rushVersion": "5.150.0",
  "pnpmVersion": "9.15.0",
  "projects": [
    { "packageName": "@acme/api", "projectFolder": "apps/api" },
    { "packageName": "@acme/lib", "projectFolder": "packages/lib" }
  ]
}
`,
    'common/config/rush/pnpm-lock.yaml': PNPM_LOCK,
    'common/config/rush/.npmrc': 'registry=https://registry.npmjs.org/\n',
    'common/scripts/install-run-rush.js': `"use strict";
const child_process = require('child_process');
require('fs').writeFileSync('/tmp/rush.log', '');
process.exit(child_process.spawnSync('npm', ['install']).status);
`,
    ...members('workspace:*'),
  },
};

it.each(Object.entries(WORKSPACES))(
  '%s: an app, its library, and nothing else',
  async (_, files) => {
    const { findings, model, notAnalysed } = await check(files);
    const kinds = model.packages
      .filter(({ dir }) => dir !== '')
      .map(({ dir, kind }) => [dir, kind]);
    expect(kinds).toEqual([
      ['apps/api', 'app'],
      ['packages/lib', 'library'],
    ]);
    expect(notAnalysed).toEqual([]);
    const said = findings.filter(({ severity }) => severity !== 'hint');
    expect(said.map(({ path, ruleId }) => [path, ruleId])).toEqual([
      ['apps/api/src/server.js', 'hardcoded-port'],
    ]);
    expect(model.modules.get('packages/lib/index.js')?.isLoadedByApp).toBe(true);
  },
);
