import type * as TypeScript from 'typescript';
import { baseName } from '../../../base/paths';
import { contains, type Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import { defineRule } from '../../../engine/rule';
import { isOutsideProduct } from '../../../engine/scope';
import { ts } from '../../../languages/source/ts';
import {
  environmentQuestion,
  isEnvironmentName,
} from '../../../project/environment/environment-name';
import { marksOf } from '../../../project/facts/marks';
import { onSource, type SourceContext } from '../../../project/facts/source-handlers';
import type { ModuleInfo, ProjectModel } from '../../../project/model';
import { isServerModule } from '../../../project/processes/deployment';
import {
  environmentGroups,
  groupsSettings,
  mentionsEnvironment,
  picksFileByEnvironment,
} from './environment-groups';

interface Lookup {
  readonly form: 'lookup';
  readonly key: Value;
  readonly table: Value;
}
interface Branch {
  readonly form: 'branch';
  readonly condition: Value;
}

/** What loads the file or module that its argument names. */
const LOADER =
  /^(require|import|readFile(Sync)?|readJson(Sync)?|config|configDotenv|load\w*|file|forRoot(Async)?|parse|importModule)$/;

const MARKS = marksOf<Lookup | Branch>('environment-file-group');

export default defineRule({
  id: 'environment-file-group',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Settings are grouped in files or objects per environment.',
  why: 'A file per environment ties settings together that have nothing to do with each other, and every new deploy, a preview for each branch or a second region, needs a new file and a release. The values also live in the code’s repository, where changing one takes a commit. Variables of the environment are set one by one for each deploy, and one build runs everywhere.',
  whenNotToUse: 'For modes of a bundler that hold nothing that differs between deploys.',
  fix: 'none',
  yieldsTo: { 'committed-env-file': 'unless graver' },
  hints: [
    /\b(?:NODE|APP|DEPLOY|SERVER)_?ENV(?:IRONMENT)?\b|\[\s*[\w.]*env\w*(?:\s*(?:\|\||\?\?)[^\]\n]*)?\]|['"]env['"]\)/i,
  ],
  messages: {
    load: 'The environment’s name picks the configuration file; give each setting a variable instead.',
    lookup:
      'The environment’s name picks a group of settings; give each setting a variable instead.',
    files:
      '{file} groups settings by environment; set each in the environment of the deploy instead.',
    mode: '{file} fixes settings for one build mode; a build should run in any deploy.',
  },
  source: [
    onSource(['ElementAccessExpression'], (node, context) => {
      const { text } = context.syntax;
      if (!/env|stage/i.test(text.slice(node.argumentExpression.pos, node.argumentExpression.end)))
        return;
      MARKS.leave(context, node.argumentExpression, {
        form: 'lookup',
        key: context.evaluate(node.argumentExpression),
        table: context.evaluate(node.expression),
      });
    }),
    onSource(['IfStatement', 'ConditionalExpression'], (node, context) => {
      const [condition, branches] = ts().isIfStatement(node)
        ? [node.expression, [node.thenStatement, node.elseStatement]]
        : [node.condition, [node.whenTrue, node.whenFalse]];
      if (branches.some((branch) => branch && requiresEnvironment(branch, context)))
        MARKS.leave(context, condition, {
          form: 'branch',
          condition: context.evaluate(condition),
        });
    }),
  ],
  project({ model, report }) {
    const loaders = new Set<string>();
    for (const [path, module] of model.modules) {
      const facts = model.facts.get(path);
      if (facts?.detail !== 'full' || !isRelevant(module)) continue;
      const found = [...loads(path, model), ...marked(path, model)];
      if (found.length > 0) loaders.add(module.package?.dir ?? '');
      const known = new Set<number>();
      for (const { span, message, picked = span } of found) {
        // `dotenv.parse(readFileSync(path))` loads once.
        if (known.has(picked.start)) continue;
        known.add(picked.start);
        report({ at: { path, span }, message });
      }
    }
    for (const group of environmentGroups(model)) {
      // Where code picks the file, the finding stands there.
      const isReported = loaders.has(model.packageOf(group.path)?.dir ?? '');
      if (isOutsideProduct(group.path) || isReported) continue;
      const file = baseName(group.path);
      const related = group.others.map((path) => ({
        path,
        span: { start: 0, end: 0 },
        message: 'The same for another environment',
      }));
      const at = { path: group.path, span: group.span };
      if (group.kind === 'build-mode')
        report({ at, message: 'mode', data: { file }, severity: 'information', related });
      else report({ at, message: 'files', data: { file }, related });
    }
  },
  examples: {
    bad: [
      {
        title: 'a module for each environment, whose settings name another file',
        files: {
          'config.js': `const _ = require('lodash');
const path = require('path');
let config = _.merge({}, require(path.join(__dirname, 'env', process.env.NODE_ENV)));
config = _.merge(config, require('./local') || {});
module.exports = config;
`,
          'server.js': `const fs = require('fs');
const path = require('path');
const config = require('./config');
module.exports = fs.readFileSync(path.resolve(config.tls.key), 'utf8');
`,
        },
        findings: [{ at: `path.join(__dirname, 'env', process.env.NODE_ENV)`, path: 'config.js' }],
      },
      {
        title: 'a module, an env file and a JSON file by name',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "dotenv": "^16.0.0", "express": "^4.18.0" } }',
          'server.js': `const path = require('path');
const fs = require('fs');
require('dotenv').config({ path: \`.env.\${process.env.NODE_ENV}\` });
const env = process.env.NODE_ENV || 'development';
const config = require('./config/env/' + env + '.js');
const limits = JSON.parse(fs.readFileSync(path.join(__dirname, 'limits', \`\${env}.json\`), 'utf8'));
const more = require(path.resolve(__dirname, '../config', env.toLowerCase()));
require('express')().listen(config.port, () => console.log(limits, more));
`,
          'config/env/production.js': 'module.exports = { port: 80 };\n',
          'config/env/development.js': 'module.exports = { port: 3000 };\n',
        },
        findings: [
          {
            at: '`.env.${process.env.NODE_ENV}`',
            path: 'server.js',
            message:
              'The environment’s name picks the configuration file; give each setting a variable instead.',
          },
          { at: `'./config/env/' + env + '.js'`, path: 'server.js' },
          { at: '`${env}.json`', path: 'server.js' },
          { at: `path.resolve(__dirname, '../config', env.toLowerCase())`, path: 'server.js' },
        ],
      },
      {
        title: 'groups in an object, of modules and in a JSON file',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "sequelize": "^6.0.0" } }',
          'src/server.ts': `import { createServer } from 'node:http';
import { sequelize } from './models';
import { config } from './config';
createServer((_, response) => response.end(sequelize.getDialect())).listen(config.port);
`,
          'src/config/index.ts': `import development from './development';
import production from './production';

const environment = process.env.NODE_ENV || 'development';
const groups = { development, production };
export const config = groups[environment as 'production'];
`,
          'src/config/development.ts': `export default { port: 3000, apiUrl: process.env.API_URL };\n`,
          'src/config/production.ts': `export default { port: 80, apiUrl: process.env.API_URL };\n`,
          'src/models.ts': `import { Sequelize } from 'sequelize';
const env = process.env.NODE_ENV ?? 'development';
const settings = require(__dirname + '/../config/config.json')[env];
export const sequelize = new Sequelize(settings.database, settings.username, settings.password, settings);
`,
        },
        findings: [
          {
            at: `environment as 'production'`,
            path: 'src/config/index.ts',
            message:
              'The environment’s name picks a group of settings; give each setting a variable instead.',
          },
          { at: 'env', occurrence: 3, path: 'src/models.ts' },
        ],
      },
      {
        title: 'one module for production, one for the rest',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0" } }',
          'server.js': `const keys = require('./config/keys');
require('express')().listen(keys.port);
`,
          'config/keys.js': `if (process.env.NODE_ENV === 'production') {
  module.exports = require('./prod');
} else {
  module.exports = require('./dev');
}
`,
          'config/prod.js': 'module.exports = { port: process.env.PORT };\n',
          'config/dev.js': 'module.exports = { port: 5000 };\n',
        },
        findings: [{ at: `process.env.NODE_ENV === 'production'`, path: 'config/keys.js' }],
      },
      {
        title: 'files that a library or a tool picks',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "config": "^3.0.0", "express": "^4.18.0" } }',
          'server.js': `const config = require('config');
require('express')().listen(config.get('port'));
`,
          'config/default.json': '{ "port": 3000 }\n',
          'config/production.json': '{ "port": 80, "apiUrl": "https://api.acme.io" }\n',
          'config/staging.json': '{ "port": 80, "apiUrl": "https://api.staging.acme.io" }\n',
          '.env.production': 'API_URL=https://api.acme.io\n',
        },
        findings: [
          {
            at: '{ "port": 80, "apiUrl": "https://api.acme.io" }',
            path: 'config/production.json',
            message:
              'production.json groups settings by environment; set each in the environment of the deploy instead.',
          },
          { at: 'API_URL=https://api.acme.io', path: '.env.production' },
        ],
      },
      {
        title: 'a build mode with an address',
        files: {
          'package.json':
            '{ "name": "shop", "private": true, "dependencies": { "@angular/core": "^17.0.0" } }',
          'src/environments/environment.ts': `export const environment = { production: false, apiUrl: 'http://localhost:3000' };\n`,
          'src/environments/environment.prod.ts': `export const environment = { production: true, apiUrl: 'https://api.acme.io' };\n`,
        },
        findings: [
          {
            at: `export const environment = { production: true, apiUrl: 'https://api.acme.io' };`,
            path: 'src/environments/environment.prod.ts',
            severity: 'information',
          },
        ],
      },
    ],
    good: [
      {
        title: 'tests have a file of their own',
        files: {
          'src/server.ts': `import { config } from 'dotenv';
config({ path: process.env.NODE_ENV === 'test' ? '.env.test' : '.env' });
config({ path: \`.env\${process.env.NODE_ENV === 'test' ? '.test' : ''}\` });
`,
          '.env.test': 'API_URL=http://localhost:1\n',
        },
      },
      {
        title: 'examples, and files that git ignores',
        files: {
          'src/server.ts': `import 'dotenv/config';\nexport const url = process.env.API_URL;\n`,
          '.env.example': 'API_URL=\n',
          '.env.production.example': 'API_URL=https://api.acme.io\n',
          '.env.production': 'API_URL=https://api.acme.io\n',
          '.gitignore': '.env.production\n',
        },
        ignored: ['.env.production'],
      },
      {
        title: 'the path comes from a variable of its own',
        code: `import { readFileSync } from 'node:fs';
export const config: unknown = JSON.parse(readFileSync(process.env.CONFIG_FILE ?? 'config.json', 'utf8'));
`,
      },
      {
        title: 'one setting per environment is another matter, and so is a log line',
        code: `const env = process.env.NODE_ENV || 'development';
console.log(\`loaded ./config for \${env}\`);
const names: Record<string, string> = { wind: 'x' };
export const name = names[env];
`,
      },
      {
        title: 'lookups by other keys',
        code: `const groups: Record<string, { port: number }> = { development: { port: 1 }, production: { port: 2 } };
export const portOf = (environmentId: string): number | undefined => groups[environmentId]?.port;
`,
      },
      {
        title: 'build modes that only name themselves, deploy manifests, bundlers',
        files: {
          'package.json':
            '{ "name": "shop", "private": true, "dependencies": { "@angular/core": "^17.0.0" } }',
          'src/environments/environment.prod.ts': `// http://localhost\nexport const environment = { production: true };\n`,
          'deploy/overlays/production/config.yaml': 'replicas: 3\n',
          'config/production.json': '{ "a": 1 }\n',
          'webpack.config.js':
            'module.exports = require(`./webpack.${process.env.NODE_ENV}.js`);\n',
        },
      },
      {
        title: 'a module that production does not load at all',
        code: `if (process.env.NODE_ENV !== 'production') {
  require('./mocks');
}
export {};
`,
      },
    ],
  },
});

interface Found {
  readonly span: Span;
  readonly message: 'load' | 'lookup';
  /** What names the file. */
  readonly picked?: Span;
}

function isRelevant(module: ModuleInfo): boolean {
  const { roles } = module;
  return (
    isServerModule(module) &&
    !roles.has('test') &&
    !roles.has('build') &&
    !roles.has('browser') &&
    !isOutsideProduct(module.path)
  );
}

function loads(path: string, model: ProjectModel): readonly Found[] {
  return (model.facts.get(path)?.calls ?? []).flatMap((call): readonly Found[] => {
    if (!LOADER.test(lastName(call.callee) ?? '')) return [];
    const picked = call.args
      .map((arg) => picksFileByEnvironment(model.resolve(arg, path)))
      .find((value) => value !== undefined);
    if (!picked) return [];
    const isHere = (picked.path ?? path) === path && contains(call.span, picked.span);
    return [{ span: isHere ? picked.span : call.nameSpan, message: 'load', picked: picked.span }];
  });
}

function marked(path: string, model: ProjectModel): readonly Found[] {
  return MARKS.of(model.facts.get(path)).flatMap(({ span, data: noted }): readonly Found[] => {
    if (noted.form === 'branch') {
      const question = environmentQuestion(model.resolve(noted.condition, path));
      return question && !question.testOnly ? [{ span, message: 'load' }] : [];
    }
    if (!isEnvironmentName(model.resolve(noted.key, path))) return [];
    return groupsSettings(model.resolve(noted.table, path)) ? [{ span, message: 'lookup' }] : [];
  });
}

/** `require('./production')` or `import('./dev')` somewhere in a branch. */
function requiresEnvironment(node: TypeScript.Node, { syntax }: SourceContext): boolean {
  const text = syntax.text.slice(node.getStart(), node.end);
  if (text.length > 400) return false;
  return [...text.matchAll(/\b(?:require|import)\(\s*['"`](\.[^'"`]+)['"`]/g)].some(
    ([, specifier = '']) => mentionsEnvironment(specifier.replace(/\.\w+$/, '')),
  );
}
