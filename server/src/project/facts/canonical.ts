import type { Value } from '../../base/value';

/**
 * The canonical name of what a value refers to, the form library tables are written in: `express().listen`,
 * `new bullmq.Worker`, `process.on`, `http.createServer().listen`, `<express.Application>.use`.
 * - an import is its package and member path (default and namespace imports add nothing: `express`, `fs/promises.readFile`);
 * - a call adds `()`, a `new` is `new X()`; `await` and casts are transparent;
 * - a value known by its type only is `<type>`.
 * @returns undefined when the value refers to nothing nameable (parameters, locals, computed members)
 */
export function canonicalName(value: Value): string | undefined {
  switch (value.kind) {
    case 'import':
      return [
        normaliseBuiltin(value.specifier, value.members),
        ...restOf(value.specifier, value.members),
      ].join('.');
    case 'global':
      return value.name;
    case 'call': {
      // `app.listen.bind(app)` is the function itself.
      if (value.callee.kind === 'member' && value.callee.name === 'bind')
        return canonicalName(value.callee.object);
      const callee = canonicalName(value.callee);
      // The same function, with a promise in place of its callback.
      if (callee === 'util.promisify' && value.args[0]) return canonicalName(value.args[0]);
      return callee === undefined ? undefined : value.isNew ? `new ${callee}()` : `${callee}()`;
    }
    case 'member': {
      if (value.name === undefined) return undefined;
      const object = canonicalName(value.object);
      return object === undefined ? undefined : `${object}.${value.name}`;
    }
    case 'typed': {
      const type = canonicalName(value.type);
      return type === undefined ? undefined : `<${type}>`;
    }
    case 'either': {
      // `app ?? express()`, `client = client || createClient()`: what can be named decides when all namings agree.
      const names = new Set(value.options.map(canonicalName).filter((name) => name !== undefined));
      const [only] = names;
      return names.size === 1 ? only : undefined;
    }
    default:
      return undefined;
  }
}

/** `fs` + `promises.readFile` is `fs/promises.readFile`. */
function normaliseBuiltin(specifier: string, members: readonly string[]): string {
  return SUBMODULES.has(`${specifier}/${members[0] ?? ''}`)
    ? `${specifier}/${members[0] ?? ''}`
    : specifier;
}
function restOf(specifier: string, members: readonly string[]): readonly string[] {
  return SUBMODULES.has(`${specifier}/${members[0] ?? ''}`) ? members.slice(1) : members;
}
const SUBMODULES = new Set([
  'fs/promises',
  'timers/promises',
  'dns/promises',
  'stream/promises',
  'path/posix',
  'path/win32',
]);

/**
 * The names to look a callee up under, most exact first: as it is, then with fluent calls collapsed
 * (`express().use().listen` → `express().listen`), then with the type of a known instance.
 */
export function lookupNames(name: string): readonly string[] {
  const names = [name];
  let collapsed = name;
  // `a().b().c` → `a().c`: fluent methods return their object; repeated until nothing is left to collapse.
  for (let index = 0; index < 6; index++) {
    const shorter = collapsed.replace(/(\)|>)\.\w+\(\)(\.\w+)$/, '$1$2');
    if (shorter === collapsed) break;
    names.push(shorter);
    collapsed = shorter;
  }
  return names;
}
