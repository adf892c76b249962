import type { Library } from './library';

/** Clients of backing services: what they connect to and with which credentials. */
export const serviceLibraries: readonly Library[] = [];
