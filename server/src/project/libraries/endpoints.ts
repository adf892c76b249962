import type { Library } from './library';

/** Calls that take the address of another service. */
export const endpointLibraries: readonly Library[] = [];
