import { insertion } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings, isTypeOnly, listOf, type ImportBinding } from './import-bindings';
import { importPlace } from './import-place';
import { addToList } from './lists';
import { freeName, mentions } from './nodes';
import { quoted, type SourceStyle } from './style';

/** Something a file needs from a module. */
export interface ImportRequest {
  readonly specifier: string;
  /** An exported name; `default` for the default export (CommonJS: the module itself). */
  readonly name: string;
  /** What to call it here when it is not imported yet; default: the exported name. */
  readonly local?: string;
  readonly typeOnly?: boolean;
}

/** How a file gets at a name of a module. */
export interface ImportedName {
  /** Empty when the file has it already. */
  readonly edits: readonly TextEdit[];
  /** How to write it: an identifier, or `fs.promises` where the module is bound as a whole. */
  readonly text: string;
}

/**
 * Makes a name of a module usable in a file: reuses what is imported, extends an import of the same module, or adds one after
 * the last, the way the file writes imports. A name that is taken gets an alias.
 */
export function importName(
  syntax: SourceSyntax,
  style: SourceStyle,
  request: ImportRequest,
): ImportedName {
  const same = importBindings(syntax).filter(
    (binding) => normalised(binding.specifier) === normalised(request.specifier),
  );
  const usable = same.filter((binding) => !binding.typeOnly || request.typeOnly === true);
  const known = usable.map((binding) => reuse(binding, request)).find((text) => text !== undefined);
  if (known !== undefined) return { edits: [], text: known };
  const wanted =
    request.local ?? (request.name === 'default' ? nameOfModule(request.specifier) : request.name);
  const local = freeName(syntax, wanted, aliasOf(wanted, request.specifier));
  const extended =
    request.name === 'default' ? undefined : extend(syntax, style, usable, request, local);
  if (extended) return { edits: extended, text: local };
  const place = importPlace(syntax, style);
  const statement = newImport(syntax, style, request, local);
  return { edits: [insertion(place.at, place.before + statement + place.after)], text: local };
}

function reuse(binding: ImportBinding, request: ImportRequest): string | undefined {
  if (binding.imported === request.name) return binding.local;
  if (binding.imported === '*') {
    if (request.name !== 'default') return `${binding.local}.${request.name}`;
    const isRequire = !ts().isImportDeclaration(binding.statement);
    return isRequire || !isRelative(request.specifier) ? binding.local : `${binding.local}.default`;
  }
  // The default import of a built-in is the module itself.
  if (binding.imported === 'default' && isBuiltinLike(binding))
    return `${binding.local}.${request.name}`;
  return undefined;
}

function isBuiltinLike(binding: ImportBinding): boolean {
  return /^(node:.*|fs|fs\/promises|path|http|https|http2|os|crypto|util|events|stream|net|url)$/.test(
    binding.specifier,
  );
}

/** Adds a name to `import { … }`, to `import x`, or to `const { … } = require()`. */
function extend(
  syntax: SourceSyntax,
  style: SourceStyle,
  bindings: readonly ImportBinding[],
  request: ImportRequest,
  local: string,
): TextEdit[] | undefined {
  const api = ts();
  const listStyle = { ...style, padding: ' ' } as const;
  for (const { statement, node } of bindings) {
    if (api.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (!clause) continue;
      const type =
        request.typeOnly === true && !isTypeOnly(clause) && /\btype\s/.test(syntax.text)
          ? 'type '
          : '';
      const item = type + (local === request.name ? local : `${request.name} as ${local}`);
      if (!clause.namedBindings && clause.name)
        return [insertion(clause.name.end, `, { ${item} }`)];
      if (!clause.namedBindings || !api.isNamedImports(clause.namedBindings)) continue;
      const list = listOf(syntax.text, clause.namedBindings, clause.namedBindings.elements);
      return addToList(list, item, listStyle);
    }
    if (api.isBindingElement(node) && api.isObjectBindingPattern(node.parent)) {
      const item = local === request.name ? local : `${request.name}: ${local}`;
      return addToList(listOf(syntax.text, node.parent, node.parent.elements), item, listStyle);
    }
  }
  return undefined;
}

function newImport(
  syntax: SourceSyntax,
  style: SourceStyle,
  request: ImportRequest,
  local: string,
): string {
  const from = quoted(request.specifier, style);
  const end = style.semicolon;
  const { name } = request;
  if (style.modules === 'commonjs') {
    const word = requireKeyword(syntax);
    if (name === 'default') return `${word} ${local} = require(${from})${end}`;
    return `${word} { ${local === name ? local : `${name}: ${local}`} } = require(${from})${end}`;
  }
  const type = request.typeOnly === true && style.language === 'ts' ? 'type ' : '';
  if (name !== 'default') {
    return `import ${type}{ ${local === name ? local : `${name} as ${local}`} } from ${from}${end}`;
  }
  if (!isRelative(request.specifier)) {
    const form = defaultImportForm(syntax);
    if (form === 'import-equals') return `import ${local} = require(${from})${end}`;
    if (form === 'namespace') return `import * as ${local} from ${from}${end}`;
  }
  return `import ${type}${local} from ${from}${end}`;
}

/** How a TypeScript file takes a CommonJS package as a whole: tells `esModuleInterop` without reading tsconfig. */
function defaultImportForm(syntax: SourceSyntax): 'default' | 'namespace' | 'import-equals' {
  if (!/\.[mc]?tsx?$/.test(syntax.path)) return 'default';
  const packages = importBindings(syntax).filter(
    (binding) => !isRelative(binding.specifier) && !binding.typeOnly,
  );
  if (packages.some((binding) => binding.imported === 'default')) return 'default';
  const whole = packages.filter((binding) => binding.imported === '*');
  if (whole.some((binding) => ts().isImportEqualsDeclaration(binding.statement)))
    return 'import-equals';
  const called = whole.some((binding) =>
    mentions(syntax, binding.local).some(
      ({ parent }) =>
        ts().isCallExpression(parent) &&
        ts().isIdentifier(parent.expression) &&
        parent.expression.text === binding.local,
    ),
  );
  return called ? 'namespace' : 'default';
}

function requireKeyword(syntax: SourceSyntax): string {
  const words = [...syntax.text.matchAll(/^(const|var|let)\b[^=\n]*=\s*require\(/gm)].map(
    (match) => match[1],
  );
  return words.length > 0 && words.every((word) => word === 'var') ? 'var' : 'const';
}

function nameOfModule(specifier: string): string {
  const last =
    specifier
      .replace(/\.[cm]?[jt]sx?$/, '')
      .replace(/\/index$/, '')
      .split('/')
      .pop() ?? '';
  const name = last.replace(
    /[^A-Za-z0-9]+(.)?/g,
    (_, letter: string | undefined) => letter?.toUpperCase() ?? '',
  );
  return /^[A-Za-z_$]/.test(name) ? name : `_${name}`;
}

function aliasOf(name: string, specifier: string): string {
  const base = nameOfModule(specifier);
  return base === name ? `${name}Module` : base + name.charAt(0).toUpperCase() + name.slice(1);
}

function normalised(specifier: string): string {
  return specifier
    .replace(/^node:/, '')
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..';
}
