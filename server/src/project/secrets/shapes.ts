import { isPlaceholder } from './placeholders';

/** A credential recognised by its shape alone: where it is in the text, and what it is, for messages. */
export interface SecretShape {
  /** UTF-16 offsets in the text that was looked at. */
  readonly start: number;
  readonly end: number;
  /** Completes "… holds": `a private key`, `a GitHub token`. */
  readonly what: string;
  /** The credential is one by its provider's own account, but only for a sandbox, or handed to browsers by design. */
  readonly harmless: boolean;
}

interface Provider {
  readonly what: string;
  readonly pattern: RegExp;
  readonly harmless?: true;
}

/** Formats that providers give their tokens so that scanners find them. Each is bounded, so that it matches whole tokens only. */
const PROVIDERS: readonly Provider[] = [
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}\b/ },
  { what: 'a GitLab token', pattern: /\bgl(?:pat|ptt|dt|rt)-[\w-]{20,}\b/ },
  {
    what: 'a Slack token',
    pattern: /\bxox[abeoprs]-(?:\d+-)*[A-Za-z0-9-]{10,}\b|\bxapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}\b/,
  },
  {
    what: 'a Slack webhook',
    pattern: /\bhttps:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{6,}\/\w{6,}\/\w{16,}/,
  },
  {
    what: 'a Discord webhook',
    pattern: /\bhttps:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{16,}\/[\w-]{50,}/,
  },
  { what: 'a Discord bot token', pattern: /\b[MNO][A-Za-z\d]{23,27}\.[\w-]{6}\.[\w-]{27,40}\b/ },
  { what: 'a Telegram bot token', pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/ },
  { what: 'a live Stripe key', pattern: /\b[rs]k_live_[0-9a-zA-Z]{16,}\b/ },
  { what: 'a Stripe test key', pattern: /\b[rs]k_test_[0-9a-zA-Z]{16,}\b/, harmless: true },
  { what: 'a Stripe webhook secret', pattern: /\bwhsec_[A-Za-z0-9+/=]{24,}/ },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{20,24}\.[\w-]{39,50}(?![\w-])/ },
  { what: 'a Mailgun key', pattern: /\bkey-[0-9a-f]{32}\b/ },
  { what: 'a Mailchimp key', pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  {
    what: 'an OpenAI key',
    pattern:
      /\bsk-(?:proj-|svcacct-|admin-)?[\w-]*T3BlbkFJ[\w-]{10,}|\bsk-(?:proj|svcacct)-[\w-]{40,}/,
  },
  { what: 'an Anthropic key', pattern: /\bsk-ant-(?:api|admin)\d\d-[\w-]{40,}/ },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z]{30,}\b/ },
  { what: 'a Groq key', pattern: /\bgsk_[A-Za-z0-9]{40,}\b/ },
  { what: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  { what: 'a Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/ },
  { what: 'a Square token', pattern: /\b(?:sq0csp-[\w-]{40,}|EAAA[\w-]{60})/ },
  { what: 'a Twilio key', pattern: /\bSK[0-9a-f]{32}\b/ },
  { what: 'a New Relic key', pattern: /\bNR(?:AK|JS|II|SP)-[A-Za-z0-9_-]{20,}/ },
  { what: 'a Databricks token', pattern: /\bdapi[a-f0-9]{32}\b/ },
  { what: 'a Vault token', pattern: /\bhvs\.[\w-]{24,}/ },
  { what: 'a Doppler token', pattern: /\bdp\.(?:pt|st|ct|sa)\.[\w.-]{40,}/ },
  { what: 'a Linear key', pattern: /\blin_api_[A-Za-z0-9]{40}\b/ },
  { what: 'a Notion token', pattern: /\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})\b/ },
  { what: 'a Resend key', pattern: /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}\b/ },
  { what: 'a Supabase secret key', pattern: /\bsb_secret_[\w-]{20,}/ },
  { what: 'a Google OAuth client secret', pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/ },
  { what: 'a Google refresh token', pattern: /\b1\/\/0[\w-]{40,}/ },
  // Browser keys of Firebase and Google Maps have this form too, and are restricted by origin.
  { what: 'a Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}(?![\w-])/, harmless: true },
  { what: 'a Facebook token', pattern: /\bEAACEdEose0cBA[0-9A-Za-z]{20,}/ },
  { what: 'an Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{80,}={0,2}/ },
  { what: 'an Azure shared access key', pattern: /\bSharedAccessKey=[A-Za-z0-9+/]{40,}={0,2}/ },
];

/** Text of which a whole file has to be looked at, whatever its language: cheap, and true for every shape but those of URLs. */
export const MADE_BY_PROVIDERS =
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}|\bgh[pousr]_\w{30}|github_pat_|\bgl(?:pat|ptt|dt|rt)-|\bxox[abeoprs]-|\bxapp-|hooks\.slack\.com|api\/webhooks\/\d|\b[MNO][A-Za-z\d]{23,27}\.[\w-]{6}\.|:AA[\w-]{33}|\b[rs]k_(?:live|test)_|whsec_|\bSG\.[\w-]{20}|\bkey-[0-9a-f]{32}|[0-9a-f]{32}-us\d|\bnpm_\w{36}|\bsk-|\bhf_[A-Za-z]{30}|\bgsk_|\bdo[opr]_v1_|\bshp(?:at|ca|pa|ss)_|\bsq0csp-|\bEAAA|\bSK[0-9a-f]{32}|\bNR(?:AK|JS|II|SP)-|\bdapi[a-f0-9]{32}|\bhvs\.|\bdp\.(?:pt|st|ct|sa)\.|lin_api_|\bsecret_\w{43}|\bntn_|\bre_\w{8}_|sb_secret_|GOCSPX-|\b1\/\/0[\w-]{40}|\bAIza[\w-]{35}|EAACEdEose0cBA|AccountKey=|SharedAccessKey=|PRIVATE KEY/;

/** The start of a PEM private key and enough of its body that it is not only mentioned. */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|["'`+\s])*(?:(?:Proc-Type|DEK-Info|Version|Comment):[^\n]*(?:\s|\\n)*)*[A-Za-z0-9+/=]{32,}/;

/** Parameters of a URL that carry a credential by name. */
const QUERY =
  /[?&](api[-_]?key|apikey|app_?id|app_?key|access[-_]?token|auth[-_]?token|client[-_]?secret|secret|token|key|sig|subscription-key|x-api-key)=([A-Za-z0-9_\-.~%]{16,})(?=[&#'"`\s]|$)/gi;

/** Every shape has a run of such characters, or is part of a URL; most texts are words and paths. */
const MAY_HOLD = /:\/\/|[\w+=-]{12}|PRIVATE KEY/;

/**
 * Finds the credentials that a text holds by shape: private keys, provider tokens, a password in a URL, a key in a query.
 * Placeholders and masked values are none.
 */
export function secretShapes(text: string): readonly SecretShape[] {
  if (text.length < 12 || !MAY_HOLD.test(text)) return [];
  const found: SecretShape[] = [];
  const key = PRIVATE_KEY.exec(text);
  if (key)
    return [
      { start: key.index, end: key.index + key[0].length, what: 'a private key', harmless: false },
    ];
  for (const { what, pattern, harmless } of PROVIDERS) {
    const match = pattern.exec(text);
    if (!match || isMasked(match[0])) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      what,
      harmless: harmless === true,
    });
  }
  found.push(...urlPasswords(text), ...serviceTokens(text));
  if (found.length === 0) found.push(...queryKeys(text), ...headerCredentials(text));
  return found;
}

const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*):\/\/([^\s:/?#@'"`]*):([^\s/?#@'"`]+)@([^\s/?#'"`]*)/gi;

/** `scheme://user:password@host`, with a password that is neither a hole nor a placeholder. */
function urlPasswords(text: string): SecretShape[] {
  return [...text.matchAll(URL_PASSWORD)].flatMap((match) => {
    const [whole, scheme = '', user = '', password = '', host = ''] = match;
    if (/[${}<>*%]/.test(password) && !/%[0-9a-f]{2}/i.test(password)) return [];
    if (/\$\{|[<>{}]/.test(user) || host === '' || isPlaceholder(password)) return [];
    // `user:pass@host` and `username:password@host` are how documentation writes it.
    if (
      /^(user(name)?|login|your[-_]?user(name)?|dbuser|foo|u)$/i.test(user) &&
      /^(pass(word)?|pwd|secret|p|bar|p4ss|dbpass(word)?)$/i.test(password) &&
      !/^(localhost|127\.0\.0\.1|[a-z][a-z0-9-]*)(:|$)/i.test(host)
    )
      return [];
    if (/(^|\.)example\.(com|org|net)(:|$)|^(host(name)?|server|your[-_.].*)(:|$)/i.test(host))
      return [];
    const start = match.index;
    return [
      {
        start,
        end: start + whole.length,
        what: `a password in a ${scheme.toLowerCase()}:// URL`,
        harmless: false,
      },
    ];
  });
}

/** `?appid=4d8fb5b9…`: a value long and mixed enough that nobody reads it. */
function queryKeys(text: string): SecretShape[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\/|^[?&]/i.test(text)) return [];
  return [...text.matchAll(QUERY)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    if (isPlaceholder(value) || !looksRandom(value)) return [];
    return [
      {
        start: match.index + whole.length - value.length,
        end: match.index + whole.length,
        what: `a credential in the query (${name})`,
        harmless: /^AIza/.test(value),
      },
    ];
  });
}

/** A header's whole value: `Bearer 4f9a…`, `Basic YWRtaW46…`. */
function headerCredentials(text: string): SecretShape[] {
  const match = /^(Bearer|Basic|Bot|Token|ApiKey)\s+([A-Za-z0-9+/_.~-]{12,}={0,2})$/i.exec(
    text.trim(),
  );
  const [, scheme = '', value = ''] = match ?? [];
  if (!match || isPlaceholder(value)) return [];
  const isBasic = /^basic$/i.test(scheme);
  if (isBasic ? !/:./.test(decoded(value)) : !looksRandom(value) || isMasked(value)) return [];
  const start = text.length - text.trimStart().length + match[0].length - value.length;
  return [{ start, end: start + value.length, what: 'a credential for a header', harmless: false }];
}

/** Signed tokens that grant a service's own role; those of anonymous visitors are made to be handed out. */
function serviceTokens(text: string): SecretShape[] {
  return [...text.matchAll(/\beyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{10,}/g)].flatMap((match) =>
    /"role"\s*:\s*"service_role"/.test(decoded(match[1] ?? ''))
      ? [
          {
            start: match.index,
            end: match.index + match[0].length,
            what: 'a service key',
            harmless: false,
          },
        ]
      : [],
  );
}

/** Base64 or base64url as text; `` when it is none. */
export function decoded(base64: string): string {
  const text = base64.replace(/-/g, '+').replace(/_/g, '/').replace(/\s+/g, '').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(text) || text.length % 4 === 1) return '';
  return atob(text);
}

/** Digits and letters mixed as no word does. */
function looksRandom(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return (
    digits >= 3 &&
    /[a-z]/i.test(value) &&
    new Set(value.toLowerCase()).size >= 8 &&
    !/^v?\d+([._-]\d+)*$/.test(value)
  );
}

function isMasked(token: string): boolean {
  return (
    /EXAMPLE|(?:x{6,}|X{6,}|\*{4,}|0{8,}|\.{4,})/.test(token) ||
    /(.)\1{9,}/.test(token) ||
    /123456789|abcdefgh/i.test(token)
  );
}
