import type { PackageInfo } from '../model';

/** Binaries whose package has another name. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  tsc: ['typescript'],
  nest: ['@nestjs/cli'],
  ng: ['@angular/cli'],
  babel: ['@babel/cli', 'babel-cli'],
  'babel-node': ['@babel/node', 'babel-cli'],
  sequelize: ['sequelize-cli'],
  tsnd: ['ts-node-dev'],
  'ts-node-esm': ['ts-node'],
  'run-s': ['npm-run-all', 'npm-run-all2'],
  'run-p': ['npm-run-all', 'npm-run-all2'],
  dotenv: ['dotenv-cli', 'dotenv'],
  dotenvx: ['@dotenvx/dotenvx'],
  webpack: ['webpack-cli', 'webpack'],
  swc: ['@swc/cli'],
  'pm2-runtime': ['pm2'],
  'pm2-docker': ['pm2'],
  fastify: ['fastify-cli'],
  mikro: ['@mikro-orm/cli'],
  'mikro-orm': ['@mikro-orm/cli'],
  'mikro-orm-esm': ['@mikro-orm/cli'],
  'typeorm-ts-node-commonjs': ['typeorm'],
  'typeorm-ts-node-esm': ['typeorm'],
  'ts-node-script': ['ts-node'],
  'graphql-codegen': ['@graphql-codegen/cli'],
  tailwindcss: ['@tailwindcss/cli', 'tailwindcss'],
  medusa: ['@medusajs/cli', '@medusajs/medusa-cli'],
  sls: ['serverless'],
  'react-router-serve': ['@react-router/serve'],
  'remix-serve': ['@remix-run/serve'],
  wait: ['wait-on'],
};

/** The packages that may provide a binary, likeliest first. */
export function packagesOfBinary(binary: string): readonly string[] {
  return PACKAGES[binary] ?? [binary];
}

/** The package of the manifest that provides a binary, with how it is declared; undefined when none does. */
export function declaredBinary(
  info: PackageInfo,
  binary: string,
): { readonly name: string; readonly kind: string } | undefined {
  for (const name of packagesOfBinary(binary)) {
    const declared = info.dependencies.get(name) ?? info.workspaceRoot?.dependencies.get(name);
    if (declared) return { name, kind: declared.kind };
  }
  return undefined;
}
