import { ADMIN_SCRIPTS, BUILD_SCRIPTS, TEST_SCRIPTS } from '../../vocabulary/processes';
import type { EntryPoint, StartCommand } from '../model';
import { isStartScript } from './from/scripts';
import { isDevelopmentName } from './purpose';

/**
 * What the declaration of a command tells about the files it starts.
 * @param innermost the script that the file is named in, where that is not the command's own
 * @returns the intent, and the inner script's name where it is that script which says so
 */
export function intentOf(
  command: StartCommand,
  innermost: string | undefined,
): { intent: EntryPoint['intent']; script?: string } {
  if (command.form === 'script') {
    const name = command.origin.replace(/^package\.json scripts\./, '');
    // `test: npm run db:seed && …`: the seed stays what it is.
    const own =
      innermost === undefined || innermost === name
        ? undefined
        : knownIntent(innermost.replace(/^nps /, ''));
    if (own === 'admin' || own === 'build') {
      return innermost?.startsWith('nps ')
        ? { intent: own }
        : { intent: own, ...(innermost === undefined ? {} : { script: innermost }) };
    }
    const intent = knownIntent(name) ?? 'admin';
    return { intent: intent === 'start' && !command.production ? 'development' : intent };
  }
  if (/^Kubernetes (Cron)?Job\b/.test(command.origin) && command.process !== 'release')
    return { intent: 'admin' };
  if (command.process === 'release') return { intent: 'release' };
  return { intent: command.production ? 'start' : 'development' };
}

/** Is a package script of this name a one-off task (migrate, seed, import …)? */
export function isAdminScript(name: string): boolean {
  return knownIntent(name) === 'admin';
}

/** What a package script is for, by its name; undefined when the name says nothing. */
function knownIntent(name: string): EntryPoint['intent'] | undefined {
  if (isStartScript(name)) return 'start';
  if (TEST_SCRIPTS.isIn(name)) return 'test';
  if (BUILD_SCRIPTS.begins(name) || BUILD_SCRIPTS.begins(name.replace(/^(?:pre|post)/, '')))
    return 'build';
  if (ADMIN_SCRIPTS.isIn(name)) return 'admin';
  if (isDevelopmentName(name) || /^start/.test(name)) return 'development';
  return undefined;
}
