/** The form of one kind of token. */
interface Provider {
  /** Completes "… holds": `a GitHub token`. */
  readonly what: string;
  /** What such a token cannot be without: enough to look at the text again. */
  readonly sign: RegExp;
  readonly pattern: RegExp;
  /** Only for a sandbox, or handed to browsers by design. */
  readonly harmless?: true;
}

export const PROVIDERS: readonly Provider[] = [
  {
    what: 'an AWS access key',
    sign: /\b(?:AKIA|ASIA)[0-9A-Z]{16}/,
    pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  },
  {
    what: 'a GitHub token',
    sign: /\bgh[pousr]_\w{30}|github_pat_/,
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}\b/,
  },
  {
    what: 'a GitLab token',
    sign: /\bgl(?:pat|ptt|dt|rt)-/,
    pattern: /\bgl(?:pat|ptt|dt|rt)-[\w-]{20,}\b/,
  },
  {
    what: 'a Slack token',
    sign: /\bxox[abeoprs]-|\bxapp-/,
    pattern: /\bxox[abeoprs]-(?:\d+-)*[A-Za-z0-9-]{10,}\b|\bxapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}\b/,
  },
  {
    what: 'a Slack webhook',
    sign: /hooks\.slack\.com/,
    pattern: /\bhttps:\/\/hooks\.slack\.com\/(?:services|workflows)\/T\w{6,}\/\w{6,}\/\w{16,}/,
  },
  {
    what: 'a Discord webhook',
    sign: /api\/webhooks\/\d/,
    pattern: /\bhttps:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{16,}\/[\w-]{50,}/,
  },
  {
    what: 'a Discord bot token',
    sign: /\b[MNO][A-Za-z\d]{23,27}\.[\w-]{6}\./,
    pattern: /\b[MNO][A-Za-z\d]{23,27}\.[\w-]{6}\.[\w-]{27,40}\b/,
  },
  {
    what: 'a Telegram bot token',
    sign: /:AA[\w-]{33}/,
    pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/,
  },
  { what: 'a live Stripe key', sign: /\b[rs]k_live_/, pattern: /\b[rs]k_live_[0-9a-zA-Z]{16,}\b/ },
  {
    what: 'a Stripe test key',
    sign: /\b[rs]k_test_/,
    pattern: /\b[rs]k_test_[0-9a-zA-Z]{16,}\b/,
    harmless: true,
  },
  { what: 'a Stripe webhook secret', sign: /whsec_/, pattern: /\bwhsec_[A-Za-z0-9+/=]{24,}/ },
  {
    what: 'a SendGrid key',
    sign: /\bSG\.[\w-]{20}/,
    pattern: /\bSG\.[\w-]{20,24}\.[\w-]{39,50}(?![\w-])/,
  },
  { what: 'a Mailgun key', sign: /\bkey-[0-9a-f]{32}/, pattern: /\bkey-[0-9a-f]{32}\b/ },
  { what: 'a Mailchimp key', sign: /[0-9a-f]{32}-us\d/, pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/ },
  { what: 'an npm token', sign: /\bnpm_\w{36}/, pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  {
    what: 'an OpenAI key',
    sign: /\bsk-/,
    pattern:
      /\bsk-(?:proj-|svcacct-|admin-)?[\w-]*T3BlbkFJ[\w-]{10,}|\bsk-(?:proj|svcacct)-[\w-]{40,}/,
  },
  { what: 'an Anthropic key', sign: /\bsk-/, pattern: /\bsk-ant-(?:api|admin)\d\d-[\w-]{40,}/ },
  { what: 'a Hugging Face token', sign: /\bhf_[A-Za-z]{30}/, pattern: /\bhf_[A-Za-z]{30,}\b/ },
  { what: 'a Groq key', sign: /\bgsk_/, pattern: /\bgsk_[A-Za-z0-9]{40,}\b/ },
  { what: 'a DigitalOcean token', sign: /\bdo[opr]_v1_/, pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  {
    what: 'a Shopify token',
    sign: /\bshp(?:at|ca|pa|ss)_/,
    pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/,
  },
  {
    what: 'a Square token',
    sign: /\bsq0csp-|\bEAAA/,
    pattern: /\b(?:sq0csp-[\w-]{40,}|EAAA[\w-]{60})/,
  },
  { what: 'a Twilio key', sign: /\bSK[0-9a-f]{32}/, pattern: /\bSK[0-9a-f]{32}\b/ },
  {
    what: 'a New Relic key',
    sign: /\bNR(?:AK|JS|II|SP)-/,
    pattern: /\bNR(?:AK|JS|II|SP)-[A-Za-z0-9_-]{20,}/,
  },
  { what: 'a Databricks token', sign: /\bdapi[a-f0-9]{32}/, pattern: /\bdapi[a-f0-9]{32}\b/ },
  { what: 'a Vault token', sign: /\bhvs\./, pattern: /\bhvs\.[\w-]{24,}/ },
  {
    what: 'a Doppler token',
    sign: /\bdp\.(?:pt|st|ct|sa)\./,
    pattern: /\bdp\.(?:pt|st|ct|sa)\.[\w.-]{40,}/,
  },
  { what: 'a Linear key', sign: /lin_api_/, pattern: /\blin_api_[A-Za-z0-9]{40}\b/ },
  {
    what: 'a Notion token',
    sign: /\bsecret_\w{43}|\bntn_/,
    pattern: /\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})\b/,
  },
  { what: 'a Resend key', sign: /\bre_\w{8}_/, pattern: /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}\b/ },
  { what: 'a Supabase secret key', sign: /sb_secret_/, pattern: /\bsb_secret_[\w-]{20,}/ },
  { what: 'a Google OAuth client secret', sign: /GOCSPX-/, pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/ },
  { what: 'a Google refresh token', sign: /\b1\/\/0[\w-]{40}/, pattern: /\b1\/\/0[\w-]{40,}/ },
  // Browser keys of Firebase and Google Maps have this form too, and are restricted by origin.
  {
    what: 'a Google API key',
    sign: /\bAIza[\w-]{35}/,
    pattern: /\bAIza[0-9A-Za-z_-]{35}(?![\w-])/,
    harmless: true,
  },
  { what: 'a Facebook token', sign: /EAACEdEose0cBA/, pattern: /\bEAACEdEose0cBA[0-9A-Za-z]{20,}/ },
  {
    what: 'an Azure storage key',
    sign: /AccountKey=/,
    pattern: /\bAccountKey=[A-Za-z0-9+/]{80,}={0,2}/,
  },
  {
    what: 'an Azure shared access key',
    sign: /SharedAccessKey=/,
    pattern: /\bSharedAccessKey=[A-Za-z0-9+/]{40,}={0,2}/,
  },
];

/** Text of which a whole file has to be looked at, whatever its language: cheap, and true for every shape but those of URLs. */
export const MADE_BY_PROVIDERS = new RegExp(
  [...PROVIDERS.map(({ sign }) => sign.source), 'PRIVATE KEY'].join('|'),
);
