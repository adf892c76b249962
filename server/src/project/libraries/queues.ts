import type { Library } from './library';

/** Message brokers and job queues: consumers and producers. */
export const queueLibraries: readonly Library[] = [];
