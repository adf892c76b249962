import { STAGES } from '../../vocabulary/environments';
import { HOLE } from './url-text';
import { VENDOR_HOSTS, VENDORS } from './vendors';

/**
 * What a host is to a deploy.
 * - `loopback`, `private`, `internal`: this machine, a private address, a name that only resolves inside one network
 * - `stage`: a staging, test or sandbox sibling of a public host
 * - `platform`: an app, bucket or instance of one's own on a hosting platform
 * - `own`: a public host of the app's own
 * - `public`: a public host of which nothing more is known; `vendor`: a well-known public service
 * - `fixed`: the same everywhere by definition (metadata addresses, wildcard, namespaces and schemas)
 * - `example`: reserved or made up
 */
export type HostClass =
  | 'loopback'
  | 'private'
  | 'internal'
  | 'stage'
  | 'platform'
  | 'own'
  | 'public'
  | 'vendor'
  | 'fixed'
  | 'example';

/** Classes of hosts that differ between deploys whatever they are used for. */
export function variesByDeploy(host: HostClass): boolean {
  return (
    host === 'loopback' ||
    host === 'private' ||
    host === 'internal' ||
    host === 'stage' ||
    host === 'platform' ||
    host === 'own'
  );
}

const EXAMPLE =
  /^(.*\.)?((example|test|invalid|foo|bar|your-?domain|my-?domain|my-?site|your-?site|your-?app|my-?app|your-?company|my-?company|yourwebsite|mywebsite|some-?domain|some-?site|somewhere|domain|website|site|acme|foobar|fake|dummy|sample|anydomain|yourserver|myserver)\.(com|org|net|io|dev|co|app|xyz|local)|example|invalid|example\.\w+|foo|bar)$/;
/** Single labels that stand in for a host where only the rest of the URL matters. */
const DUMMY =
  /^(a|b|x|y|z|n|h|u|host|hostname|base|dummy|example|fake|foo|bar|baz|test|unused|ignored?|placeholder|any|anything|domain|void|null|undefined|nowhere|invalid|website|site|your[-_]?\w*|my[-_]?(host|domain|server|site|app)|some\w*|internal|relative|noop|stub|mock\w*)$/;
const INTERNAL =
  /\.(local|lan|internal|intranet|corp|home|private|localdomain|cluster\.local|svc|docker|consul|test\.local|mesh|priv|ad)$/;
const FIXED =
  /^(169\.254\.(169\.254|170\.2|170\.23)|metadata(\.google(\.internal)?)?|100\.100\.100\.200|instance-data|255\.255\.255\.255|224\.\d+\.\d+\.\d+)$/;
const NAMESPACES =
  /^((.+\.)?(w3\.org|schema\.org|json-schema\.org|purl\.org|xmlsoap\.org|openxmlformats\.org|xmlns\.com|ogp\.me|oasis-open\.org|spdx\.org|creativecommons\.org|opensource\.org|gnu\.org|apache\.org|ietf\.org|iana\.org|unicode\.org|ecma-international\.org|whatwg\.org|openid\.net|hl7\.org|loinc\.org|snomed\.info|schemastore\.org|sitemaps\.org|relaxng\.org|json-ld\.org|activitystrea\.ms|hyperledger\.org|ampproject\.org|mozilla\.org|caniuse\.com)|schemas\.microsoft\.com|ns\.adobe\.com|schemas\.android\.com|java\.sun\.com|xmlns\.jcp\.org|json\.schemastore\.org|docbook\.org|maven\.apache\.org)$/;
/** Suffixes under which a platform's customers live. */
const PLATFORM =
  /\.(herokuapp\.com|vercel\.app|now\.sh|netlify\.(app|com)|onrender\.com|render\.com|fly\.dev|run\.app|appspot\.com|cloudfunctions\.net|firebaseio\.com|firebaseapp\.com|firebasestorage\.app|web\.app|azurewebsites\.net|azurestaticapps\.net|azurecontainerapps\.io|cloudapp\.(net|azure\.com)|blob\.core\.windows\.net|documents\.azure\.com|servicebus\.windows\.net|vault\.azure\.net|openai\.azure\.com|database\.windows\.net|redis\.cache\.windows\.net|azurefd\.net|azureedge\.net|b2clogin\.com|amplifyapp\.com|elasticbeanstalk\.com|cloudfront\.net|s3[.-][\w.-]*amazonaws\.com|s3\.amazonaws\.com|(rds|cache|execute-api|elb|es|aoss|lambda-url|elasticmapreduce|appsync-api|iot|mq|kafka)\.[\w.-]*amazonaws\.com|compute(-1)?\.amazonaws\.com|on\.aws|awsapprunner\.com|amazoncognito\.com|railway\.app|up\.railway\.app|koyeb\.app|cyclic\.(app|sh|cloud)|glitch\.me|repl\.co|replit\.(app|dev)|surge\.sh|pages\.dev|workers\.dev|r2\.dev|r2\.cloudflarestorage\.com|trycloudflare\.com|deno\.dev|ondigitalocean\.app|digitaloceanspaces\.com|gitpod\.io|github\.dev|app\.github\.dev|csb\.app|ngrok(-free)?\.(io|app|dev)|loca\.lt|localtunnel\.me|serveo\.net|supabase\.(co|in|net)|neon\.tech|mongodb\.net|mlab\.com|redislabs\.com|redis-cloud\.com|upstash\.io|cloudamqp\.com|elastic-cloud\.com|es\.io|cloud\.es\.io|auth0\.com|okta\.com|oktapreview\.com|hasura\.app|github\.io|gitlab\.io|000webhostapp\.com|pythonanywhere\.com|openshiftapps\.com|mybluemix\.net|cfapps\.io|stamplayapp\.com|back4app\.io|appwrite\.io|nhost\.run|encr\.app|northflank\.app|code\.run|adaptable\.app|vultrobjects\.com|b-cdn\.net|zeabur\.app|edgestack\.me|beget\.tech|hostingerapp\.com|mockable\.io|mockapi\.io|hf\.space)$/;
const AWS_QUEUES =
  /^(sqs|sns|dynamodb|kinesis|email-smtp|email|s3|secretsmanager|lambda|cognito-idp|states|iot|firehose|logs|monitoring|ssm|kms|sts)[.-][a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/;
const STAGE = new RegExp(`(^|[.-])(${STAGES.pattern})\\d*([.-]|$)`);

/** Domains whose own name has a word of {@link STAGE} in it. */
const NOT_STAGE = /^(dev\.azure\.com|test\.pypi\.org|dev\.w3\.org|dev\.mysql\.com|dev\.to)$/;

/**
 * Classifies a host.
 * @param host in lower case, without port; `${…}` where a part is not known
 * @param ownDomains domains known to be the app's own
 * @returns undefined when not enough of it is known
 */
export function classifyHost(
  host: string,
  ownDomains: ReadonlySet<string> = new Set(),
): HostClass | undefined {
  let name = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (name === `localhost${HOLE}`) return 'loopback';
  if (name.includes(HOLE)) {
    // `${tenant}.acme.io`: the domain is known, the subdomain is not.
    const known = /^.*\$\{…\}[\w-]*\.([\w-]+(?:\.[\w-]+)+)$/.exec(name)?.[1];
    if (known === undefined) return undefined;
    name = `hole.${known}`;
  }
  if (name === '') return undefined;
  if (FIXED.test(name) || NAMESPACES.test(name)) return 'fixed';
  if (
    /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|::1|::|lvh\.me|host\.docker\.internal|localhost\.localdomain|localtest\.me|docker\.for\.mac\.(host\.internal|localhost))$/.test(
      name,
    )
  )
    return 'loopback';
  if (/^\d+(\.\d+){3}$/.test(name)) return classifyAddress(name);
  if (name.includes(':')) return /^f[cde]/.test(name) ? 'private' : 'public';
  if (!name.includes('.')) return DUMMY.test(name) ? 'example' : 'internal';
  if (EXAMPLE.test(name)) return 'example';
  const domain = registrableDomain(name);
  if (ownDomains.has(domain) || ownDomains.has(name)) return 'own';
  if (INTERNAL.test(name)) return 'internal';
  if (VENDOR_HOSTS.has(name)) return 'vendor';
  const labels = name.slice(0, Math.max(0, name.length - domain.length - 1));
  if (labels !== '' && STAGE.test(labels) && !NOT_STAGE.test(name)) return 'stage';
  if (AWS_QUEUES.test(name) || PLATFORM.test(name)) return 'platform';
  return VENDORS.has(domain) || VENDORS.has(name) ? 'vendor' : 'public';
}

function classifyAddress(address: string): HostClass {
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  )
    return 'private';
  // TEST-NET-1 to -3, and resolvers that everybody uses.
  if (/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(address)) return 'example';
  if (
    /^(8\.8\.(8\.8|4\.4)|1\.1\.1\.1|1\.0\.0\.1|9\.9\.9\.9|208\.67\.22[02]\.22[02])$/.test(address)
  )
    return 'fixed';
  if (a === 0 || a >= 224) return 'fixed';
  return a === 1 && b === 2 ? 'example' : 'own';
}

const SECOND_LEVEL = /\.(com?|org|net|gov|ac|edu|or|ne|go|gob|gouv|mil|web|nom|in|id)\.[a-z]{2}$/;

/** The part of a host that someone registered: `api.eu.acme.co.uk` → `acme.co.uk`. By rule of thumb, without the public suffix list. */
export function registrableDomain(host: string): string {
  const labels = host.split('.');
  return labels.slice(SECOND_LEVEL.test(host) ? -3 : -2).join('.');
}
