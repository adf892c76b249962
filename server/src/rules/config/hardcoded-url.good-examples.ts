import type { GoodExample } from '../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'what relative addresses are parsed against',
    path: 'src/collect.ts',
    code: `import express from 'express';
const app = express();
app.post('/collect', (req, res) => {
  const { url, hostname } = req.body;
  const base = hostname ? \`https://\${hostname}\` : 'https://localhost';
  const parsed = new URL(url, base);
  res.json({ path: parsed.pathname, query: parsed.searchParams.toString() });
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'a record that is loaded, written out as JSON',
    path: 'seed.js',
    code: `const { Message } = require('./models');
Message.create({
  body: '{"blocks":[{"text":"http://localhost:3000/general/thread-9","type":"unstyled"}],"entityMap":{}}',
});
`,
  },
  {
    title: 'the name of a site in a message that is set as default',
    files: {
      'package.json': '{ "name": "lounge", "dependencies": { "express": "4" } }',
      'settings.js': `module.exports = { leaveMessage: 'The Lounge - https://lounge.chat' };
`,
      'server.js': `const { leaveMessage } = require('./settings');
const app = require('express')();
app.get('/bye', (req, res) => res.send(leaveMessage));
app.listen(process.env.PORT);
`,
    },
  },
  {
    title: 'messages and comparisons',
    path: 'server.js',
    code: `const express = require('express');
const app = express();
const url = 'http://localhost:3000';
app.listen(process.env.PORT || 3000, () => {
  console.log('Listening on http://localhost:3000');
  console.log(\`Open \${url}\`);
});
if (process.env.BASE_URL.startsWith('http://localhost')) console.warn('See https://acme.dev/docs');
if (!process.env.API_URL) throw new Error('Set API_URL, e.g. http://localhost:4000');
`,
  },
  {
    title: 'a default behind a variable is another rule’s finding',
    path: 'src/config.ts',
    code: `const { CLIENT_URL = 'http://localhost:3000' } = process.env;
export const config = {
  apiUrl: process.env.API_URL ?? 'http://localhost:4000',
  authUrl: process.env.AUTH_URL ? process.env.AUTH_URL : 'http://localhost:4001',
  clientUrl: CLIENT_URL,
};
`,
  },
  {
    title: 'namespaces, scopes and things to read',
    path: 'src/feed.ts',
    code: `export const xmlns = 'http://www.w3.org/2005/Atom';
export const scopes = ['https://www.googleapis.com/auth/drive.readonly'];
export const links = {
  docsUrl: 'https://docs.acme-store.io/start',
  license: { name: 'MIT', url: 'https://opensource.org/licenses/MIT' },
  logo: 'https://cdn.acme-store.io/logo.png',
};
`,
  },
  {
    title: 'a base only for parsing',
    path: 'src/server.ts',
    code: `import http from 'node:http';
http.createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  response.end(pathname);
});
`,
  },
  {
    title: 'relative callbacks and addresses built from the request',
    path: 'src/links.ts',
    code: `import type { Request } from 'express';
export const callbackURL = '/auth/google/callback';
export const selfUrl = (req: Request) => \`https://\${req.headers.host}\${req.url}\`;
export const withScheme = (host: string) => 'http://' + host;
export const tenantUrl = (tenant: string, domain: string) => \`https://\${tenant}.\${domain}/api\`;
`,
  },
  {
    title: 'development only',
    path: 'src/mocks.ts',
    code: `import express from 'express';
const app = express();
if (process.env.NODE_ENV !== 'production') {
  app.use((req, res, next) => {
    res.setHeader('Access-Control-Allow-Origin', 'http://localhost:3000');
    next();
  });
}
`,
  },
  {
    title: 'headers that name someone, and links for people',
    path: 'src/crawl.ts',
    code: `export const headers = {
  'User-Agent': 'acme-bot/1.0 (+https://acme-store.io/bot)',
  Referer: 'https://acme-store.io/',
};
export const avatar = (hash: string) => \`https://gravatar.com/avatar/\${hash}\`;
export const metadata = fetch('http://169.254.169.254/latest/meta-data/');
`,
  },
  {
    title:
      'settings that a variable overrides, files of one environment, manifests of a deploy, files that nothing loads',
    files: {
      'package.json': `{
  "name": "shop",
  "private": true,
  "homepage": "https://shop-on.io",
  "scripts": { "start": "node src/server.js" },
  "dependencies": { "config": "^3.0.0", "express": "^4.0.0" }
}
`,
      'src/server.js': `const express = require('express');
const config = require('config');
express().listen(config.get('port'));
`,
      'config/default.json': `{ "apiUrl": "http://localhost:4000", "homepage": "http://localhost:3000" }
`,
      'config/custom-environment-variables.json': `{ "apiUrl": "API_URL" }
`,
      'config/production.json': `{ "apiUrl": "https://api.shop-on.io" }
`,
      'docker-compose.yml': `services:
  api:
    build: .
    environment:
      API_URL: http://billing:8080
`,
      'deploy/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop
data:
  apiUrl: http://billing.internal:8080
`,
      'tools/settings.json': `{ "apiUrl": "http://localhost:4000" }
`,
    },
  },
  {
    title: 'backing services are the matter of hardcoded-connection',
    files: {
      'src/server.ts': `import { Client } from '@elastic/elasticsearch';
import { settings } from './settings';
export const search = new Client({ node: settings.searchUrl });
export const other = new Client({ node: 'http://elastic:9200' });
`,
      'src/settings.ts': `export const settings = { searchUrl: 'http://elastic:9200' };
`,
    },
  },
  {
    title: 'tests',
    path: 'test/api.test.ts',
    code: `const API_URL = 'http://localhost:3000';
await fetch(\`\${API_URL}/users\`);
export {};
`,
  },
];
