import type { Library } from '../library';
import { expressLibraries } from './express';
import { frameworkLibraries } from './frameworks';
import { graphqlServerLibraries } from './graphql';
import { nestLibraries } from './nest';
import { nodeServerLibraries } from './node';
import { webSocketLibraries } from './web-sockets';

/** Servers and routers: what listens, and which functions handle requests. */
export const serverLibraries: readonly Library[] = [
  ...expressLibraries,
  ...nodeServerLibraries,
  ...frameworkLibraries,
  ...nestLibraries,
  ...webSocketLibraries,
  ...graphqlServerLibraries,
];
