import type { ServiceKind } from '../../../vocabulary/services';
import type { ArgumentPath, Meaning, SignalSwitch, StartSwitch } from '../meaning';

/** Takes messages or jobs, each of which goes to one of the consumers. */
export const consume = (service: ServiceKind, handler?: ArgumentPath): Meaning => ({
  kind: 'consumer',
  service,
  ...(handler === undefined ? {} : { handler }),
});

/** Takes jobs, and stops by itself on SIGTERM unless it is told otherwise. */
export const stopping = (service: ServiceKind, handlesSigterm: SignalSwitch): Meaning => ({
  kind: 'consumer',
  service,
  handlesSigterm,
});

/** Every subscriber gets every message. */
export const subscribe = (service: ServiceKind): Meaning => ({
  kind: 'consumer',
  service,
  how: 'broadcast',
});

/** Hands on a message or job. */
export const produce = (service: ServiceKind): Meaning => ({ kind: 'producer', service });

/** Starts a schedule in this process, or makes one that `waits` to be started. */
export const schedule = (handler?: ArgumentPath, waits?: StartSwitch): Meaning => ({
  kind: 'scheduler',
  ...(handler === undefined ? {} : { handler }),
  ...(waits === undefined ? {} : { waits }),
});

/** Starts a schedule of which one process runs each job, because all share a lock. */
export const lockedSchedule: Meaning = { kind: 'scheduler', locked: true };
