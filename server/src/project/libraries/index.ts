import { botLibraries } from './bots';
import { broadcastLibraries } from './broadcasts';
import { cacheLibraries } from './caches';
import { configLibraries } from './config';
import { embeddedDatabaseLibraries } from './embedded-databases';
import { endpointLibraries } from './endpoints';
import { filesystemLibraries } from './filesystem';
import { libraryTable } from './library';
import { logLibraries } from './logging';
import { migrationLibraries } from './migrations';
import { processLibraries } from './process';
import { queueLibraries } from './queues';
import { rateLimiterLibraries } from './rate-limiters';
import { remoteHostLibraries } from './remote-hosts';
import { requestHandlerLibraries } from './request-handlers';
import { schedulerLibraries } from './schedulers';
import { secretLibraries } from './secrets/index';
import { serverLibraries } from './servers/index';
import { serviceLibraries } from './services/index';
import { sessionLibraries } from './sessions';
import { uploadLibraries } from './uploads';

/** Every library the product knows, in lookup form. */
export const LIBRARIES = libraryTable([
  ...serverLibraries,
  ...requestHandlerLibraries,
  ...processLibraries,
  ...logLibraries,
  ...sessionLibraries,
  ...queueLibraries,
  ...botLibraries,
  ...schedulerLibraries,
  ...rateLimiterLibraries,
  ...cacheLibraries,
  ...broadcastLibraries,
  ...embeddedDatabaseLibraries,
  ...uploadLibraries,
  ...filesystemLibraries,
  ...serviceLibraries,
  ...secretLibraries,
  ...endpointLibraries,
  ...remoteHostLibraries,
  ...configLibraries,
  ...migrationLibraries,
]);
