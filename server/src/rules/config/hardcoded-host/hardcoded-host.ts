import type * as TypeScript from 'typescript';
import { defineRule } from '../../../engine/rule';
import { environmentFixes } from '../../../fixes/environment/environment-fixes';
import { ts } from '../../../languages/source/ts';
import { literalPosition, mayBeHeldAs } from '../../../project/facts/literal-position';
import { marksOf } from '../../../project/facts/marks';
import { onSource } from '../../../project/facts/source-handlers';
import { isOnlyMentioned } from '../../../project/values/held-literal';
import { fixedHosts, type HostMark } from './fixed-hosts';

const HOST_LITERAL =
  /['"`](?:localhost|(?:\d{1,3}\.){3}\d{1,3}|[\w-]+(?:\.[\w-]+)*\.(?:internal|local|lan|corp|svc|intranet|home|priv|private|cluster\.local))(?::\d+)?['"`]/i;
const HOST_SETTING =
  /(?:host|hostname|server|broker|endpoint)s?['"]?\s*[:=]\s*(?:\[\s*)?['"`][\w.-]+(?::\d+)?['"`]/i;
const COOKIE_DOMAIN = /\bdomain['"]?\s*:\s*['"`]\.?[\w-]+\.[\w.-]+['"`]/;
const HOST_TEXT = /^[\w.-]+(?::\d+)?$/;
const HOST_NAME = /host|server|broker|node|endpoint|addr|ip$|point/i;

const MARKS = marksOf<HostMark>('hardcoded-host');

export default defineRule({
  id: 'hardcoded-host',
  factor: 'config',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The name or address of another host is written into code.',
  why: 'Where other machines are is a property of the deploy: addresses differ between a laptop, staging and production, and they change when a machine is replaced. A host in the code makes that a change of code. From the environment the same build reaches whatever this deploy has.',
  whenNotToUse:
    'For addresses that mean the same everywhere, such as a resolver of a public provider.',
  fix: 'safe',
  hints: [HOST_LITERAL, HOST_SETTING, COOKIE_DOMAIN],
  scope: { modules: 'settings', deployment: 'hint-where-unlikely' },
  options: {
    allowedHosts: {
      lists: 'names',
      exempts: 'host',
      description: 'Hosts that are the same in every deploy and are not reported.',
      example: ['ntp.corp.example'],
    },
  },
  messages: {
    fixed:
      '{host} is fixed in code; read the host from the environment, so that each deploy can have its own.',
    vendor: '{host} is fixed in code; a variable would let tests and sandboxes use another host.',
  },
  source: [
    onSource(['StringLiteral', 'NoSubstitutionTemplateLiteral'], (node, context) => {
      if (node.text.length < 2 || node.text.length > 253 || !HOST_TEXT.test(node.text)) return;
      const { text } = context.syntax;
      if (isCookieDomain(node)) {
        const position = literalPosition(node, text);
        if (position.use === 'value' && !position.development && !position.afterEnvironment)
          MARKS.leave(context, node, { text: node.text, position, isCookieDomain: true });
        return;
      }
      if (!mayBeHeldAs(node, HOST_NAME, text)) return;
      const position = literalPosition(node, text);
      // Whatever is not held under a name has to reach a known call, which is found without a mark.
      if (position.use !== 'value' || position.names.length === 0) return;
      if (!HOST_NAME.test(position.names[0] ?? '')) return;
      if (!isOnlyMentioned(node, text)) MARKS.leave(context, node, { text: node.text, position });
    }),
  ],
  file({ facts, module, model, report }) {
    for (const { path, span, host, isPublic, isCookieDomain } of fixedHosts(
      MARKS.of(facts),
      module,
      model,
    )) {
      const what = isCookieDomain ? 'cookie domain' : undefined;
      report({
        at: { path, span },
        message: isPublic ? 'vendor' : 'fixed',
        data: { host },
        ...(isPublic ? { severity: 'hint' } : {}),
        fixes: () =>
          environmentFixes({
            ...{ model, path, span, kind: 'host', subject: `the ${what ?? 'host'}` },
            ...(what === undefined ? {} : { what }),
          }),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'requests to a machine of one network',
        path: 'src/devices.js',
        code: `const http = require('http');

function readMeter(callback) {
  http.get({ hostname: '192.168.20.14', port: 8081, path: '/meter' }, callback);
}

module.exports = { readMeter };
`,
        findings: [
          {
            at: "'192.168.20.14'",
            message:
              '192.168.20.14 is fixed in code; read the host from the environment, so that each deploy can have its own.',
          },
        ],
        fixed: {
          'env-default': {
            'src/devices.js': `const http = require('http');

function readMeter(callback) {
  http.get({ hostname: process.env.DEVICES_HOST ?? '192.168.20.14', port: 8081, path: '/meter' }, callback);
}

module.exports = { readMeter };
`,
            '.env.example': `DEVICES_HOST=192.168.20.14
`,
          },
        },
      },
      {
        title: 'a constant that reaches a connection',
        path: 'src/upload.ts',
        code: `import SftpClient from 'ssh2-sftp-client';

const UPLOAD_HOST = 'files.partner-logistics.net';

export async function upload(): Promise<void> {
  const client = new SftpClient();
  await client.connect({ host: UPLOAD_HOST, username: process.env.SFTP_USER });
}
`,
        findings: [{ at: "'files.partner-logistics.net'" }],
        fixed: {
          'env-default': `import SftpClient from 'ssh2-sftp-client';

const UPLOAD_HOST = process.env.UPLOAD_HOST ?? 'files.partner-logistics.net';

export async function upload(): Promise<void> {
  const client = new SftpClient();
  await client.connect({ host: UPLOAD_HOST, username: process.env.SFTP_USER });
}
`,
          'env-required': `import SftpClient from 'ssh2-sftp-client';

function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(\`\${name} must be set\`);
  }
  return value;
}

const UPLOAD_HOST = requireEnv('UPLOAD_HOST');

export async function upload(): Promise<void> {
  const client = new SftpClient();
  await client.connect({ host: UPLOAD_HOST, username: process.env.SFTP_USER });
}
`,
        },
      },
      {
        title: 'a gRPC client, and settings whose reader is not known',
        code: `import * as grpc from '@grpc/grpc-js';
import { loadOrders } from './proto';

const proto = grpc.loadPackageDefinition(loadOrders()) as any;
export const orders = new proto.Orders('orders.internal:50051', grpc.credentials.createInsecure());
export const settings = {
  redis: { host: 'localhost', port: 6379 },
  ledger: { hostname: 'ledger.corp', retries: 3 },
};
`,
        findings: [
          { at: "'orders.internal:50051'" },
          { at: "'localhost'" },
          { at: "'ledger.corp'" },
        ],
      },
      {
        title: 'a public service only gets a hint',
        path: 'src/github.js',
        code: `const https = require('https');
https.request({ hostname: 'api.github.com', path: '/zen' });
`,
        findings: [
          {
            at: "'api.github.com'",
            severity: 'hint',
            message:
              'api.github.com is fixed in code; a variable would let tests and sandboxes use another host.',
          },
        ],
      },
      {
        title: 'the domain of cookies',
        path: 'src/session.ts',
        code: `import express from 'express';
const app = express();
app.post('/', (req, res) => {
  res.cookie('session', req.body.id, { domain: '.shop-trial.io', secure: true, httpOnly: true });
  res.end();
});
app.listen(process.env.PORT);
`,
        findings: [{ at: "'.shop-trial.io'" }],
        fixed: {
          'env-default': {
            'src/session.ts': `import express from 'express';
const app = express();
app.post('/', (req, res) => {
  res.cookie('session', req.body.id, { domain: process.env.COOKIE_DOMAIN ?? '.shop-trial.io', secure: true, httpOnly: true });
  res.end();
});
app.listen(process.env.PORT);
`,
            '.env.example': `COOKIE_DOMAIN=.shop-trial.io
`,
          },
        },
      },
    ],
    good: [
      {
        title: 'a host that the user allows',
        code: `import net from 'node:net';\nexport const clock = () => net.connect({ host: 'clock.corp.internal', port: 123 });\n`,
        options: { allowedHosts: ['clock.corp.internal'] },
      },
      {
        title: 'from the environment, or with a default behind it',
        code: `import net from 'node:net';
const host = process.env.METER_HOST ?? '192.168.20.14';
net.connect({ host, port: 502 });
export const redis = { host: process.env.REDIS_HOST || 'localhost' };
`,
      },
      {
        title: 'where a server listens',
        files: {
          'src/server.js': `const http = require('http');
const config = require('./config');
http.createServer().listen({ port: config.port, host: config.bindHost });
http.createServer().listen(8080, '10.0.0.5');
`,
          'src/config.js': `module.exports = { port: process.env.PORT, bindHost: '10.1.2.3', server: { host: 'localhost' } };
`,
        },
      },
      {
        title: 'a backing service is the matter of hardcoded-connection',
        files: {
          'src/server.js': `const Redis = require('ioredis');
const { redis } = require('./settings');
module.exports = new Redis(redis);
`,
          'src/settings.js': `exports.redis = { host: '10.0.3.9', port: 6379 };
`,
        },
      },
      {
        title: 'comparisons, allow-lists, headers and resolvers',
        path: 'src/filter.ts',
        code: `import dns from 'node:dns';
import type { Request } from 'express';
dns.setServers(['8.8.8.8', '1.1.1.1']);
export const isLocal = (req: Request) => req.ip === '127.0.0.1' || req.hostname === 'localhost';
export const allowedHosts = ['10.0.0.1', '10.0.0.2'];
export const trustProxy = ['127.0.0.1'];
export const headers = { 'X-Forwarded-Host': 'shop.internal', 'User-Agent': 'acme' };
`,
      },
      {
        title: 'hosts that mean every interface, or are made up',
        path: 'src/hosts.ts',
        code: `export const anyHost = '0.0.0.0';
export const documentationHost = '192.0.2.10';
export const broadcastHost = '255.255.255.255';
export const host = 'localhost';
export const blogHost = 'blog.acme-weekly.com';
export const swagger = { host: 'localhost:3000', basePath: '/' };
`,
      },
      {
        title: 'development settings and tests',
        files: {
          'config/development.js': `module.exports = { db: { host: '192.168.56.20' } };
`,
          'src/settings.js': `module.exports = { development: { redis: { host: 'localhost' } } };
`,
          'test/client.test.js': `const http = require('http');
http.get({ hostname: '10.0.0.9' });
`,
        },
      },
      {
        title: 'the names of variables',
        path: 'src/storage.js',
        code: `const keys = { MINIO_ENDPOINT: 'MINIO_ENDPOINT', MONGO_HOST: 'MONGO_HOST' };
exports.load = (loader) => loader.load(keys.MINIO_ENDPOINT, keys.MONGO_HOST);
`,
      },
      {
        title: 'data that looks like a host',
        path: 'src/users.ts',
        code: `export const user = { name: 'Ann', ip: '10.1.2.3', node: 'leaf', server: 'Apache' };
export const columns = { host: 'host', server: 'server_name' };
`,
      },
      {
        title: 'domains that are no cookies’, of nobody, or chosen by the environment',
        path: 'src/domains.ts',
        code: `export const tenant = { domain: 'shop-trial.io', name: 'Trial', path: '/' };
export const sample = { domain: '.example.com', secure: true };
export const cookie = { domain: process.env.COOKIE_DOMAIN ?? '.shop-trial.io', httpOnly: true };
`,
      },
    ],
  },
});

/** `{ domain: '.shop.io', secure: true }`: an attribute of a cookie, as those beside it show. */
function isCookieDomain(node: TypeScript.Node): boolean {
  const api = ts();
  const { parent } = node;
  if (!api.isPropertyAssignment(parent) || parent.initializer !== node) return false;
  if (!api.isIdentifier(parent.name) || parent.name.text !== 'domain') return false;
  return parent.parent.properties.some(
    ({ name }) => name && api.isIdentifier(name) && /^(secure|httpOnly|sameSite)$/.test(name.text),
  );
}
