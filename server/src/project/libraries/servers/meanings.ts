import type { Meaning } from '../meaning';

/** `server.listen(port, host)` or `server.listen({ port, host })`; `extra` says where it differs. */
export const listen = (
  framework: string,
  extra: Partial<Extract<Meaning, { kind: 'listen' }>> = {},
): Meaning => ({
  kind: 'listen',
  framework,
  port: '0|0.port',
  host: '1|0.host',
  ...extra,
});

/** Listens by itself only when it is given a port. */
export const attached = (
  framework: string,
  places: { readonly port: string; readonly host?: string },
): Meaning => ({ kind: 'listen', framework, attaches: true, ...places });

/** Takes functions that handle requests. */
export const route = (framework: string, handlers = '1+', path = '0'): Meaning => ({
  kind: 'route',
  framework,
  path,
  handlers,
});

const VERBS = [
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'all',
  'head',
  'options',
  'del',
  'opts',
] as const;

/** `app.get`, `app.post` … with one meaning. */
export const routes = (
  object: string,
  framework: string,
  handlers?: string,
): Record<string, Meaning> =>
  Object.fromEntries(VERBS.map((verb) => [`${object}.${verb}`, route(framework, handlers)]));
