import { environmentFixes } from '../../engine/fixes/environment-fixes';
import type { Fix } from '../../engine/finding';
import { defineRule, onSource } from '../../engine/rule';
import { ts } from '../../languages/source/ts';
import { isOnlyMentioned, literalPosition } from '../../project/literal-position';
import type { ModuleInfo, ProjectModel } from '../../project/model';
import { configUrls } from '../../project/urls/config-urls';
import { fixedUrls, type FoundUrl } from '../../project/urls/find';
import { urlsOfLiteral } from '../../project/urls/literal-urls';
import type { UrlText } from '../../project/urls/url-text';

export default defineRule({
  id: 'hardcoded-url',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An endpoint that differs between deploys is written into code.',
  why: 'Where the code finds other services, which origins it lets in and how it is reached from outside is exactly what differs between a laptop, a review app, staging and production. A URL in the code ties every deploy to one of them: changing it takes a commit and a build, and a forgotten `localhost` or sandbox address only shows in production. Kept in an environment variable, one build runs anywhere.',
  whenNotToUse:
    'For addresses that are the same in every deploy by their nature and that no test or sandbox ever replaces. Well-known public APIs are only hinted at.',
  fix: 'safe',
  hints: [
    /['"`](?:https?|wss?|grpcs?):\/\/[\w$[]|(?:https?|wss?):\/\/(?:localhost|127\.\d|10\.\d|192\.168\.|172\.\d)/i,
  ],
  scope: { include: ['browser'] },
  messages: {
    endpoint:
      '{url} is fixed in code; read the endpoint from the environment, so that each deploy can have its own.',
    origin:
      'The allowed origin {url} is fixed in code; read the origins of this deploy from the environment.',
    callback:
      '{url} is fixed in code; build addresses of this app from a public base URL in the environment.',
    vendor: '{url} is fixed in code; a variable would let tests and sandboxes use another address.',
  },
  source: [
    onSource(
      ['StringLiteral', 'NoSubstitutionTemplateLiteral', 'TemplateExpression'],
      (node, context) => {
        const { sourceFile, text } = context.syntax;
        if (!text.slice(node.pos, node.end).includes('://')) return;
        // A destructuring default stands behind what it is taken from, as `??` does.
        if (ts().isBindingElement(node.parent)) return;
        const urls = urlsOfLiteral(node, sourceFile);
        if (urls.length === 0) return;
        const position = literalPosition(node, text);
        if (position.use === 'key' || position.use === 'type' || isOnlyMentioned(node, text))
          return;
        for (const url of urls) context.mark(url.span, { ...url, position });
      },
    ),
  ],
  file({ facts, module, model, report }) {
    for (const found of fixedUrls(facts.marks['hardcoded-url'] ?? [], module, model)) {
      const path = found.path ?? module.path;
      const { url, use, judgement, span } = found;
      const isQuiet = judgement.verdict === 'vendor' || found.isQuiet;
      report({
        at: { path, span },
        message:
          judgement.verdict === 'vendor'
            ? 'vendor'
            : use === 'origin'
              ? 'origin'
              : use === 'callback' || use === 'link' || use === 'redirect'
                ? 'callback'
                : 'endpoint',
        data: { url: shown(url) },
        ...(isQuiet ? { severity: 'hint' } : {}),
        fixes: fixes(found, model.modules.get(path) ?? module, model),
      });
    }
  },
  manifest: {
    kinds: ['json', 'yaml'],
    check({ path, text, model, report }) {
      if (!text.includes('://')) return;
      for (const { span, url, use } of configUrls(path, model))
        report({
          at: span,
          message: use === 'origin' ? 'origin' : use === 'callback' ? 'callback' : 'endpoint',
          data: { url: shown(url) },
        });
    },
  },
  examples: {
    bad: [
      {
        title: 'settings files that code loads',
        files: {
          'src/server.js': `const express = require('express');
const settings = require('../config/settings.json');
express().listen(process.env.PORT, () => console.log(settings.name));
`,
          'config/settings.json': `{
  "name": "shop",
  "docs": "http://localhost:8080/docs",
  "billing": { "url": "http://billing.internal:8080", "timeout": 5000 },
  "allowedOrigins": "https://app.staging.shop-on.io"
}
`,
        },
        findings: [
          {
            at: 'http://billing.internal:8080',
            path: 'config/settings.json',
            message:
              'http://billing.internal:8080 is fixed in code; read the endpoint from the environment, so that each deploy can have its own.',
          },
          { at: 'https://app.staging.shop-on.io', path: 'config/settings.json' },
        ],
      },
      {
        title: 'a base URL and the client that uses it',
        path: 'src/billing.ts',
        code: `import axios from 'axios';

const BILLING_URL = 'http://billing.internal:8080';

export const billing = axios.create({ baseURL: BILLING_URL });
`,
        findings: [
          {
            at: "'http://billing.internal:8080'",
            message:
              'http://billing.internal:8080 is fixed in code; read the endpoint from the environment, so that each deploy can have its own.',
          },
        ],
        fixed: {
          'env-default': {
            'src/billing.ts': `import axios from 'axios';

const BILLING_URL = process.env.BILLING_URL ?? 'http://billing.internal:8080';

export const billing = axios.create({ baseURL: BILLING_URL });
`,
            '.env.example': `BILLING_URL=http://billing.internal:8080
`,
          },
          'env-required': `import axios from 'axios';

const BILLING_URL = process.env.BILLING_URL;
if (!BILLING_URL) {
  throw new Error('BILLING_URL must be set');
}

export const billing = axios.create({ baseURL: BILLING_URL });
`,
        },
      },
      {
        title: 'requests to a server on this machine',
        path: 'orders.js',
        code: `const fetch = require('node-fetch');

async function loadUser(id) {
  const response = await fetch(\`http://localhost:4000/users/\${id}\`);
  return response.json();
}

async function loadStock() {
  return (await fetch('http://localhost:4100/stock')).json();
}

module.exports = { loadUser, loadStock };
`,
        findings: [{ at: 'http://localhost:4000' }, { at: "'http://localhost:4100/stock'" }],
        fixed: {
          'env-default': `const fetch = require('node-fetch');

async function loadUser(id) {
  const response = await fetch(\`\${process.env.USERS_URL ?? 'http://localhost:4000'}/users/\${id}\`);
  return response.json();
}

async function loadStock() {
  return (await fetch(\`\${process.env.STOCK_URL ?? 'http://localhost:4100'}/stock\`)).json();
}

module.exports = { loadUser, loadStock };
`,
        },
      },
      {
        title: 'a sandbox',
        path: 'src/payments.ts',
        code: `export async function createOrder(token: string): Promise<Response> {
  return fetch('https://api.sandbox.paypal.com/v2/checkout/orders', {
    method: 'POST',
    headers: { Authorization: \`Bearer \${token}\` },
  });
}
`,
        findings: [{ at: "'https://api.sandbox.paypal.com/v2/checkout/orders'" }],
      },
      {
        title: 'origins that are let in',
        path: 'app.js',
        code: `const express = require('express');
const cors = require('cors');
const app = express();
app.use(cors({ origin: ['http://localhost:3000', 'https://shop.acme-store.io'], credentials: true }));
app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', 'http://localhost:4200');
  next();
});
`,
        findings: [
          {
            at: "'http://localhost:3000'",
            message:
              'The allowed origin http://localhost:3000 is fixed in code; read the origins of this deploy from the environment.',
          },
          { at: "'https://shop.acme-store.io'" },
          { at: "'http://localhost:4200'" },
        ],
      },
      {
        title: 'where a provider sends people back to, and links in mails',
        path: 'src/auth.ts',
        code: `import passport from 'passport';
import { Strategy as GoogleStrategy } from 'passport-google-oauth20';
import nodemailer from 'nodemailer';

passport.use(
  new GoogleStrategy(
    {
      clientID: process.env.GOOGLE_ID!,
      clientSecret: process.env.GOOGLE_SECRET!,
      callbackURL: 'http://localhost:3000/auth/google/callback',
    },
    (accessToken, refreshToken, profile, done) => done(null, profile),
  ),
);

export async function sendReset(mail: string, token: string) {
  const transport = nodemailer.createTransport(process.env.SMTP_URL);
  await transport.sendMail({
    to: mail,
    html: \`<p>Click <a href="http://localhost:3000/reset/\${token}">here</a></p>\`,
  });
}
`,
        findings: [
          {
            at: "'http://localhost:3000/auth/google/callback'",
            message:
              'http://localhost:3000 is fixed in code; build addresses of this app from a public base URL in the environment.',
          },
          { at: 'http://localhost:3000', occurrence: 2 },
        ],
      },
      {
        title: 'a front end and its API; a client by name only gets a hint',
        files: {
          'package.json': `{ "name": "shop", "private": true, "dependencies": { "react": "^18.0.0", "react-dom": "^18.0.0", "vite": "^5.0.0" } }
`,
          'src/api.ts': `export const API_URL = 'http://localhost:5000/api';
`,
          'src/weather.ts': `export const loadWeather = () => fetch('https://api.openweathermap.org/data/2.5/weather');
`,
        },
        findings: [
          { at: "'http://localhost:5000/api'", path: 'src/api.ts' },
          {
            at: "'https://api.openweathermap.org/data/2.5/weather'",
            path: 'src/weather.ts',
            severity: 'hint',
            message:
              'https://api.openweathermap.org is fixed in code; a variable would let tests and sandboxes use another address.',
          },
        ],
      },
    ],
    good: [
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
    ],
  },
});

function shown({ scheme, host, port }: UrlText): string {
  return `${scheme}://${host}${port === '' ? '' : `:${port}`}`;
}

function fixes(found: FoundUrl, module: ModuleInfo, model: ProjectModel): readonly Fix[] {
  const { url, use, origin, span } = found;
  if (url.hasCredentials || url.host.includes('…') || url.port.includes('…')) return [];
  // Of a request's address only the server varies, not the path.
  const isPathOwn = use === 'request' || use === 'link' || use === 'redirect' || use === 'address';
  const isOrigin = use === 'origin';
  return environmentFixes({
    model,
    path: module.path,
    span: isPathOwn && url.rest.length > 1 ? origin : span,
    kind: isOrigin ? 'origin' : 'url',
    subject: isOrigin ? 'the origin' : 'the URL',
    ...(isOrigin ? { what: 'CORS origin' } : {}),
  });
}
