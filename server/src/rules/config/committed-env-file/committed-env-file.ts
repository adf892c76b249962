import { defineRule } from '../../../engine/rule';
import { isDocumentPath, isTestPath } from '../../../project/files/paths';
import { isComposePath, readCompose } from '../../../project/manifests/compose';
import { isExampleEnvPath } from '../../../project/manifests/environment';
import { committedEnvFile, isEnvironmentScript } from '../../../project/secrets/env-files';
import { isDevelopmentPath } from '../../../project/start/purpose';
import { loadedExamples } from './env-file-loads';
import { ignoreEnvFileFix } from './ignore-env-file';

export default defineRule({
  id: 'committed-env-file',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An env file with values of a deploy is part of the repository.',
  why: 'An env file stands in for the environment on one machine. Committed, it becomes what the environment is meant to replace: configuration in the code, the same for everybody who checks it out, with credentials that every clone keeps for good. It also hides missing settings: a deploy that sets nothing quietly runs on the committed values. What belongs into the repository is the list of the variables, without values.',
  whenNotToUse:
    'For files that only set switches of build tools, and for values that every deploy shares and that give nothing away.',
  fix: 'suggest',
  options: {
    allowedFiles: {
      lists: 'paths',
      exempts: 'file',
      description:
        'Env files that may be in the repository, because what they hold is the same for everybody.',
      example: ['**/.env.test', 'config/defaults.env'],
    },
  },
  messages: {
    credentials:
      '{file} is committed with values for {names}; ignore it, keep an example without values, and rotate them.',
    values:
      '{file} is committed with values that vary by deploy ({names}); ignore it and keep an example without values.',
    loaded:
      'The example file {file} is loaded as live configuration; load a file that git ignores instead.',
  },
  meaning(found, { path, report }) {
    if (found.call.context.includes('development')) return;
    for (const { name, span, path: other } of loadedExamples(found))
      report({ at: { path: other ?? path, span }, message: 'loaded', data: { file: name } });
  },
  command({ steps, production }, { report }) {
    if (!production) return;
    for (const { words = [] } of steps)
      words.forEach(({ text, path, span }, index) => {
        const isFile =
          /^--env-file(?:-if-exists)?=/.test(text) ||
          /^(?:-e|-f|--env-file|--file)$/.test(words[index - 1]?.text ?? '');
        const file = text.replace(/^--env-file(?:-if-exists)?=/, '');
        if (isFile && /env/i.test(file) && isExampleEnvPath(file))
          report({ at: { path, span }, message: 'loaded', data: { file } });
      });
  },
  manifest: {
    kinds: ['dotenv', 'shell', 'yaml'],
    check({ path, text, model, report }) {
      if (isComposePath(path)) {
        const isQuiet = isTestPath(path) || isDocumentPath(path) || isDevelopmentPath(path);
        const services = isQuiet ? [] : (readCompose(model.files, path)?.services ?? []);
        for (const { path: file, span } of services.flatMap(({ envFiles }) => envFiles))
          if (isExampleEnvPath(file)) report({ at: span, message: 'loaded', data: { file } });
        return;
      }
      if (model.files.kind(path) !== 'dotenv' && !isEnvironmentScript(path, text)) return;
      const found = committedEnvFile(path, model);
      const [first] = found?.entries ?? [];
      if (!found || !first) return;
      const names = found.entries.map(({ name }) => name);
      const more = names.length > 2 ? ` and ${names.length - 2} more` : '';
      report({
        at: first.lineSpan,
        message: found.hasCredential ? 'credentials' : 'values',
        data: { file: path, names: names.slice(0, 2).join(', ') + more },
        ...(found.development || !found.hasCredential ? { severity: 'information' } : {}),
        fixes: () => (model.files.kind(path) === 'dotenv' ? [ignoreEnvFileFix(model, path)] : []),
      });
    },
  },
  examples: {
    bad: [
      {
        title: 'an env file with credentials',
        files: {
          '.env': `# database
DB_HOST=db.acme.io
DB_PASSWORD="tr0ub4dor" # since 2021
# STRIPE_KEY=sk_old_4711

export SESSION_SECRET=keyboard-cat
LOG_LEVEL=
`,
          '.gitignore': `node_modules
`,
          'server.js': `require('dotenv').config();
`,
        },
        findings: [
          {
            at: 'DB_PASSWORD="tr0ub4dor" # since 2021',
            path: '.env',
            message:
              '.env is committed with values for DB_PASSWORD, SESSION_SECRET; ignore it, keep an example without values, and rotate them.',
          },
        ],
        fixed: {
          'ignore-env-file': {
            '.gitignore': `node_modules
.env
`,
            '.env.example': `# database
DB_HOST=
DB_PASSWORD= # since 2021
# STRIPE_KEY=

export SESSION_SECRET=
LOG_LEVEL=
`,
          },
        },
      },
      {
        title: 'files by platform, and one that exports',
        files: {
          'deploy/compose.env': `export DATABASE_HOST=mysql
export DATABASE_PASSWORD=mytest
export DATABASE_URL=mysql://root:\${DATABASE_PASSWORD}@mysql/shop
`,
          'env.prod.sh': `#!/bin/sh
export API_TOKEN=4f9a1c77b2e84d10
`,
          'deploy/compose.env.example': `DATABASE_HOST=
`,
        },
        findings: [
          { at: 'export DATABASE_PASSWORD=mytest', path: 'deploy/compose.env' },
          { at: 'export API_TOKEN=4f9a1c77b2e84d10', path: 'env.prod.sh' },
        ],
        fixed: {
          'ignore-env-file': {
            'deploy/compose.env.example': `DATABASE_HOST=
DATABASE_PASSWORD=
DATABASE_URL=
`,
            '.gitignore': `compose.env
`,
          },
        },
      },
      {
        title: 'values that vary by deploy; a file for development',
        files: {
          '.env.production': `API_URL=https://api.acme.io
GENERATE_SOURCEMAP=false
`,
          'api/.env.development': `DATABASE_URL=postgres://shop:shop@localhost:5432/shop
`,
        },
        findings: [
          {
            at: 'API_URL=https://api.acme.io',
            path: '.env.production',
            severity: 'information',
            message:
              '.env.production is committed with values that vary by deploy (API_URL); ignore it and keep an example without values.',
          },
          {
            at: 'DATABASE_URL=postgres://shop:shop@localhost:5432/shop',
            path: 'api/.env.development',
            severity: 'information',
          },
        ],
      },
      {
        title: 'an example that is loaded',
        files: {
          'app.js': `const path = require('path');
const express = require('express');
require('dotenv').config({ path: path.join(__dirname, '.env.example') });
express().listen(process.env.PORT);
`,
          'compose.yml': `services:
  web:
    image: acme/shop:1.4.2
    env_file:
      - ./.env.sample
`,
          'package.json': `{ "name": "shop", "private": true, "scripts": { "start": "node --env-file=.env.example app.js" }, "dependencies": { "dotenv": "^16.0.0", "express": "^4.0.0" } }
`,
          '.env.example': `PORT=3000
`,
        },
        findings: [
          {
            at: "'.env.example'",
            path: 'app.js',
            message:
              'The example file .env.example is loaded as live configuration; load a file that git ignores instead.',
          },
          { at: './.env.sample', path: 'compose.yml' },
          { at: '--env-file=.env.example', path: 'package.json' },
        ],
      },
    ],
    good: [
      {
        title: 'an env file that the user says may be there',
        files: {
          'config/.env.production': 'API_KEY=f93jf93jf83hfwbq\nHTTP_PORT=3000\n',
          'src/server.ts': 'export const key = process.env.API_KEY;\n',
        },
        options: { allowedFiles: ['config/.env*'] },
      },
      {
        title: 'a script that sets a machine up, whatever its name ends with',
        files: {
          'scripts/dev-environment.sh': `#!/bin/bash
install_shell () {
    SHELL_DIR="$HOME/.oh-my-shell"
    curl -fsSL https://shell.acme.io | bash
}
DATABASE_NAME="shop"
install_shell
`,
        },
      },
      {
        title: 'an ignored file and its example',
        files: {
          '.env': `DB_PASSWORD=tr0ub4dor
`,
          '.env.example': `DB_PASSWORD=changeme
API_URL=http://localhost:3000
`,
          '.gitignore': `.env
`,
        },
        ignored: ['.env'],
      },
      {
        title: 'dummies for tests',
        files: {
          '.env.test': `JWT_SECRET=test-secret
DATABASE_URL=postgres://postgres:postgres@localhost/test
`,
          'test/.env': `SESSION_SECRET=abc
`,
          '.env.ci': `DB_PASSWORD=postgres
`,
        },
      },
      {
        title: 'switches of build tools',
        files: {
          '.env': `SKIP_PREFLIGHT_CHECK=true
GENERATE_SOURCEMAP=false
DISABLE_ESLINT_PLUGIN=true
COMPOSE_PROJECT_NAME=shop
`,
        },
      },
      {
        title: 'a template under several names',
        files: {
          'env.sample': `DB_PASSWORD=password
`,
          '.env.dist': `JWT_SECRET=secret
`,
          'config/sample.env': `API_KEY=abc
`,
          'api/.env.exemple': `JWT_SECRET=secret
`,
        },
      },
      {
        title: 'nothing set, or only referred to',
        files: {
          '.env': `DB_PASSWORD=
API_TOKEN=\${CI_API_TOKEN}
STRIPE_KEY=<your-key>
ADMIN_PASSWORD=__YOUR_PASSWORD__
`,
        },
      },
      {
        title: 'an example that is only checked against, or copied',
        files: {
          'server.js': `require('dotenv-safe').config({ example: '.env.example' });
`,
          'package.json': `{ "name": "shop", "private": true, "scripts": { "start": "node server.js", "setup": "cp .env.example .env" }, "dependencies": { "dotenv-safe": "^8.0.0" } }
`,
        },
      },
      {
        title: 'a script that does something',
        files: {
          'scripts/check-env.sh': `#!/bin/sh
DB_PASSWORD=$(cat /run/secrets/db)
export DB_PASSWORD
`,
        },
      },
    ],
  },
});
