import type { Library } from './library';

/** Uploads, rate limiters, caches, socket adapters: per-process memory and local disk. */
export const storeLibraries: readonly Library[] = [];
