import { URI, Utils } from 'vscode-uri';

/**
 * Comparable form of a URI: clients and servers disagree on what to percent-encode (`file:///c%3A/…`) and on drive letters.
 * @param uri as received
 */
export function canonicalUri(uri: string): string {
  return URI.parse(uri).toString();
}

/** The URI of a file of a root, as VS Code writes it. */
export function fileUri(root: string, path: string): string {
  return Utils.joinPath(URI.parse(root), path).toString();
}

/**
 * Where a file lies within a root.
 * @returns the path relative to the root, with `/`; undefined for files outside, and for the root itself
 */
export function pathWithin(root: string, uri: string): string | undefined {
  const base = URI.parse(root);
  const file = URI.parse(uri);
  if (base.scheme !== file.scheme || base.authority !== file.authority) return undefined;
  const folder = comparablePath(base).replace(/(?<!\/)\/*$/, '/');
  const path = comparablePath(file);
  return path.startsWith(folder) && path.length > folder.length
    ? path.slice(folder.length)
    : undefined;
}

/** Windows drives come in both cases. */
function comparablePath({ path }: URI): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
