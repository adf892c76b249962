import type { Value } from '../../base/value';
import { lastName, rootOf } from '../../base/value-names';
import type { RequestWrite, SharedState } from './shared-state';

/** Flags about the process itself, which each process has to know for itself. */
const OF_PROCESS = /ready|health|drain|shutting|terminat|accepting|alive|initiali|boot|connected/i;

/**
 * A flag that requests set and others go by: one handler closes what was open, or one sets it and another one clears it. Not what is
 * done once and noted, nor a lock that the same piece of work takes and gives back.
 */
export function isSwitch({ state, writes }: SharedState): boolean {
  if (OF_PROCESS.test(state.name)) return false;
  const flags = new Map<string, RequestWrite[]>();
  for (const each of writes) {
    const { how, depth = 0, key, value, target } = each.write;
    const isFlag = value?.kind === 'literal' && typeof value.value === 'boolean';
    if (!isFlag || key || depth > 1 || (how !== 'assign' && how !== 'member')) continue;
    const name = depth === 0 ? '' : (lastName(target) ?? '');
    if (OF_PROCESS.test(name)) continue;
    const list = flags.get(name);
    if (list) list.push(each);
    else flags.set(name, [each]);
  }
  return [...flags].some(
    ([name, sets]) => areOfTwo(sets) || (name === '' && isClosedFor(state, sets)),
  );
}

/** Two handlers, one of which sets what the other one clears. */
function areOfTwo(sets: readonly RequestWrite[]): boolean {
  const handlers = (wanted: boolean): readonly string[] =>
    sets.flatMap(({ write, way }) =>
      isSet(write, wanted) ? [`${way[0]?.path}#${way[0]?.fn}`] : [],
    );
  const clearing = handlers(false);
  return clearing.length > 0 && handlers(true).some((each) => !clearing.includes(each));
}

function isSet({ value }: RequestWrite['write'], wanted: boolean): boolean {
  return value?.kind === 'literal' && value.value === wanted;
}

/**
 * `if (queued) return; queued = true; setTimeout(() => { queued = false; rebuild(); })`: cleared on the way of what set it, the flag
 * notes that this process has work at hand, which no other one has to know.
 */
export function isUnderWay({ writes, others }: SharedState): boolean {
  const isFlag = [...writes.map(({ write }) => write), ...others].every(
    ({ how, depth = 0, value }) =>
      how === 'assign' &&
      depth === 0 &&
      value?.kind === 'literal' &&
      typeof value.value === 'boolean',
  );
  const setters = writes.filter(({ write }) => isSet(write, true));
  const clearing = writes.filter(({ write }) => isSet(write, false));
  return (
    isFlag &&
    clearing.length > 0 &&
    clearing.every(({ path, write: { fn }, way }) =>
      way.some(
        (step) =>
          (step.path !== path || step.fn !== fn) &&
          setters.some((setter) => setter.path === step.path && setter.write.fn === step.fn),
      ),
    )
  );
}

/** `open = false` in a handler that does not ask for it first, where it began as `true` and others ask. */
function isClosedFor(state: SharedState['state'], sets: readonly RequestWrite[]): boolean {
  const { initial, reads } = state;
  if (initial?.kind !== 'literal' || initial.value !== true) return false;
  return sets.some(
    ({ write, way }) =>
      write.guarded !== true &&
      write.value?.kind === 'literal' &&
      write.value.value === false &&
      reads.length > 0 &&
      reads.every(({ fn }) => way.every((step) => step.fn !== fn)),
  );
}

const CALLERS =
  /^(req|request|ctx|context|c|socket|sock|ws|conn|connection|msg|message|interaction|event|player|peer)$/;
const IDENTITIES = /(^id|Id|ID|^uid|(^|user|nick)name|Name|[eE]mail|^user|^ip)$/;

/** `if (!hostId) hostId = socket.id`: who came first is kept, for whoever comes later to be compared with. */
export function keepsFirst({ write }: RequestWrite): boolean {
  const { how, value, guarded, key, depth = 0 } = write;
  return (
    guarded === true &&
    (how === 'assign' || how === 'member') &&
    key === undefined &&
    depth <= 1 &&
    value?.kind === 'member' &&
    isOfCaller(value)
  );
}

function isOfCaller(value: Value): boolean {
  const root = rootOf(value);
  return (
    IDENTITIES.test(lastName(value) ?? '') && root.kind === 'parameter' && CALLERS.test(root.name)
  );
}
