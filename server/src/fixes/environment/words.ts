import { registrableDomain } from '../../project/urls/hosts';
import { HOSTED_APPS, INTERNAL, LOOPBACK } from '../../vocabulary/hosts';
import { SERVICE_LABELS } from '../../vocabulary/naming';

/** `apiBaseURL`, `api-base-url`, `API_BASE_URL` → `API_BASE_URL`; undefined when no letter is left. */
export function screamingCase(name: string): string | undefined {
  const words = name
    .replace(/OAuth(?=2?[A-Z]|2?$)/g, 'Oauth')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/(?<=[A-Z])[A-Z][a-z]/g, '_$&')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .join('_')
    .toUpperCase()
    // No variable begins with a digit: `46elks` → `ELKS46`.
    .replace(/^(\d+)([A-Z]+)(?=_|$)/, '$2$1')
    .replace(/^[0-9_]+/, '');
  return /[A-Z]/.test(joined) ? joined : undefined;
}

/** `STRIPE_API_URL` → `stripeApiUrl`. */
export function camelCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Words joined by `_`, none twice in a row: `STRIPE` + `STRIPE_URL` → `STRIPE_URL`. */
export function joinWords(...parts: readonly (string | undefined)[]): string {
  const words = parts.flatMap((part) => (part === undefined ? [] : part.split('_')));
  return words.filter((word, index) => word !== '' && word !== words[index - 1]).join('_');
}

export interface UrlParts {
  readonly host: string;
  readonly path: string;
}

/** Host and path of an absolute URL or a `host[:port]` text; undefined for anything else. */
export function urlParts(text: string): UrlParts | undefined {
  const match =
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@\s]*@)?(\[[^\]]*\]|[^/:?#\s]+)(?::\d+)?([^?#\s]*)/i.exec(
      text,
    );
  if (match) return { host: (match[1] ?? '').toLowerCase(), path: match[2] ?? '' };
  const bare = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost)(?::\d+)?(\/[^?#\s]*)?$/i.exec(text);
  return bare ? { host: (bare[1] ?? '').toLowerCase(), path: bare[2] ?? '' } : undefined;
}

/**
 * Who stands behind a host, as an environment name's first words: `api.stripe.com` → `STRIPE_API`,
 * `billing-service.internal` → `BILLING_SERVICE`; undefined for loopback, addresses and example hosts.
 */
export function hostWords(url: string): string | undefined {
  const parts = urlParts(url);
  if (!parts || LOOPBACK.has(parts.host) || NOBODY.test(parts.host)) return undefined;
  const labels = parts.host.split('.').filter((label) => label !== 'www');
  const [first = ''] = labels;
  const last = labels.at(-1) ?? '';
  if (labels.length === 1 || INTERNAL.has(last) || /^(test|cluster)$/.test(last))
    return screamingCase(first);
  if (HOSTED_APPS.hasAbove(parts.host)) return screamingCase(first);
  const suffix = registrableDomain(labels.join('.')).split('.').length - 1;
  const owner = screamingCase(labels[labels.length - 1 - suffix] ?? first);
  const service = labels.length > suffix + 1 ? first : '';
  const isApi = /^(rest-?)?api\d*$/.test(service) || /^\/(api|v\d)(\/|$)/.test(parts.path);
  const words = isApi ? 'API' : SERVICE_LABELS.has(service) ? screamingCase(service) : undefined;
  return joinWords(owner, words) || undefined;
}

/** Addresses, and hosts of examples. */
const NOBODY = /^(\[.*\]|[\d.]+|(.*\.)?example\.(com|org|net))$/;

/** The owner alone: `LINKEDIN_API` → `LINKEDIN`. */
export function ownerWords(url: string): string | undefined {
  const words = hostWords(url)?.split('_') ?? [];
  while (
    words.length > 1 &&
    (words[words.length - 1] === 'API' ||
      SERVICE_LABELS.has(words[words.length - 1]?.toLowerCase() ?? ''))
  ) {
    words.pop();
  }
  return words.length > 0 ? words.join('_') : undefined;
}
