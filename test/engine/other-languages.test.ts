import { expect, it } from 'vitest';
import { check } from '../helpers/check';

/** Manifests are analysed in repositories of any language: no package.json, no JavaScript. */
const FILES = {
  'app.py': 'from flask import Flask\n',
  Dockerfile:
    'FROM python:3.12\nADD . /src\nWORKDIR /src\nRUN pip install -r requirements.txt\nCMD python app.py\n',
  'Dockerfile.worker':
    'FROM golang:1.23 AS build\nRUN go build -o /worker .\nFROM scratch\nCOPY --from=build /worker /worker\nENTRYPOINT ["/worker"]\n',
  'compose.env': 'export DATABASE_HOST=db\nexport DATABASE_PASSWORD=mytest\n',
  'docker-compose.yml':
    'services:\n  web:\n    build: .\n    environment:\n      - DATABASE_HOST\n      - DATABASE_PASSWORD\n  db:\n    image: mysql\n',
  'k8s/app.yml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: nginx-config\ndata:\n  config: |\n    error_log /dev/stdout info;\n    location / { proxy_pass http://localhost:5000/; }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: db-config\ndata:\n  database.host: db\n  database.password: mytest\n---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: dbinit\nspec:\n  template:\n    spec:\n      containers:\n        - name: dbinit\n          image: acme/dbinit:5.4\n          command: ["sh", "load-db.sh"]\n',
  'load-db.sh': '#!/bin/sh\nmysql -h "$DATABASE_HOST" < schema.sql\n',
  'run.sh': '#!/bin/sh\nset -e\n./load-db.sh\nexec python app.py\n',
};

it('finds what manifests tell in a repository of any language', async () => {
  const { findings, errors } = await check(FILES);
  const lineOf = (path: string, offset: number): number =>
    (FILES as Record<string, string>)[path]?.slice(0, offset).split('\n').length ?? 0;
  const shown = findings
    .filter(({ severity }) => severity !== 'hint')
    .map(({ path, span, ruleId }) => `${path}:${lineOf(path, span.start)} ${ruleId}`);
  expect(errors).toEqual([]);
  expect(shown).toEqual([
    'Dockerfile:2 baked-in-image',
    'Dockerfile:5 shell-form-command',
    'compose.env:2 committed-env-file',
    'docker-compose.yml:8 mutable-base-image',
    'k8s/app.yml:16 hardcoded-secret',
    'run.sh:3 migrate-on-start',
  ]);
});
