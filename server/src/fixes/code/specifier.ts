import type { ProjectModel } from '../../project/model';
import { importBindings } from './import-bindings';

/**
 * How a module of the project names another one in an import: as it does already, else relative, with an extension where the
 * package writes extensions.
 * @param from path of the importing module
 * @param to path of the imported module
 */
export function specifierFor(model: ProjectModel, from: string, to: string): string {
  const syntax = model.files.source(from);
  const present = syntax
    ? importBindings(syntax).find(
        ({ specifier }) => model.resolveImport(from, specifier).path === to,
      )
    : undefined;
  if (present) return present.specifier;
  const path = relativePath(from, to);
  const extension = writtenExtension(model, from, to);
  const bare = path.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '');
  if (extension !== '') return bare + extension;
  // `./config/index` is written `./config`; a folder's own index is `.`, which few write.
  return bare.replace(/(?<=[^.])\/index$/, '');
}

function relativePath(from: string, to: string): string {
  const source = from.split('/').slice(0, -1);
  const target = to.split('/');
  let common = 0;
  while (common < source.length && common < target.length - 1 && source[common] === target[common])
    common += 1;
  const up = source.slice(common).map(() => '..');
  return [...(up.length > 0 ? up : ['.']), ...target.slice(common)].join('/');
}

/** The extension that relative imports of the package carry for this kind of file; empty for none. */
function writtenExtension(model: ProjectModel, from: string, to: string): string {
  const isTypeScript = /\.[cm]?tsx?$/.test(to);
  const own = /\.[cm]?[jt]sx?$/.exec(to)?.[0] ?? '';
  const compiled = own.replace('ts', 'js').replace(/x$/, '');
  for (const path of [from, ...siblings(model, from)]) {
    const text = model.files.text(path) ?? '';
    const relative = [
      ...text.matchAll(/(?:from|require\(|import\(?)\s*['"](\.{1,2}\/[^'"]+)['"]/g),
    ].map((match) => match[1] ?? '');
    if (relative.length === 0) continue;
    if (relative.some((specifier) => specifier.endsWith(own) && isTypeScript)) return own;
    if (relative.some((specifier) => /\.[cm]?js$/.test(specifier))) return compiled;
    return '';
  }
  const isModule = model.packageOf(from)?.isModule === true || /\.mjs$/.test(from);
  return !isTypeScript && isModule && !/\.cjs$/.test(from) ? own : '';
}

/** Other sources of the package, the nearest first, at most 50: they show the package's habits. */
function siblings(model: ProjectModel, path: string): readonly string[] {
  const owner = model.packageOf(path);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const isTypeScript = /\.[cm]?tsx?$/.test(path);
  const all = [...model.modules.keys()].filter(
    (other) =>
      other !== path &&
      model.packageOf(other) === owner &&
      /\.[cm]?tsx?$/.test(other) === isTypeScript,
  );
  return all
    .sort((a, b) => Number(b.startsWith(folder)) - Number(a.startsWith(folder)) || (a < b ? -1 : 1))
    .slice(0, 50);
}
