import type { Location } from '../../../base/span';
import type { LiteralValue } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import { argumentAt, possibleValues } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../../../project/model';
import { opensPort } from '../../../project/processes/deployment';
import { isOverlaid } from '../../../project/values/overlaid';
import { storedSetting } from '../../../project/values/settings';
import { bindAllFix } from './bind-host';

export default defineRule({
  id: 'loopback-bind',
  factor: 'port-binding',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A server listens on the loopback interface only.',
  why: 'An app exports its service by binding a port that the routing layer can reach. The loopback interface reaches no further than the host, and inside a container no further than the container: published ports lead nowhere, probes fail, and only requests from within succeed. That it works on a developer’s machine is what makes it hard to notice.',
  whenNotToUse:
    'When a proxy in front of the app always runs on the same host, or for a port that is for debugging only.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    fixed:
      'The server listens on {host} only and cannot be reached from outside; bind 0.0.0.0 or read the host.',
    byDefault:
      'Without a host {framework} listens on localhost only and cannot be reached from outside; bind 0.0.0.0.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (meaning.kind !== 'listen' && meaning.kind !== 'server') return;
    if (meaning.host === undefined || call.context.includes('development')) return;
    if (meaning.kind === 'listen' && !opensPort(found)) return;
    // Any free port of this machine is one that only this process knows: a helper server, not the app's.
    const port = meaning.port === undefined ? undefined : argumentAt(found.args, meaning.port);
    if (port?.kind === 'literal' && Number(port.value) === 0) return;
    const bound = boundHost(found, context.model);
    if (!bound || isOverlaid(bound.at.path, bound.at.span, context.model)) return;
    const isQuiet = hasPublicServer(context.module, found, context.model);
    const severity = isQuiet ? ({ severity: 'hint' } as const) : {};
    if (bound.host === undefined)
      context.report({
        at: bound.at,
        message: 'byDefault',
        data: { framework: bound.framework },
        fixes: [bindAllFix({ model: context.model, call: { path: found.path, span: call.span } })],
        ...severity,
      });
    else
      context.report({
        at: bound.at,
        message: 'fixed',
        data: { host: bound.host },
        fixes: [bindAllFix({ model: context.model, literal: bound.at })],
        ...severity,
      });
  },
  examples: {
    bad: [
      {
        title: 'a host beside the port',
        path: 'server.js',
        code: `const http = require('http');
const hostname = '127.0.0.1';
http.createServer((req, res) => res.end('ok')).listen(process.env.PORT, hostname);
`,
        findings: [
          {
            at: `'127.0.0.1'`,
            message:
              'The server listens on 127.0.0.1 only and cannot be reached from outside; bind 0.0.0.0 or read the host.',
          },
        ],
        fixed: {
          'bind-all': `const http = require('http');
const hostname = process.env.HOST ?? '0.0.0.0';
http.createServer((req, res) => res.end('ok')).listen(process.env.PORT, hostname);
`,
        },
      },
      {
        title: 'fastify without a host',
        path: 'src/server.ts',
        code: `import Fastify from 'fastify';
const app = Fastify();
await app.listen({ port: Number(process.env.PORT ?? 3000) });
`,
        findings: [
          {
            at: 'listen',
            message:
              'Without a host fastify listens on localhost only and cannot be reached from outside; bind 0.0.0.0.',
          },
        ],
        fixed: {
          'bind-all': `import Fastify from 'fastify';
const app = Fastify();
await app.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST ?? '0.0.0.0' });
`,
        },
      },
      {
        title: 'hapi',
        path: 'server.js',
        code: `const Hapi = require('@hapi/hapi');
const server = Hapi.server({ port: process.env.PORT, host: 'localhost' });
server.start();
`,
        findings: [{ at: `'localhost'` }],
        fixed: {
          'bind-all': `const Hapi = require('@hapi/hapi');
const server = Hapi.server({ port: process.env.PORT, host: process.env.HOST ?? '0.0.0.0' });
server.start();
`,
        },
      },
      {
        title: 'Nest on fastify',
        path: 'src/main.ts',
        code: `import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
await app.listen(process.env.PORT ?? 3000);
`,
        findings: [
          {
            at: 'listen',
            message:
              'Without a host Nest on fastify listens on localhost only and cannot be reached from outside; bind 0.0.0.0.',
          },
        ],
        fixed: {
          'bind-all': `import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
await app.listen(process.env.PORT ?? 3000, process.env.HOST ?? '0.0.0.0');
`,
        },
      },
    ],
    good: [
      {
        title: 'a helper server on any free port of this machine',
        path: 'src/server.ts',
        code: `import express from 'express';
import http from 'node:http';
express().listen(process.env.PORT);
const filter = http.createServer((req, res) => res.end());
filter.listen(0, '127.0.0.1', () => console.log(filter.address()));
`,
      },
      {
        title: 'all interfaces',
        path: 'server.js',
        code: `const fastify = require('fastify')();
fastify.listen({ port: process.env.PORT, host: '0.0.0.0' });
`,
      },
      {
        title: 'a host from the environment',
        path: 'server.js',
        code: `const express = require('express');
express().listen(process.env.PORT, process.env.HOST || 'localhost');
`,
      },
      {
        title: 'express binds all interfaces by default',
        path: 'server.js',
        code: `const express = require('express');
express().listen(process.env.PORT, () => console.log('http://localhost'));
`,
      },
      {
        title: 'options from elsewhere',
        path: 'src/server.ts',
        code: `import Fastify, { FastifyListenOptions } from 'fastify';
import { address } from './address';
export const start = (options: FastifyListenOptions) => Fastify().listen(options);
await Fastify().listen({ port: 3000, ...address });
`,
      },
      {
        title: 'a server for development',
        path: 'server.js',
        code: `const http = require('http');
const server = http.createServer();
if (process.env.NODE_ENV === 'development') {
  server.listen(process.env.PORT, 'localhost');
} else {
  server.listen(process.env.PORT);
}
`,
      },
      {
        title: 'Nest on express',
        path: 'src/main.ts',
        code: `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
      },
    ],
  },
});

type Bound = { readonly at: Location } & (
  { readonly host: string } | { readonly host: undefined; readonly framework: string }
);

/** Where the loopback interface is chosen; undefined when it is not, or something else may be. */
function boundHost(found: CallMeaning, model: ProjectModel): Bound | undefined {
  const { meaning, call, args, path } = found;
  if ((meaning.kind !== 'listen' && meaning.kind !== 'server') || meaning.host === undefined)
    return undefined;
  const host = argumentAt(args, meaning.host);
  const given =
    host && host.kind !== 'function'
      ? possibleValues(host).flatMap((value) => storedSetting(value, path, model) ?? [value])
      : [];
  const literals = given.filter(
    (value): value is LiteralValue => value.kind === 'literal' && typeof value.value === 'string',
  );
  const [first] = literals;
  if (first && literals.length === given.length) {
    if (!literals.every(({ value }) => LOOPBACK.test(String(value)))) return undefined;
    return { at: { path: first.path ?? path, span: first.span }, host: String(first.value) };
  }
  if (meaning.kind !== 'listen' || host !== undefined || !isLoopbackByDefault(found, model))
    return undefined;
  if (mayHoldPlace(found)) return undefined;
  return {
    at: { path, span: call.nameSpan },
    host: undefined,
    framework: meaning.framework === 'nest' ? 'Nest on fastify' : meaning.framework,
  };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** `listen(options)`: may they hold a host that is not seen, or a socket's path? */
function mayHoldPlace(found: CallMeaning): boolean {
  const [options] = found.args;
  if (options?.kind !== 'object') return !isPortLike(found);
  return options.spreads.length > 0 || options.properties.some(({ key }) => key === 'path');
}

/** `listen(PORT, …)` with a name that says it is a port, or `listen(Number(x))`. */
function isPortLike({ args }: CallMeaning): boolean {
  const [first] = args;
  if (!first) return false;
  return (
    /port/i.test(lastName(first) ?? '') ||
    possibleValues(first).some(
      (value) => value.kind === 'env' || (value.kind === 'literal' && value.value !== undefined),
    )
  );
}

function isLoopbackByDefault({ meaning, call, path }: CallMeaning, model: ProjectModel): boolean {
  if (meaning.kind !== 'listen' || meaning.loopbackByDefault === undefined) return false;
  if (meaning.loopbackByDefault === true) return true;
  const { adapter } = meaning.loopbackByDefault;
  const server =
    call.callee.kind === 'member' ? model.resolve(call.callee.object, path) : undefined;
  return (
    server?.kind === 'call' && server.args.some((arg) => canonicalName(arg) === `new ${adapter}()`)
  );
}

/** A second server of a process that listens where it can be reached: this one is for debugging or metrics. */
function hasPublicServer(module: ModuleInfo, found: CallMeaning, model: ProjectModel): boolean {
  const [entry] = module.entryPoints;
  const paths = entry ? model.reachable(entry) : [module.path];
  for (const path of paths) {
    for (const other of model.meanings(path)) {
      if (
        other.call === found.call ||
        !opensPort(other) ||
        !('host' in other.meaning) ||
        other.call.context.includes('development')
      )
        continue;
      if (!boundHost(other, model)) return true;
    }
  }
  return false;
}
