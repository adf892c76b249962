import type { Library } from './library';

/** Files, child processes, clusters. */
export const filesystemLibraries: readonly Library[] = [];
