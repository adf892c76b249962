import type { Library } from '../library';
import { sqlLibraries } from './sql';
import { mongodbLibraries } from './mongodb';
import { redisLibraries } from './redis';
import { mapperLibraries } from './mappers';
import { brokerLibraries } from './brokers';
import { searchLibraries } from './search';
import { cloudLibraries } from './cloud';
import { mailLibraries } from './mail';
import { directoryLibraries } from './directories';

/** Calls that connect to a backing service, or describe the connection. */
export const serviceLibraries: readonly Library[] = [
  ...sqlLibraries,
  ...mongodbLibraries,
  ...redisLibraries,
  ...mapperLibraries,
  ...brokerLibraries,
  ...searchLibraries,
  ...cloudLibraries,
  ...mailLibraries,
  ...directoryLibraries,
];
