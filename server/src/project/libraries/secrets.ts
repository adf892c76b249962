import type { Library } from './library';

/** Calls that take a credential. */
export const secretLibraries: readonly Library[] = [];
