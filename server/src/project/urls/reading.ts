import { CALLED_PATHS, READING } from '../../vocabulary/hosts';
import { registrableDomain } from './hosts';
import type { UrlText } from './url-text';

/** A picture is the same wherever it is shown. */
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|avif|ico)(?:[?#]|$)|^\/_next\/image\b/i;

/**
 * Is a URL one of something to read or to look at, by the first label of its host (`docs.acme.io`), the first part of its path
 * (`acme.io/changelog`) or the kind of file?
 */
export function isToRead(url: UrlText): boolean {
  if (PICTURE.test(url.rest)) return true;
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
