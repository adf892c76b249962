import { beforeAll, describe, expect, it } from 'vitest';
import {
  environmentFixes,
  secretFixes,
} from '../../server/src/fixes/environment/environment-fixes';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { fix, type Part } from './fixed';
import type { Files } from './harness';

beforeAll(loadTypeScript);

const SECRET: Part = { part: "'keyboard cat'", kind: 'secret', what: 'session secret' };
const SERVER =
  "import session from 'express-session';\nimport './env';\n\nexport const use = () => session({ secret: 'keyboard cat' });\n";

/** What a config module looks like once a credential is required through it. */
async function required(env: string, more: Files = {}): Promise<Record<string, string>> {
  const files = { 'src/server.ts': SERVER, 'src/env.ts': env, ...more };
  return fix(files, secretFixes, 'env-config', [SECRET]);
}

/** The only fix changes nothing: nobody is shown it. */
const NONE = { dropped: '0' };

const OBJECT = 'z.object({\n  PORT: z.coerce.number(),\n})';
const Z = "import { z } from 'zod';\n\n";

describe('a schema that checks the environment gets the variable', () => {
  const added = 'SESSION_SECRET: z.string().min(1),';
  it.each([
    ['parsed', `${Z}export const env = ${OBJECT}.parse(process.env);\n`],
    ['of a copy', `${Z}export const env = ${OBJECT}.parse({ ...process.env });\n`],
    ['refined', `${Z}export const env = ${OBJECT}.strict().refine(Boolean).parse(process.env);\n`],
    [
      'parsed safely',
      `${Z}const parsed = ${OBJECT}.safeParse(process.env);\nif (!parsed.success) throw parsed.error;\nexport const env = parsed.data;\n`,
    ],
    [
      'by a function',
      `${Z}const Schema = ${OBJECT};\n\nfunction load() {\n  const result = Schema.safeParse(process.env);\n  if (!result.success) {\n    process.exit(1);\n  }\n  return result.data;\n}\n\nexport const env = load();\n`,
    ],
    [
      'with more beside it',
      `${Z}const parsed = ${OBJECT}.parse(process.env);\n\nexport const env = { ...parsed, isDebug: false };\n`,
    ],
  ])('%s', async (_, env) => {
    const { 'src/env.ts': config, 'src/server.ts': server } = await required(env);
    expect(config?.replace(/\s*SESSION_SECRET.*/, '')).toBe(env);
    expect(config).toContain(added);
    expect(server).toContain('session({ secret: env.SESSION_SECRET })');
  });

  it('and the object that picks from it', async () => {
    const env = `${Z}const parsed = ${OBJECT}.parse(process.env);\n\nexport const config = {\n  port: parsed.PORT,\n  other: parsed.PORT,\n};\n`;
    const fixed = await required(env);
    expect(fixed['src/env.ts']).toContain(added);
    expect(fixed['src/env.ts']).toContain('sessionSecret: parsed.SESSION_SECRET,');
    expect(fixed['src/server.ts']).toContain('secret: config.sessionSecret');
  });

  it('and what lists the variables one by one', async () => {
    const env = `${Z}export const env = ${OBJECT}.parse({\n  PORT: process.env.PORT,\n});\n`;
    expect((await required(env))['src/env.ts']).toContain(
      'SESSION_SECRET: process.env.SESSION_SECRET,',
    );
  });

  it.each([
    [
      'transformed',
      `${Z}export const env = ${OBJECT}.transform(Object.keys).parse(process.env);\n`,
    ],
    ['of something else', `${Z}export const env = ${OBJECT}.parse(JSON.parse('{}'));\n`],
    [
      'by a function that answers one of two',
      `${Z}function load() {\n  if (Math.random() > 1) return ${OBJECT}.parse(process.env);\n  return { PORT: 1 };\n}\nexport const env = load();\n`,
    ],
  ])('but not where it is %s', async (_, env) => {
    expect(await required(env)).toEqual({});
  });
});

describe('other libraries', () => {
  it.each([
    [
      "import { get } from 'env-var';\n\nexport const env = {\n  A: get('A').asString(),\n  B: get('B').asString(),\n};\n",
      "SESSION_SECRET: get('SESSION_SECRET').required().asString(),",
    ],
    [
      "import Joi from 'joi';\n\nconst { value: env, error } = Joi.object({\n  A: Joi.string(),\n})\n  .unknown()\n  .validate(process.env);\nif (error) throw error;\nexport { env };\n",
      'SESSION_SECRET: Joi.string().required(),',
    ],
    [
      "import Joi from 'joi';\n\nexport const env = Joi.attempt(\n  process.env,\n  Joi.object({\n    A: Joi.string(),\n  }).unknown(),\n);\n",
      'SESSION_SECRET: Joi.string().required(),',
    ],
    [
      "import envSchema from 'env-schema';\n\nexport const env = envSchema({\n  schema: {\n    type: 'object',\n    properties: {\n      A: { type: 'string' },\n    },\n  },\n});\n",
      "required: ['SESSION_SECRET'],",
    ],
    [
      "import envSchema from 'env-schema';\nimport { Type } from '@sinclair/typebox';\n\nexport const env = envSchema({\n  schema: Type.Object({\n    A: Type.String(),\n  }),\n});\n",
      'SESSION_SECRET: Type.String(),',
    ],
    [
      "import convict from 'convict';\n\nexport const env = convict({\n  a: { format: String, default: 'a', env: 'A' },\n});\nenv.validate();\n",
      "sessionSecret: { format: String, default: null as unknown as string, env: 'SESSION_SECRET' },",
    ],
    [
      'export const env = {\n  a: process.env.A,\n  b: process.env.B,\n};\n',
      "sessionSecret: requireEnv('SESSION_SECRET'),",
    ],
  ])('%#', async (env, entry) => {
    expect((await required(env))['src/env.ts']).toContain(entry);
  });

  it('require nothing that would not be checked', async () => {
    const convict =
      "import convict from 'convict';\n\nexport const env = convict({\n  a: { format: String, default: 'a', env: 'A' },\n});\n";
    expect(await required(convict)).toEqual(NONE);
    const zod = `${Z}export const env = z.object({ SESSION_SECRET: z.string().default('x') }).parse(process.env);\n`;
    expect(await required(zod)).toEqual(NONE);
  });
});

describe('Fastify’s plugin', () => {
  const text =
    "import Fastify from 'fastify';\nimport fastifyEnv from '@fastify/env';\n\nconst schema = {\n  type: 'object',\n  required: ['A'],\n  properties: {\n    A: { type: 'string' },\n  },\n};\n\ndeclare module 'fastify' {\n  interface FastifyInstance {\n    config: { A: string };\n  }\n}\n\nconst app = Fastify();\nawait app.register(fastifyEnv, { schema, dotenv: true });\napp.get('/', () => sign('keyboard cat'));\ndeclare const sign: (key: string) => string;\n";

  it('gets the variable, and the server has it', async () => {
    const manifest = '{ "name": "app", "dependencies": { "@fastify/env": "5.0.0" } }\n';
    const fixed = await fix(
      { 'src/server.ts': text, 'package.json': manifest },
      secretFixes,
      'env-config',
      [SECRET],
    );
    expect(fixed['src/server.ts']).toBe(
      text
        .replace("['A']", "['A', 'SESSION_SECRET']")
        .replace("'string' },\n", "'string' },\n    SESSION_SECRET: { type: 'string' },\n")
        .replace('{ A: string }', '{ A: string; SESSION_SECRET: string }')
        .replace("sign('keyboard cat')", 'sign(app.config.SESSION_SECRET)'),
    );
  });

  it('but not where the values are not there yet', async () => {
    const early = text.replace('await app.register', "sign('keyboard cat');\nawait app.register");
    const files = {
      'src/server.ts': early.replace("app.get('/', () => sign('keyboard cat'));\n", ''),
      'package.json': '{ "name": "app", "dependencies": { "@fastify/env": "5.0.0" } }\n',
    };
    expect(await fix(files, secretFixes, 'env-config', [SECRET])).toEqual(NONE);
  });
});

describe('Nest', () => {
  const module =
    "import { Module } from '@nestjs/common';\nimport { ConfigModule } from '@nestjs/config';\nimport * as Joi from 'joi';\n\n@Module({\n  imports: [\n    ConfigModule.forRoot({\n      isGlobal: true,\n      validationSchema: Joi.object({\n        A: Joi.string(),\n      }),\n    }),\n    JwtModule.register({ secret: 'keyboard cat' }),\n  ],\n})\nexport class AppModule {}\n";
  const manifest = '{ "name": "app", "dependencies": { "@nestjs/config": "4.0.0" } }\n';
  const service =
    "import { Injectable } from '@nestjs/common';\n\n@Injectable()\nexport class Mail {\n  send() {\n    return sign('keyboard cat');\n  }\n}\ndeclare const sign: (key: string) => string;\n";
  const types = {
    'src/types.d.ts':
      "declare module '@nestjs/config' {\n  export const ConfigModule: any;\n  export class ConfigService { get<T>(key: string, fallback: T): T; getOrThrow<T>(key: string): T; }\n}\ndeclare module '@nestjs/core' {\n  export const NestFactory: { create(of: unknown): Promise<{ get<T>(type: new () => T): T; listen(port: number): Promise<void> }> };\n}\ndeclare const JwtModule: any;\n",
  };
  const run = (files: Files, path: string) =>
    fix({ ...types, 'package.json': manifest, ...files }, secretFixes, 'env-config', [
      { ...SECRET, path },
    ]);

  it('configures a module by a factory, and checks the variable with the others', async () => {
    const fixed = await run({ 'src/app.module.ts': module }, 'src/app.module.ts');
    expect(fixed['src/app.module.ts']).toContain(
      "JwtModule.registerAsync({\n      inject: [ConfigService],\n      useFactory: (config: ConfigService) => ({ secret: config.getOrThrow<string>('SESSION_SECRET') }),\n    }),",
    );
    expect(fixed['src/app.module.ts']).toContain('SESSION_SECRET: Joi.string().required(),');
  });

  it('gives a provider the service', async () => {
    const files = { 'src/app.module.ts': module, 'src/mail.ts': service };
    const fixed = await run(files, 'src/mail.ts');
    expect(fixed['src/mail.ts']).toContain(
      "export class Mail {\n  constructor(private readonly config: ConfigService) {}\n\n  send() {\n    return sign(this.config.getOrThrow<string>('SESSION_SECRET'));",
    );
    expect(fixed['src/app.module.ts']).toContain('SESSION_SECRET: Joi.string().required(),');
    const own = { ...files, 'src/app.module.ts': module.replace('isGlobal: true,\n', '') };
    expect(await run(own, 'src/mail.ts')).toEqual(NONE);
  });

  it('asks the application where it is made', async () => {
    const main =
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\n\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(3000);\n}\nvoid bootstrap();\n";
    const files = { 'src/app.module.ts': module, 'src/main.ts': main, 'package.json': manifest };
    const port: Part = { part: '3000', kind: 'port', subject: 'the port', path: 'src/main.ts' };
    const fixed = await fix({ ...types, ...files }, environmentFixes, 'env-config', [port]);
    expect(fixed['src/main.ts']).toContain(
      "app.listen(Number(app.get(ConfigService).get<string>('PORT', '3000')))",
    );
  });
});

describe('a package without settings of its own', () => {
  it('gets one function for all of its modules', async () => {
    const sign = "export class Tokens {\n  sign() {\n    return 'keyboard cat';\n  }\n}\n";
    const files = {
      'src/lib/a.ts': sign,
      'src/b.ts': sign.replace('Tokens', 'Others'),
      'src/main.ts': "import './lib/a';\nimport './b';\n",
    };
    const parts = ['src/lib/a.ts', 'src/b.ts'].map((path) => ({ ...SECRET, path }));
    const fixed = await fix(files, secretFixes, 'env-required', parts);
    expect(Object.keys(fixed).sort()).toEqual([
      '.env.example',
      'src/b.ts',
      'src/lib/a.ts',
      'src/lib/require-env.ts',
    ]);
    expect(fixed['src/b.ts']).toContain(
      "import { requireEnv } from './lib/require-env';\n\nconst SESSION_SECRET = requireEnv('SESSION_SECRET');",
    );
  });
});
