import type {
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  Hover,
  Location,
  MarkupContent,
  Position,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { app } from '../app';
import { edited, ROOT, type Client } from '../client';

export const SERVER_TEXT = `const express = require('express');
const { QUEUE_NAME = 'jobs', MAIL_FROM: from } = process.env;
const app = express();
app.get('/', (req, res) => res.send(process.env['SITE_TITLE'] + QUEUE_NAME + from));
if (!process.env.SESSION_SECRET) throw new Error('SESSION_SECRET');
app.listen(process.env.HTTP_PORT || 3000);
process.on('SIGTERM', () => process.exit(0));
`;

/** An app whose variables stand in every kind of place. */
export const FILES = app({
  'server.js': SERVER_TEXT,
  '.env.example': 'HTTP_PORT=3000\nSITE_TITLE="Shop"\n# QUEUE_NAME=jobs\nOLD_FLAG=1\n',
  '.env': 'HTTP_PORT=4000\nSESSION_SECRET=correct-horse-battery\nSITE_TITLE=hunter2hunter2\n',
  '.gitignore': '.env\nnode_modules\n',
  'docker-compose.yml': `services:
  web:
    build: .
    env_file: .env
    environment:
      HTTP_PORT: \${HTTP_PORT:-8080}
      SITE_TITLE: Shop
      SESSION_SECRET: plain-secret-in-compose
  worker:
    image: shop
    environment:
      - QUEUE_NAME=mail
      - HTTP_PORT
`,
  Dockerfile:
    'FROM node:22\nWORKDIR /app\nCOPY . .\nENV HTTP_PORT=8080\nRUN echo $HTTP_PORT\nCMD ["node", "server.js"]\n',
  'k8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop
          env:
            - name: HTTP_PORT
              value: "8080"
          args: ["--port", "$(HTTP_PORT)"]
`,
  '.github/workflows/ci.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      HTTP_PORT: 3001
      SESSION_SECRET: \${{ secrets.SESSION_SECRET }}
    steps:
      - run: curl localhost:$HTTP_PORT \${{ env.HTTP_PORT }}
`,
});

export function uri(path: string): string {
  return `${ROOT}/${path}`;
}

/** The position behind the n-th occurrence of a text. */
export function behind(text: string, part: string, nth = 1): Position {
  let at = -1;
  for (let found = 0; found < nth; found += 1) at = text.indexOf(part, at + 1);
  if (at < 0) throw new Error(`${part} is not there`);
  const before = text.slice(0, at + part.length).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** What an editor asks about a place. */
export class Asking {
  constructor(private readonly client: Client) {}

  completion(path: string, position: Position): Promise<CompletionItem[] | null> {
    return this.ask('completion', path, { position });
  }

  async labels(path: string, position: Position): Promise<string[]> {
    return ((await this.completion(path, position)) ?? []).map(({ label }) => label);
  }

  async hover(path: string, position: Position): Promise<string | undefined> {
    const hover = await this.ask<Hover | null>('hover', path, { position });
    return hover ? (hover.contents as MarkupContent).value : undefined;
  }

  definition(path: string, position: Position): Promise<Location[] | null> {
    return this.ask('definition', path, { position });
  }

  references(path: string, position: Position): Promise<Location[] | null> {
    return this.ask('references', path, { position, context: { includeDeclaration: true } });
  }

  highlights(path: string, position: Position): Promise<DocumentHighlight[] | null> {
    return this.ask('documentHighlight', path, { position });
  }

  prepareRename(path: string, position: Position): Promise<unknown> {
    return this.ask('prepareRename', path, { position });
  }

  rename(path: string, position: Position, newName: string): Promise<WorkspaceEdit | null> {
    return this.ask('rename', path, { position, newName });
  }

  lenses(path: string): Promise<CodeLens[] | null> {
    return this.ask('codeLens', path, {});
  }

  private ask<Result>(method: string, path: string, params: object): Promise<Result> {
    return this.client.connection.sendRequest(`textDocument/${method}`, {
      textDocument: { uri: path.includes('://') ? path : uri(path) },
      ...params,
    });
  }
}

/** Places as `path:line:character`, 1-based, sorted. */
export function shown(locations: readonly Location[] | null): string[] {
  return (locations ?? [])
    .map(({ uri: at, range: { start } }) => {
      const path = at.replace(`${ROOT}/`, '');
      return `${path}:${start.line + 1}:${start.character + 1}`;
    })
    .sort();
}

/** Files after an edit, those alone that it changes. */
export function renamedFiles(
  files: Readonly<Record<string, string>>,
  edit: WorkspaceEdit | null,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => {
      const after = edited(text, uri(path), edit ?? undefined);
      return after === undefined ? [] : [[path, after]];
    }),
  );
}
