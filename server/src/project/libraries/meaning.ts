import type { ServiceKind } from '../../vocabulary/services';

/**
 * What a call of a library means for a twelve-factor app. A meaning is data: argument places are paths into the call's
 * arguments such as `0`, `0.port`, `1.store` (`0|0.port`: the first that is there; `1+`: every argument from the second on).
 */
export type ArgumentPath = string;

/** What a type of log output does: writes the file that a member of the entry names, or ships to a service. */
export type LogOutput =
  { readonly file: string; readonly optional?: true } | { readonly ships: string };

/** The meaning holds only when the argument is one of these strings. */
export interface Condition {
  readonly at: ArgumentPath;
  readonly is: readonly string[];
}

/** Where a library is told not to handle SIGTERM: by `true`, or by a list of signals without it. */
export interface SignalSwitch {
  readonly at: ArgumentPath;
  /** Of another call, by its canonical callee. */
  readonly of?: string;
}

/** With which values of an argument (undefined: without it) what is made waits until its `start` is called. */
export interface StartSwitch {
  readonly at: ArgumentPath;
  readonly when: readonly (boolean | undefined)[];
}

/** The meaning holds only for what was made with `true` at this argument, or (`is: false`) without it. */
export interface MadeWith {
  readonly at: ArgumentPath;
  readonly is: boolean;
}

/**
 * What a URL is used for.
 * - `request`: the target of one request; `base`: what all requests of a client start with; `proxy`: where requests are sent on
 * - `origin`: an origin that browsers are let in from (CORS)
 * - `callback`: an address of this app that others send people or messages to
 */
export type EndpointUse = 'request' | 'base' | 'proxy' | 'origin' | 'callback';

export type Meaning =
  /** Creates a server object that something may listen with. */
  | {
      readonly kind: 'server';
      readonly framework: string;
      /** For servers that get their address where they are made (hapi). */
      readonly port?: ArgumentPath;
      readonly host?: ArgumentPath;
    }
  /** Binds a port. */
  | {
      readonly kind: 'listen';
      readonly framework: string;
      readonly port?: ArgumentPath;
      readonly host?: ArgumentPath;
      /** Binds loopback when no host is given: always (fastify), or when the server was made with such an adapter (Nest). */
      readonly loopbackByDefault?: true | { readonly adapter: string };
      /** Binds nothing without the port argument: it attaches to a server that listens elsewhere (ws, socket.io). */
      readonly attaches?: true;
      /** Platform or framework handles SIGTERM itself. */
      readonly handlesSigterm?: true;
      readonly made?: MadeWith;
    }
  /** Registers request handlers: functions among the arguments, or members of an object argument. */
  | {
      readonly kind: 'route';
      readonly framework: string;
      readonly path?: ArgumentPath;
      readonly handlers: ArgumentPath;
    }
  /** Registers functions that run whenever requests touch data: hooks of models and schemas. */
  | { readonly kind: 'hook'; readonly handlers: ArgumentPath }
  /** Registers a function that runs once, at start, with the server as its first argument. */
  | { readonly kind: 'plugin'; readonly plugin: ArgumentPath }
  /** Session middleware. */
  | {
      readonly kind: 'session';
      readonly store?: ArgumentPath;
      readonly secret?: ArgumentPath;
      /** Where the session data lives without a store. */
      readonly withoutStore: 'memory' | 'files' | 'cookie';
    }
  /** A session store that one process keeps to itself, made explicitly: in its memory, or in files beside it. */
  | { readonly kind: 'memory-session-store'; readonly where?: 'memory' | 'files' }
  /**
   * Starts consuming messages or jobs. `how`: absent where each message goes to one of the consumers; `broadcast` where every
   * process gets its own copy; `pull` takes a message when it is called; `microservice` listens to the transport that
   * the framework was given; `gateway` keeps the connection over which a chat service hands its events to this process alone.
   */
  | {
      readonly kind: 'consumer';
      readonly service: ServiceKind;
      readonly handler?: ArgumentPath;
      readonly how?: 'broadcast' | 'pull' | 'microservice' | 'gateway';
      /** Stops by itself on SIGTERM, unless told otherwise. */
      readonly handlesSigterm?: SignalSwitch;
      readonly made?: MadeWith;
    }
  | { readonly kind: 'producer'; readonly service: ServiceKind }
  /** Starts a schedule in this process, or makes one that `waits` for somebody to start it. */
  | {
      readonly kind: 'scheduler';
      readonly handler?: ArgumentPath;
      readonly locked?: true;
      readonly waits?: StartSwitch;
    }
  /** Installs SIGTERM handling (helper libraries and framework switches). */
  | { readonly kind: 'shutdown'; readonly signals?: ArgumentPath; readonly handler?: ArgumentPath }
  /** `process.on('SIGTERM', …)`. */
  | { readonly kind: 'signal'; readonly signal: ArgumentPath; readonly handler: ArgumentPath }
  /** Exits the process. */
  | { readonly kind: 'exit' }
  /** Closes a server, pool or client. */
  | { readonly kind: 'close' }
  /** Writes logs to a file: transport constructors and the like. Without the argument there is no file (`pino.destination()`). */
  | {
      readonly kind: 'log-file';
      readonly path?: ArgumentPath;
      /** Holds only where this argument is one of these classes, by canonical name: `logger.add(winston.transports.File)`. */
      readonly transport?: { readonly at: ArgumentPath; readonly is: readonly string[] };
      readonly library: string;
      readonly optional?: true;
      readonly replacement?: string;
    }
  /** Gives a logger a stream to write to: a file only where the stream is one. */
  | {
      readonly kind: 'log-stream';
      readonly streams: readonly ArgumentPath[];
      readonly library: string;
    }
  /** Configures a logger's outputs by data: each entry names its type, and by it a file or a service. */
  | {
      readonly kind: 'log-outputs';
      readonly library: string;
      /** Where the entries are; `*` stands for every item of a list or member of an object. */
      readonly entries: readonly ArgumentPath[];
      /** The entry's member that names its type; absent: every entry with a path is a file. */
      readonly type?: string;
      readonly outputs: Readonly<Record<string, LogOutput>>;
    }
  /** Ships logs by itself. */
  | { readonly kind: 'log-shipper'; readonly target: string }
  /** Writes to the local file system. */
  | {
      readonly kind: 'file-write';
      readonly path: ArgumentPath;
      readonly how: 'write' | 'append' | 'stream' | 'sync' | 'copy';
      readonly data?: ArgumentPath;
    }
  | { readonly kind: 'file-delete'; readonly path: ArgumentPath }
  | { readonly kind: 'file-read'; readonly path: ArgumentPath; readonly how: 'async' | 'sync' }
  /**
   * Blocks the event loop: `cheap` ones for a moment only. `asynchronous` is the member of the same object that returns a promise
   * instead (`promises.readFile`), `callback` the one that takes a callback with the same result (`pbkdf2`); `output` is a program's:
   * the callback gets it as text, the promise of it in `stdout`.
   */
  | {
      readonly kind: 'blocking';
      readonly asynchronous?: string;
      readonly callback?: string;
      readonly output?: true;
      readonly cheap?: true;
    }
  /** A credential goes here. */
  | {
      readonly kind: 'secret';
      readonly secret: ArgumentPath;
      readonly what: string;
      /** A provider issued it: a placeholder there is no working secret. Absent: the app made it up, so whatever stands there is it. */
      readonly issued?: true;
    }
  /** An endpoint goes here. */
  | {
      readonly kind: 'endpoint';
      readonly url: ArgumentPath;
      readonly what: string;
      readonly use: EndpointUse;
    }
  /** Goes to another host by its name; `http`: with a request that may as well be for a public service. */
  | { readonly kind: 'remote-host'; readonly host: ArgumentPath; readonly over: 'http' | 'tcp' }
  /** Connects to a backing service. */
  | {
      readonly kind: 'connect';
      readonly service: ServiceKind;
      readonly url?: ArgumentPath;
      readonly host?: ArgumentPath;
      readonly port?: ArgumentPath;
      readonly user?: ArgumentPath;
      readonly password?: ArgumentPath;
      readonly database?: ArgumentPath;
      readonly file?: ArgumentPath;
      /** `lazy` pools connect on first use and reconnect by themselves; `once` is a single attempt whose failure is final. */
      readonly attempt: 'lazy' | 'once';
      /** Without arguments, or with no more than so many, it connects to this machine. */
      readonly localBelow?: number;
    }
  /** Keeps uploads on the local disk. */
  | {
      readonly kind: 'upload';
      readonly directory?: ArgumentPath;
      readonly storage?: ArgumentPath;
      readonly withoutOptions: 'disk' | 'memory' | 'temporary';
    }
  /** Per-process memory where several processes must agree. */
  | {
      readonly kind: 'memory-store';
      readonly store?: ArgumentPath;
      readonly what: 'rate-limit' | 'cache' | 'socket-adapter' | 'pub-sub';
      readonly library: string;
      readonly when?: Condition;
    }
  /** Gives something a shared store after it was made (`io.adapter(…)`). */
  | { readonly kind: 'shared-store'; readonly what: 'socket-adapter' }
  /** Sends each client to the process that it was sent to before. */
  | { readonly kind: 'affinity' }
  /** Keeps the app's data in a file of its own. */
  | {
      readonly kind: 'local-database';
      readonly engine: string;
      readonly file: ArgumentPath;
      readonly when?: Condition;
      readonly withoutFile?: 'memory' | 'file';
    }
  /** Runs another program. */
  | {
      readonly kind: 'spawn';
      readonly command: ArgumentPath;
      readonly how: 'shell' | 'exec';
      readonly sync?: true;
      readonly options?: ArgumentPath;
    }
  /** Forks the app itself per CPU. */
  | { readonly kind: 'cluster' }
  /** Puts a process into the background, away from whoever started it. */
  | { readonly kind: 'daemonize' }
  /** Schema synchronisation or migration. */
  | {
      readonly kind: 'migrate';
      readonly how: 'sync' | 'migrate' | 'seed' | 'reset';
      readonly option?: ArgumentPath;
    }
  /** Loads an env file or reads configuration through a schema. */
  | { readonly kind: 'env-file'; readonly path?: ArgumentPath; readonly defaultPath: string }
  | { readonly kind: 'env-schema'; readonly schema: ArgumentPath; readonly library: string }
  /** Keeps accepted work in memory only. */
  | { readonly kind: 'memory-queue'; readonly handler?: ArgumentPath }
  /** A retry helper wraps what its handler does. */
  | { readonly kind: 'retry'; readonly handler: ArgumentPath };
