import { STAGES } from '../../vocabulary/environments';
import {
  AWS_NAMED,
  AWS_REGIONAL,
  DUMMY_HOSTS,
  EXAMPLE_DOMAINS,
  EXAMPLE_ENDINGS,
  EXAMPLE_LABELS,
  FIXED,
  HOSTED_APPS,
  HOSTED_RESOURCES,
  INTERNAL,
  LOOPBACK,
  NAMESPACES,
  NO_STAGES,
  SCHEMA_HOSTS,
} from '../../vocabulary/hosts';
import { VENDOR_HOSTS, VENDORS } from '../../vocabulary/vendors';
import { HOLE } from './url-text';

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

/** What is to be replaced by a host of one's own, and what stands in for one. */
const DUMMY_SHAPE = /^(your[-_]?\w*|my[-_]?(host|domain|server|site|app)|some\w*|mock\w*)$/;

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
  if (isFixed(name)) return 'fixed';
  if (LOOPBACK.has(name) || /\.localhost$|^127(\.\d+){3}$|^::1?$/.test(name)) return 'loopback';
  if (/^\d+(\.\d+){3}$/.test(name)) return classifyAddress(name);
  if (name.includes(':')) return /^f[cde]/.test(name) ? 'private' : 'public';
  if (!name.includes('.'))
    return DUMMY_HOSTS.has(name) || DUMMY_SHAPE.test(name) ? 'example' : 'internal';
  return isExample(name) ? 'example' : domainClass(name, ownDomains);
}

/** Classifies a public name that nobody made up. */
function domainClass(name: string, ownDomains: ReadonlySet<string>): HostClass {
  const domain = registrableDomain(name);
  if (ownDomains.has(domain) || ownDomains.has(name)) return 'own';
  if (INTERNAL.hasAbove(name)) return 'internal';
  if (VENDOR_HOSTS.has(name)) return 'vendor';
  const labels = name.slice(0, Math.max(0, name.length - domain.length - 1));
  if (labels !== '' && STAGES.isIn(labels) && !NO_STAGES.has(name)) return 'stage';
  if (HOSTED_APPS.hasAbove(name) || HOSTED_RESOURCES.hasAbove(name) || isOwnAtAmazon(name))
    return 'platform';
  return VENDORS.has(domain) || VENDORS.has(name) ? 'vendor' : 'public';
}

function isFixed(host: string): boolean {
  return (
    FIXED.has(host) ||
    NAMESPACES.has(host) ||
    NAMESPACES.hasAbove(host) ||
    SCHEMA_HOSTS.has(host) ||
    /^224(\.\d+){3}$/.test(host)
  );
}

/** `your-domain.com`, `api.example.org`, `api.example`: reserved or made up. */
function isExample(host: string): boolean {
  const labels = host.split('.');
  const [domain = '', ending = ''] = labels.slice(-2);
  return (
    EXAMPLE_LABELS.has(ending) ||
    domain === 'example' ||
    (EXAMPLE_ENDINGS.has(ending) && EXAMPLE_DOMAINS.is(domain))
  );
}

/** `bucket.s3.eu-west-1.amazonaws.com`, `acme.x.rds.amazonaws.com`, `sqs.eu-west-1.amazonaws.com`: what an account has there. */
function isOwnAtAmazon(host: string): boolean {
  if (!host.endsWith('amazonaws.com')) return false;
  const region = /^([a-z0-9-]+?)[.-][a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/.exec(host);
  if (region && AWS_REGIONAL.has(region[1] ?? '')) return true;
  const [, ...behind] = host.split('.').slice(0, -2);
  return behind.some((label) => AWS_NAMED.has(label) || /^s3(-|$)/.test(label));
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
  // TEST-NET-1 to -3.
  if (/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(address)) return 'example';
  if (a === 0 || a >= 224) return 'fixed';
  return a === 1 && b === 2 ? 'example' : 'own';
}

const SECOND_LEVEL = /\.(com?|org|net|gov|ac|edu|or|ne|go|gob|gouv|mil|web|nom|in|id)\.[a-z]{2}$/;

/** The part of a host that someone registered: `api.eu.acme.co.uk` → `acme.co.uk`. By rule of thumb, without the public suffix list. */
export function registrableDomain(host: string): string {
  const labels = host.split('.');
  return labels.slice(SECOND_LEVEL.test(host) ? -3 : -2).join('.');
}
