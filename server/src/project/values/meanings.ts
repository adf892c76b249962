import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { argumentAt } from '../../base/values';
import { canonicalName, lookupNames } from '../facts/canonical';
import type { CallFact, ExportFact, SourceFacts } from '../facts/facts';
import { REGISTER, type LibraryMeaning, type LibraryTable } from '../libraries/library';
import type { Meaning } from '../libraries/meaning';
import type { CallMeaning } from '../model';
import type { ValueResolver } from './resolve-value';

/**
 * Explains the calls of one module through the library table.
 * @param declares does the module's package declare a dependency?
 */
export function callMeanings(
  facts: SourceFacts,
  table: LibraryTable,
  resolver: ValueResolver,
  declares: (packageName: string) => boolean,
): CallMeaning[] {
  const result: CallMeaning[] = [];
  for (const made of facts.calls) {
    if (!mayMean(made, table)) continue;
    const call = withBound(made, facts.path, resolver);
    const explained =
      explain(call, facts, table, resolver) ??
      explainParameter(call, facts.path, table, resolver, declares);
    if (!explained) continue;
    // Most of those who ask look at what a call means, few at what it gets.
    let args: readonly Value[] | undefined;
    for (const { library, meaning } of explained.meanings) {
      if (!isMadeFor(meaning, call, facts.path, resolver)) continue;
      result.push({
        path: facts.path,
        call,
        callee: explained.name,
        get args() {
          return (args ??= call.args.map((arg) => resolver.resolve(arg, facts.path)));
        },
        meaning,
        library,
      });
    }
  }
  result.push(
    ...autoConfigured(facts, table, resolver),
    ...servedByDefault(facts, table, resolver),
  );
  return result;
}

/** `new App({ socketMode: true }).start()` opens a connection, and no port. */
function isMadeFor(
  meaning: Meaning,
  call: CallFact,
  path: string,
  resolver: ValueResolver,
): boolean {
  const made = 'made' in meaning ? meaning.made : undefined;
  if (!made) return true;
  const callee = resolver.resolve(call.callee, path);
  const maker =
    callee.kind === 'member' && callee.object.kind === 'call' ? callee.object : undefined;
  const told = maker && argumentAt(maker.args, made.at);
  return (told?.kind === 'literal' && told.value === true) === made.is;
}

/**
 * `export default rateLimit; export const autoConfig = { max: 100 }`: an autoloader registers what the module exports with these
 * options, so that the export stands for the call.
 */
function autoConfigured(
  facts: SourceFacts,
  table: LibraryTable,
  resolver: ValueResolver,
): CallMeaning[] {
  const { path, exports } = facts;
  const config = exports.find(({ name }) => name === 'autoConfig');
  const plugin = config && exports.find(({ name }) => name === 'default');
  const name = plugin && canonicalName(resolver.resolve(plugin.value, path));
  if (!config || !plugin || name === undefined) return [];
  const args = [plugin.value, optionsOf(config.value, facts)];
  return standingFor(plugin, args, name, table.plugins.get(name), { path, resolver });
}

/** What Bun serves of the module that it runs: `export default { port: 3000, fetch: app.fetch }` stands for `Bun.serve(…)`. */
function servedByDefault(
  { path, exports }: SourceFacts,
  table: LibraryTable,
  resolver: ValueResolver,
): CallMeaning[] {
  const exported = exports.find(
    ({ name, value }) =>
      name === 'default' &&
      value.kind === 'object' &&
      ['port', 'fetch'].every((key) => value.properties.some((property) => property.key === key)),
  );
  const name = 'Bun.serve';
  return exported
    ? standingFor(exported, [exported.value], name, table.calls.get(name), { path, resolver })
    : [];
}

/** The name `fetch` in what is exported. */
function served(value: Value): Span | undefined {
  const properties = value.kind === 'object' ? value.properties : [];
  return properties.find(({ key }) => key === 'fetch')?.keySpan;
}

/** The meanings of the call that an export stands for. */
function standingFor(
  { value, span }: ExportFact,
  args: readonly Value[],
  name: string,
  meanings: readonly LibraryMeaning[] = [],
  { path, resolver }: { readonly path: string; readonly resolver: ValueResolver },
): CallMeaning[] {
  const call: CallFact = {
    callee: value,
    args,
    isNew: false,
    span,
    nameSpan: served(value) ?? span,
    fn: 0,
    awaited: false,
    context: [],
  };
  return meanings.map(({ library, meaning }) => ({
    path,
    call,
    callee: name,
    args: args.map((arg) => resolver.resolve(arg, path)),
    meaning,
    library,
  }));
}

/** Options, or what the function that makes them returns. */
function optionsOf(value: Value, facts: SourceFacts): Value {
  const returns =
    value.kind === 'function' && !value.isClass ? facts.functions[value.id]?.returns : undefined;
  return returns ?? value;
}

/** `const start = app.listen.bind(app, 8080); start(done)`: what was bound comes before what is given. */
function withBound(call: CallFact, path: string, resolver: ValueResolver): CallFact {
  if (call.callee.kind === 'member' || call.callee.kind === 'global') return call;
  const made = resolver.resolve(call.callee, path);
  if (made.kind !== 'call' || made.callee.kind !== 'member' || made.callee.name !== 'bind')
    return call;
  const [, ...bound] = made.args;
  return bound.length === 0 ? call : { ...call, args: [...bound, ...call.args] };
}

/** Cheap test before anything is resolved: the last name decides for members; other callees may be renamed imports. */
function mayMean(call: CallFact, table: LibraryTable): boolean {
  const { callee } = call;
  if (callee.kind === 'member')
    return callee.name !== undefined && table.lastNames.has(callee.name);
  if (callee.kind === 'global') return table.lastNames.has(callee.name);
  return callee.kind !== 'unknown' && callee.kind !== 'parameter';
}

function explain(
  call: CallFact,
  facts: SourceFacts,
  table: LibraryTable,
  resolver: ValueResolver,
): { readonly name: string; readonly meanings: readonly LibraryMeaning[] } | undefined {
  const { path } = facts;
  const plugin = explainPlugin(call, path, table, resolver);
  const known = explainCallee(call, path, table, resolver);
  // A registration is one whatever is registered; the plugin's own entry tells what it does.
  if (plugin) return { ...plugin, meanings: [...plugin.meanings, ...(known?.meanings ?? [])] };
  return known ?? explainMethod(call, facts, table);
}

/** What the table says of the callee by its canonical name. */
function explainCallee(
  call: CallFact,
  path: string,
  table: LibraryTable,
  resolver: ValueResolver,
): { readonly name: string; readonly meanings: readonly LibraryMeaning[] } | undefined {
  for (const callee of alternatives(resolver.resolve(call.callee, path))) {
    const name = canonicalName(callee);
    if (name === undefined) continue;
    for (const candidate of lookupNames(name)) {
      const key = call.isNew ? `new ${candidate}` : candidate;
      const meanings = table.calls.get(key);
      if (meanings) return { name: key, meanings };
    }
  }
  return undefined;
}

/** `channel.consume(…)` where `channel` is a callback's parameter: the name and the file's imports decide. */
function explainMethod(
  call: CallFact,
  facts: SourceFacts,
  table: LibraryTable,
): { readonly name: string; readonly meanings: readonly LibraryMeaning[] } | undefined {
  const { callee } = call;
  if (
    callee.kind !== 'member' ||
    callee.name === undefined ||
    canonicalName(callee.object) !== undefined
  )
    return undefined;
  const entry = table.methods
    .get(callee.name)
    ?.find(({ packages }) =>
      facts.imports.some((fact) => packages.has(fact.specifier.replace(/^node:/, ''))),
    );
  return entry && { name: callee.name, meanings: entry.meanings };
}

/** `app.listen(…)` where `app` is a parameter or variable of which nothing is known but that it is called as every app is. */
function explainParameter(
  call: CallFact,
  path: string,
  table: LibraryTable,
  resolver: ValueResolver,
  declares: (packageName: string) => boolean,
): { readonly name: string; readonly meanings: readonly LibraryMeaning[] } | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.name === undefined) return undefined;
  const { object } = callee;
  if ((object.kind !== 'parameter' && object.kind !== 'unknown') || object.name === undefined)
    return undefined;
  const name = `${object.name}.${callee.name}`;
  const meanings = table.conventional
    .get(name)
    ?.filter(({ library }) => declares(library) && ![...table.withTrait('own-app')].some(declares));
  const isKnown = canonicalName(resolver.resolve(object, path)) !== undefined;
  return meanings && meanings.length > 0 && !isKnown ? { name, meanings } : undefined;
}

/** `server.register(plugin, options)`: the plugin says what it means; the server may be any parameter. */
function explainPlugin(
  call: CallFact,
  path: string,
  table: LibraryTable,
  resolver: ValueResolver,
): { readonly name: string; readonly meanings: readonly LibraryMeaning[] } | undefined {
  const [plugin] = call.args;
  if (!plugin || call.callee.kind !== 'member' || call.callee.name !== REGISTER) return undefined;
  const name = canonicalName(resolver.resolve(plugin, path));
  const meanings = name === undefined ? undefined : table.plugins.get(name);
  return name !== undefined && meanings ? { name, meanings } : undefined;
}

/** `(a ?? b).listen()`: each alternative object is looked up on its own. */
function alternatives(callee: Value): readonly Value[] {
  if (callee.kind === 'either') return callee.options;
  if (callee.kind === 'member' && callee.object.kind === 'either')
    return callee.object.options.map((object) => ({ ...callee, object }));
  return [callee];
}
