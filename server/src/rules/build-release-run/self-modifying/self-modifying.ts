import { baseName, folderOf } from '../../../base/paths';
import { argumentAt } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { isSettingsName, treePath } from '../../../project/environment/config-files';
import { editedOutput, filledFolder } from './edited-outputs';

export default defineRule({
  id: 'self-modifying',
  factor: 'build-release-run',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The running app writes into its own source or build tree.',
  why: 'A release is finished before it runs: nothing may change its code. What a process writes into its own tree is lost with the container, is not there on the next instance, fails where the image is read-only, and makes what runs different from what was built. Generated code and schemas belong into the build stage, settings into the environment, data into a backing service.',
  whenNotToUse:
    'For code that only runs while developing, such as a generator that a watcher calls.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    write: 'The running app writes `{file}` into its own tree; generate it when building.',
    fill: 'The start copies files into the app’s own tree (`{folder}`); put them there when the image is built.',
    edit: 'The start puts values into the files that were built (`{folder}`); read them from the environment at run time.',
  },
  command(command, { report }) {
    if (!command.production) return;
    for (const [index, step] of command.steps.entries()) {
      const folder = editedOutput(command.steps, index);
      if (folder !== undefined)
        report({ at: { path: step.path, span: step.span }, message: 'edit', data: { folder } });
      const filled = filledFolder(step);
      if (filled !== undefined)
        report({
          at: { path: step.path, span: step.span },
          message: 'fill',
          data: { folder: filled },
        });
    }
  },
  meaning({ meaning, call, args }, { model, path, report }) {
    if (meaning.kind !== 'file-write' || call.context.includes('development')) return;
    const value = argumentAt(args, meaning.path);
    const file = value && treePath(value, path, model);
    if (value === undefined || file === undefined || !isPartOfRelease(file)) return;
    const isHere =
      (value.path ?? path) === path &&
      value.span.start >= call.span.start &&
      value.span.end <= call.span.end;
    report({
      at: isHere ? value.span : call.nameSpan,
      message: 'write',
      data: { file },
    });
  },
  examples: {
    bad: [
      {
        title: 'values that an entrypoint puts into the bundle',
        files: {
          'package.json': '{ "name": "a", "scripts": { "start": "node server.js" } }',
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY entrypoint.sh ./\nENTRYPOINT ["./entrypoint.sh"]\n',
          'entrypoint.sh': `#!/bin/sh
find .next -type f -name '*.js' -print0 | xargs -0 sed -i "s#__API_URL__#\${API_URL}#g"
find /app/dist -name '*.js' -exec sed -i "s|__KEY__|$KEY|g" {} +
exec node server.js
`,
          'server.js': '',
        },
        findings: [
          { at: `xargs -0 sed -i "s#__API_URL__#\${API_URL}#g"`, path: 'entrypoint.sh' },
          {
            at: `find /app/dist -name '*.js' -exec sed -i "s|__KEY__|$KEY|g" {} +`,
            path: 'entrypoint.sh',
          },
        ],
      },
      {
        title: 'folders that an entrypoint fills, in a function',
        files: {
          'package.json': '{ "name": "a", "scripts": { "start": "node server.js" } }',
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["node", "server.js"]\n',
          'entrypoint.sh': `#!/bin/sh
copy_assets() {
  cp -r /opt/assets/. /app/public/
}
copy_assets
exec "$@"
`,
          'server.js': '',
        },
        findings: [{ at: 'cp -r /opt/assets/. /app/public/', path: 'entrypoint.sh' }],
      },
      {
        title: 'a schema at every start',
        path: 'src/server.ts',
        code: `import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const document = { openapi: '3.0.0' };
writeFileSync('./swagger-spec.json', JSON.stringify(document));
writeFileSync(join(__dirname, 'api', 'schema.gql'), 'type Query { ok: Boolean }');
createServer().listen(process.env.PORT);
`,
        findings: [
          {
            at: `'./swagger-spec.json'`,
            message:
              'The running app writes \`swagger-spec.json\` into its own tree; generate it when building.',
          },
          { at: `join(__dirname, 'api', 'schema.gql')` },
        ],
      },
      {
        title: 'settings and code that a request changes',
        path: 'server.js',
        code: `const express = require('express');
const fs = require('fs');
const path = require('path');
const app = express();
app.post('/settings', (req, res) => {
  fs.writeFileSync(path.join(__dirname, '.env'), 'API_KEY=' + req.query.key);
  fs.writeFile(path.join(process.cwd(), 'src/config.json'), JSON.stringify(req.query), () => res.end());
});
app.post('/plugins', (req, res) => {
  fs.writeFile(\`\${__dirname}/plugins/\${req.query.name}.js\`, req.query.code, () => res.end());
});
app.listen(process.env.PORT);
`,
        findings: [
          { at: `path.join(__dirname, '.env')` },
          { at: `path.join(process.cwd(), 'src/config.json')` },
          { at: '`${__dirname}/plugins/${req.query.name}.js`' },
        ],
      },
      {
        title: 'NestJS and GraphQL',
        path: 'src/app.module.ts',
        code: `import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { join } from 'path';

@Module({
  imports: [GraphQLModule.forRoot({ autoSchemaFile: join(process.cwd(), 'src/schema.gql') })],
})
export class AppModule {}
`,
        findings: [{ at: `join(process.cwd(), 'src/schema.gql')` }],
      },
    ],
    good: [
      {
        title: 'temporary files, data folders and a folder from the environment',
        code: `import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
writeFileSync(join(tmpdir(), 'schema.gql'), '');
writeFileSync(join(__dirname, '../tmp/page.html'), '');
writeFileSync(join(__dirname, '../uploads', 'a.json'), '');
writeFileSync(join(process.env.DATA_DIR ?? '/data', 'config.json'), '');
createServer().listen(process.env.PORT);
`,
      },
      {
        title: 'data and logs are other matters',
        code: `import { join } from 'node:path';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
appendFileSync(join(__dirname, 'app.log'), 'x');
writeFileSync(join(__dirname, 'users.csv'), '');
writeFileSync(join(__dirname, 'orders.json'), '[]');
createServer().listen(process.env.PORT);
`,
      },
      {
        title: 'only while developing',
        code: `import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
if (process.env.NODE_ENV === 'development') {
  writeFileSync(join(__dirname, 'schema.gql'), '');
}
createServer().listen(process.env.PORT);
`,
      },
      {
        title: 'a build script',
        path: 'scripts/generate.ts',
        code: `import { writeFileSync } from 'node:fs';
writeFileSync('./src/schema.gql', '');
`,
      },
      {
        title: 'a schema in memory, and reading',
        path: 'src/app.module.ts',
        code: `import { GraphQLModule } from '@nestjs/graphql';
import { readFileSync } from 'node:fs';
export const graph = GraphQLModule.forRoot({ autoSchemaFile: true });
export const schema = readFileSync('./src/schema.gql', 'utf8');
`,
      },
      {
        title: 'a path that comes from elsewhere',
        code: `import { writeFileSync } from 'node:fs';
export function save(file: string, text: string): void {
  writeFileSync(file, text);
  writeFileSync(\`\${file}/schema.gql\`, text);
}
`,
      },
      {
        title: 'copies of settings, and into what others serve or keep',
        files: {
          'package.json': '{ "name": "a", "scripts": { "start": "node server.js" } }',
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["node", "server.js"]\n',
          'entrypoint.sh': `#!/bin/sh
cp /etc/shop/config.json /app/public/config.json
cp -r /app/dist /usr/share/nginx/html
cp -a /app/static /var/www/static
cp -r "$SOURCE" "$TARGET"
exec "$@"
`,
          'server.js': '',
        },
      },
      {
        title: 'the same edit on every start, and settings of another program',
        files: {
          'package.json': '{ "name": "a", "scripts": { "start": "node server.js" } }',
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY entrypoint.sh ./\nENTRYPOINT ["./entrypoint.sh"]\n',
          'entrypoint.sh': `#!/bin/sh
sed -i 's/worker_processes 1/worker_processes 2/' /etc/nginx/nginx.conf
sed -i "s/listen 80/listen $PORT/" /etc/nginx/conf.d/default.conf
sed -i 's/http:/https:/' dist/index.html
exec node server.js
`,
          'server.js': '',
        },
      },
    ],
  },
});

/** Folders for data, whatever they hold. */
const DATA_FOLDER =
  /^(uploads?|data|db|databases?|storage|stores?|te?mp|\.?cache|logs?|media|files|images?|img|avatars?|backups?|exports?|downloads?|reports?|outputs?|sessions?|keys|certs?|volumes?|workspace|artifacts)$/i;
const CODE = /\.([cm]?[jt]sx?|gql|graphql|hbs|ejs|pug|njk|vue|prisma|sql|proto)$/i;
/** Data formats are for data, unless the name says otherwise. */
const GENERATED =
  /^(swagger|openapi|schema|api-?docs?|routes|manifest|asyncapi|spec)([._-]|$)|[._-](swagger|openapi|schema|spec)\.\w+$/i;

function isPartOfRelease(file: string): boolean {
  if (
    folderOf(file)
      .split('/')
      .some((folder) => DATA_FOLDER.test(folder))
  )
    return false;
  const name = baseName(file);
  if (CODE.test(name) || /^\.env(\.|$)/.test(name)) return true;
  return /\.(json|ya?ml|html)$/i.test(name) && (GENERATED.test(name) || isSettingsName(name));
}
