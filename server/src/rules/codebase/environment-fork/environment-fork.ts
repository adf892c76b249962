import { baseName, folderOf } from '../../../base/paths';
import { defineRule } from '../../../engine/rule';
import { isOutsideProduct } from '../../../engine/scope';
import { isBuildPath, isGeneratedPath, isTestPath } from '../../../project/files/paths';
import { VARIANTS } from '../../../vocabulary/environments';
import { sharedLines } from './shared-lines';

const server = (port: string): string => `const express = require('express');
const helmet = require('helmet');
const routes = require('./routes');
const app = express();
app.use(helmet());
app.use(express.json());
app.use('/api', routes);
app.listen(${port});
`;

export default defineRule({
  id: 'environment-fork',
  factor: 'codebase',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Source files are copied per environment.',
  why: 'Every deploy runs the same codebase; what differs is configuration. A copy of the program per environment means that production runs code nobody runs in development: fixes reach one copy and not the other, and staging proves nothing about production.',
  whenNotToUse: 'When the files are different programs that only share the naming pattern.',
  fix: 'none',
  messages: {
    fork: '{file} and {other} are near copies that differ by environment; keep one and configure it.',
  },
  project(context) {
    const { files } = context.model;
    const groups = new Map<string, string[]>();
    for (const path of files.paths) {
      if (
        files.kind(path) !== 'source' ||
        isTestPath(path) ||
        isBuildPath(path) ||
        isGeneratedPath(path) ||
        isOutsideProduct(path)
      )
        continue;
      const stem = stemWithoutEnvironment(baseName(path));
      if (stem === undefined) continue;
      const key = `${folderOf(path)}/${stem}`;
      groups.set(key, [...(groups.get(key) ?? []), path]);
    }
    for (const paths of groups.values()) {
      const [first, ...others] = paths;
      if (first === undefined) continue;
      for (const path of others) {
        if (sharedLines(files.text(first) ?? '', files.text(path) ?? '') < 0.6) continue;
        const at = {
          path,
          span: { start: 0, end: (files.text(path) ?? '').split(/\r?\n/, 1)[0]?.length ?? 0 },
        };
        context.report({
          at,
          message: 'fork',
          data: { file: baseName(path), other: baseName(first) },
          related: [{ path: first, span: { start: 0, end: 0 }, message: 'the other copy' }],
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'servers',
        files: { 'server.dev.js': server('3000'), 'server.prod.js': server('process.env.PORT') },
        findings: [{ at: `const express = require('express');`, path: 'server.prod.js' }],
      },
      {
        title: 'with a dash',
        files: { 'src/app-production.ts': server('80'), 'src/app-staging.ts': server('8080') },
        findings: [{ at: `const express = require('express');`, path: 'src/app-staging.ts' }],
      },
      {
        title: 'three of them',
        files: { 'app.dev.js': server('1'), 'app.prod.js': server('2'), 'app.qa.js': server('3') },
        findings: [
          { at: `const express = require('express');`, path: 'app.prod.js' },
          { at: `const express = require('express');`, path: 'app.qa.js' },
        ],
      },
    ],
    good: [
      {
        title: 'bundler configuration',
        files: { 'webpack.dev.js': server('1'), 'webpack.prod.js': server('2') },
      },
      {
        title: 'different programs',
        files: {
          'client.dev.js':
            'export const a = 1;\nexport const b = 2;\nexport const c = 3;\nrun(a, b, c);\n',
          'client.prod.js':
            'import { start } from "./start";\nconst registry = new Map();\nstart(registry);\nprocess.exitCode = 0;\n',
        },
      },
      {
        title: 'test set-ups',
        files: { 'test/setup.dev.js': server('1'), 'test/setup.prod.js': server('2') },
      },
      {
        title: 'type declarations',
        files: { 'src/env.dev.d.ts': server('1'), 'src/env.prod.d.ts': server('1') },
      },
      {
        title: 'configuration objects, which are another matter',
        files: {
          'config/dev.ts': 'export default { url: "a" };\n',
          'config/prod.ts': 'export default { url: "b" };\n',
        },
      },
      {
        title: 'a single file that names an environment',
        files: { 'server.prod.js': server('1'), 'server.js': 'require("./server.prod");\n' },
      },
    ],
  },
});

const ENVIRONMENT = new RegExp(`[._-](${VARIANTS.pattern})(?=\\.[cm]?[jt]sx?$)`, 'i');

/** `server.prod.js` → `server.js`; undefined when the name has no environment word. */
function stemWithoutEnvironment(name: string): string | undefined {
  return ENVIRONMENT.test(name) ? name.replace(ENVIRONMENT, '') : undefined;
}
