import type { Library } from '../library';
import { cloudLibraries } from './cloud';
import { directoryLibraries } from './directories';
import { mailLibraries } from './mail';
import { mapperLibraries } from './mappers';
import { mongodbLibraries } from './mongodb';
import { redisLibraries } from './redis';
import { searchLibraries } from './search';
import { sqlLibraries } from './sql';

/** Calls that connect to a backing service, or describe the connection. */
export const serviceLibraries: readonly Library[] = [
  ...sqlLibraries,
  ...mongodbLibraries,
  ...redisLibraries,
  ...mapperLibraries,
  ...searchLibraries,
  ...cloudLibraries,
  ...mailLibraries,
  ...directoryLibraries,
];
