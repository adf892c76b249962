import { environmentReads } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { CallFact, EnvironmentFact } from '../facts/facts';
import { environmentSupplies } from '../manifests/environment';
import type { EntryPoint, EnvironmentSupply, EnvironmentVariable, ProjectModel } from '../model';
import { schemaReads, type SchemaRead } from './environment-schemas';

/**
 * The environment contract: every variable that code reads (directly, destructured, through a wrapper or schema) or that an
 * artefact supplies, by name.
 */
export function environmentContract(model: ProjectModel): ReadonlyMap<string, EnvironmentVariable> {
  const reads = new Map<string, { path: string; fact: EnvironmentFact }[]>();
  const supplies = new Map<string, EnvironmentSupply[]>();
  const addRead = (path: string, fact: EnvironmentFact): void => {
    if (fact.name === undefined || fact.name === '*' || fact.write) return;
    const list = reads.get(fact.name);
    if (list) list.push({ path, fact });
    else reads.set(fact.name, [{ path, fact }]);
  };
  for (const path of model.facts.keys())
    for (const read of environmentOf(path, model)) addRead(read.path, read.fact);
  for (const { name, ...supply } of environmentSupplies(model.files)) {
    const list = supplies.get(name);
    if (list) list.push(supply);
    else supplies.set(name, [supply]);
  }
  for (const { name, supply } of commandSupplies(model)) {
    const list = supplies.get(name);
    if (list) list.push(supply);
    else supplies.set(name, [supply]);
  }
  const names = [...new Set([...reads.keys(), ...supplies.keys()])].sort();
  return new Map(
    names.map((name) => [
      name,
      { name, reads: reads.get(name) ?? [], supplies: supplies.get(name) ?? [] },
    ]),
  );
}

/**
 * How one module reads and writes the environment, in every way that is known. For rules about a file: unlike the contract, it is
 * never older than the file's facts.
 */
export function moduleEnvironment(path: string, model: ProjectModel): readonly EnvironmentFact[] {
  return environmentOf(path, model).flatMap((read) => (read.path === path ? [read.fact] : []));
}

/** What a module says about the environment; a schema it hands on may stand in another module. */
function environmentOf(path: string, model: ProjectModel): readonly SchemaRead[] {
  const facts = model.facts.get(path);
  if (!facts || facts.detail !== 'full') return [];
  const own = [...facts.environment, ...wrapperReads(path, model)].map((fact) => ({ path, fact }));
  return [...own, ...schemaReads(facts, (value) => model.resolve(value, path))];
}

/** `env('DATABASE_URL', fallback)`: calls of project functions that read the variable their argument names. */
function wrapperReads(path: string, model: ProjectModel): EnvironmentFact[] {
  const facts: EnvironmentFact[] = [];
  for (const call of model.facts.get(path)?.calls ?? []) {
    const [name] = call.args;
    if (
      name?.kind !== 'literal' ||
      typeof name.value !== 'string' ||
      !/^[A-Z][A-Z0-9_]+$/.test(name.value)
    )
      continue;
    const isDeno = canonicalName(call.callee) === 'Deno.env.get';
    const resolved = model.resolve(
      { kind: 'call', callee: call.callee, args: call.args, isNew: false, span: call.span },
      path,
    );
    const isRead =
      isDeno ||
      environmentReads(resolved).some((read) => read.name === name.value) ||
      asksConfigService(call, model, path, 0);
    if (!isRead) continue;
    const fallback = call.args[1];
    const helper =
      call.callee.kind === 'member' ? call.callee.name : functionName(call, model, path);
    facts.push({
      name: name.value,
      span: name.span,
      fn: call.fn,
      via: 'wrapper',
      required: fallback === undefined && REQUIRING.test(helper ?? ''),
      write: false,
      ...(fallback ? { fallback, operator: 'default' as const } : {}),
    });
  }
  return facts;
}

/** `this.getNumber('PORT')`: a method of the project that asks Nest's ConfigService for what its first parameter names. */
function asksConfigService(
  { callee }: Pick<CallFact, 'callee'>,
  model: ProjectModel,
  path: string,
  depth: number,
): boolean {
  const target = model.resolve(callee, path);
  if (target.kind !== 'function' || target.isClass || depth > 2) return false;
  const at = target.path ?? path;
  return (
    model.facts.get(at)?.calls.some((inner) => {
      const [key] = inner.args;
      if (inner.fn !== target.id || key?.kind !== 'parameter' || key.functionId !== target.id)
        return false;
      if (key.index !== 0) return false;
      const name = canonicalName(model.resolve(inner.callee, at));
      return (
        /^<@nestjs\/config\.ConfigService>\.(get|getOrThrow)$/.test(name ?? '') ||
        asksConfigService(inner, model, at, depth + 1)
      );
    }) === true
  );
}

/** Helpers that stop the process when a variable is missing say so in their names. */
const REQUIRING =
  /^(require|required|must|mandatory|ensure|need|assert|demand)|OrThrow$|OrFail$|OrExit$/i;

function functionName(call: CallFact, model: ProjectModel, path: string): string | undefined {
  const { callee } = call;
  if (callee.kind === 'import') return callee.members.at(-1);
  const target = model.resolve(callee, path);
  if (target.kind !== 'function' || target.isClass) return undefined;
  const owner = model.facts.get(target.path ?? path);
  const found = owner?.functions[target.id]?.name;
  return (
    found ??
    owner?.exports.find(({ value }) => value.kind === 'function' && value.id === target.id)?.name
  );
}

/** `PORT=80 node server.js`, `cross-env PORT=80 …`: variables that start commands set themselves. */
function commandSupplies(
  model: ProjectModel,
): readonly { readonly name: string; readonly supply: EnvironmentSupply }[] {
  const seen = new Set<string>();
  return model.commands.flatMap((command) =>
    command.steps.flatMap((step) =>
      Object.entries(step.assignments).flatMap(([name, value]) => {
        const key = `${step.path}:${name}:${value}`;
        if (seen.has(key)) return [];
        seen.add(key);
        const isKnown = !value.includes('$');
        const { path, span } = step;
        return [
          {
            name,
            supply: {
              path,
              span,
              kind: 'script',
              value: isKnown ? value : undefined,
              process: { origin: command.origin },
            } as const,
          },
        ];
      }),
    ),
  );
}

/**
 * The variables that one process reads: those of the modules its entry point reaches, by name.
 * @param entry where the process starts
 */
export function variablesOf(
  entry: EntryPoint,
  model: ProjectModel,
): readonly EnvironmentVariable[] {
  const modules = model.reachable(entry);
  return [...model.environment.values()].flatMap((variable) => {
    const reads = variable.reads.filter(({ path }) => modules.has(path));
    return reads.length > 0 ? [{ ...variable, reads }] : [];
  });
}
