import { baseName } from '../../../base/paths';
import type { Span } from '../../../base/span';
import { jsonAt, jsonProperties, jsonString } from '../../../languages/json';
import { nginxDirectives, parseNginx } from '../../../languages/nginx';
import type { ProjectFiles } from '../../../project/files/files';

/** A place that hands the app to a web server which runs it inside itself. */
export interface HostServer {
  readonly span: Span;
  readonly server: 'iisnode' | 'Passenger' | 'mod_wsgi' | 'mod_fcgid' | 'CGI';
}

/**
 * Reads which web server runs the app inside itself, from its configuration: IIS (`web.config`), Passenger (nginx, Apache,
 * Passengerfile.json), Apache modules. Proxying to a port that the app binds is none of it.
 * @returns undefined when the file says nothing of the kind
 */
export function hostServer(files: ProjectFiles, path: string): HostServer | undefined {
  const name = baseName(path).toLowerCase();
  const text = files.text(path) ?? '';
  if (name === 'web.config') return inWebConfig(text);
  if (name === 'passengerfile.json') return inPassengerfile(files, path);
  if (/nginx/i.test(path) && !name.endsWith('.htaccess')) return inNginx(text);
  return isApacheConfiguration(path) ? inApache(text) : undefined;
}

/** Is this a configuration of Apache, by its name? */
function isApacheConfiguration(path: string): boolean {
  return /(^|\/)(\.htaccess|httpd[\w.-]*\.conf|apache[\w.-]*\.conf|[\w.-]*vhosts?[\w.-]*\.conf|000-default\.conf|(apache2?|httpd|sites-(available|enabled))\/([\w.-]+\/)*[\w.-]+\.conf)$/i.test(
    path,
  );
}

function inWebConfig(text: string): HostServer | undefined {
  const body = text.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
  const handler = /(\bmodules\s*=\s*["'])iisnode["']/i.exec(body);
  const start = handler ? handler.index + (handler[1]?.length ?? 0) : undefined;
  return start === undefined
    ? undefined
    : { server: 'iisnode', span: { start, end: start + 'iisnode'.length } };
}

function inPassengerfile(files: ProjectFiles, path: string): HostServer | undefined {
  const syntax = files.json(path);
  const [first] = jsonProperties(syntax?.root);
  const type = jsonString(jsonAt(syntax, ['app_type']));
  if (!first || (type !== undefined && type !== 'node')) return undefined;
  return { server: 'Passenger', span: first.span };
}

function inNginx(text: string): HostServer | undefined {
  const directives = parseNginx(text);
  const enabled = nginxDirectives(directives, 'passenger_enabled').find(
    ({ args }) => args[0] === 'on',
  );
  return enabled && { server: 'Passenger', span: enabled.span };
}

const APACHE: readonly (readonly [RegExp, HostServer['server']])[] = [
  [
    /^[ \t]*(PassengerAppType\s+\S+|PassengerEnabled\s+on|PassengerStartupFile\s+\S+)/im,
    'Passenger',
  ],
  [/^[ \t]*(WSGIScriptAlias\s+\S+.*)/im, 'mod_wsgi'],
  [/^[ \t]*((?:Add|Set)Handler\s+fcgid-script\b.*|FcgidWrapper\s+\S+.*)/im, 'mod_fcgid'],
  [/^[ \t]*((?:Add|Set)Handler\s+cgi-script\b.*)/im, 'CGI'],
];

function inApache(text: string): HostServer | undefined {
  for (const [pattern, server] of APACHE) {
    const match = pattern.exec(text);
    if (!match?.[1]) continue;
    const start = match.index + match[0].indexOf(match[1]);
    return { server, span: { start, end: start + match[1].trimEnd().length } };
  }
  return undefined;
}
