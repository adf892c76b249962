import { COMMON_ENDINGS } from '../../vocabulary/hosts';

/** An absolute URL inside a text. Offsets are UTF-16, in that text. */
export interface UrlText {
  readonly start: number;
  /** End of scheme, host and port. */
  readonly originEnd: number;
  readonly end: number;
  readonly scheme: string;
  /** In lower case; `${…}` where a part is not known. */
  readonly host: string;
  /** Digits, or `${…}`; empty when the scheme's own. */
  readonly port: string;
  /** Path, query and fragment as they stand. */
  readonly rest: string;
  readonly hasCredentials: boolean;
}

/** What stands for unknown parts of a template; see `textWithHoles`. */
export const HOLE = '${…}';

/** A whole domain that something unknown follows: its path (`https://acme.io${path}`), for a domain does not go on behind its end. */
const DOMAIN_AND_HOLE = new RegExp(
  `^((?:[\\w-]+\\.)+(?:${COMMON_ENDINGS.replaceAll(' ', '|')}))(\\$\\{…\\}.*)$`,
  'i',
);

const URL_IN_TEXT =
  /\b(https?|wss?|grpcs?|ftp):\/\/((?:[^\s/?#@'"`<>]*@)?)((?:\$\{…\}|\[[0-9a-f:.]+\]|[\w.-])+)(?::((?:\d|\$\{…\})+))?([/?#](?:\$\{…\}|[^\s'"`<>\\])*)?/gi;

/** Every absolute http, ws, grpc or ftp URL of a text, in order. */
export function urlsIn(text: string): readonly UrlText[] {
  if (!text.includes('://')) return [];
  return [...text.matchAll(URL_IN_TEXT)].map((match) => {
    const [whole, scheme = '', credentials = '', written = '', port = '', after = ''] = match;
    const start = match.index;
    const [, domain, path] = (port === '' && DOMAIN_AND_HOLE.exec(written)) || [];
    const host = domain ?? written;
    const rest = domain === undefined ? after : `${path ?? ''}${after}`;
    // A sentence's own full stop or bracket is no part of the address.
    const trimmed = rest.replace(/(?<![).,;:!])[).,;:!]+$/, '');
    const plainHost = rest === '' && port === '' ? host.replace(/(?<!\.)\.+$/, '') : host;
    const end =
      start + whole.length - (rest.length - trimmed.length) - (host.length - plainHost.length);
    return {
      start,
      originEnd: end - trimmed.length,
      end,
      scheme: scheme.toLowerCase(),
      host: plainHost.toLowerCase(),
      port,
      rest: trimmed,
      hasCredentials: credentials.includes(':'),
    };
  });
}

/** Does a host end as domains do, so that what follows is no part of it? */
export function isWholeDomain(host: string): boolean {
  return DOMAIN_AND_HOLE.test(host + HOLE);
}

/** The URL that a whole text is, surrounding white space aside. */
export function wholeUrl(text: string): UrlText | undefined {
  const [url] = urlsIn(text);
  if (!url || text.slice(0, url.start).trim() !== '') return undefined;
  // `http://` followed by something that is no host, or a sentence that begins with an address.
  return /\s\S/.test(text.slice(url.end)) ? undefined : url;
}
