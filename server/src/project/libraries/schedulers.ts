import type { Library } from './library';

/** Schedules inside the process. */
export const schedulerLibraries: readonly Library[] = [];
