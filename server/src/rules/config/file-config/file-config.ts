import { baseName, folderOf, joinPath } from '../../../base/paths';
import type { Value } from '../../../base/value';
import { argumentAt } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import {
  fixedFile,
  hasDeploySettings,
  ignoredModule,
  isIdentityFile,
  isSettingsName,
} from '../../../project/environment/config-files';
import { canonicalName } from '../../../project/facts/canonical';
import { marksOf } from '../../../project/facts/marks';
import { onSource } from '../../../project/facts/source-handlers';
import { isOverridden, settingsRead, settingsFile } from './read-files';
import { renderedConfig } from './rendered-config';

const MARKS = marksOf<{ readonly callee: Value }>('file-config');

export default defineRule({
  id: 'file-config',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Settings that differ between deploys come from a file that the app needs.',
  why: 'A file of settings has to be written, copied and kept in step for every deploy. It gets committed by accident, it is in another place and format in every app, and a container needs a script that builds it from the variables the platform already has. Environment variables are set from outside, for each deploy, without touching code or image.',
  whenNotToUse:
    'For data that is the same in every deploy, and for files that a variable names, such as a mounted secret.',
  fix: 'none',
  hints: [
    /\bdotenv\b|\bloadEnvFile\b/,
    /\.(?:pem|key|crt|cer|cert|pfx|p12)['"`]|(?:metadata|idp|saml)[\w.-]*\.xml/i,
    /(?:require\(|from|import|readFile\w*\()[^\n]*(?:config|conf|settings?|secrets?|credentials?|keys|parameters|ormconfig|properties)[\w./-]*['"`]/i,
  ],
  scope: { modules: 'server' },
  messages: {
    tree: '{file} holds settings that differ between deploys; let the environment set them.',
    absolute: 'Settings come from {file}, a fixed path; read them from the environment.',
    ignored:
      '{file} is required but ignored by git, so every deploy has to write it; read the environment.',
    identity:
      '{file} is read from the app’s own folder, so that all deploys share it; let a variable name the file or hold it.',
    required: 'The app does not start without {file}, whatever the environment sets.',
    rendered:
      'A command writes {file} from the environment before the app starts; let the app read the variables.',
  },
  source: [
    onSource(['IfStatement'], (node, context) => {
      const { syntax, evaluate } = context;
      const { expression, thenStatement } = node;
      const then = syntax.text.slice(thenStatement.getStart(), thenStatement.end);
      if (!/\bthrow\b|process\.exit\(/.test(then)) return;
      // `if (result.error) throw`: what is it the error of?
      const asked = evaluate(expression);
      if (asked.kind !== 'member' || asked.name !== 'error' || asked.object.kind !== 'call') return;
      MARKS.leave(context, asked.object.span, { callee: asked.object.callee });
    }),
  ],
  judge(mark, { resolve, report }) {
    const callee = canonicalName(resolve(MARKS.data(mark).callee)) ?? '';
    if (/^(@?dotenv[\w-]*|@dotenvx\/dotenvx)\.\w+$/.test(callee))
      report({ at: mark.span, message: 'required', data: { file: 'an env file' } });
  },
  file({ facts, model, path, report }) {
    for (const fact of facts.imports) {
      if (fact.typeOnly || fact.guard !== 'none') continue;
      const file = ignoredModule(fact, path, model);
      if (file !== undefined) {
        report({ at: fact.span, message: 'ignored', data: { file }, fact: { key: file } });
        continue;
      }
      const data = /\.json$/.test(fact.specifier)
        ? joinPath(folderOf(path), fact.specifier)
        : undefined;
      if (data === undefined || !isSettingsName(data) || !model.files.has(data)) continue;
      if (hasDeploySettings(data, model.files) && !isOverridden(facts.environment))
        report({
          at: fact.span,
          message: 'tree',
          data: { file: baseName(data) },
          related: [settingsFile(data)],
          fact: { key: data },
        });
    }
  },
  meaning({ meaning, args, call, callee }, { facts, model, path, report }) {
    if (call.context.some((one) => OPTIONAL.has(one))) return;
    if (meaning.kind === 'env-file' && callee === 'process.loadEnvFile') {
      const file = args[0] === undefined ? '.env' : fixedFile(args[0], path, model);
      if (file !== undefined)
        report({ at: call.nameSpan, message: 'required', data: { file: baseName(file) } });
    }
    if (meaning.kind !== 'file-read') return;
    const value = argumentAt(args, meaning.path);
    const file = value && fixedFile(value, path, model);
    if (file === undefined) return;
    const said = isIdentityFile(file)
      ? ({ message: 'identity', key: folderOf(file) } as const)
      : isOverridden(facts.environment)
        ? undefined
        : settingsRead(file, model.files);
    if (!said) return;
    const shown = said.message === 'tree' || said.message === 'identity' ? baseName(file) : file;
    report({
      at: call.nameSpan,
      message: said.message,
      data: { file: shown },
      related: model.files.has(file) ? [settingsFile(file)] : [],
      fact: { key: said.key },
    });
  },
  command(command, { model, report }) {
    if (!command.production) return;
    for (const step of command.steps) {
      const file = renderedConfig(step, model);
      if (file !== undefined)
        report({ at: { path: step.path, span: step.span }, message: 'rendered', data: { file } });
    }
  },
  examples: {
    bad: [
      {
        title:
          'certificates and keys of the app’s own folder, and what an identity provider says of itself',
        path: 'src/server.ts',
        code: `import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const idp = readFileSync('./config/idp-metadata.xml', 'utf8');
createServer(
  {
    key: readFileSync(join(__dirname, '../certs/server.key')),
    cert: readFileSync(join(__dirname, '../certs/server.crt')),
  },
  (_, response) => response.end(idp),
).listen(process.env.PORT);
`,
        findings: [
          { at: 'readFileSync', occurrence: 2 },
          { at: 'readFileSync', occurrence: 3 },
        ],
      },
      {
        title: 'no start without an env file',
        path: 'server.js',
        code: `const dotenv = require('dotenv');
const result = dotenv.config();
if (result.error) {
  throw new Error("Couldn't find .env file");
}
require('express')().listen(process.env.PORT);
`,
        findings: [
          {
            at: 'dotenv.config()',
            message: 'The app does not start without an env file, whatever the environment sets.',
          },
        ],
      },
      {
        title: 'the same with a name taken out, and Node’s own loader',
        path: 'src/server.ts',
        code: `import { config } from 'dotenv';
import { createServer } from 'node:http';

const { error } = config({ path: '.env' });
if (error) {
  console.error(error.message);
  process.exit(1);
}
process.loadEnvFile();
createServer().listen(process.env.PORT);
`,
        findings: [{ at: `config({ path: '.env' })` }, { at: 'loadEnvFile' }],
      },
      {
        title: 'a module and a file that git ignores',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "jsonwebtoken": "^9.0.0" } }',
          'src/server.ts': `import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import { SECRET } from './config';

const settings = JSON.parse(readFileSync(join(__dirname, '../settings.json'), 'utf8'));
createServer((_, response) => response.end(jwt.sign({}, SECRET))).listen(settings.port);
`,
          'src/config.ts.example': `export const SECRET = '';\n`,
          '.gitignore': 'src/config.ts\nsettings.json\n',
        },
        findings: [
          {
            at: './config',
            path: 'src/server.ts',
            message:
              'src/config.ts is required but ignored by git, so every deploy has to write it; read the environment.',
          },
          { at: 'readFileSync', occurrence: 2, path: 'src/server.ts' },
        ],
      },
      {
        title: 'files of the tree and a fixed path',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0", "js-yaml": "^4.0.0" } }',
          'server.js': `const fs = require('fs');
const path = require('path');
const yaml = require('js-yaml');
const config = require('./config.json');
const database = yaml.load(fs.readFileSync(path.join(__dirname, 'config', 'database.yml'), 'utf8'));
const site = JSON.parse(fs.readFileSync('/etc/shop/config.json', 'utf8'));
require('express')().listen(config.port, () => console.log(database, site));
`,
          'config.json': '{ "port": 3000, "db": { "host": "db.acme.io", "password": "x" } }\n',
          'config/database.yml': 'host: db.acme.io\nport: 5432\n',
        },
        findings: [
          {
            at: './config.json',
            path: 'server.js',
            message:
              'config.json holds settings that differ between deploys; let the environment set them.',
          },
          { at: 'readFileSync', path: 'server.js' },
          {
            at: 'readFileSync',
            occurrence: 2,
            path: 'server.js',
            message:
              'Settings come from /etc/shop/config.json, a fixed path; read them from the environment.',
          },
        ],
      },
      {
        title: 'a variable that holds a whole file',
        files: {
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["bash", "start.sh"]\n',
          'start.sh':
            'FILE=/app/.env.local\ncat <<< "$SETTINGS" > ${FILE}\nexec node src/server.js\n',
        },
        findings: [{ at: 'cat <<< "$SETTINGS" > ${FILE}', path: 'start.sh' }],
      },
      {
        title: 'an entrypoint that renders a file, whatever the language of the app',
        files: {
          Dockerfile:
            'FROM alpine:3.20\nCOPY app /app\nCOPY docker-entrypoint.sh /entrypoint.sh\nENTRYPOINT ["/entrypoint.sh"]\n',
          'docker-entrypoint.sh': `#!/bin/sh
set -e
cat <<EOF > /etc/config.json
{
  "host": "\${APP_HOST}"
}
EOF
sed -i "s/PORT/$PORT/" /app/settings.ini
envsubst < /app/app.yml.template > /app/app.yml
exec /app
`,
        },
        findings: [
          {
            at: 'cat <<EOF > /etc/config.json',
            path: 'docker-entrypoint.sh',
            message:
              'A command writes /etc/config.json from the environment before the app starts; let the app read the variables.',
          },
          { at: 'sed -i "s/PORT/$PORT/" /app/settings.ini', path: 'docker-entrypoint.sh' },
          {
            at: 'envsubst < /app/app.yml.template > /app/app.yml',
            path: 'docker-entrypoint.sh',
          },
        ],
      },
    ],
    good: [
      {
        title: 'sources that the build generates into a folder of their own',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "prebuild": "node generate.js", "start": "node dist/server.js" } }',
          'src/server.ts': `import { createServer } from 'node:http';
import { Secrets } from './db-entries/secret.js';
import { Configs } from './db-entries/app-config.js';
createServer((_, response) => response.end(Secrets.table + Configs.table)).listen(process.env.PORT);
`,
          '.gitignore': '/src/db-entries\n',
        },
      },
      {
        title:
          'a bundle that everybody trusts, keys that a variable names or a platform mounts, one for developers',
        path: 'src/server.ts',
        code: `import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';

const ca = readFileSync('./rds-combined-ca-bundle.pem');
const mounted = readFileSync('/run/secrets/tls.key');
const local = readFileSync('certs/localhost.pem');
const key = readFileSync(process.env.TLS_KEY_FILE ?? './certs/server.key');
createServer({ ca, key, cert: [mounted, local] }).listen(process.env.PORT);
`,
      },
      {
        title: 'an env file only where there is one',
        code: `import dotenv from 'dotenv';
import { createServer } from 'node:http';
dotenv.config();
const result = dotenv.config({ path: '.env.local' });
if (result.error) console.warn('no env file');
try {
  process.loadEnvFile();
} catch {
  // everything comes from the environment
}
createServer().listen(process.env.PORT);
`,
      },
      {
        title: 'package data, lookup tables, translations, templates',
        files: {
          'src/server.ts': `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pkg from '../package.json';
import countries from './data/countries.json';
export const template = readFileSync(join(__dirname, 'mail', 'reset.html'), 'utf8');
export const limits = JSON.parse(readFileSync(join(__dirname, '../config/limits.json'), 'utf8'));
export { countries, pkg };
`,
          'src/data/countries.json': '[{ "name": "Peru", "url": "/pe", "host": "x" }]\n',
          'config/limits.json': '{ "maxItems": 10 }\n',
        },
      },
      {
        title: 'a variable names the file',
        code: `import { readFileSync } from 'node:fs';
export const key = readFileSync(process.env.KEY_FILE!, 'utf8');
export const config = JSON.parse(readFileSync(process.env.CONFIG_FILE ?? '/etc/shop/config.json', 'utf8'));
export const secret = readFileSync('/run/secrets/db.env', 'utf8');
`,
      },
      {
        title: 'variables come first',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0" } }',
          'server.js': `const config = require('./config.json');
require('express')().listen(process.env.PORT || config.port);
`,
          'config.json': '{ "port": 3000, "host": "localhost" }\n',
        },
      },
      {
        title: 'code that git ignores because it is generated, and a module for development only',
        files: {
          'src/server.ts': `import { PrismaClient } from './generated/client';
import { keys } from './generated/keys';
import { Secrets } from './db-entries/secret.js';
export const client = new PrismaClient(keys, Secrets);
if (process.env.NODE_ENV !== 'production') require('./dev-config');
`,
          '.gitignore': 'src/generated\nsrc/db-entries\nsrc/dev-config.js\n',
        },
      },
      {
        title: 'a proxy of another program, a page for browsers, an image build',
        files: {
          'package.json': '{ "name": "web", "private": true }',
          Dockerfile:
            'FROM nginx:1.27\nRUN echo "port=$PORT" > /app/build.ini\nCOPY start.sh /start.sh\nCMD ["/start.sh"]\n',
          'start.sh': `#!/bin/sh
envsubst < /templates/site.conf > /etc/nginx/conf.d/default.conf
echo "window.API = '$API_URL'" > /usr/share/nginx/html/env.js
echo "ready for $HOSTNAME" > /app/ready.txt
exec nginx -g 'daemon off;'
`,
        },
      },
      {
        title: 'a script that pages load, which have no environment to read',
        files: {
          'package.json':
            '{ "name": "web", "private": true, "scripts": { "start": "./env.sh && http-server build" }, "dependencies": { "http-server": "^14.0.0" } }',
          'env.sh': `#!/bin/sh
echo "window._env_ = {" > ./env-config.js
echo "  API_URL: '$API_URL'," >> ./env-config.js
echo "};" >> ./env-config.js
mv ./env-config.js ./build/env-config.js
`,
        },
      },
      {
        title: 'tests and scripts',
        files: {
          'test/api.test.ts': `import settings from '../config.json';\nexport { settings };\n`,
          'scripts/seed.ts': `import settings from '../config.json';\nexport { settings };\n`,
          'config.json': '{ "port": 3000, "host": "localhost" }\n',
        },
      },
    ],
  },
});

/** Read only if it is there. */
const OPTIONAL: ReadonlySet<string> = new Set(['try', 'condition', 'development']);
