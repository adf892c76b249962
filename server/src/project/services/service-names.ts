import { wordsOf } from '../../base/words';
import {
  ADDRESS_WORDS,
  COMPANIONS,
  OTHER_SETTINGS,
  OWN_WORDS,
  PROCESS_WORDS,
  SIDECARS,
} from '../../vocabulary/service-names';
import { SERVICE_WORDS, SERVICES, type ServiceKind } from '../../vocabulary/services';

/**
 * The backing service that a variable or property is about, by its name: `REDIS_HOST` → `redis`, `databaseUrl` → `sql`.
 * @returns undefined for names of other things, also of other settings of a service (`DB_NAME`)
 */
export function serviceOfName(name: string): ServiceKind | undefined {
  const words = wordsOf(name);
  if (words.some((word) => SIDECARS.has(word)) || OTHER_SETTINGS.has(words.at(-1) ?? ''))
    return undefined;
  for (const word of words) {
    const found = SERVICE_WORDS.get(word.replace(/(?<!\d)\d+$/, '')) ?? SERVICE_WORDS.get(word);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Is it the address of a process of its own that this one calls: `USER_SERVICE_URL`, `billingApiHost`? */
export function isUpstreamName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => SIDECARS.has(word))) return false;
  const last = words.at(-1) ?? '';
  if (!ADDRESS_WORDS.has(last)) return false;
  const kind = words.slice(0, -1);
  if (kind.some((word) => OWN_WORDS.has(word))) return false;
  return kind.length > 1
    ? kind.some((word) => PROCESS_WORDS.has(word) || COMPANIONS.has(word))
    : COMPANIONS.has(kind[0] ?? '');
}

/** How people call a kind of service, for messages. */
export function serviceLabel(service: ServiceKind | undefined): string {
  return SERVICES[service ?? 'http'].label;
}
