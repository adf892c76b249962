import { beforeAll, describe, expect, it } from 'vitest';
import {
  environmentFixes,
  secretFixes,
} from '../../server/src/fixes/environment/environment-fixes';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { fix, type Part } from './fixed';
import { project, spanIn, type Files } from './harness';

beforeAll(loadTypeScript);

const url = "export const run = () => fetch('http://localhost:4000/x');\n";
const URL_PART: Part = { part: "'http://localhost:4000/x'", what: 'API URL' };

describe('environmentFixes', () => {
  it('reads, documents, and passes through', async () => {
    const compose = 'services:\n  web:\n    build: .\n    environment:\n      - A=1\n';
    const files = { 'src/server.ts': url, '.env.example': 'A=1\n', 'compose.yml': compose };
    expect(await fix(files, environmentFixes, 'env-default', [URL_PART])).toEqual({
      'src/server.ts':
        "export const run = () => fetch(process.env.API_URL ?? 'http://localhost:4000/x');\n",
      '.env.example': 'A=1\nAPI_URL=http://localhost:4000/x\n',
      'compose.yml': `${compose}      - API_URL\n`,
    });
  });

  it('fixes several literals in one batch', async () => {
    const text =
      "export const x = ['http://a.internal', 'http://b.internal', 3000] as unknown[];\nfetch('http://a.internal/');\n";
    const parts: Part[] = [
      { part: "'http://a.internal'" },
      { part: "'http://b.internal'" },
      { part: '3000', kind: 'port', subject: 'the port' },
    ];
    expect(await fix({ 'src/server.ts': text }, environmentFixes, 'env-default', parts)).toEqual({
      'src/server.ts':
        "export const x = [process.env.A_URL ?? 'http://a.internal', process.env.B_URL ?? 'http://b.internal', Number(process.env.PORT ?? 3000)] as unknown[];\nfetch('http://a.internal/');\n",
      '.env.example': 'A_URL=http://a.internal\nB_URL=http://b.internal\nPORT=3000\n',
    });
  });

  it('requires the variable, keeping the value where git ignores it', async () => {
    const files = { 'src/server.ts': url, '.gitignore': '.env\n', '.env': '' };
    expect(
      await fix(files, environmentFixes, 'env-required', [URL_PART], { ignored: ['.env'] }),
    ).toEqual({
      'src/server.ts':
        "const API_URL = process.env.API_URL;\nif (!API_URL) {\n  throw new Error('API_URL must be set');\n}\n\nexport const run = () => fetch(API_URL);\n",
      '.env.example': 'API_URL=http://localhost:4000/x\n',
      '.env': 'API_URL=http://localhost:4000/x\n',
    });
  });

  it('does not offer the configuration where there is none', async () => {
    const model = await project({ 'src/server.ts': url });
    const fixes = environmentFixes({
      model,
      path: 'src/server.ts',
      span: spanIn(url, URL_PART.part),
      kind: 'url',
      subject: 'the URL',
    });
    expect(fixes.map(({ id, kind, title }) => [id, kind, title])).toEqual([
      ['env-default', 'safe', "Read the URL from the environment, with today's value as default"],
      ['env-required', 'suggest', 'Require the URL from the environment'],
    ]);
  });
});

describe('the package’s configuration', () => {
  const server =
    "import express from 'express';\n\nexport const run = () => fetch('http://localhost:4000/x', express);\n";
  const inConfig = async (
    path: string,
    config: string,
    more: Files = {},
    part: Part = URL_PART,
  ) => {
    const files = { [path]: config, 'src/server.ts': server, ...more };
    const fixed = await fix(files, environmentFixes, 'env-config', [part]);
    const { [path]: changed, 'src/server.ts': user, dropped } = fixed;
    return dropped === undefined
      ? { config: changed, user: user?.replace("import express from 'express';\n", '').trim() }
      : undefined;
  };

  it('adds to a plain object', async () => {
    const config =
      'export default {\n  port: Number(process.env.PORT),\n  databaseUrl: process.env.DATABASE_URL,\n};\n';
    expect(await inConfig('src/config/index.ts', config)).toEqual({
      config: config.replace(
        'DATABASE_URL,\n',
        "DATABASE_URL,\n  apiUrl: process.env.API_URL ?? 'http://localhost:4000/x',\n",
      ),
      user: "import config from './config';\n\nexport const run = () => fetch(config.apiUrl, express);",
    });
  });

  it('extends the interface of an annotated object', async () => {
    const config =
      'interface Config {\n  port: number;\n  name: string | undefined;\n}\n\nexport const config: Config = {\n  port: Number(process.env.PORT),\n  name: process.env.NAME\n};\n';
    expect((await inConfig('src/config.ts', config))?.config).toBe(
      "interface Config {\n  port: number;\n  name: string | undefined;\n  apiUrl: string;\n}\n\nexport const config: Config = {\n  port: Number(process.env.PORT),\n  name: process.env.NAME,\n  apiUrl: process.env.API_URL ?? 'http://localhost:4000/x'\n};\n",
    );
  });

  it('adds to a zod schema, with the extension that the package writes', async () => {
    const config =
      "import { z } from 'zod';\n\nconst schema = z.object({\n  PORT: z.coerce.number().default(3000),\n  NODE_ENV: z.string(),\n});\n\nexport const env = schema.parse(process.env);\n";
    const more = { 'src/other.ts': "import './env.js';\n" };
    expect(await inConfig('src/env.ts', config, more)).toEqual({
      config: config.replace(
        'z.string(),\n',
        "z.string(),\n  API_URL: z.string().default('http://localhost:4000/x'),\n",
      ),
      user: "import { env } from './env.js';\n\nexport const run = () => fetch(env.API_URL, express);",
    });
  });

  it('adds to what envalid cleans, in CommonJS', async () => {
    const config =
      'const { cleanEnv, num } = require("envalid");\n\nconst spec = {\n  PORT: num({ default: 3000 }),\n};\n\nconst env = cleanEnv(process.env, spec);\n\nmodule.exports = env;\n';
    const js = { 'src/app.js': 'const x = require("x");\nx("http://localhost:4000/x");\n' };
    const fixed = await fix({ 'src/env.js': config, ...js }, environmentFixes, 'env-config', [
      { part: '"http://localhost:4000/x"', what: 'API URL', path: 'src/app.js' },
    ]);
    expect(fixed).toEqual({
      'src/env.js':
        'const { cleanEnv, num, str } = require("envalid");\n\nconst spec = {\n  PORT: num({ default: 3000 }),\n  API_URL: str({ default: "http://localhost:4000/x" }),\n};\n\nconst env = cleanEnv(process.env, spec);\n\nmodule.exports = env;\n',
      'src/app.js': 'const x = require("x");\nconst env = require("./env");\nx(env.API_URL);\n',
      '.env.example': 'API_URL=http://localhost:4000/x\n',
    });
  });

  it('adds to joi, convict, env-var and t3', async () => {
    const joi =
      "import Joi from 'joi';\nconst schema = Joi.object()\n  .keys({\n    PORT: Joi.number().default(3000),\n  })\n  .unknown();\nconst { value: envVars } = schema.validate(process.env);\nexport default {\n  port: envVars.PORT,\n  env: envVars.NODE_ENV,\n};\n";
    expect((await inConfig('src/config.ts', joi))?.config).toBe(
      joi
        .replace(
          'default(3000),\n',
          "default(3000),\n    API_URL: Joi.string().default('http://localhost:4000/x'),\n",
        )
        .replace('NODE_ENV,\n', 'NODE_ENV,\n  apiUrl: envVars.API_URL,\n'),
    );
    const convict =
      "import convict from 'convict';\nconst config = convict({\n  port: { doc: 'Port.', format: 'port', default: 3000, env: 'PORT' },\n});\nexport default config;\n";
    expect(await inConfig('src/config.ts', convict)).toEqual({
      config: convict.replace(
        "'PORT' },\n",
        "'PORT' },\n  apiUrl: { doc: 'API URL', format: String, default: 'http://localhost:4000/x', env: 'API_URL' },\n",
      ),
      user: "import config from './config';\n\nexport const run = () => fetch(config.get('apiUrl'), express);",
    });
    const envVar =
      "import env from 'env-var';\nexport const config = {\n  port: env.get('PORT').asPortNumber(),\n  name: env.get('NAME').asString(),\n};\n";
    expect((await inConfig('src/config.ts', envVar))?.config).toContain(
      "  apiUrl: env.get('API_URL').default('http://localhost:4000/x').asString(),\n",
    );
    const t3 =
      "import { createEnv } from '@t3-oss/env-core';\nimport { z } from 'zod';\nexport const env = createEnv({\n  server: { PORT: z.string() },\n  runtimeEnv: { PORT: process.env.PORT },\n});\n";
    expect((await inConfig('src/env.ts', t3))?.config).toContain(
      "server: { PORT: z.string(), API_URL: z.string().default('http://localhost:4000/x') },\n  runtimeEnv: { PORT: process.env.PORT, API_URL: process.env.API_URL },",
    );
  });

  it('uses a setting that reads the variable already', async () => {
    const config =
      "export const config = {\n  api: process.env.API_URL ?? 'http://localhost:4000/x',\n  name: process.env.NAME,\n};\n";
    expect(await inConfig('src/config.ts', config)).toEqual({
      config: undefined,
      user: "import { config } from './config';\n\nexport const run = () => fetch(config.api, express);",
    });
  });

  it('does not take a file that configures one thing for the configuration', async () => {
    const passport =
      'export const providers = {\n  google: { id: process.env.GOOGLE_ID, key: process.env.GOOGLE_KEY },\n};\nrun(process.env.A, process.env.B, process.env.C);\ndeclare const run: any;\n';
    const files = { 'src/config/passport.ts': passport, 'src/server.ts': server };
    expect(await fix(files, environmentFixes, 'env-config', [URL_PART])).toEqual({});
  });

  it('stays away where it is not certain', async () => {
    const imported =
      "import type { Config } from './types';\nexport const config: Config = { a: process.env.A, b: process.env.B };\n";
    const types = { 'src/types.ts': 'export interface Config { a: unknown; b: unknown }\n' };
    expect(await inConfig('src/config.ts', imported, types)).toBeUndefined();
    const cyclic =
      "import './server';\nexport const config = { a: process.env.A, b: process.env.B };\n";
    expect(await inConfig('src/config.ts', cyclic)).toBeUndefined();
    const two = 'export const config = { a: process.env.A, b: process.env.B };\n';
    const fixes = await fix(
      { 'src/config.ts': two, 'src/env.ts': two, 'src/server.ts': server },
      environmentFixes,
      'env-config',
      [URL_PART],
    );
    expect(fixes).toEqual({});
  });

  it('reads through Nest’s ConfigService where the class has it', async () => {
    const text =
      "import { ConfigService } from '@nestjs/config';\n\nexport class Api {\n  constructor(private readonly config: ConfigService) {}\n\n  get() {\n    return fetch('http://localhost:4000/x');\n  }\n}\n";
    const types = {
      'src/types.d.ts':
        "declare module '@nestjs/config' {\n  export class ConfigService { get<T>(key: string, fallback: T): T; getOrThrow<T>(key: string): T; }\n}\n",
    };
    const fixed = await fix({ 'src/server.ts': text, ...types }, environmentFixes, 'env-config', [
      URL_PART,
    ]);
    expect(fixed['src/server.ts']).toContain(
      "fetch(this.config.get<string>('API_URL', 'http://localhost:4000/x'))",
    );
    const secret = await fix({ 'src/server.ts': text, ...types }, secretFixes, 'env-config', [
      URL_PART,
    ]);
    // The first request would be too late.
    expect(secret['src/server.ts']).toContain(
      "private readonly apiUrl: string;\n\n  constructor(private readonly config: ConfigService) {\n    this.apiUrl = config.getOrThrow<string>('API_URL');\n  }",
    );
    expect(secret['src/server.ts']).toContain('fetch(this.apiUrl)');
  });
});

describe('secretFixes', () => {
  const text =
    "import session from 'express-session';\n\nexport const use = session({ secret: 'keyboard cat' });\n";
  const part: Part = {
    part: "'keyboard cat'",
    kind: 'secret',
    what: 'session secret',
    subject: 'the session secret',
  };

  it('never writes the value into a tracked file', async () => {
    const files = {
      'src/server.ts': text,
      '.gitignore': '.env\n',
      '.env': 'A=1\n',
      '.env.example': 'A=\n',
    };
    const fixed = await fix(files, secretFixes, 'env-required', [part], { ignored: ['.env'] });
    expect(fixed).toEqual({
      'src/server.ts':
        "import session from 'express-session';\n\nconst SESSION_SECRET = process.env.SESSION_SECRET;\nif (!SESSION_SECRET) {\n  throw new Error('SESSION_SECRET must be set');\n}\n\nexport const use = session({ secret: SESSION_SECRET });\n",
      '.env.example': 'A=\nSESSION_SECRET=\n',
      '.env': 'A=1\nSESSION_SECRET="keyboard cat"\n',
    });
    const tracked = await fix(
      { 'src/server.ts': text, '.env': 'A=1\n' },
      secretFixes,
      'env-required',
      [part],
    );
    expect(Object.keys(tracked)).toEqual(['src/server.ts', '.env.example']);
  });

  it('requires it in the schema of the package', async () => {
    const env =
      "import { z } from 'zod';\n\nexport const env = z.object({ PORT: z.string() }).parse(process.env);\n";
    const fixed = await fix(
      { 'src/server.ts': text, 'src/env.ts': env },
      secretFixes,
      'env-config',
      [part],
    );
    expect(fixed['src/env.ts']).toContain(
      '{ PORT: z.string(), SESSION_SECRET: z.string().min(1) }',
    );
    expect(fixed['src/server.ts']).toContain('session({ secret: env.SESSION_SECRET })');
  });
});
