import type { ProjectModel } from '../../../project/model';

/**
 * Names that need no dependency because the project declares them itself (`declare module 'x'` in a declaration file) or a
 * platform supplies them.
 */
export function ambientModules(model: ProjectModel): (name: string) => boolean {
  let known = cache.get(model.files);
  if (!known) {
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
    known = (name) =>
      PLATFORM.test(name) ||
      exact.has(name) ||
      stars.some(([before, after]) => name.startsWith(before) && name.endsWith(after));
    cache.set(model.files, known);
  }
  return known;
}

const cache = new WeakMap<object, (name: string) => boolean>();

/** Provided by the host, the framework's compiler or the run time, never by npm. */
const PLATFORM =
  /^(vscode|electron|bun|k6|ext:.*|server-only|client-only|next\/.*|astro:.*|\$.*|#.*|~icons\/.*|virtual:.*|@theme(-\w+)?\/.*|@site\/.*|@docusaurus\/.*|@generated\/.*)$/;
