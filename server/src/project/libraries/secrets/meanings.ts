import type { ArgumentPath, Meaning } from '../meaning';

/** A credential that the app makes up itself: whatever stands there is the secret, placeholders included. */
export const own = (secret: ArgumentPath, what: string): Meaning => ({
  kind: 'secret',
  secret,
  what,
});

/** A credential that a provider issued: a placeholder there works nowhere. */
export const issued = (secret: ArgumentPath, what: string): Meaning => ({
  kind: 'secret',
  secret,
  what,
  issued: true,
});
