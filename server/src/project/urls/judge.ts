import { classifyHost, variesByDeploy, type HostClass } from './hosts';
import { isNamedAfterPackage } from './own-domains';
import { isToRead } from './reading';
import type { UrlText } from './url-text';
import type { UrlUse } from './use';

/** What is known of the project around a URL. */
export interface UrlSurroundings {
  readonly ownDomains: ReadonlySet<string>;
  /** Names of the package and its workspace root. */
  readonly packageNames: readonly string[];
  /** The file talks to a public host as a client of somebody's service, the same for every deploy; default: never. */
  isClientOf?(host: string): boolean;
}

/** The verdict on one URL. `varies`: it differs between deploys; `vendor`: the same everywhere, yet an endpoint. */
export interface UrlJudgement {
  readonly verdict: 'varies' | 'vendor';
  readonly host: HostClass;
}

/**
 * Judges a URL that is written down: does it vary by deploy, given its host and what it is used for? Knows nothing of syntax,
 * so it serves source and manifests alike.
 * @returns undefined for URLs that may stay
 */
export function judgeUrl(
  url: UrlText,
  use: UrlUse,
  surroundings: UrlSurroundings,
): UrlJudgement | undefined {
  let host = classifyHost(url.host, surroundings.ownDomains);
  if (host === undefined || host === 'fixed' || host === 'example') return undefined;
  if (host === 'public' && isNamedAfterPackage(url.host, surroundings.packageNames)) host = 'own';
  if (variesByDeploy(host)) return judgeVarying(url, host, use);
  switch (use) {
    case 'origin':
    case 'callback':
      // Whoever calls back, or is let in, is the app's own unless it is a well-known service.
      return host === 'public' ? { verdict: 'varies', host } : undefined;
    case 'own':
      return {
        verdict:
          host === 'public' && surroundings.isClientOf?.(url.host) !== true ? 'varies' : 'vendor',
        host,
      };
    case 'request':
    case 'base':
    case 'proxy':
    case 'endpoint':
      return { verdict: isBarePort(url, host) ? 'varies' : 'vendor', host };
    default:
      return undefined;
  }
}

/** `http://shop-test.io:8081`: without encryption and under a port of its own, it is no vendor's service but one of one's own. */
function isBarePort({ scheme, port }: UrlText, host: HostClass): boolean {
  return host === 'public' && scheme === 'http' && /^:?\d{4,5}$/.test(port);
}

/** Uses that people may be shown, as far as a name or a place tells; what is requested, let in or served is none. */
const MAY_BE_SHOWN: ReadonlySet<UrlUse> = new Set([
  'address',
  'endpoint',
  'link',
  'redirect',
  'callback',
]);

function judgeVarying(url: UrlText, host: HostClass, use: UrlUse): UrlJudgement | undefined {
  if (use === 'reference') return undefined;
  // The project's own documentation, terms and chat are the same for every deploy.
  if (host === 'own' && MAY_BE_SHOWN.has(use) && isToRead(url)) return undefined;
  if (use === 'link' || use === 'redirect') {
    // A page on a test or hosting domain may well be someone else's.
    if (host === 'stage' || (host === 'platform' && use === 'link')) return undefined;
  }
  if (use === 'endpoint' && host === 'own' && !/^(https?|wss?)$/.test(url.scheme)) return undefined;
  return { verdict: 'varies', host };
}
