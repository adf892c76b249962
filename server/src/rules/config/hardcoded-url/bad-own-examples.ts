import type { BadExample } from '../../../engine/rule';

/** Addresses of one's own that look as if they were the same for every deploy. */
export const badOwnExamples: readonly BadExample[] = [
  {
    title: 'a record that the app calls; what a provider of sign-in says of itself',
    code: `import axios from 'axios';
const orders = { id: 1, url: 'http://localhost:4000' };
export const all = () => axios.get(orders.url);
export const provider = { logout_endpoint: 'https://oauth.id.bank.com/sessions/logout' };
`,
    findings: [
      { at: "'http://localhost:4000'" },
      { at: "'https://oauth.id.bank.com/sessions/logout'", severity: 'hint' },
    ],
  },
  {
    title: 'what a page requests, beside what it links to',
    files: {
      'package.json':
        '{ "name": "flagly", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "react": "^18.0.0", "react-dom": "^18.0.0", "vite": "^5.0.0" } }',
      'src/help.tsx': `const API_URL = 'https://api.flagly.io';
export const Help = () => {
  fetch('https://docs.flagly.io/search.json');
  fetch(API_URL + '/help');
  return <a href="https://docs.flagly.io/help">Help</a>;
};
`,
    },
    findings: [
      { at: `'https://api.flagly.io'`, path: 'src/help.tsx' },
      { at: `'https://docs.flagly.io/search.json'`, path: 'src/help.tsx' },
    ],
  },
  {
    title: 'a base that is requested, and the origins that are let in',
    code: `import express from 'express';
import cors from 'cors';
const ALLOWED_ORIGINS = ['http://localhost:8080'];
const app = express().use(cors({ origin: ALLOWED_ORIGINS }));
app.get('/users', async (req, res) => {
  const url = new URL(req.path, 'http://users.internal:3000');
  res.json(await (await fetch(url)).json());
});
app.listen(process.env.PORT);
`,
    findings: [{ at: `'http://localhost:8080'` }, { at: `'http://users.internal:3000'` }],
  },
  {
    title: 'a default that is also used as it is',
    code: `import express from 'express';
import axios from 'axios';
const DEFAULT_STOCK_URL = 'http://localhost:9000';
const stockUrl = process.env.STOCK_URL || DEFAULT_STOCK_URL;
express()
  .get('/', async (_, res) => res.json([stockUrl, (await axios.get(DEFAULT_STOCK_URL)).data]))
  .listen(process.env.PORT);
`,
    findings: [{ at: `'http://localhost:9000'` }],
  },
  {
    title: 'a process that production starts, too, and one that has no other start',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "workspaces": ["jobs"], "scripts": { "start": "node src/server.js", "start:dev": "node --watch src/server.js" }, "dependencies": { "express": "^4.0.0" } }',
      'src/server.js': `require('express')().get('/', async (_, res) => res.json(await fetch('http://localhost:9090'))).listen(process.env.PORT);
`,
      'jobs/package.json':
        '{ "name": "jobs", "private": true, "scripts": { "dev": "node --watch main.js" }, "dependencies": { "express": "^4.0.0" } }',
      'jobs/main.js': `require('express')().get('/', async (_, res) => res.json(await fetch('http://localhost:9091'))).listen(process.env.PORT);
`,
    },
    findings: [
      { at: `'http://localhost:9090'`, path: 'src/server.js' },
      { at: `'http://localhost:9091'`, path: 'jobs/main.js' },
    ],
  },
  {
    title: 'a client of somebody’s service is only hinted at, whatever its base is called',
    files: {
      'src/server.ts': `import express from 'express';
import { TermiiProvider } from './providers/termii.provider';
import { Shop } from './shop';
express().get('/', (_, res) => res.json([new TermiiProvider(), new Shop()])).listen(process.env.PORT);
`,
      'src/providers/termii.provider.ts': `export class TermiiProvider {
  private readonly BASE_URL = 'https://api.ng.termii.com/api/sms/send';
}
`,
      'src/shop.ts': `export class Shop {
  private readonly BASE_URL = 'https://orders.acmestore.io';
}
`,
    },
    findings: [
      {
        at: `'https://api.ng.termii.com/api/sms/send'`,
        path: 'src/providers/termii.provider.ts',
        severity: 'hint',
      },
      { at: `'https://orders.acmestore.io'`, path: 'src/shop.ts' },
    ],
  },

  {
    title: 'where Next sends requests on to',
    files: {
      'package.json':
        '{ "name": "fleet", "private": true, "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "15" } }',
      'next.config.mjs': `export default {
  async rewrites() {
    return [{ source: '/api/:path*', destination: 'http://localhost:4000/:path*' }];
  },
};
`,
    },
    findings: [{ at: "'http://localhost:4000/:path*'", path: 'next.config.mjs' }],
  },
  {
    title: 'a server of one’s own, by its port',
    path: 'src/api.ts',
    code: `import axios from 'axios';
export const api = axios.create({ baseURL: 'http://shop-trial.io:8081/api/v1' });
export const vendor = axios.create({ baseURL: 'https://api.paymentsco.io/v1' });
`,
    findings: [
      { at: "'http://shop-trial.io:8081/api/v1'" },
      { at: "'https://api.paymentsco.io/v1'", severity: 'hint' },
    ],
  },
];
