import { names } from './names';

/** Objects that write logs, or show something to people; whatever their case. */
export const LOGGERS = names(
  ['the language', 'console stdout stderr print println debug'],
  ['loggers', 'log logger logging winston pino signale consola bunyan log4js reporter tracer'],
  ['terminals', 'spinner ora chalk colors kleur picocolors pc term terminal cli ui'],
  ['pages', 'toast alert message notification swal'],
  ['reports of errors', 'captureMessage captureException'],
);

/** Methods that log, assert, translate or describe what they are given. */
export const LOG_METHODS = names(
  [
    'levels of logs',
    'log info warn warning error debug trace verbose notice fatal success print println',
  ],
  ['assertions', 'assert* deepEqual strictEqual equal fail'],
  ['translations', 't translate gettext'],
  [
    'descriptions of an interface',
    'setDescription addTag setTitle setContact setLicense setTermsOfService setExternalDoc',
  ],
);

/** The same as functions. */
export const LOG_FUNCTIONS = names(
  ['logs', 'log debug print println alert info warn error'],
  ['tests and assertions', 'describe it test expect assert invariant'],
  ['translations', 't __ i18n gettext $t'],
  ['texts for a terminal', 'chalk dedent outdent colorize'],
);

/** Methods whose argument is only compared with something. */
export const COMPARING = names(
  ['parts of a text', 'startsWith endsWith includes contains indexOf lastIndexOf search split'],
  ['patterns', 'match matchAll test exec replace replaceAll RegExp'],
  ['equality', 'equals isEqual eq ne not localeCompare has'],
  ['expectations', 'toBe toEqual toMatch'],
);

/** What makes a request to the address it is given; whatever its case. */
export const REQUEST_CALLS = names(
  ['the platform', 'fetch $fetch http https sendBeacon'],
  ['clients', 'axios got ky superagent request needle unirest'],
  [
    'pages',
    'useFetch useSWR useQuery $http ajax getJSON $.get $.post $.ajax jQuery.get jQuery.post jQuery.ajax',
  ],
  ['clients of one’s own', 'httpClient httpService apiClient client api'],
  ['functions of one’s own', 'fetchJson fetchData sendRequest callApi makeRequest doFetch'],
);

/** Classes and functions that keep an address for many requests or a connection. */
export const CLIENT_CALLS = names(
  ['sockets', 'io WebSocket EventSource SockJS ReconnectingWebSocket W3CWebSocket *Socket'],
  [
    'clients',
    'GraphQLClient *Client *Provider *Link *Connection *Api *Sdk *Service *Gateway *Transport',
  ],
);

/** Calls that only show, open, parse, mock or describe an address. */
export const SILENT_CALLS = names(
  ['browsers', 'open opn openBrowser launch openUrl goto visit'],
  ['tests', 'nock supertest intercept mock* JSDOM'],
  ['parsing and checking', 'resolve parseUrl isUrl isURL isValidUrl validateUrl'],
  [
    'namespaces',
    'createElementNS setAttributeNS createAttributeNS hasFeature getElementsByTagNameNS',
  ],
  [
    'what pages load',
    'static ogImage image img loadScript loadStylesheet addStyle font preconnect url_for',
  ],
  [
    'descriptions of an API, for those who read it',
    'addServer addTag setExternalDoc setTermsOfService setContact setLicense',
  ],
  ['descriptions', 'describe ApiProperty* Property example meta id $id addSchema'],
  ['headers and links', 'setHeader append header set link* rewrite'],
  ['the language', 'setPrototypeOf assign import require'],
);

/** Names under which a policy for browsers says what a page may load. */
export const POLICY_NAMES = names(
  [
    'directives',
    '*Src *-src frameAncestors frame-ancestors formAction form-action baseUri base-uri reportUri report-uri',
  ],
  ['the policy', 'directives contentSecurityPolicy'],
);

/** Names under which settings keep what is used when nothing is set. */
export const DEFAULT_NAMES = names(
  ['defaults', 'default defaults devDefault defaultValue fallback initialValue'],
  ['what it looks like', 'example examples placeholder'],
);

/** Fields that hold the text of a mail, or a part of it. */
export const MAIL_FIELDS = names(
  ['the whole', 'mail* email* *Mail *Email msg markup output *Message message'],
  ['its text', 'html text body content *Html *Body *Content template *Template'],
);
