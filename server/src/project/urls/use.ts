import {
  CLIENT_CALLS,
  DEFAULT_NAMES,
  MAIL_FIELDS,
  POLICY_NAMES,
  REQUEST_CALLS,
  SILENT_CALLS,
} from '../../vocabulary/call-names';
import type { CallPosition, LiteralPosition } from '../facts/literal-position';
import { isOnwardList, urlName } from './names';
import type { UrlText } from './url-text';

/**
 * What a URL is used for, as far as its surroundings tell.
 * - `request`, `base`, `proxy`, `origin`, `callback`: see `EndpointUse`
 * - `own`: held under the name of a server of one's own; `endpoint`: held under the name of some endpoint; `address`: held under
 *   a name that anything may have (`url`, `link`), or handed to an unknown function
 * - `redirect`: people are sent there; `link`: shown as a link, in a page or a mail
 * - `reference`: something to read or look at
 */
export type UrlUse =
  | 'request'
  | 'base'
  | 'proxy'
  | 'origin'
  | 'callback'
  | 'own'
  | 'endpoint'
  | 'address'
  | 'redirect'
  | 'link'
  | 'reference';

const REQUESTS = new RegExp(
  `(^|\\.)(${REQUEST_CALLS.pattern})(\\(\\))?(\\.(get|post|put|patch|delete|head|request|send|stream|open))?$`,
  'i',
);
const SILENT = new RegExp(`(^|\\.)(${SILENT_CALLS.pattern}|register\\w*Schema)$`);
const REDIRECTS =
  /(^|\.)(redirect|redirectTo|sendRedirect|permanentRedirect|location\.(assign|replace)|navigate|\w*\.redirect|rewrite)$/;
const PROXIES = /(^|\.)\w*proxy\w*(\.\w+)?$/i;

/** Reads a variable by a name given as text, with a default: `env('API_URL', 'http://…')`, `config.get('api.url', 'http://…')`. */
function isDefaultedRead(call: CallPosition): boolean {
  if (
    /\.(default|devDefault|catch|prefault|option|fallback|describe|meta|example)$/.test(call.callee)
  )
    return true;
  return (
    call.index > 0 &&
    call.first !== undefined &&
    (/^[A-Z][A-Z0-9_]+$/.test(call.first) ||
      /(^|\.)(get|env|getEnv|getenv|config|getOrDefault|getConfig|setting)$/i.test(call.callee))
  );
}

/**
 * Is the literal one that replaces something that is missing, by its position? (`a ?? 'x'`, a default parameter, a schema's
 * default)
 */
export function isDefaultPosition(position: LiteralPosition): boolean {
  const [name] = position.names;
  const [call] = position.calls;
  return (
    position.use === 'fallback' ||
    position.use === 'default' ||
    (name !== undefined && DEFAULT_NAMES.has(name)) ||
    (call !== undefined && isDefaultedRead(call))
  );
}

/**
 * Reads the use of a URL from the position of its literal.
 * @param url `isWhole`: the literal is nothing but the URL (or begins with it, as a template's text)
 * @returns undefined where it is not used as an endpoint, or nothing tells
 */
export function urlUse(
  position: LiteralPosition,
  { isWhole, url }: { readonly isWhole: boolean; readonly url?: UrlText },
): UrlUse | undefined {
  const { names, calls, use } = position;
  const [name] = names;
  const [call] = calls;
  if (use === 'message' || use === 'comparison' || use === 'key' || use === 'type')
    return undefined;
  if (call?.first?.toLowerCase() === 'access-control-allow-origin' && call.index === 1)
    return 'origin';
  if (names.some((each) => POLICY_NAMES.has(each) || isOnwardList(each))) return 'reference';
  if (!isWhole) return partUse(position, url);
  if (use === 'markup') return name === undefined ? undefined : attributeUse(name);
  if (name !== undefined) return namedUse(name, position);
  return call && argumentUse(call);
}

/** What a URL within a longer text is for. */
function partUse(position: LiteralPosition, url: UrlText | undefined): UrlUse | undefined {
  const [name = ''] = position.names;
  // `leaveMessage: 'My App - https://my.app'`: the name of a site, not a way into this deploy.
  const isNamed = /[a-z]Message$/.test(name) && /^\/?$/.test(url?.rest ?? '/-');
  return isMailField(position) && !isNamed ? 'link' : undefined;
}

/** What the attribute of an element takes the URL for. */
function attributeUse(name: string): UrlUse | undefined {
  if (/^(src|href|to)$/.test(name)) return 'link';
  return /^(action|formAction|src|href|to|url|endpoint|uri|api\w*|canonical|(canonical|og|site|base|public|app|web)_?url)$/i.test(
    name,
  )
    ? 'endpoint'
    : undefined;
}

/** What the name says that holds the URL, with what is around it. */
function namedUse(name: string, { names, calls }: LiteralPosition): UrlUse | undefined {
  const [, outer] = names;
  const [call] = calls;
  const kind = urlName(name);
  if (kind === undefined) return undefined;
  // `contact: { url: … }`, `license: { url }`: the outer name says what it is.
  if (
    /^(url|uri|href|link|endpoint|base)$/i.test(name) &&
    outer !== undefined &&
    urlName(outer) === 'reference'
  )
    return 'reference';
  if (/^(url|uri|target|upstream)$/i.test(name) && call && PROXIES.test(call.callee))
    return 'proxy';
  if (kind !== 'endpoint') return kind;
  if (call) return SILENT.test(call.callee) ? 'reference' : kind;
  return /^(urls?|uris?|links?|address|href|path|location|target|destination|hosts?|nodes?)$/i.test(
    name,
  )
    ? 'address'
    : kind;
}

function argumentUse(call: CallPosition): UrlUse | undefined {
  const { callee, index } = call;
  if (/(^|\.)URL$/.test(callee)) return index === 0 ? 'address' : undefined;
  if (REDIRECTS.test(callee)) return 'redirect';
  if (SILENT.test(callee)) return undefined;
  if (PROXIES.test(callee)) return 'proxy';
  if (/^cors$|\.cors$/i.test(callee)) return 'origin';
  if (/^\w+$/.test(callee) && CLIENT_CALLS.has(callee)) return 'base';
  if (REQUESTS.test(callee)) return 'request';
  // Whatever else gets an address as its first argument: only hosts that vary by deploy are worth a word there.
  return index === 0 ? 'address' : undefined;
}

function isMailField({ names, calls }: LiteralPosition): boolean {
  const [name] = names;
  if (
    calls.some(
      ({ callee }) =>
        !/^(?:res|resp|response|reply|ctx|c)\b/.test(callee) &&
        /mail|\bsend\b|\bsend[A-Z]|smtp|sgMail|resend|postmark|ses\b|compile|template/i.test(
          callee,
        ),
    )
  )
    return true;
  return name !== undefined && MAIL_FIELDS.has(name);
}
