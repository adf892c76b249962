import { posix } from 'node:path';

/** As far as copies care. */
export interface Manifest {
  readonly name?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly exports?: unknown;
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const DEPENDENCIES = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;

/** Empty for what is no JSON object: a broken manifest is measured as well. */
export function parseManifest(text: string): Manifest {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

export function stringified(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Gives the packages of a copy names of their own, wherever they are called by name. A name with a scope is taken for it in any text;
 * any other may be a word like any other, and is one only where it is imported or depended on.
 */
export function renameIn(
  path: string,
  text: string,
  names: readonly string[],
  suffix: string,
): string {
  let renamed = text;
  const scoped = alternatives(names.filter((name) => name.startsWith('@')));
  if (scoped !== undefined) {
    renamed = renamed.replace(
      new RegExp(`(?<![\\w/@-])(?:${scoped})(?![\\w-])`, 'g'),
      `$&${suffix}`,
    );
  }
  const plain = names.filter((name) => !name.startsWith('@'));
  const imported = alternatives(plain);
  if (imported === undefined) return renamed;
  if (posix.basename(path) === 'package.json') return renameManifest(renamed, plain, suffix);
  const pattern = `(\\b(?:from|import|require)\\s*\\(?\\s*['"](?:${imported}))(?=['"/])`;
  return renamed.replace(new RegExp(pattern, 'g'), `$1${suffix}`);
}

/** Adds an import of a package in the language of the module's own imports, at the end: what comes first may have to. */
export function importOf(path: string, text: string, name: string): string {
  const isCommonJs =
    path.endsWith('.cjs') ||
    (/\.jsx?$/.test(path) && /\brequire\(/.test(text) && !/^[ \t]*(?:import|export)\b/m.test(text));
  return `${text}\n${isCommonJs ? `require('${name}');` : `import '${name}';`}\n`;
}

function renameManifest(text: string, names: readonly string[], suffix: string): string {
  const manifest = parseManifest(text);
  if (Object.keys(manifest).length === 0) return text;
  const renamed = (name: string): string => (names.includes(name) ? name + suffix : name);
  const parts: Record<string, unknown> = { ...manifest };
  if (typeof manifest.name === 'string') parts['name'] = renamed(manifest.name);
  for (const section of DEPENDENCIES) {
    const declared = parts[section];
    if (typeof declared !== 'object' || declared === null) continue;
    const entries = Object.entries(declared).map(([name, range]) => [
      renamed(name),
      range as unknown,
    ]);
    parts[section] = Object.fromEntries(entries);
  }
  return stringified(parts);
}

/** The longest first, so that no name is taken for the beginning of another. */
function alternatives(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');
}
