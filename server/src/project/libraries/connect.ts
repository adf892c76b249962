import type { ServiceKind } from '../../vocabulary/services';
import type { ArgumentPath, Meaning } from './meaning';

/** What a call says about the backing service it connects to. */
export type Connect = Extract<Meaning, { kind: 'connect' }>;

/** Where the arguments of a call say what to connect to. */
export type Places = Partial<
  Pick<Connect, 'url' | 'host' | 'port' | 'user' | 'password' | 'database' | 'file'>
>;

/** A client that connects when it is first used, and tries again. */
export const lazy = (service: ServiceKind, places: Places): Connect => ({
  kind: 'connect',
  service,
  attempt: 'lazy',
  ...places,
});

/** A connection that is attempted once, at the call. */
export const once = (service: ServiceKind, places: Places = {}): Connect => ({
  kind: 'connect',
  service,
  attempt: 'once',
  ...places,
});

/** `{ host, port, user, password, database }` at some place of the arguments. */
export const options = (at: string, urls: readonly ArgumentPath[] = [], user = 'user'): Places => ({
  url: [...urls, `${at}.url`, `${at}.uri`, `${at}.connectionString`].join('|'),
  host: `${at}.host|${at}.hostname|${at}.server`,
  port: `${at}.port`,
  user: `${at}.${user}|${at}.username`,
  password: `${at}.password|${at}.pass`,
  database: `${at}.database`,
});

/** Connects to this machine when it is given no more than `count` arguments. */
export const localBelow = (count: number, meaning: Connect): Connect => ({
  ...meaning,
  localBelow: count,
});
