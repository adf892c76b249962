import type { WordGroup } from './vocabulary';

/** Hosts, compared label by label from the right: `acme.io` has `api.acme.io` beneath it, and not `pacme.io`. */
export interface HostList {
  /** Is the host one of the list? */
  has(host: string): boolean;
  /** Is the host beneath one of the list? */
  hasAbove(host: string): boolean;
}

/**
 * Makes a list of hosts. A host is looked up once for each of its labels, however long the list is.
 * @param groups hosts in lower case between white space, each list with the reason why its hosts are in
 * @throws Error for what is no host in lower case, or stands twice: a table that lies never loads
 */
export function hostList(...groups: readonly WordGroup[]): HostList {
  const hosts = new Set<string>();
  for (const [, list] of groups)
    for (const host of list.split(/\s+/).filter((each) => each !== '')) {
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host)) throw new Error(`no host: ${host}`);
      if (hosts.has(host)) throw new Error(`listed twice: ${host}`);
      hosts.add(host);
    }
  return {
    has: (host) => hosts.has(host),
    hasAbove: (host) => {
      for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1))
        if (hosts.has(host.slice(dot + 1))) return true;
      return false;
    },
  };
}
