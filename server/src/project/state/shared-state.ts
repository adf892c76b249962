import { query } from '../query';
import { contains } from '../../base/span';
import type { Value } from '../../base/value';
import type { SourceFacts, StateFact, WriteFact } from '../facts/facts';
import type { ProjectModel } from '../model';
import type { ReachStep } from '../requests/request-reach';
import { isSingleton } from './singletons';

/** A write that some request causes. */
export interface RequestWrite {
  readonly path: string;
  readonly write: WriteFact;
  /** The calls through which a request reaches it. */
  readonly way: readonly ReachStep[];
}

/** State that requests write and later requests see. */
export interface SharedState {
  readonly state: StateFact;
  /** Never empty. */
  readonly writes: readonly RequestWrite[];
  /** The class whose field it is. */
  readonly holder?: string;
  /** Writes of the same module that no request causes. */
  readonly others: readonly WriteFact[];
}

/**
 * The variables and fields of a module that outlive a request, that requests write and that requests read. What it means is for
 * the caller to say: a cache and a counter are shared state, too.
 */
export function sharedStates(model: ProjectModel, path: string): readonly SharedState[] {
  return writtenStates(model, path).filter(({ state, writes }) =>
    isRead(model, path, state, writes),
  );
}

/** The same, whether requests read it or not. */
export function writtenStates(model: ProjectModel, path: string): readonly SharedState[] {
  const facts = model.facts.get(path);
  if (!facts) return [];
  return [...facts.state, ...fieldsWrittenElsewhere(model, path, facts)].flatMap(
    (state): SharedState[] => {
      if (!outlivesRequests(model, path, state)) return [];
      const own = ownWrites(facts, state);
      const writes = requestWrites(model, path, own, state);
      const others = own.filter((write) => writes.every((each) => each.write !== write));
      const holder = state.classId === undefined ? undefined : facts.classes[state.classId]?.name;
      const shared = { state, writes, others, ...(holder === undefined ? {} : { holder }) };
      return writes.length > 0 ? [shared] : [];
    },
  );
}

/** Fields of exported classes that only other modules write: `Settings.closed = true`. */
function fieldsWrittenElsewhere(
  model: ProjectModel,
  path: string,
  facts: SourceFacts,
): readonly StateFact[] {
  const targets = foreignIndex(model).writes.get(path) ?? [];
  if (targets.length === 0) return [];
  const known = new Set(facts.state.map(({ classId, name }) => `${classId}.${name}`));
  return facts.classes.flatMap(({ id, members }) =>
    members.flatMap(({ name, value, isStatic }): StateFact[] => {
      if (value.kind === 'function' || known.has(`${id}.${name}`)) return [];
      if (!targets.some(({ to }) => contains(value.span, to.span))) return [];
      return [
        {
          name,
          declaration: value.span,
          owner: 0,
          classId: id,
          ...(isStatic ? { isStatic } : {}),
          constant: false,
          ...(value.kind === 'typed' ? {} : { initial: value }),
          exported: true,
          reads: [],
        },
      ];
    }),
  );
}

/** Not made anew for each request: a variable of the module or of a function that no request runs, a field of a singleton. */
function outlivesRequests(model: ProjectModel, path: string, state: StateFact): boolean {
  const { owner, classId, isStatic } = state;
  if (owner !== 0 && model.requestReach.way(path, owner) !== undefined) return false;
  return classId === undefined || isStatic === true || isSingleton(model, path, classId);
}

function ownWrites(facts: SourceFacts, state: StateFact): readonly WriteFact[] {
  return facts.writes.filter((write) =>
    state.classId === undefined
      ? write.classId === undefined && write.declaration?.start === state.declaration.start
      : write.classId === state.classId && write.variable === state.name,
  );
}

function requestWrites(
  model: ProjectModel,
  path: string,
  own: readonly WriteFact[],
  state: StateFact,
): readonly RequestWrite[] {
  const writes = own.flatMap((write) => requestWrite(model, path, write));
  if (state.classId !== undefined) {
    const field = model.facts
      .get(path)
      ?.classes[state.classId]?.members.find(({ name }) => name === state.name);
    const foreign = field ? foreignWrites(model, path, field.value) : [];
    return [...writes, ...foreign.map(asOfField)];
  }
  return state.exported && state.initial
    ? [...writes, ...foreignWrites(model, path, state.initial)]
    : writes;
}

/** Seen from the field, what is a member of the class or of its instance is the variable itself. */
function asOfField(each: RequestWrite): RequestWrite {
  const { write } = each;
  const depth = Math.max(0, (write.depth ?? 1) - 1);
  const how = write.how === 'member' && depth === 0 ? 'assign' : write.how;
  return { ...each, write: { ...write, depth, how } };
}

function requestWrite(model: ProjectModel, path: string, write: WriteFact): RequestWrite[] {
  const way = model.requestReach.way(path, write.fn);
  return way ? [{ path, write, way }] : [];
}

/** Some request sees what another one wrote. */
function isRead(
  model: ProjectModel,
  path: string,
  state: StateFact,
  writes: readonly RequestWrite[],
): boolean {
  return (
    state.reads.some(({ fn }) => model.requestReach.way(path, fn) !== undefined) ||
    writes.some(({ write }) => write.self === true && state.classId === undefined) ||
    (state.exported && foreignIndex(model).imported.has(path))
  );
}

interface ForeignWrite {
  readonly path: string;
  readonly write: WriteFact;
  /** What is written, where it is defined. */
  readonly to: Value;
}

interface ForeignIndex {
  readonly writes: ReadonlyMap<string, readonly ForeignWrite[]>;
  /** Modules that others import values from. */
  readonly imported: ReadonlySet<string>;
}

/** Writes of other modules to what a module exports, and what is imported at all. One index per full model. */
const foreignIndex = query('modules', (model): ForeignIndex => {
  const writes = new Map<string, ForeignWrite[]>();
  const imported = new Set<string>();
  for (const [path, facts] of model.facts) {
    for (const { path: target, typeOnly } of model.modules.get(path)?.imports ?? [])
      if (target !== undefined && !typeOnly && target !== path) imported.add(target);
    for (const write of facts.writes) {
      if (!isOfModule(write.target)) continue;
      const to = model.resolve(write.target, path);
      const from = to.path;
      if (from === undefined || from === path) continue;
      const list = writes.get(from);
      if (list) list.push({ path, write, to });
      else writes.set(from, [{ path, write, to }]);
    }
  }
  const index = { writes, imported };
  return index;
});

function isOfModule(value: Value): boolean {
  if (value.kind === 'member') return isOfModule(value.object);
  return value.kind === 'import' && /^[.~@#]/.test(value.specifier);
}

function foreignWrites(model: ProjectModel, path: string, initial: Value): readonly RequestWrite[] {
  return (foreignIndex(model).writes.get(path) ?? []).flatMap(({ path: from, write, to }) => {
    return contains(initial.span, to.span) ? requestWrite(model, from, write) : [];
  });
}
