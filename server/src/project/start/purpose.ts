import {
  CLOCK,
  DEVELOPER_PLACES,
  DEVELOPER_PROCESSES,
  PRODUCTION_PROCESSES,
  RELEASE,
  WEB,
  WORKER,
} from '../../vocabulary/processes';
import type { CommandStep, StartCommand } from '../model';

/**
 * Does a path say that it is about development or tests (`docker-compose.dev.yml`, `k8s/overlays/local/…`)? A hump ends no word of a
 * path: `local-strategy.ts` may be for developers, `localStorage.ts` is not.
 */
export function isDevelopmentPath(path: string): boolean {
  return DEVELOPER_PLACES.isIn(path.toLowerCase());
}

/** Does a name (of a script, stage, service or profile) say that it is about development or tests? */
export function isDevelopmentName(name: string): boolean {
  return DEVELOPER_PROCESSES.isIn(name);
}

/** Does a service of a compose file start only where developers ask for it: `profiles: [dev]`? */
export function isOfDevelopers({ profiles }: { readonly profiles: readonly string[] }): boolean {
  return profiles.length > 0 && profiles.every(isDevelopmentName);
}

/** Does a name say that it is what runs in production? */
export function isProductionName(name: string): boolean {
  return PRODUCTION_PROCESSES.isIn(name);
}

/**
 * What a process is for, by the name it was given (a Procfile type, a service, a script).
 * @param name the name
 * @param otherwise what it is when the name says nothing
 */
export function processByName(
  name: string,
  otherwise: StartCommand['process'],
): StartCommand['process'] {
  if (RELEASE.isIn(name)) return 'release';
  if (CLOCK.isIn(name)) return 'clock';
  if (WORKER.isIn(name)) return 'worker';
  return WEB.isIn(name) ? 'web' : otherwise;
}

/** Whether one of the steps comes out of a script that says by its name that it is for development. */
export function runsDevelopmentScript(steps: readonly CommandStep[]): boolean {
  return steps.some((step) => step.via.some(isDevelopmentName));
}
