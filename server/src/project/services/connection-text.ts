import type { Span } from '../../base/span';
import type { ServiceKind } from '../../vocabulary/services';
import { classifyHost, type HostClass } from '../urls/hosts';
import { HOLE } from '../urls/url-text';

/** One server of a connection string. */
export interface ConnectionHost {
  /** In lower case, without port; `${…}` where a part is not known. */
  readonly host: string;
  readonly port: string;
  /** Host and port, in the text. */
  readonly span: Span;
}

/** A text that says where a backing service is. Offsets are UTF-16, in that text. */
export interface ConnectionText {
  /** The kind of service that the scheme or form names; undefined for `http:` and bare hosts. */
  readonly service: ServiceKind | undefined;
  readonly form: 'url' | 'host' | 'keywords';
  /** Of a URL, in lower case, without colon. */
  readonly scheme: string;
  readonly hosts: readonly ConnectionHost[];
  /** A password is written into it. */
  readonly hasPassword: boolean;
}

const SCHEMES: ReadonlyMap<string, ServiceKind> = new Map(
  Object.entries({
    mongodb: 'mongodb',
    'mongodb+srv': 'mongodb',
    postgres: 'postgres',
    postgresql: 'postgres',
    pgsql: 'postgres',
    pg: 'postgres',
    cockroachdb: 'postgres',
    mysql: 'mysql',
    mysql2: 'mysql',
    mysqlx: 'mysql',
    mariadb: 'mariadb',
    mssql: 'mssql',
    sqlserver: 'mssql',
    oracle: 'oracle',
    oracledb: 'oracle',
    redis: 'redis',
    rediss: 'redis',
    valkey: 'redis',
    amqp: 'amqp',
    amqps: 'amqp',
    stomp: 'amqp',
    kafka: 'kafka',
    nats: 'nats',
    mqtt: 'mqtt',
    mqtts: 'mqtt',
    ldap: 'ldap',
    ldaps: 'ldap',
    smtp: 'smtp',
    smtps: 'smtp',
    memcached: 'memcached',
    memcache: 'memcached',
    bolt: 'sql',
    'bolt+s': 'sql',
    neo4j: 'sql',
    'neo4j+s': 'sql',
    clickhouse: 'sql',
    cassandra: 'sql',
    couchbase: 'sql',
    couchbases: 'sql',
    libsql: 'sql',
    s3: 'object-storage',
  }),
);

/** Schemes that say nothing of the service behind them. */
const PLAIN = new Set(['http', 'https', 'ws', 'wss', 'tcp', 'tls', 'ssl', 'grpc', 'grpcs']);

const URL_FORM = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/([^/?#]*@)?([^/?#\s@]*)(?:[/?#]\S*)?$/i;
const HOST =
  /^(?:\[[0-9a-f:]+\]|(?:\$\{…\}|[\w-])(?:(?:\$\{…\}|[\w.-])*(?:\$\{…\}|\w))?)(?::(?:\d|\$\{…\}){1,5})?$/i;

/**
 * Reads the address of a backing service: a connection URL (also with several hosts), a host with or without port, a list
 * of them, or `Server=…;Password=…`.
 * @param text with `${…}` for what is not known
 * @returns undefined for anything else
 */
export function connectionText(text: string): ConnectionText | undefined {
  const url = URL_FORM.exec(text);
  if (url) {
    const [, written = '', userInfo = '', authority = ''] = url;
    const scheme = written.toLowerCase();
    const service = SCHEMES.get(scheme);
    if (service === undefined && !PLAIN.has(scheme)) return undefined;
    const start = text.indexOf('://') + 3 + userInfo.length;
    const hosts = hostsIn(authority, start);
    const password = /^[^:]*:([^@]+)@$/.exec(userInfo)?.[1] ?? '';
    if (hosts === undefined) return undefined;
    return {
      service,
      form: 'url',
      scheme,
      hosts,
      hasPassword: password !== '' && password !== HOLE,
    };
  }
  const keywords = keywordText(text);
  if (keywords) return keywords;
  const hosts = text === '' || /\s/.test(text) ? undefined : hostsIn(text, 0);
  return hosts && { service: undefined, form: 'host', scheme: '', hosts, hasPassword: false };
}

/** `Server=localhost,1433;User Id=sa;Password=…`, `host=localhost port=5432 dbname=app`. */
function keywordText(text: string): ConnectionText | undefined {
  const [, first = '', end] = /^\s*[a-z][\w ]*=([^=;]*)([;=])/i.exec(text) ?? [];
  if (end === undefined || (end === '=' && !/\s[a-z]+$/i.test(first))) return undefined;
  const server = /(?:^|;)\s*(?:server|data source|host|addr|address)\s*=\s*(?:tcp:)?([^;,]+)/i.exec(
    text,
  );
  const libpq = /(?:^|\s)host=(\S+)/.exec(text);
  const found = text.includes(';') ? server : libpq;
  const host = found?.[1]?.trim();
  if (!found || host === undefined || !HOST.test(host.split('\\')[0] ?? '')) return undefined;
  const start = found.index + found[0].lastIndexOf(found[1] ?? '');
  const password = /(?:^|[;\s])(?:password|pwd)\s*=\s*([^;\s]+)/i.exec(text)?.[1] ?? '';
  return {
    service: text.includes(';') ? 'mssql' : 'postgres',
    form: 'keywords',
    scheme: '',
    hosts: [
      {
        host: (host.split('\\')[0] ?? '').toLowerCase(),
        port: '',
        span: { start, end: start + host.length },
      },
    ],
    hasPassword: password !== '' && password !== HOLE,
  };
}

function hostsIn(text: string, start: number): readonly ConnectionHost[] | undefined {
  const hosts: ConnectionHost[] = [];
  let at = start;
  for (const piece of text.split(',')) {
    if (!HOST.test(piece)) return undefined;
    const port = /:((?:\d|\$\{…\})+)$/.exec(piece)?.[1] ?? '';
    const host = (port === '' ? piece : piece.slice(0, -port.length - 1)).toLowerCase();
    hosts.push({
      host: host.replace(/^\[|\]$/g, ''),
      port,
      span: { start: at, end: at + piece.length },
    });
    at += piece.length + 1;
  }
  return hosts;
}

/** The class of the first host that has one; all hosts of one service are of a kind. */
export function hostClassOf(
  connection: ConnectionText,
  ownDomains?: ReadonlySet<string>,
): HostClass | undefined {
  for (const { host } of connection.hosts) {
    const found = classifyHost(host, ownDomains);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Is every server on this machine? */
export function isLocal(connection: ConnectionText): boolean {
  return (
    connection.hosts.length > 0 &&
    connection.hosts.every(({ host }) => classifyHost(host) === 'loopback')
  );
}

/** What a person calls the place: scheme, hosts and ports, never credentials. */
export function describeConnection(connection: ConnectionText): string {
  const hosts = connection.hosts
    .map(({ host, port }) => (port === '' ? host : `${host}:${port}`))
    .join(',');
  return connection.form === 'url' ? `${connection.scheme}://${hosts}` : hosts;
}

/** Is every host written down, and neither made up nor the same everywhere? */
export function isFixedPlace(connection: ConnectionText): boolean {
  const host = hostClassOf(connection);
  return (
    connection.hosts.length > 0 &&
    connection.hosts.every((each) => each.host !== '' && !each.host.includes(HOLE)) &&
    host !== undefined &&
    host !== 'example' &&
    host !== 'fixed' &&
    !connection.hosts.some((each) => CATCHERS.test(each.host))
  );
}

/** Mail catchers of which everybody gets an account of one's own. */
const CATCHERS = /(^|\.)ethereal\.email$/;
