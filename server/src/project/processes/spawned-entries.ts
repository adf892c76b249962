import { folderOf, joinPath } from '../../base/paths';
import type { Value } from '../../base/value';
import { treePath } from '../environment/config-files';
import { propertyOf } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallFact, SourceFacts } from '../facts/facts';
import type { EntryPoint, PackageInfo } from '../model';

/** What is asked of the project to find the file that a command names. */
export interface SpawnedInput {
  facts(path: string): SourceFacts | undefined;
  resolve(value: Value, from: string): Value;
  packageOf(path: string): PackageInfo | undefined;
  /** The source file that the first of several possible places leads to. */
  sourceAt(locations: readonly string[]): string | undefined;
}

const FORKS = /^child_process\.fork$|^execa\.execaNode$/;
/** Says what `cluster.fork()` runs. */
const SETS_UP = /^cluster\.setup(Primary|Master)$/;
const STARTS = /^(child_process\.spawn|cross-spawn(\.spawn)?|execa(\.execa)?)$/;
const RUNTIMES = /^(node|bun|deno|tsx|ts-node)$/;

/**
 * Processes that an entry point of production starts itself and stays in front of: `spawn('node', ['server/main.js'])`,
 * `fork('./worker.js')`. What they run is deployed as the entry point is.
 */
export function spawnedEntries(entry: EntryPoint, input: SpawnedInput): readonly EntryPoint[] {
  const facts = input.facts(entry.path);
  if (!entry.production || entry.intent !== 'start' || !facts) return [];
  return facts.calls.flatMap((call): EntryPoint[] => {
    if (call.context.includes('development')) return [];
    const script = scriptOf(call, entry.path, input);
    const text = script && treePath(script, entry.path, input);
    if (script === undefined || text === undefined || text.includes('*')) return [];
    const named = script.kind === 'literal' ? String(script.value) : undefined;
    const beside = named === undefined ? undefined : joinPath(folderOf(entry.path), named);
    const path = input.sourceAt([text, ...(beside === undefined ? [] : [beside])]);
    const info = path === undefined ? undefined : input.packageOf(path);
    if (path === undefined || !info || path === entry.path) return [];
    const { production, intent } = entry;
    const declaredAt = { path: entry.path, span: call.span };
    return [{ path, package: info, origin: 'spawned', declaredAt, intent, production }];
  });
}

/** The script that a call runs in a process of its own. */
function scriptOf(call: CallFact, path: string, { resolve }: SpawnedInput): Value | undefined {
  const name = canonicalName(resolve(call.callee, path)) ?? '';
  const [first, second] = call.args.map((arg) => resolve(arg, path));
  if (FORKS.test(name)) return first;
  if (SETS_UP.test(name)) return first?.kind === 'object' ? propertyOf(first, 'exec') : undefined;
  if (!STARTS.test(name) || !first || second?.kind !== 'array') return undefined;
  const isRuntime =
    canonicalName(first) === 'process.execPath' ||
    (first.kind === 'literal' && RUNTIMES.test(String(first.value)));
  return isRuntime ? second.items.find((item) => !isOption(item)) : undefined;
}

function isOption(value: Value): boolean {
  return value.kind === 'literal' && /^(-|run$)/.test(String(value.value));
}
