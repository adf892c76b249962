import { baseName, folderOf } from '../../../base/paths';
import { argumentAt } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { isSettingsName, treePath } from '../../../project/environment/config-files';
import { OUTPUT, OWN_CODE, editedOutput, filledFolder } from './edited-outputs';

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
  command(command, { model, report }) {
    if (!command.production) return;
    for (const [index, step] of command.steps.entries()) {
      const folder = editedOutput(command.steps, index, (path) => model.files.text(path));
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
    if (value === undefined || file === undefined) return;
    const isAtStart = model.requestReach.way(path, call.fn) === undefined;
    if (!isPartOfRelease(file) && !(isAtStart && isOfBuild(file, meaning.how))) return;
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
      {
        title: 'built pages that a start rewrites and copies, through helpers and constants',
        files: {
          'package.json':
            '{ "name": "a", "private": true, "scripts": { "start": "node server/index.js" }, "dependencies": { "express": "5", "fs-extra": "11" } }',
          'server/paths.js': `const path = require('path');
exports.DIST = path.resolve(__dirname, '..', 'dist');
`,
          'server/prepare.js': `const fs = require('fs-extra');
const path = require('path');
const { DIST } = require('./paths');
function fill(name, values) {
  const file = path.join(DIST, name);
  let text = fs.readFileSync(file, 'utf8');
  for (const [key, value] of Object.entries(values)) text = text.replaceAll(key, value);
  fs.writeFileSync(file, text);
}
exports.prepare = async () => {
  fill('index.html', { __API__: process.env.API_URL });
  fill('sw.js', { __API__: process.env.API_URL });
  await fs.copy('node_modules/pdfjs-dist/build', path.join(DIST, 'pdfjs'));
};
`,
          'server/index.js': `const express = require('express');
const { DIST } = require('./paths');
const { prepare } = require('./prepare');
prepare().then(() => express().use(express.static(DIST)).listen(process.env.PORT));
`,
        },
        findings: [
          { at: `writeFileSync`, path: 'server/prepare.js' },
          { at: `path.join(DIST, 'pdfjs')`, path: 'server/prepare.js' },
        ],
      },
      {
        title: 'a script for the entrypoint of nginx, in a loop',
        files: {
          Dockerfile:
            'FROM nginx:1.27\nCOPY dist /usr/share/nginx/html\nCOPY env.sh /docker-entrypoint.d/40-env.sh\n',
          'env.sh': `#!/bin/sh
for file in /usr/share/nginx/html/assets/*.js; do
  sed -i "s|__API__|$API_URL|g" "$file"
done
for page in $(find /usr/share/nginx/html -name '*.html'); do
  sed -i "s|__KEY__|$KEY|g" "$page"
done
`,
        },
        findings: [
          { at: 'sed -i "s|__API__|$API_URL|g" "$file"', path: 'env.sh' },
          { at: 'sed -i "s|__KEY__|$KEY|g" "$page"', path: 'env.sh' },
        ],
      },
    ],
    good: [
      {
        title:
          'pages that requests leave, data of a start, and a script for nginx that edits its settings',
        files: {
          'package.json':
            '{ "name": "a", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }',
          'server.js': `const express = require('express');
const fs = require('fs');
const path = require('path');
fs.writeFileSync(path.join(__dirname, 'public/uploads', 'index.html'), '');
fs.writeFileSync(path.join(__dirname, 'orders.json'), '[]');
express()
  .post('/pages', (req, res) => fs.writeFile(path.join(__dirname, 'public', 'a.html'), '', () => res.end()))
  .listen(process.env.PORT);
`,
          'web/Dockerfile': 'FROM nginx:1.27\nCOPY edit.sh /docker-entrypoint.d/\n',
          'web/edit.sh':
            '#!/bin/sh\nfor file in /etc/nginx/conf.d/*.conf; do sed -i "s/80/$PORT/" "$file"; done\n',
        },
      },
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
  if (isInDataFolder(folderOf(file))) return false;
  const name = baseName(file);
  if (CODE.test(name) || /^\.env(\.|$)/.test(name)) return true;
  return /\.(json|ya?ml|html)$/i.test(name) && (GENERATED.test(name) || isSettingsName(name));
}

/** What browsers are sent of a build. */
const SENT = /\.(html?|css|[cm]?js|json|map|webmanifest|xml|txt|svg)$/i;

/** Files and folders of what was built, or of the sources: what a start rewrites there, or copies into them. */
function isOfBuild(file: string, how: string): boolean {
  if (isInDataFolder(file)) return false;
  if (how === 'copy') return OUTPUT.test(file) || OWN_CODE.test(file);
  // `*`: whichever file of the folder a helper is told.
  return OUTPUT.test(folderOf(file)) && (SENT.test(file) || file.endsWith('/*'));
}

function isInDataFolder(folder: string): boolean {
  return folder.split('/').some((each) => DATA_FOLDER.test(each));
}
