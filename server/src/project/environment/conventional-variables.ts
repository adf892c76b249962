import { BUNDLED, CONVENTIONAL, LIBRARY_READ, RESERVED } from '../../vocabulary/variables';

/** True for variables that need no documentation: conventions of the system, Node, CI and hosting platforms. */
export function isConventional(name: string): boolean {
  return CONVENTIONAL.has(name);
}

/** True for variables that the bundler of browser code supplies by itself: `process.env.PUBLIC_URL`. */
export function isSuppliedByBundler(name: string): boolean {
  return BUNDLED.has(name);
}

/** What libpq takes: `PGHOST`, `PGSSLMODE`. `PG_…` is somebody's own. */
const LIBPQ = /^PG[A-Z]+$/;

/** True for variables that a library, a database image or a tool may read although no code names them. */
export function isReadByLibraries(name: string): boolean {
  return LIBRARY_READ.has(name) || LIBPQ.test(name) || isConventional(name);
}

const PUBLIC_PREFIX = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY)_/;

/** What makes a bundler put the value of a variable into code for browsers: `VITE_`, `NEXT_PUBLIC_`; undefined for other names. */
export function publicPrefix(name: string): string | undefined {
  return PUBLIC_PREFIX.exec(name)?.[0];
}

/**
 * Does the platform, a tool or a library decide what a variable is called? Of families like `GITHUB_*`, a project may have some of its
 * own (`GITHUB_CLIENT_ID`): those it documents.
 */
export function isNamedByOthers(name: string, listed: 'documented' | 'nowhere'): boolean {
  if (RESERVED.has(name) || BUNDLED.has(name)) return true;
  return CONVENTIONAL.has(name) && (listed === 'nowhere' || LIBRARY_READ.has(name));
}
