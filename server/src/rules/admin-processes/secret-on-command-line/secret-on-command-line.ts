import type { Severity } from '../../../base/severity';
import { defineRule } from '../../../engine/rule';
import { runScript } from '../../../languages/dockerfile-stages';
import { composeFiles, type ComposeService } from '../../../project/manifests/compose';
import { kubernetesObjects } from '../../../project/manifests/kubernetes';
import { isComposeForDevelopment } from '../../../project/secrets/compose-purpose';
import { scriptTexts, type ScriptText } from '../../../project/start/script-texts';
import {
  manifestCommandSecrets,
  shellSecrets,
  spawnedSecrets,
  type PlacedSecret,
} from './placed-commands';

/** Services to develop against have passwords that open nothing. */
type Purpose = 'deploy' | 'development';

export default defineRule({
  id: 'secret-on-command-line',
  factor: 'admin-processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A credential is passed as an argument of a command.',
  why: 'Admin tasks run beside the app, with the same configuration, and that comes from the environment. An argument is no such place: every user of the machine sees it in the list of processes, shells keep it in their history, and monitoring and crash reports record command lines. The tools of databases all read the password from the environment or from a file that only its owner may read.',
  whenNotToUse:
    'For databases that live as long as a test run, and inside containers where nothing else runs and nothing looks in.',
  marksCredentials: true,
  fix: 'none',
  scope: { manifests: 'product' },
  messages: {
    argument:
      '{tool} gets a credential on its command line, where the process list shows it; pass it by {instead}.',
  },
  meaning({ meaning, args, call }, { path, report }) {
    if (meaning.kind !== 'spawn') return;
    const command = args[Number(meaning.command)];
    const [found] = spawnedSecrets(command, meaning.how === 'exec' ? args[1] : undefined);
    if (!found || !command) return;
    const isInline = command.kind === 'template' || command.kind === 'literal';
    report({
      at: {
        path: isInline ? (command.path ?? path) : path,
        span: isInline && meaning.how === 'shell' ? command.span : call.span,
      },
      message: 'argument',
      data: { tool: found.tool, instead: found.instead },
    });
  },
  project({ model, report }) {
    const seen = new Set<string>();
    const add = (path: string, found: readonly PlacedSecret[], purpose: Purpose): void => {
      for (const { span, tool, instead, literal, throwaway } of found) {
        const key = `${path}\0${span.start}`;
        if (seen.has(key)) continue;
        seen.add(key);
        // A server that knows no variable of its own is told its password so in many containers.
        const isUsual = tool.endsWith('-server') && !literal;
        const severity: { severity?: Severity } =
          purpose === 'development' || isUsual || throwaway ? { severity: 'hint' } : {};
        report({ at: { path, span }, message: 'argument', data: { tool, instead }, ...severity });
      }
    };
    for (const script of scriptTexts(model))
      add(script.path, shellSecrets(script.text), isThrowaway(script) ? 'development' : 'deploy');
    for (const file of composeFiles(model.files)) {
      const purpose = isComposeForDevelopment(file) ? 'development' : 'deploy';
      for (const service of file.services) {
        add(file.path, serviceSecrets(service), purpose);
        add(file.path, manifestCommandSecrets(service.healthcheck), 'development');
      }
    }
    for (const { path, containers, production } of kubernetesObjects(model.files))
      for (const { command, args } of containers)
        for (const one of [command, args])
          add(path, manifestCommandSecrets(one), production ? 'deploy' : 'development');
    for (const path of model.files.paths) {
      const syntax =
        model.files.kind(path) === 'dockerfile' ? model.files.dockerfile(path) : undefined;
      for (const stage of syntax?.stages ?? [])
        for (const one of stage.instructions)
          if (/^(?:CMD|ENTRYPOINT)$/.test(one.keyword) && one.form === 'shell')
            add(path, shellSecrets(runScript(one)), 'deploy');
    }
  },
  examples: {
    bad: [
      {
        title: 'a backup that the app runs',
        path: 'src/backup.ts',
        code: `import { exec, execFile } from 'node:child_process';

export function backup(file: string) {
  exec(\`mysqldump -u \${process.env.DB_USER} -p\${process.env.DB_PASSWORD} shop > \${file}\`);
}
export function restore(host: string, password: string) {
  execFile('mongorestore', ['--host', host, '--password', password, 'dump/']);
}
`,
        findings: [
          {
            at: '\`mysqldump -u \${process.env.DB_USER} -p\${process.env.DB_PASSWORD} shop > \${file}\`',
            message:
              'mysqldump gets a credential on its command line, where the process list shows it; pass it by an option file or \`MYSQL_PWD\`.',
          },
          { at: "execFile('mongorestore', ['--host', host, '--password', password, 'dump/'])" },
        ],
      },
      {
        title: 'scripts',
        files: {
          'load-db.sh': `#!/bin/bash
OUTPUT=$(mysql -h $DATABASE_HOST -u root -p$DATABASE_PASSWORD < setup.sql 2>&1)
pg_dump "postgres://shop:$PGPASS@db.acme.io/shop" > dump.sql
docker run -d -e LOG_LEVEL=info -e SESSION_SECRET=k33p-0ut acme/shop
docker run --rm -e POSTGRES_PASSWORD=postgres postgres:16
redis-cli -a "$REDIS_PASSWORD" FLUSHDB
`,
          'package.json': `{ "name": "shop", "private": true, "scripts": { "db:reset": "mysql -uroot -proot shop < schema.sql" } }
`,
        },
        findings: [
          { at: '-p$DATABASE_PASSWORD', path: 'load-db.sh' },
          {
            at: '"postgres://shop:$PGPASS@db.acme.io/shop"',
            path: 'load-db.sh',
            message:
              'pg_dump gets a credential on its command line, where the process list shows it; pass it by \`PGPASSWORD\` or a password file.',
          },
          { at: 'SESSION_SECRET=k33p-0ut', path: 'load-db.sh' },
          { at: 'POSTGRES_PASSWORD=postgres', path: 'load-db.sh', severity: 'hint' },
          { at: '"$REDIS_PASSWORD"', path: 'load-db.sh' },
          { at: '-proot', path: 'package.json' },
        ],
      },
      {
        title: 'containers; health checks and pipelines only get a hint',
        files: {
          'docker-compose.prod.yml': `services:
  web:
    build: .
  redis:
    image: redis:7
    command: redis-server --requirepass \${REDIS_PASSWORD}
  db:
    image: mysql:8
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-p\${MYSQL_PASSWORD}"]
`,
          '.github/workflows/ci.yml': `name: ci
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: mysql -uroot -proot -e 'create database test'
`,
          'k8s/job.yml': `apiVersion: batch/v1
kind: Job
metadata:
  name: dump
spec:
  template:
    spec:
      containers:
        - name: dump
          image: mongo:7
          command: ['sh', '-c', 'mongodump --password=$MONGO_PASSWORD --out /dump']
`,
        },
        findings: [
          { at: '-proot', path: '.github/workflows/ci.yml', severity: 'hint' },
          { at: '\${REDIS_PASSWORD}', path: 'docker-compose.prod.yml', severity: 'hint' },
          { at: '-p\${MYSQL_PASSWORD}', path: 'docker-compose.prod.yml', severity: 'hint' },
          { at: '--password=$MONGO_PASSWORD', path: 'k8s/job.yml' },
        ],
      },
    ],
    good: [
      {
        title: 'from the environment',
        path: 'src/backup.ts',
        code: `import { execFile } from 'node:child_process';
export function backup() {
  execFile('pg_dump', ['--host', process.env.DB_HOST!, 'shop'], {
    env: { ...process.env, PGPASSWORD: process.env.DB_PASSWORD },
  });
}
`,
      },
      {
        title: 'files, prompts and standard input',
        files: {
          'backup.sh': `#!/bin/sh
mysql --defaults-extra-file=/run/secrets/my.cnf shop < dump.sql
mysqldump -u root -p shop
PGPASSWORD=$DB_PASSWORD pg_dump -h "$DB_HOST" -p 5432 shop
docker login --username shop --password-stdin < /run/secrets/registry
docker run -e DB_PASSWORD --env-file /run/secrets/env -p 3000:3000 acme/shop
mysql -h db -P 3306 -u root
`,
        },
      },
      {
        title: 'texts about commands',
        files: {
          'usage.sh': `#!/bin/sh
echo "mysql -uroot -psecret"
printf 'redis-cli -a %s' "<password>"
`,
          'src/server.js': `console.log('run mysql -uroot -psecret to connect');
throw new Error('mysqldump -psecret failed');
`,
        },
      },
      {
        title: 'other tools’ options of the same letter',
        files: {
          'build.sh': `#!/bin/sh
mkdir -p /var/lib/app
ssh -p 2222 deploy@host
cp -p a b
psql -p 5433 -U shop
docker build --build-arg VERSION=1.4.2 -t acme/shop .
docker run -e NODE_ENV=production -e PORT=3000 acme/shop
`,
        },
      },
      {
        title: 'URLs without a password',
        files: {
          'migrate.sh': `#!/bin/sh
pg_dump postgres://shop@db.acme.io/shop > dump.sql
mongodump --uri "$MONGO_URL" --out dump
psql "$DATABASE_URL" -f schema.sql
`,
        },
      },
      {
        title: 'tests',
        files: {
          'test/setup.sh': `#!/bin/sh
mysql -uroot -proot -e 'drop database test'
`,
        },
      },
    ],
  },
});

/** Pipelines and images under construction start databases that are gone afterwards; development is nobody else's machine. */
function isThrowaway({ place, development }: ScriptText): boolean {
  return (
    development || place === 'ci' || place === 'deploy' || place === 'host' || place === 'image'
  );
}

function serviceSecrets({ command, entrypoint }: ComposeService): readonly PlacedSecret[] {
  return [...manifestCommandSecrets(command), ...manifestCommandSecrets(entrypoint)];
}
