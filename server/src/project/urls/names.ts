import { wordsOf } from '../../base/words';
import type { ServiceKind } from '../../vocabulary/services';
import { serviceOfName } from '../services/service-names';

/**
 * What a name says about the URL it holds.
 * - `origin`: origins that are let in; `callback`: an address of this app that others call or send people to
 * - `own`: a server of one's own, as the name tells (`FRONTEND_URL`, `API_BASE`, `serverUrl`)
 * - `endpoint`: some endpoint (`url`, `stripeEndpoint`)
 * - `reference`: something to read or look at: documentation, images, licences, namespaces
 */
export type UrlName = 'origin' | 'callback' | 'own' | 'endpoint' | 'reference';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const REFERENCE = list(
  `doc docs documentation help support faq homepage license licence terms tos privacy policy legal imprint image images img imgs
  logo icon icons favicon avatar avatars photo photos picture pictures thumbnail thumbnails thumb banner cover poster video videos
  audio media screenshot preview gallery background readme repo repository issue issues bug bugs blog article articles post posts
  news twitter facebook instagram linkedin youtube github social socials profile schema schemas namespace namespaces xmlns ns spec
  specification reference references info changelog badge placeholder example examples sample samples referer referrer agent scope
  scopes font fonts style styles stylesheet css script scripts dtd contact learn tutorial guide guides manual wiki credit credits
  source attribution sponsor donate description comment comments note notes about more href to rel vocab iri ontology prefix
  dummy fake generator title label text caption alt quote bio see`,
);
const ENDPOINT = list(
  `url urls uri uris endpoint endpoints base host hosts hostname root server servers address addresses target gateway api apis
  upstream proxy backend webhook hook hooks issuer authority audience node nodes socket ws rpc graphql service services prefix
  location destination link links domain domains path provider broker connection remote site origin origins redirect callback`,
);
const OWN = list(
  `app application site web website webapp public frontend front client ui dashboard portal admin backend back server self own
  domain base root api apis host hostname localhost local dev development prod production staging heroku internal service my company
  socket ws`,
);
const CALLBACK = list(
  `callback callbacks redirect redirects success cancel cancelled return failure failed fail error webhook notify notification ipn
  verify verification confirm confirmation reset activation activate invite invitation unsubscribe login logout signin signup
  continue complete finish post share magic`,
);

const ALLOWING = /^(allow|allowed|trusted|whitelist|whitelisted|allowlist|permitted)$/;
const ALLOWED = /^(origins?|domains?|urls?|hosts?|sites?|clients?|whitelist|allowlist)$/;
const ONWARD = /^(redirect|redirects|redirection|return|returns|navigation|navigate|forward)$/;

const HTTP_SERVICES: ReadonlySet<ServiceKind> = new Set(['elasticsearch', 'object-storage']);

const ADDRESS =
  /^(url|uri|endpoint|location|destination|target|path|link|links|urls|address|nodes?)$/;

const DOCS = /^(docs|documentation|changelog)$/;
const SIGN_IN = /^(login|logout|signin|signup|verification|registration|session)$/;

/** `cors_allowed_origins_placeholder`: what a form shows of such a value. */
const SHOWN = /^(placeholders?|tooltips?|examples?|samples?)$/;

/** `ALLOWED_REDIRECT_ORIGINS`: where people may be sent on, which decides about no request. */
export function isOnwardList(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => ALLOWING.test(word)) && words.some((word) => ONWARD.test(word));
}

/** Reads the name of a variable, property or attribute that holds a URL. */
// eslint-disable-next-line complexity -- a flat list of words, each with what it says
export function urlName(name: string): UrlName | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (words.length === 0) return undefined;
  const isAllowing = words.some((word) => ALLOWING.test(word));
  if (isOnwardList(name) || words.some((word) => SHOWN.test(word))) return 'reference';
  // `docsOrigin`: where the documentation is, unless it is let in.
  if (words.some((word) => DOCS.test(word)) && !isAllowing && !words.includes('cors'))
    return 'reference';
  if (words.includes('cors') || last.startsWith('origin')) return 'origin';
  if (isAllowing && ALLOWED.test(last)) return 'origin';
  const isEndpoint = ENDPOINT.has(last);
  const kind = isEndpoint ? words.slice(0, -1) : words;
  // `logout_endpoint`, `userinfo_endpoint`: what a provider of sign-in says of itself.
  if (last === 'endpoint' && words.some((word) => SIGN_IN.test(word))) return 'endpoint';
  if (isEndpoint && words.some((word) => CALLBACK.has(word))) return 'callback';
  if (words.some((word) => REFERENCE.has(word)) && !words.includes('api')) return 'reference';
  // `elastic: 'http://…'`: what is named after a service that speaks HTTP says where it is.
  if (!isEndpoint) return HTTP_SERVICES.has(serviceOfName(name) ?? 'http') ? 'endpoint' : undefined;
  if (kind.length === 0 && ADDRESS.test(last)) return 'endpoint';
  // `defaultUrl`, and the `baseURL` of an HTTP client, may be anybody's.
  const owners = kind.filter((word) => word !== 'default' && word !== 'the');
  if ((owners.length === 0 && kind.length > 0) || name === 'baseURL') return 'endpoint';
  return owners.every((word) => OWN.has(word) || word === 'graphql') ? 'own' : 'endpoint';
}
