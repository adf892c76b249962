import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a host that the user allows',
    code: `import axios from 'axios';\nexport const rates = () => axios.get('https://rates.bank.internal/v1/rates');\n`,
    options: { allowedHosts: ['*.bank.internal'] },
  },
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
    title: 'records that are written down as data, and what a form shows of a value',
    path: 'src/first-rows.ts',
    code: `import { db, monitor } from './db';
export const seed = () =>
  db.insert(monitor).values([
    { id: 1, name: 'Orders', url: 'http://orders.staging.acme.io', active: true },
    { id: 2, name: 'Local', url: 'http://localhost:4000', active: false },
  ]);
export const texts = { cors_allowed_origins_placeholder: 'https://deine.website.de' };
export const docsOrigin = 'https://docs.acme.io';
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
  {
    title: 'what a project offers to be read: documentation, chat, changelog, its site',
    files: {
      'package.json':
        '{ "name": "flagly", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "react": "^18.0.0", "react-dom": "^18.0.0", "vite": "^5.0.0" } }',
      'src/help.tsx': `const COMMUNITY_URL = 'https://slack.flagly.io/';
const PORTAL = 'https://portal.flagly.io/start';
export const useCase = { useCaseLink: 'https://docs.flagly.io/delay?utm_campaign=usecase' };
export const notificationDocsUrl = \`https://docs.flagly.io/notifications\${location.search}\`;
export const footer = [{ label: 'Flagly', url: 'https://flagly.io/' }];
export const Help = () => (
  <>
    <a href={COMMUNITY_URL}>Chat</a>
    <a href={PORTAL}>Portal</a>
    <Link to="https://flagly.io/changelog/" target="_blank" />
  </>
);
`,
    },
  },
  {
    title: 'the published servers and documents in the description of an API',
    files: {
      'package.json':
        '{ "name": "flagly", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/swagger": "^7.0.0", "express": "^4.0.0" } }',
      'src/main.ts': `import express from 'express';
import { DocumentBuilder } from '@nestjs/swagger';
export const options = new DocumentBuilder()
  .setTitle('Flagly')
  .setTermsOfService('https://flagly.io/terms')
  .setExternalDoc('Docs', 'https://docs.flagly.io')
  .addServer('https://eu.api.flagly.io')
  .addTag('Events', 'What happened.', { url: 'https://docs.flagly.io/workflows' })
  .build();
export const document = {
  openapi: '3.0.0',
  info: { title: 'Flagly', contact: { url: 'https://flagly.io' } },
  servers: [{ url: 'https://api.flagly.io', description: 'Production' }],
};
express().listen(process.env.PORT);
`,
    },
  },
  {
    title: 'a base against which an address is only taken apart, and where people may be sent',
    code: `import express from 'express';
const ALLOWED_REDIRECT_ORIGINS = ['http://localhost:*', 'https://app.acme.io'];
export function safeRedirect(to: string) {
  let parsed: URL;
  try {
    parsed = new URL(to, 'http://localhost');
  } catch {
    return '/';
  }
  if (parsed.origin !== 'http://localhost') return '/';
  return parsed.pathname + parsed.search;
}
export const { searchParams } = new URL(process.argv[2] ?? '/', 'http://localhost:3000');
express().get('/', (req, res) => res.json([safeRedirect(String(req.query.to)), ALLOWED_REDIRECT_ORIGINS])).listen(process.env.PORT);
`,
  },
  {
    title: 'what stands in for a missing variable, through constants and modules or by a statement',
    files: {
      'src/defaults.ts': `export const DEFAULT_ADMIN_URL = 'http://localhost:9000';
const DEFAULT_STORE_CORS = 'http://localhost:8000';
export const storeCors = process.env.STORE_CORS || DEFAULT_STORE_CORS;
export function serverUrl() {
  let url = process.env.PUBLIC_SERVER_URL;
  if (!url) {
    url = 'http://localhost:3000';
  }
  return url;
}
export function portalUrl() {
  if (!process.env.PORTAL_URL) return 'http://localhost:3001';
  return process.env.PORTAL_URL;
}
`,
      'src/server.ts': `import express from 'express';
import { DEFAULT_ADMIN_URL, portalUrl, serverUrl, storeCors } from './defaults';
const backendUrl = process.env.BACKEND_URL ?? DEFAULT_ADMIN_URL;
express().get('/', (_, res) => res.json([backendUrl, portalUrl(), serverUrl(), storeCors])).listen(process.env.PORT);
`,
    },
  },
  {
    title: 'what only a command for development starts',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node src/server.js", "start:dev": "node --watch src/server-dev.js" }, "dependencies": { "express": "^4.0.0" } }',
      'src/app.js': `const express = require('express');
exports.start = ({ metricsUrl }) => express().get('/', async (_, res) => res.json(await fetch(metricsUrl))).listen(process.env.PORT);
`,
      'src/server.js': `require('./app').start({ metricsUrl: process.env.METRICS_URL });
`,
      'src/server-dev.js': `require('./app').start({ metricsUrl: 'http://localhost:9090' });
`,
    },
  },

  {
    title: 'settings of a framework for development, for images and for people who are sent on',
    files: {
      'package.json':
        '{ "name": "fleet", "private": true, "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "15" } }',
      'next.config.mjs': `const isDev = process.env.NODE_ENV === 'development';
export default {
  async rewrites() {
    if (isDev) return [{ source: '/py/:path*', destination: 'http://127.0.0.1:8000/:path*' }];
    return [
      { source: '/api/:path*', destination: process.env.API_ORIGIN + '/:path*' },
      { source: '/old/:path*', destination: '/new/:path*' },
      { source: '/ingest/:path*', destination: 'https://eu.i.posthog.com/:path*' },
    ];
  },
  async redirects() {
    return [{ source: '/docs', destination: 'https://docs.fleet.dev', permanent: true }];
  },
  images: { remotePatterns: [new URL('http://localhost:9000/**')] },
};
`,
      'vite.config.ts': `export default { server: { proxy: { '/api': 'http://localhost:4000' } } };
`,
    },
  },
  {
    title: 'a set and a table of where people may be sent on, and what a migration once called',
    files: {
      'src/redirects.ts': `import express from 'express';
const redirectAllowlist = new Set(['https://app.shop.example.net/back', 'http://localhost:5173']);
const allowedReturnUrls = { web: 'http://localhost:3000/back' };
const app = express();
app.get('/go', (req, res) => {
  const to = String(req.query.to);
  if (redirectAllowlist.has(to) || to === allowedReturnUrls.web) res.redirect(to);
  else res.sendStatus(400);
});
app.listen(process.env.PORT);
`,
      'migrations/20190101-reindex.js': `module.exports.up = () => fetch('http://localhost:9200/_reindex');
`,
    },
  },
  {
    title: 'what users of a page choose from, and what a form begins with',
    files: {
      'package.json':
        '{ "name": "panel", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "react": "^19.0.0", "react-dom": "^19.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'index.html': '<script type="module" src="/src/main.tsx"></script>\n',
      'src/main.tsx': `import { createRoot } from 'react-dom/client';
const PROVIDERS = [
  { name: 'First', apiUrl: 'https://api.first-models.com/v1' },
  { name: 'Second', apiUrl: 'https://api.second.ai/v1' },
  { name: 'Third', apiUrl: 'https://api.third-models.io/v1' },
  { name: 'On this machine', apiUrl: 'http://localhost:11434' },
];
const defaultValues = { name: '', siteUrl: 'https://app.vaultco.com' };
createRoot(document.body).render(
  <form>
    <select>{PROVIDERS.map(({ name, apiUrl }) => <option key={name} value={apiUrl}>{name}</option>)}</select>
    <input defaultValue={defaultValues.siteUrl} />
  </form>,
);
`,
    },
  },
  {
    title:
      'what a mail is previewed with, pictures of the own site, and what relative addresses are parsed against',
    files: {
      'src/mails/welcome.tsx': `export function Welcome({ dashboardUrl }: { dashboardUrl: string }) {
  return (
    <div>
      <img src="https://acme.io/logo.png" />
      <a href={dashboardUrl}>Open</a>
    </div>
  );
}
Welcome.PreviewProps = { dashboardUrl: 'http://localhost:3000/start' };
`,
      'src/server.ts': `import express from 'express';
import { render } from '@react-email/render';
import { Welcome } from './mails/welcome';
export function parse(path: string) {
  const isFull = /^https?:/.test(path);
  const url = new URL(path, isFull ? undefined : 'http://localhost');
  return { path: url.pathname, origin: isFull ? url.origin : '' };
}
const app = express();
app.get('/mail', async (req, res) => res.send(await render(Welcome({ dashboardUrl: process.env.DASHBOARD_URL! })) + parse(req.url).path));
app.listen(process.env.PORT);
`,
    },
  },
  {
    title: 'a page of text that says where to read more',
    path: 'src/server.js',
    code: `const express = require('express');
const app = express();
app.get('/', (request, response) => {
  response.type('text/plain');
  response.send(\`This is the server of acme.

Protocol: https://acme.io
\`);
});
app.listen(process.env.PORT);
`,
  },
];
