import type { Host, Timers } from './host';

/**
 * Reads roots on disk directly and asks the client for all others: an editor on the desktop opens virtual workspaces
 * (`vscode-vfs://github/…`) as well.
 */
export function createHostByScheme(disk: Host & Timers, client: Host): Host & Timers {
  const hostOf = (root: string): Host => (/^file:/i.test(root) ? disk : client);
  return {
    ...disk,
    list: (root, exclude) => hostOf(root).list(root, exclude),
    read: (root, path) => hostOf(root).read(root, path),
  };
}
