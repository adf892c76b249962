import { query } from '../../../project/query';

/**
 * Names that need no dependency because the project declares them itself (`declare module 'x'` in a declaration file) or a
 * platform supplies them.
 */
export const ambientModules = query('files', (model): ((name: string) => boolean) => {
  const patterns: string[] = [];
  for (const path of model.files.paths) {
    if (!path.endsWith('.d.ts')) continue;
    for (const match of (model.files.text(path) ?? '').matchAll(
      /declare\s+module\s+(['"])([^'"]+)\1/g,
    ))
      if (match[2] !== undefined) patterns.push(match[2]);
  }
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const stars = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => pattern.split('*') as [string, string]);
  return (name) =>
    PLATFORM.test(name) ||
    exact.has(name) ||
    stars.some(([before, after]) => name.startsWith(before) && name.endsWith(after));
});

/** Provided by the host, the framework's compiler or the run time, never by npm. */
const PLATFORM =
  /^(vscode|electron|bun|k6|ext:.*|server-only|client-only|next\/.*|astro:.*|\$.*|#.*|~icons\/.*|virtual:.*|@theme(-\w+)?\/.*|@site\/.*|@docusaurus\/.*|@generated\/.*)$/;
