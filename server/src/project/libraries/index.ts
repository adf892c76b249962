import { libraryTable } from './library';
import { httpServers } from './http-servers';
import { processLibraries } from './process';

/** Every library the product knows, in lookup form. */
export const LIBRARIES = libraryTable([...httpServers, ...processLibraries]);
