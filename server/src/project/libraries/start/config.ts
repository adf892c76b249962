import { defineLibrary } from '../library';

/** Configuration: env files, schemas, config libraries. Their schemas are read by `environment-schemas.ts`. */
export const configLibraries = [
  defineLibrary({
    packages: [
      'dotenv',
      'dotenv-safe',
      'dotenv-flow',
      'dotenv-expand',
      'dotenv-extended',
      '@dotenvx/dotenvx',
      'env-cmd',
      'custom-env',
      'dotenv-defaults',
    ],
    calls: {
      'dotenv.config': { kind: 'env-file', path: '0.path', defaultPath: '.env' },
      'dotenv.configDotenv': { kind: 'env-file', path: '0.path', defaultPath: '.env' },
      'dotenv-safe.config': { kind: 'env-file', path: '0.path', defaultPath: '.env' },
      'dotenv-flow.config': { kind: 'env-file', defaultPath: '.env' },
      'dotenv-extended.load': { kind: 'env-file', path: '0.path', defaultPath: '.env' },
      '@dotenvx/dotenvx.config': { kind: 'env-file', path: '0.path', defaultPath: '.env' },
      'dotenv-defaults.config': { kind: 'env-file', path: '0.path', defaultPath: '.env' },
      'process.loadEnvFile': { kind: 'env-file', path: '0', defaultPath: '.env' },
    },
  }),
  defineLibrary({
    packages: [
      'envalid',
      'zod',
      'joi',
      '@hapi/joi',
      'valibot',
      'arktype',
      'convict',
      'env-var',
      'env-schema',
      '@fastify/env',
      'fastify-env',
      '@t3-oss/env-core',
      '@t3-oss/env-nextjs',
      'znv',
      'envsafe',
      '@nestjs/config',
      'config',
      'nconf',
      'rc',
    ],
    calls: {
      'envalid.cleanEnv': { kind: 'env-schema', schema: '1', library: 'envalid' },
      convict: { kind: 'env-schema', schema: '0', library: 'convict' },
      'env-schema': { kind: 'env-schema', schema: '0.schema', library: 'env-schema' },
      '@t3-oss/env-core.createEnv': { kind: 'env-schema', schema: '0', library: '@t3-oss/env' },
      '@t3-oss/env-nextjs.createEnv': { kind: 'env-schema', schema: '0', library: '@t3-oss/env' },
      '@nestjs/config.ConfigModule.forRoot': [
        { kind: 'env-schema', schema: '0.validationSchema', library: '@nestjs/config' },
        { kind: 'env-file', path: '0.envFilePath', defaultPath: '.env' },
      ],
    },
  }),
];
