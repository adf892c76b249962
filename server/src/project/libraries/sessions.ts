import type { Library } from './library';

/** Session middleware and session stores. */
export const sessionLibraries: readonly Library[] = [];
