import { CALLED_PATHS, READING } from '../../vocabulary/hosts';
import { registrableDomain } from './hosts';
import type { UrlText } from './url-text';

/** Is a URL one of something to read, by the first label of its host (`docs.acme.io`) or of its path (`acme.io/changelog`)? */
export function isToRead(url: UrlText): boolean {
  const path = firstPart(url);
  if (CALLED_PATHS.is(path)) return false;
  const [label = ''] = url.host.split('.');
  const isLabelled = label !== '' && registrableDomain(url.host) !== url.host;
  return (isLabelled && READING.is(label)) || READING.begins(path);
}

/** Is a URL one of the site under a domain itself (`acme.io/changes`, `www.acme.io`), and not of an interface there? */
export function isOfFrontPage(url: UrlText): boolean {
  const domain = registrableDomain(url.host);
  return (
    (url.host === domain || url.host === `www.${domain}`) &&
    /^https?$/.test(url.scheme) &&
    url.port === '' &&
    !CALLED_PATHS.is(firstPart(url))
  );
}

function firstPart({ rest }: UrlText): string {
  return (/^\/([\w.-]+)/.exec(rest)?.[1] ?? '').toLowerCase();
}
