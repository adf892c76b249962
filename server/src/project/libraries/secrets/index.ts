import type { Library } from '../library';
import { encryptionLibraries } from './encryption';
import { providerLibraries } from './providers';
import { signInLibraries } from './sign-in';
import { tokenLibraries } from './tokens';

/** Calls that take a credential. SDKs that take it as an option of an unmistakable name need no entry: see `secrets/options.ts`. */
export const secretLibraries: readonly Library[] = [
  ...tokenLibraries,
  ...signInLibraries,
  ...encryptionLibraries,
  ...providerLibraries,
];
