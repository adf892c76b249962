/** How something that was opened is closed before its process ends. */
export interface Closing {
  readonly method: string;
  /** What says that it is closed: the method's promise, its callback, or an event. */
  readonly how: 'promise' | 'callback' | 'event';
  /** For `event`: its name. */
  readonly event?: string;
  /** `server` stops accepting, `consumer` finishes its jobs, `client` goes last, as the others still need it. */
  readonly order: 'server' | 'consumer' | 'client';
  /** Closes the HTTP server that it is attached to as well. */
  readonly closesServer?: true;
  /** Arguments, before the callback where there is one, as code. */
  readonly before?: string;
  /** It waits for its clients, which have no reason to leave by themselves: its member that lists them. */
  readonly clients?: string;
  /**
   * Where it has Node's HTTP server, as code behind its name (`.listener`); empty for the server itself. Such a server waits for
   * connections that are kept alive.
   */
  readonly http?: string;
  /** For TypeScript the HTTP server in it is no such server, or one of several kinds: what makes it one. */
  readonly httpCast?: 'as' | 'as unknown as';
  /** Its HTTP server cannot close connections that are busy. */
  readonly httpKeepsBusy?: true;
  /**
   * Its HTTP server is closed first: closing itself, it would turn away what open connections still ask. Not so where one of these
   * packages holds sockets open that only its own method ends.
   */
  readonly httpFirstUnless?: readonly string[];
  /** Where it has an HTTP/2 server, which waits for its sessions, as code behind its name. */
  readonly sessions?: string;
  /** Ends at once what it waits for. */
  readonly force?: string;
  /** What it calls back takes no arguments. */
  readonly callsWithNothing?: true;
  /** How it is closed where the code that makes it sets this option. */
  readonly variant?: {
    readonly option: string;
    /** And uses this module. */
    readonly of?: string;
    readonly closing: Closing;
  };
  /** The module is what is closed, once this method of it has opened it. */
  readonly openedBy?: string;
  /** From this major version of the library on, another method closes it. */
  readonly since?: { readonly major: number; readonly method: string };
}

type Order = Closing['order'];

/** Node's HTTP server. */
export const HTTP_SERVER: Closing = {
  method: 'close',
  how: 'callback',
  order: 'server',
  http: '',
};

const HTTP2_ALONE: Closing = {
  method: 'close',
  how: 'callback',
  order: 'server',
  sessions: '',
};

/** Node's HTTP/2 server; one that takes clients of HTTP/1 as well keeps their connections alive. */
export const HTTP2_SERVER: Closing = {
  ...HTTP2_ALONE,
  variant: {
    option: 'allowHTTP1',
    closing: { ...HTTP2_ALONE, http: '', httpCast: 'as unknown as', httpKeepsBusy: true },
  },
};

/** Closed when the promise of a method is fulfilled. */
export const awaited = (method: string, order: Order = 'client'): Closing => ({
  method,
  how: 'promise',
  order,
});

/** Closed when a method calls back. */
export const calledBack = (method: string, order: Order = 'client'): Closing => ({
  method,
  how: 'callback',
  order,
});
