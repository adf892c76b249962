import type { Library } from './library';

/** Loggers and where they write. */
export const logLibraries: readonly Library[] = [];
