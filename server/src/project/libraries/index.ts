import { configLibraries } from './config';
import { endpointLibraries } from './endpoints';
import { filesystemLibraries } from './filesystem';
import { httpServers } from './http-servers';
import { libraryTable } from './library';
import { logLibraries } from './logging';
import { migrationLibraries } from './migrations';
import { processLibraries } from './process';
import { remoteHostLibraries } from './remote-hosts';
import { queueLibraries } from './queues';
import { requestHandlerLibraries } from './request-handlers';
import { schedulerLibraries } from './schedulers';
import { secretLibraries } from './secrets';
import { serviceLibraries } from './services/index';
import { sessionLibraries } from './sessions';
import { storeLibraries } from './stores';

/** Every library the product knows, in lookup form. */
export const LIBRARIES = libraryTable([
  ...httpServers,
  ...requestHandlerLibraries,
  ...processLibraries,
  ...logLibraries,
  ...sessionLibraries,
  ...queueLibraries,
  ...schedulerLibraries,
  ...storeLibraries,
  ...filesystemLibraries,
  ...serviceLibraries,
  ...secretLibraries,
  ...endpointLibraries,
  ...remoteHostLibraries,
  ...configLibraries,
  ...migrationLibraries,
]);
