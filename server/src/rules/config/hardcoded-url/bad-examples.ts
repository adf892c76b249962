import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a script that is run by hand beside the app',
    files: {
      'package.json': '{ "name": "app", "scripts": { "start": "node server.js" } }',
      'server.js': `require('http').createServer().listen(process.env.PORT);
`,
      'scripts/schema.js': `const { writeFile } = require('node:fs/promises');
fetch('http://localhost:3001/api')
  .then((response) => response.text())
  .then((text) => writeFile('schema.json', text));
`,
    },
    findings: [{ at: "'http://localhost:3001/api'", path: 'scripts/schema.js', severity: 'hint' }],
  },
  {
    title: 'a list of origins in settings that are loaded by their folder',
    files: {
      'package.json':
        '{ "name": "chat", "dependencies": { "@feathersjs/configuration": "5", "@feathersjs/koa": "5" } }',
      'src/app.ts': `import { feathers } from '@feathersjs/feathers';
import configuration from '@feathersjs/configuration';
import { koa, cors } from '@feathersjs/koa';
const app = koa(feathers());
app.configure(configuration());
app.use(cors({ origin: app.get('origins') }));
app.listen(app.get('port'));
`,
      'config/default.json': `{ "port": 3030, "origins": ["http://localhost:3030"] }
`,
    },
    findings: [{ at: 'http://localhost:3030', path: 'config/default.json' }],
  },
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
    title: 'constants that addresses are built from: each once, not where it is used',
    path: 'server.js',
    code: `const express = require('express');
const app = express();
const USERS = 'http://users.internal:8080';
const apiBase = 'http://localhost:9000/';
const billing = '10.1.2.3';
const port = 4000;

app.get('/', async (req, res) => {
  await fetch(\`\${USERS}/all\`);
  await fetch(\`\${USERS}/one/\${req.query.id}\`);
  await fetch(USERS + '/none');
  await fetch(apiBase + 'things');
  await fetch(\`http://\${billing}:\${port}/invoices\`);
  res.end();
});
app.listen(process.env.PORT || 3000);
`,
    findings: [
      { at: "'http://users.internal:8080'" },
      { at: "'http://localhost:9000/'" },
      { at: "'10.1.2.3'" },
    ],
    fixed: {
      'env-default': {
        'server.js': `const express = require('express');
const app = express();
const USERS = process.env.USERS_URL || 'http://users.internal:8080';
const apiBase = process.env.API_BASE_URL || 'http://localhost:9000/';
const billing = process.env.BILLING_HOST || '10.1.2.3';
const port = 4000;

app.get('/', async (req, res) => {
  await fetch(\`\${USERS}/all\`);
  await fetch(\`\${USERS}/one/\${req.query.id}\`);
  await fetch(USERS + '/none');
  await fetch(apiBase + 'things');
  await fetch(\`http://\${billing}:\${port}/invoices\`);
  res.end();
});
app.listen(process.env.PORT || 3000);
`,
        '.env.example': `API_BASE_URL=http://localhost:9000/
BILLING_HOST=10.1.2.3
USERS_URL=http://users.internal:8080
`,
      },
    },
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
  {
    title: 'the app’s own address, in front of a path that is not known here',
    files: {
      'package.json':
        '{ "name": "shop", "homepage": "https://acme-store.io", "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0" } }',
      'server.js': `const express = require('express');
const app = express();

app.use((req, res, next) => {
  if (req.hostname === 'www.acme-store.io') return res.redirect('https://acme-store.io' + req.url);
  next();
});
app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'https://acme-store.io', path: 'server.js' }],
    fixed: {
      'env-default': {
        'server.js': `const express = require('express');
const app = express();

app.use((req, res, next) => {
  if (req.hostname === 'www.acme-store.io') return res.redirect((process.env.ACME_STORE_URL ?? 'https://acme-store.io') + req.url);
  next();
});
app.listen(process.env.PORT);
`,
        '.env.example': 'ACME_STORE_URL=https://acme-store.io\n',
      },
    },
  },
  {
    title: 'the app’s own address in what a page says of itself',
    files: {
      'package.json':
        '{ "name": "shop", "homepage": "https://acme-store.io", "scripts": { "start": "next start" }, "dependencies": { "next": "^15.0.0", "react": "^19.0.0" } }',
      'pages/[name].jsx': `export default ({ name }) => <Head title={name} ogUrl={\`https://acme-store.io/\${name}\`} />;
`,
    },
    findings: [{ at: 'https://acme-store.io', path: 'pages/[name].jsx' }],
  },
  {
    title: 'the app itself, wherever it listens, is only hinted at',
    path: 'url.ts',
    code: `export function baseUrl() {
  if (process.env.PUBLIC_URL) return process.env.PUBLIC_URL;
  return \`http://localhost:\${process.env.PORT ?? 3000}\`;
}
`,
    findings: [{ at: 'http://localhost:${process.env.PORT ?? 3000}', severity: 'hint' }],
  },
  {
    title: 'a base that several requests share is reported once, where it is declared',
    path: 'src/prices.ts',
    code: `import axios from 'axios';

const HOST = 'stock.internal';

export class Prices {
  private readonly baseUrl = 'http://prices.internal:8080';

  async get(id: string) {
    return axios.get(\`\${this.baseUrl}/prices/\${id}\`);
  }

  async list() {
    return [await axios.get(\`\${this.baseUrl}/prices\`), await axios.get(this.baseUrl + '/offers')];
  }

  async stock() {
    return fetch(\`http://\${HOST}:8080/stock\`);
  }
}
`,
    findings: [{ at: "'stock.internal'" }, { at: "'http://prices.internal:8080'" }],
    fixed: {
      'env-default': `import axios from 'axios';

const HOST = process.env.STOCK_HOST ?? 'stock.internal';

export class Prices {
  private readonly baseUrl = process.env.PRICES_URL ?? 'http://prices.internal:8080';

  async get(id: string) {
    return axios.get(\`\${this.baseUrl}/prices/\${id}\`);
  }

  async list() {
    return [await axios.get(\`\${this.baseUrl}/prices\`), await axios.get(this.baseUrl + '/offers')];
  }

  async stock() {
    return fetch(\`http://\${HOST}:8080/stock\`);
  }
}
`,
    },
  },
];
