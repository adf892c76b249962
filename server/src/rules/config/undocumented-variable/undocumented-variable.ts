import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import {
  contractVariables,
  documented,
  type ContractVariable,
} from '../../../fixes/environment/documented-variables';
import { documentInExample } from '../../../fixes/files/example-file';
import { exampleFilesFor } from '../../../project/environment/example-files';
import type { ProjectModel } from '../../../project/model';
import { meantBy, readInstead } from './misspelt';

const code = `import express from 'express';\nconst app = express();\napp.set('limit', process.env.RATE_LIMIT ?? '100');\napp.listen(process.env.HTTP_PORT);\n`;

export default defineRule({
  id: 'undocumented-variable',
  factor: 'config',
  severity: 'information',
  since: '0.1.0',
  summary: 'Code reads a variable that the example env file does not list.',
  why: 'With configuration in the environment, the list of variables is the app’s contract with its deploys. The example file is where people look it up: a variable that is read but not listed is found by trial and error, usually in production, where a missing value falls back to something nobody chose.',
  whenNotToUse:
    'When the contract is documented elsewhere and the example file is only a starting point.',
  fix: 'safe',
  speaksOfAbsence: true,
  options: {
    ignoredVariables: {
      lists: 'names',
      exempts: 'name',
      description:
        'Variables that the platform or a tool sets, and that need no line in the example file.',
      example: ['CF_*', 'TEAMCITY_VERSION'],
    },
  },
  messages: {
    missing: '`{name}` is read here but {file} does not list it.',
    misspelt:
      '`{name}` is read here, but nothing supplies or documents it: it may be `{meant}` misspelt.',
    many: 'The app reads {count} variables that {file} does not list: {names}.',
  },
  project({ model, report }) {
    for (const variable of contractVariables(model)) {
      const { name, path, fact, need } = variable;
      const examples = exampleFilesFor(model, path);
      const [example] = examples;
      if (!example || examples.some(({ names }) => names.has(name))) continue;
      const meant = meantBy(name, examples, model);
      if (meant !== undefined) {
        report({
          at: { path, span: fact.span },
          message: 'misspelt',
          data: { name, meant },
          fixes: [readInstead(model, name, meant), document(model, variable)],
        });
        continue;
      }
      report({
        at: { path, span: fact.span },
        message: 'missing',
        data: { name, file: example.path },
        related: [{ path: example.path, span: { start: 0, end: 0 }, message: 'does not list it' }],
        // A switch that may be left out is worth knowing, no more.
        ...(need === 'optional' ? { severity: 'hint' as const } : {}),
        fact: {
          key: example.path,
          whole: {
            path: example.path,
            name,
            // A file that lists a selection on purpose leaves out what the app does without.
            severity: need === 'needed' ? 'information' : 'hint',
            message: 'many',
            data: { file: example.path },
            fixTitle: 'Add all of them to the example env file',
            neededFixTitle: 'Add those that the app needs to the example env file',
          },
        },
        fixes: [document(model, variable)],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'two variables, one listed',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js" } }',
          'src/server.ts': code,
          '.env.example': '# server\nHTTP_PORT=3000\n',
        },
        findings: [{ at: 'process.env.RATE_LIMIT', path: 'src/server.ts' }],
        fixed: { document: { '.env.example': '# server\nHTTP_PORT=3000\nRATE_LIMIT=100\n' } },
      },
      {
        title: 'a schema',
        files: {
          'src/env.ts': `import { cleanEnv, port, str } from 'envalid';\nexport const env = cleanEnv(process.env, {\n  API_PORT: port({ default: 3000 }),\n  SITE_NAME: str(),\n});\n`,
          '.env.sample': 'API_PORT=\n',
        },
        findings: [{ at: 'SITE_NAME', path: 'src/env.ts' }],
        fixed: { document: { '.env.sample': 'API_PORT=\nSITE_NAME=\n' } },
      },
      {
        title: 'a credential gets no value',
        files: {
          'src/server.ts': `export const key = process.env.MAIL_API_KEY;\n`,
          '.env.example': 'HTTP_PORT=3000\n',
        },
        findings: [{ at: 'process.env.MAIL_API_KEY', path: 'src/server.ts' }],
        fixed: { document: { '.env.example': 'HTTP_PORT=3000\nMAIL_API_KEY=\n' } },
      },
      {
        title: 'getters of a service around Nest’s ConfigService',
        files: {
          'src/config.service.ts': `import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
@Injectable()
export class AppConfigService {
  constructor(private readonly config: ConfigService) {}
  private getNumber(key: string): number {
    return Number(this.getString(key));
  }
  private getString(key: string): string {
    const value = this.config.get<string>(key);
    if (value === undefined) throw new Error(key + ' is not set');
    return value;
  }
  get limit(): number {
    return this.getNumber('UPLOAD_LIMIT');
  }
  get mail() {
    return { from: this.getString('MAIL_FROM'), kind: this.label('PLAIN_TEXT') };
  }
  private label(text: string): string {
    return text.toLowerCase();
  }
}
`,
          '.env.example': 'UPLOAD_LIMIT=10\n',
        },
        findings: [{ at: "'MAIL_FROM'", path: 'src/config.service.ts' }],
      },
      {
        title: 'destructured and zod',
        files: {
          'src/config.ts': `import { z } from 'zod';\nexport const { CACHE_TTL = '60' } = process.env;\nexport const env = z.object({ QUEUE_NAME: z.string().default('jobs') }).parse(process.env);\n`,
          'src/legacy.js': `const Joi = require('joi');\nconst schema = Joi.object({ MAIL_QUEUE: Joi.string().required() }).unknown();\nmodule.exports = Joi.validate(process.env, schema);\n`,
          '.env.template': 'X=1\n',
        },
        findings: [
          { at: 'CACHE_TTL', path: 'src/config.ts' },
          { at: 'QUEUE_NAME', path: 'src/config.ts' },
          { at: 'MAIL_QUEUE', path: 'src/legacy.js' },
        ],
      },
      {
        title:
          'a selection: one finding for the file, which says more than a hint where the app needs some of them',
        files: {
          'src/server.ts': `export const mail = { host: process.env.MAIL_RELAY, from: process.env.MAIL_FROM ?? 'shop@acme.io' };
if (process.env.SHOW_BANNER) console.log('shop');
`,
          'src/limits.ts': `export const limits = {
  upload: process.env.UPLOAD_LIMIT ?? '10',
  list: process.env.LIST_LIMIT ?? '50',
  cart: process.env.CART_LIMIT ?? '99',
  search: process.env.SEARCH_LIMIT ?? '20',
};
`,
          '.env.example': '# shop\nHTTP_PORT=3000\n',
        },
        findings: [
          {
            at: '# shop',
            path: '.env.example',
            message:
              'The app reads 7 variables that .env.example does not list: `MAIL_RELAY`, `UPLOAD_LIMIT`, `LIST_LIMIT` and 4 more.',
          },
        ],
        fixed: {
          'document-all': {
            '.env.example':
              '# shop\nHTTP_PORT=3000\nUPLOAD_LIMIT=10\nLIST_LIMIT=50\nCART_LIMIT=99\nSEARCH_LIMIT=20\nMAIL_RELAY=\nMAIL_FROM=shop@acme.io\nSHOW_BANNER=\n',
          },
        },
      },
      {
        title: 'a slip of a name that is documented',
        files: {
          'src/server.ts': `export const port = Number(process.env.HTTP_PROT ?? 3000);\n`,
          'src/store.ts': `const { DATABSE_URL } = process.env;\nexport const url = DATABSE_URL;\nexport const say = () => process.env['HTTP_PROT'];\n`,
          '.env.example': 'HTTP_PORT=3000\nDATABASE_URL=\n',
        },
        findings: [
          {
            at: 'process.env.HTTP_PROT',
            path: 'src/server.ts',
            message:
              '`HTTP_PROT` is read here, but nothing supplies or documents it: it may be `HTTP_PORT` misspelt.',
          },
          { at: 'DATABSE_URL', path: 'src/store.ts' },
        ],
        fixed: {
          'read-instead': {
            'src/server.ts': `export const port = Number(process.env.HTTP_PORT ?? 3000);\n`,
            'src/store.ts': `const { DATABASE_URL: DATABSE_URL } = process.env;\nexport const url = DATABSE_URL;\nexport const say = () => process.env['HTTP_PORT'];\n`,
          },
        },
      },
      {
        title: 'a slip of a name that compose supplies',
        files: {
          'src/server.ts': `export const from = process.env.MAIL_SEDNER;\n`,
          '.env.example': 'X=1\n',
          'docker-compose.yml':
            'services:\n  web:\n    build: .\n    environment:\n      MAIL_SENDER: shop@acme.io\n',
        },
        findings: [
          {
            at: 'process.env.MAIL_SEDNER',
            path: 'src/server.ts',
            message:
              '`MAIL_SEDNER` is read here, but nothing supplies or documents it: it may be `MAIL_SENDER` misspelt.',
          },
        ],
      },
      {
        title: 'names that only resemble a documented one are lacking, not misspelt',
        files: {
          'src/server.ts': `export const all = [process.env.DB_PORT, process.env.S3_BUCKET_B, process.env.MAIL_RECEIVERS, process.env.CACHE_TTL];\n`,
          '.env.example': 'DB_HOST=\nS3_BUCKET_A=\nMAIL_RECEIVER=\nCACHE_TTY=\n',
        },
        findings: ['DB_PORT', 'S3_BUCKET_B', 'MAIL_RECEIVERS', 'CACHE_TTL'].map((name) => ({
          at: `process.env.${name}`,
          path: 'src/server.ts',
          message: `\`${name}\` is read here but .env.example does not list it.`,
        })),
      },
      {
        title: 'what a schema lets deploys leave out is a hint',
        files: {
          'src/env.ts': `import { z } from 'zod';\nexport const env = z.object({ BANNER_TEXT: z.string().optional() }).parse(process.env);\n`,
          '.env.example': 'X=1\n',
        },
        findings: [{ at: 'BANNER_TEXT', path: 'src/env.ts', severity: 'hint' }],
      },
      {
        title: 'an example file that a pattern ignores, though it was added',
        files: {
          'src/server.ts': `export const ttl = parseInt(process.env.CACHE_TTL, 10) || 60;\n`,
          '.env.example': 'X=1\n',
          '.gitignore': '.env*\n',
        },
        ignored: ['.env.example'],
        findings: [{ at: 'process.env.CACHE_TTL', path: 'src/server.ts' }],
      },
    ],
    good: [
      {
        title: 'a variable that the user says the platform sets',
        files: {
          'src/server.ts':
            'export const build = process.env.TEAMCITY_VERSION;\nexport const port = process.env.HTTP_PORT;\n',
          '.env.example': 'HTTP_PORT=3000\n',
        },
        options: { ignoredVariables: ['TEAMCITY_*'] },
      },
      { title: 'no example file to compare with', code },
      {
        title: 'everything is listed, commented lines count',
        files: { 'src/server.ts': code, '.env.example': 'HTTP_PORT=3000\n# RATE_LIMIT=100\n' },
      },
      {
        title: 'what the bundler of a front end supplies',
        files: {
          'web/package.json':
            '{ "name": "web", "private": true, "scripts": { "start": "react-scripts start", "build": "react-scripts build" }, "dependencies": { "react": "^18.0.0", "react-dom": "^18.0.0", "react-scripts": "5.0.0" } }',
          'web/src/index.tsx': `import { createRoot } from 'react-dom/client';
createRoot(document.body).render(process.env.PUBLIC_URL);
`,
          '.env.example': 'X=1\n',
        },
      },
      {
        title: 'conventions',
        files: {
          'src/server.ts': `export const all = [process.env.NODE_ENV, process.env.CI, process.env.HOME, process.env.npm_package_version];\n`,
          '.env.example': 'X=1\n',
        },
      },
      {
        title: 'what SDKs, run times and platforms read or set themselves',
        files: {
          'src/server.ts': `export const all = [process.env.AWS_REGION, process.env.UV_THREADPOOL_SIZE, process.env.NEXT_RUNTIME, process.env.XDG_CACHE_HOME];\n`,
          '.env.example': 'X=1\n',
        },
      },
      {
        title: 'PORT where the platform sets it',
        files: {
          'src/server.ts': `export const port = process.env.PORT;\n`,
          Procfile: 'web: node dist/server.js\n',
          '.env.example': 'X=1\n',
        },
      },
      {
        title: 'tests and build tooling',
        files: {
          'src/server.test.ts': `console.log(process.env.TEST_DB);\n`,
          'webpack.config.js': `module.exports = { mode: process.env.BUNDLE_MODE };\n`,
          '.env.example': 'X=1\n',
        },
      },
      {
        title: 'names computed at run time',
        files: {
          'src/server.ts': `export const read = (name: string) => process.env[name];\n`,
          '.env.example': 'X=1\n',
        },
      },
      {
        title: 'a variable that is only written',
        files: { 'src/server.ts': `process.env.APP_STARTED = '1';\n`, '.env.example': 'X=1\n' },
      },
    ],
  },
});

function document(model: ProjectModel, variable: ContractVariable): Fix {
  return {
    id: 'document',
    kind: 'safe',
    title: `Add \`${variable.name}\` to the example env file`,
    build: () => documentInExample(model, variable.path, documented(variable)),
  };
}
