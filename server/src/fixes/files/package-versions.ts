import type { PackageInfo } from '../../project/model';
import type { DependencyRequest } from './package-json';

/**
 * Ranges of the packages that fixes add. Source: `engines` and `peerDependencies` in the npm registry, November 2026; the
 * highest major that still runs on Node 20 and takes the clients named beside it.
 */
const RANGES = {
  // 9 takes redis 5 and later only; 8 takes redis 4 and ioredis; 10 asks for Node 22.
  'connect-redis': '^9.0.0',
  'connect-redis for older clients': '^8.0.0',
  redis: '^5.0.0',
  // 6 asks for Node 20 and is not yet taken by all stores.
  ioredis: '^5.9.0',
  // 5 and later ask for express-rate-limit 8.
  'rate-limit-redis': '^4.3.0',
  '@nest-lab/throttler-storage-redis': '^1.2.0',
  'graphql-redis-subscriptions': '^2.7.0',
  '@socket.io/redis-adapter': '^8.3.0',
  // 5 takes mongodb 5 and 6 (mongoose 7 and 8); 6 takes any from 5 on.
  'connect-mongo': '^5.1.0',
  'connect-mongo for newer drivers': '^6.0.0',
  'connect-mongo for driver 4': '^4.6.0',
  // Brings a driver of its own and asks for none.
  'connect-mongo for older drivers': '~4.5.0',
  'connect-pg-simple': '^10.0.0',
  '@types/connect-pg-simple': '^7.0.3',
  'express-session': '^1.18.0',
} as const;

/** Tools that admin scripts run; those that must match a library are declared in that library's version. */
const TOOL_RANGES: Readonly<Record<string, string>> = {
  knex: '^3.1.0',
  prisma: '^6.0.0',
  'sequelize-cli': '^6.6.0',
  'node-pg-migrate': '^8.0.0',
  'db-migrate': '^0.11.14',
  'migrate-mongo': '^12.0.0',
  'drizzle-kit': '^0.31.0',
  'ts-node': '^10.9.2',
  tsx: '^4.19.0',
};
const TOOL_COMPANIONS: Readonly<Record<string, string>> = {
  prisma: '@prisma/client',
  '@mikro-orm/cli': '@mikro-orm/core',
};

/** The range to declare an admin tool with; undefined where no version is known to fit. */
export function toolRange(name: string, owner: PackageInfo): string | undefined {
  const companion = owner.dependencies.get(TOOL_COMPANIONS[name] ?? '');
  return companion?.range ?? TOOL_RANGES[name];
}

export type AddedPackage = Exclude<keyof typeof RANGES, `${string} for ${string}`>;

/** A package to add, in the version that fits what the owner declares already. */
export function packageToAdd(
  name: AddedPackage,
  owner: PackageInfo | undefined,
): DependencyRequest {
  return { name, range: RANGES[variantFor(name, owner)] };
}

/** The major version a package declares for a dependency; undefined when it declares none or no number. */
export function declaredMajor(owner: PackageInfo | undefined, name: string): number | undefined {
  const digits = /\d+/.exec(owner?.dependencies.get(name)?.range ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** The driver that a version of mongoose brings along. */
function driverOf(mongoose: number | undefined): number {
  return mongoose === undefined || mongoose > 6 ? 5 : mongoose === 6 ? 4 : 3;
}

function variantFor(name: AddedPackage, owner: PackageInfo | undefined): keyof typeof RANGES {
  if (name === 'connect-redis') {
    const redis = declaredMajor(owner, 'redis');
    const isOld = redis === undefined ? owner?.dependencies.has('ioredis') === true : redis < 5;
    return isOld ? 'connect-redis for older clients' : name;
  }
  if (name === 'connect-mongo') {
    const isNew =
      (declaredMajor(owner, 'mongodb') ?? 0) >= 7 || (declaredMajor(owner, 'mongoose') ?? 0) >= 9;
    if (isNew) return 'connect-mongo for newer drivers';
    const driver = declaredMajor(owner, 'mongodb') ?? driverOf(declaredMajor(owner, 'mongoose'));
    // 5 asks for express-session 1.17, as 4.6 does not.
    const session = /\d\.(\d+)/.exec(owner?.dependencies.get('express-session')?.range ?? '');
    const isOldSession = Number(session?.[1] ?? 17) < 17;
    if (driver < 4 || (isOldSession && driver > 4)) return 'connect-mongo for older drivers';
    return driver === 4 ? 'connect-mongo for driver 4' : name;
  }
  return name;
}
