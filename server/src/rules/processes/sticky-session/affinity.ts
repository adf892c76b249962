import { baseName } from '../../../base/paths';
import type { Span } from '../../../base/span';
import { nginxDirectives, parseNginx } from '../../../languages/nginx';
import {
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  yamlString,
  type YamlDocument,
} from '../../../languages/yaml';
import type { ProjectFiles } from '../../../project/files/files';
import { isComposePath } from '../../../project/manifests/compose';
import { readKubernetes, type KubernetesObject } from '../../../project/manifests/kubernetes';
import { isDevelopmentPath } from '../../../project/start/purpose';

/** A setting that makes a proxy send each client to the process it was sent to before. */
export interface Affinity {
  /** As people know it: `ip_hash`, `sessionAffinity: ClientIP`. */
  readonly name: string;
  readonly span: Span;
}

/** The settings of one manifest that tie clients to processes; none for those of development. */
export function affinities(files: ProjectFiles, path: string): readonly Affinity[] {
  if (isDevelopmentPath(path)) return [];
  const name = baseName(path).toLowerCase();
  const text = files.text(path) ?? '';
  if (files.kind(path) === 'yaml') return inYaml(files, path);
  if (/\.conf(\.template)?$/.test(name)) return inNginx(text);
  if (name === 'haproxy.cfg')
    return byLine(
      text,
      /^[ \t]*(balance[ \t]+source\b|cookie[ \t]+\S+[ \t]+(?:insert|prefix|rewrite)\b|stick[ \t]+on[ \t]+src\b)/gm,
    );
  return name === 'caddyfile'
    ? byLine(text, /\b(lb_policy[ \t]+(?:ip_hash|client_ip_hash|cookie)\b)/g)
    : [];
}

function byLine(text: string, pattern: RegExp): readonly Affinity[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, name = ''] = match;
    const start = match.index + whole.indexOf(name);
    return { name: name.replace(/\s+/g, ' '), span: { start, end: start + name.length } };
  });
}

/** Only of upstreams: a `hash` of the URI sends the same page to the same cache, and ties nobody. */
function inNginx(text: string): readonly Affinity[] {
  return nginxDirectives(parseNginx(text), 'upstream').flatMap(({ children }) =>
    children.flatMap(({ name, args, span }) => {
      const isSticky =
        name === 'ip_hash' ||
        name === 'sticky' ||
        (name === 'hash' &&
          /\$(binary_)?remote_addr|\$cookie_|\$http_(cookie|authorization|x_forwarded_for)|sess/i.test(
            args[0] ?? '',
          ));
      return isSticky ? [{ name: [name, ...args].slice(0, 2).join(' '), span }] : [];
    }),
  );
}

function inYaml(files: ProjectFiles, path: string): readonly Affinity[] {
  if (isComposePath(path)) return inLabels(files, path);
  return readKubernetes(files, path).flatMap(inObject);
}

const ANNOTATIONS: readonly (readonly [RegExp, RegExp])[] = [
  [/^nginx\.ingress\.kubernetes\.io\/affinity$/, /^cookie$/],
  [
    /^nginx\.ingress\.kubernetes\.io\/upstream-hash-by$/,
    /remote_addr|cookie|authorization|forwarded_for/i,
  ],
  [/^haproxy(-ingress)?[\w.-]*\/(cookie-persistence|affinity)$/, /./],
  [/^traefik\.ingress\.kubernetes\.io\/(service\.sticky\.cookie|affinity)$/, /true/],
  [/target-group-attributes$/, /stickiness\.enabled=true/],
];

function inObject(object: KubernetesObject): readonly Affinity[] {
  const { document, node, sessionAffinity } = object;
  const found: Affinity[] = object.annotations.flatMap(({ name, value = '', span }) =>
    ANNOTATIONS.some(([key, fits]) => key.test(name) && fits.test(value)) ? [{ name, span }] : [],
  );
  if (sessionAffinity?.value === 'ClientIP') {
    const entry = yamlEntries(document, yamlAt(document, ['spec'], node)).find(
      ({ key }) => key === 'sessionAffinity',
    );
    found.push({ name: 'sessionAffinity: ClientIP', span: entry?.span ?? sessionAffinity.span });
  }
  return [...found, ...inCustomObject(object)];
}

/** Traefik's routes, Istio's rules and Google's back ends say it in their specification. */
function inCustomObject({ kind, document, node }: KubernetesObject): readonly Affinity[] {
  if (!/^(IngressRoute|TraefikService|DestinationRule|BackendConfig|GCPBackendPolicy)$/.test(kind))
    return [];
  const found: Affinity[] = [];
  const visit = (at: unknown, depth: number): void => {
    if (depth > 10) return;
    for (const { key, value, span } of yamlEntries(document, at)) {
      const isSticky =
        (key === 'sticky' && kind !== 'BackendConfig') ||
        key === 'httpCookie' ||
        (key === 'useSourceIp' && yamlString(value) === 'true') ||
        (key === 'affinityType' &&
          /^(CLIENT_IP|GENERATED_COOKIE)$/.test(yamlString(value) ?? '')) ||
        (key === 'sessionAffinity' &&
          /^(CLIENT_IP|GENERATED_COOKIE)$/.test(yamlString(value) ?? ''));
      if (isSticky) found.push({ name: key, span });
      else visit(value, depth + 1);
    }
    for (const item of yamlItems(document, at)) visit(item, depth + 1);
  };
  visit(node, 0);
  return found;
}

const LABEL = /^traefik\.[\w.-]*(sticky(\.cookie)?|stickiness)$/;

/** `traefik.http.services.web.loadbalancer.sticky.cookie=true` among the labels of a service. */
function inLabels(files: ProjectFiles, path: string): readonly Affinity[] {
  const [document] = yamlDocuments(files.yaml(path));
  if (!document) return [];
  return yamlEntries(document, yamlAt(document, ['services'])).flatMap(({ value: service }) =>
    [['labels'], ['deploy', 'labels']].flatMap((keys) =>
      service ? labels(document, yamlAt(document, keys, service)) : [],
    ),
  );
}

function labels(document: YamlDocument, node: unknown): readonly Affinity[] {
  const pairs = [
    ...yamlEntries(document, node).map(({ key, value, span }) => ({
      key,
      value: yamlString(value) ?? '',
      span,
    })),
    ...yamlItems(document, node).flatMap((item) => {
      const [key = '', value = ''] = (yamlString(item) ?? '').split('=');
      const range = item.range;
      return range ? [{ key, value, span: { start: range[0], end: range[1] } }] : [];
    }),
  ];
  return pairs.flatMap(({ key, value, span }) =>
    LABEL.test(key) && value === 'true' ? [{ name: key, span }] : [],
  );
}
