import { filesystemLibraries } from './files/filesystem';
import { logLibraries } from './files/logging';
import { uploadLibraries } from './files/uploads';
import { libraryTable } from './library';
import { queueLibraries } from './queues/index';
import { endpointLibraries } from './requests/endpoints';
import { remoteHostLibraries } from './requests/remote-hosts';
import { requestHandlerLibraries } from './requests/request-handlers';
import { secretLibraries } from './secrets/index';
import { serverLibraries } from './servers/index';
import { serviceLibraries } from './services/index';
import { configLibraries } from './start/config';
import { migrationLibraries } from './start/migrations';
import { processLibraries } from './start/process';
import { cacheLibraries } from './stores/caches';
import { embeddedDatabaseLibraries } from './stores/embedded-databases';
import { rateLimiterLibraries } from './stores/rate-limiters';
import { sessionLibraries } from './stores/sessions';

/** Every library the product knows, in lookup form. */
export const LIBRARIES = libraryTable([
  ...serverLibraries,
  ...requestHandlerLibraries,
  ...processLibraries,
  ...logLibraries,
  ...sessionLibraries,
  ...queueLibraries,
  ...rateLimiterLibraries,
  ...cacheLibraries,
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
