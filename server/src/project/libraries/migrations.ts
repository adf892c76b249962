import type { Library } from './library';

/** Schema synchronisation, migrations, seeds. */
export const migrationLibraries: readonly Library[] = [];
