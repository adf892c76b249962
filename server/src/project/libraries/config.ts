import type { Library } from './library';

/** Configuration: env files, schemas, config libraries. */
export const configLibraries: readonly Library[] = [];
