import type {
  CallValue,
  EitherValue,
  ImportValue,
  MemberValue,
  ObjectValue,
  ParameterValue,
  Value,
} from '../../base/value';
import { mapChildren } from '../../base/value-visitor';
import { isReplaceableLiteral, propertyOf, withPath } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import { isContainer } from './containers';
import type { ClassFact, FunctionFact, SourceFacts } from '../facts/facts';
import {
  assignedOneOf,
  certainlyLacks,
  containedClass,
  isAbsent,
  lastExport,
  memberOf,
  namespaceOf,
} from './members';
import { merged } from './merged-objects';
import { MAX_DEPTH, substitute } from './substitute';

/** What following values across modules needs of the project. */
export interface ValueSpace {
  facts(path: string): SourceFacts | undefined;
  /** Is somebody typing into the module, so that its facts are not those of the last full analysis? */
  isEdited?(path: string): boolean;
  /** The project module a specifier leads to. */
  modulePath(from: string, specifier: string): string | undefined;
  /** What a package is published as, where the app knows it by another name: `"web": "npm:fastify@^4"`. */
  published?(from: string, specifier: string): string | undefined;
  /** What code gets of a settings file that it requires; undefined for any other file. */
  settings?(path: string): Value | undefined;
  /** What containers of dependencies hand out under a name: `container.resolve('app')`. */
  contained?(name: string): Value | undefined;
  /** The calls of a project function, where they are known: what its parameters receive. */
  callSites(path: string, functionId: number): readonly CallSite[];
  /** Calls are not known (yet): none that gives a parameter a value does not mean that none is there. */
  readonly isBlindToCalls?: true;
}

/** One call of a project function. */
export interface CallSite {
  readonly path: string;
  readonly args: readonly Value[];
}

/** What is known of values; rules ask for the same ones again and again. */
export class ValueMemo {
  /** By module and name. */
  readonly exports = new Map<string, Value | undefined>();
  /** With the module that a value was seen from. */
  readonly resolved = new WeakMap<Value, { readonly at: string; readonly value: Value }>();
}

/**
 * Follows symbolic values through imports, class members and the functions that return them. Pure; results are cached for the
 * life of one model.
 */
export class ValueResolver {
  private readonly memo = new ValueMemo();
  private readonly running = new Set<string>();
  /** How often following ended early, by depth or in a circle: what came of that depends on where it began. */
  private cuts = 0;
  /** How often following came by what an edit may have changed. */
  private edits = 0;

  /** @param lasting takes, and knows, what follows from modules alone that nobody edits */
  constructor(
    private readonly space: ValueSpace,
    private readonly lasting?: ValueMemo,
  ) {}

  /** Resolves `value`, whose own path or else `from` says where it stands. */
  resolve(value: Value, from: string, depth = 0): Value {
    const { kind } = value;
    if (kind === 'literal' || kind === 'global' || kind === 'unknown' || kind === 'env')
      return value;
    if (depth > MAX_DEPTH) {
      this.cuts += 1;
      return value;
    }
    const at = value.path ?? from;
    const lasts = this.lasting?.resolved.get(value);
    if (lasts?.at === at) return lasts.value;
    const known = this.memo.resolved.get(value);
    if (known?.at === at) {
      this.edits += 1;
      return known.value;
    }
    const { cuts, edits } = this;
    const result = this.follow(value, at, from, depth);
    if (cuts === this.cuts) this.memoSince(cuts, edits).resolved.set(value, { at, value: result });
    return result;
  }

  /** Where to remember what was found since `cuts` and `edits` were counted. */
  private memoSince(cuts: number, edits: number): ValueMemo {
    const { lasting } = this;
    return lasting && cuts === this.cuts && edits === this.edits ? lasting : this.memo;
  }

  /** What is remembered of an export or a parameter; undefined where nothing is. */
  private remembered(key: string): { readonly value: Value | undefined } | undefined {
    const { lasting, memo } = this;
    if (lasting?.exports.has(key)) return { value: lasting.exports.get(key) };
    if (!memo.exports.has(key)) return undefined;
    this.edits += 1;
    return { value: memo.exports.get(key) };
  }

  private facts(path: string): SourceFacts | undefined {
    if (this.space.isEdited?.(path)) this.edits += 1;
    return this.space.facts(path);
  }

  /** What containers hand out may be put there by any module. */
  private handedOut(name: string): Value | undefined {
    this.edits += 1;
    return this.space.contained?.(name);
  }

  private follow(value: Value, at: string, from: string, depth: number): Value {
    switch (value.kind) {
      case 'import':
        return this.imported(value, at, from, depth);
      case 'member':
        return this.member(value, at, depth);
      case 'call':
        return this.call(value, at, depth);
      case 'function':
        return value.path === undefined ? { ...value, path: at } : value;
      case 'parameter':
        return this.parameter(value, at, depth) ?? value;
      case 'either':
        return this.defaulted(value, at, depth);
      default:
        return mapChildren(value, (child) => this.resolve(child, at, depth + 1));
    }
  }

  private imported(value: ImportValue, at: string, from: string, depth: number): Value {
    const path = this.space.modulePath(at, value.specifier);
    if (path !== undefined) return this.exported(path, value.members, depth + 1) ?? value;
    const specifier = this.space.published?.(at, value.specifier);
    const known = specifier === undefined ? value : { ...value, specifier };
    return known.path === undefined && at !== from ? { ...known, path: at } : known;
  }

  private member(value: MemberValue, at: string, depth: number): Value {
    const { object: holder, name } = value;
    // `container.cradle.app`
    const held =
      holder.kind === 'member' && holder.name === 'cradle' && name !== undefined
        ? this.handedOut(name)
        : undefined;
    if (held) return this.resolve(held, at, depth + 2);
    const object = this.resolve(holder, at, depth + 1);
    const found = name === undefined ? undefined : this.select(object, name, depth + 1);
    return found ?? (object === holder ? value : { ...value, object });
  }

  /** What a parameter receives, when every known call agrees: `routes(app)` makes `app` known inside `routes`. */
  private parameter(value: ParameterValue, at: string, depth: number): Value | undefined {
    const key = `${at}\0#${value.functionId}.${value.index}`;
    const known = this.remembered(key);
    if (known) return known.value;
    if (this.running.has(key) || depth > MAX_DEPTH - 4) {
      this.cuts += 1;
      return undefined;
    }
    this.running.add(key);
    const { cuts, edits } = this;
    if (this.space.isEdited?.(at)) this.edits += 1;
    const received = this.space
      .callSites(at, value.functionId)
      .slice(0, 8)
      .map((site) => {
        const argument = site.args[value.index];
        return argument && this.resolve(withPath(argument, site.path), site.path, depth + 4);
      });
    this.running.delete(key);
    const [first] = received;
    const name = first && canonicalName(first);
    const agreed =
      first &&
      first.kind !== 'parameter' &&
      first.kind !== 'unknown' &&
      (received.length === 1 ||
        (name !== undefined && received.every((each) => each && canonicalName(each) === name)))
        ? first
        : undefined;
    this.memoSince(cuts, edits).exports.set(key, agreed);
    return agreed;
  }

  /**
   * `host = 'localhost'` of a parameter, `options.host ?? 'localhost'` of one that is nothing by default: what stands in where no
   * call gives any.
   */
  private defaulted(value: EitherValue, at: string, depth: number): Value {
    const resolved = mapChildren(value, (child) => this.resolve(child, at, depth + 1));
    const [given, fallback] = resolved.kind === 'either' ? resolved.options : [];
    if (!given || !fallback || !/^(?:default|\?\?|\|\|)$/.test(value.operator)) return resolved;
    const isMissing =
      isAbsent(given) || (value.operator === 'default' && this.isNeverGiven(given, at));
    if (!isMissing) return resolved;
    // A text stays a default, which is the matter of other rules than a fixed address or credential; nothing comes before it.
    return fallback.kind === 'literal' && typeof fallback.value === 'string'
      ? { ...value, options: [{ kind: 'unknown', span: given.span }, fallback] }
      : fallback;
  }

  private isNeverGiven(value: Value, at: string): boolean {
    if (value.kind !== 'parameter' || this.space.isBlindToCalls) return false;
    const { functionId, index, path = at } = value;
    return this.space.callSites(path, functionId).every(({ args }) => args[index] === undefined);
  }

  /** The function fact a resolved FunctionValue names. */
  functionFact(
    value: Value,
    from: string,
  ): { readonly path: string; readonly fact: FunctionFact } | undefined {
    if (value.kind !== 'function' || value.isClass) return undefined;
    const path = value.path ?? from;
    const fact = this.facts(path)?.functions[value.id];
    return fact && { path, fact };
  }

  private call(value: CallValue, at: string, depth: number): Value {
    const callee = this.resolve(value.callee, at, depth + 1);
    const target = value.isNew ? undefined : this.functionFact(callee, at);
    if (target?.fact.returns) {
      const args = value.args.map((arg) => withPath(this.resolve(arg, at, depth + 2), at));
      const returned = substitute(
        withPath(target.fact.returns, target.path),
        target.fact.id,
        target.path,
        args,
        0,
      );
      const resolved = this.resolve(returned, target.path, depth + 2);
      if (resolved.kind !== 'function') return resolved;
      const wraps = args.filter((arg) => arg.kind === 'function' && !arg.isClass);
      return wraps.length === 0
        ? resolved
        : { ...resolved, wraps: [...(resolved.wraps ?? []), ...wraps] };
    }
    const contained = this.contained(value, at);
    if (contained) return this.resolve(contained, at, depth + 2);
    const args = value.args.map((arg) => this.resolve(arg, at, depth + 1));
    return merged(value, canonicalName(callee), args) ?? { ...value, callee, args };
  }

  /** `container.resolve('app')`: what was put in under that name. */
  private contained({ callee, args: [name] }: CallValue, at: string): Value | undefined {
    if (callee.kind !== 'member' || name?.kind !== 'literal' || typeof name.value !== 'string')
      return undefined;
    const isAsked = callee.name === 'resolve' || callee.name === 'get';
    const held = isAsked ? this.handedOut(name.value) : undefined;
    return held && isContainer(this.resolve(callee.object, at)) ? held : undefined;
  }

  /** The value a module exports under a member path; undefined when it is not known. */
  private exported(path: string, members: readonly string[], depth: number): Value | undefined {
    const key = `${path}\0${members.join('.')}`;
    const known = this.remembered(key);
    if (known) return known.value;
    if (this.running.has(key) || depth > MAX_DEPTH) {
      this.cuts += 1;
      return undefined;
    }
    this.running.add(key);
    const { cuts, edits } = this;
    const value = this.computeExport(path, members, depth);
    this.running.delete(key);
    this.memoSince(cuts, edits).exports.set(key, value);
    return value;
  }

  private computeExport(
    path: string,
    members: readonly string[],
    depth: number,
  ): Value | undefined {
    const facts = this.facts(path);
    if (!facts) {
      const settings = this.space.settings?.(path);
      return settings && this.members(withPath(settings, path), members, depth);
    }
    if (facts.detail !== 'full') return undefined;
    const [first, ...rest] = members;
    const find = (name: string): Value | undefined => {
      const found = lastExport(facts.exports, name);
      return found && this.resolve(withPath(found.value, path), path, depth + 1);
    };
    const isDefault = first === undefined;
    const named = isDefault ? find('default') : find(first);
    if (named) return this.members(named, rest, depth);
    if (first !== undefined) {
      for (const star of facts.exports.filter(
        (fact) => fact.name === '*' && fact.value.kind === 'import',
      )) {
        const target =
          star.value.kind === 'import'
            ? this.space.modulePath(path, star.value.specifier)
            : undefined;
        const through =
          target === undefined ? undefined : this.exported(target, members, depth + 1);
        if (through) return through;
      }
      // `import { x } from './config'` of a CommonJS or default-exported object.
      const whole = find('default');
      return whole && this.members(whole, members, depth);
    }
    // `import config from` / `import * as config from` a module with named exports only: its namespace.
    return namespaceOf(facts, path);
  }

  private members(value: Value, members: readonly string[], depth: number): Value {
    let at = value;
    for (const name of members) {
      at = this.select(at, name, depth + 1) ?? memberOf(at, name);
    }
    return at;
  }

  /** `object.name` on a resolved object; undefined when it stays symbolic. */
  // eslint-disable-next-line complexity -- one case for each kind of value
  private select(object: Value, name: string, depth: number): Value | undefined {
    const { path } = object;
    switch (object.kind) {
      case 'object': {
        const found = propertyOf(object, name);
        if (found && isReplaceableLiteral(object, name))
          return this.replaceable(object, found, name, depth);
        if (found) return this.resolve(found, path ?? '', depth + 1);
        return this.spreadMember(object.spreads, name, depth);
      }
      case 'import':
        return { ...object, members: [...object.members, name] };
      case 'env':
        return object.name === '*' ? { ...object, name } : undefined;
      case 'either':
        return object.operator === '&&' ? undefined : this.ofOptions(object, name, depth);
      case 'typed':
        if (object.type.kind === 'function') return this.select(object.type, name, depth + 1);
        return object.given?.kind === 'object'
          ? this.select(object.given, name, depth + 1)
          : undefined;
      case 'call': {
        // An instance of one of the project's own classes, made here or by a container: `Container.get(Service)`.
        const made = object.isNew ? object.callee : containedClass(object);
        return made?.kind === 'function' && made.isClass
          ? this.select(made, name, depth + 1)
          : undefined;
      }
      case 'function':
        return object.isClass && path !== undefined
          ? this.classMember(path, object.id, name, depth)
          : undefined;
      case 'array':
        return object.items[Number(name)];
      default:
        return undefined;
    }
  }

  /** `(a ?? b).name`: the member of each alternative that has it. */
  private ofOptions(either: EitherValue, name: string, depth: number): Value | undefined {
    const options = either.options.map((option) => ({
      option,
      found: this.select(option, name, depth + 1),
    }));
    const known = options.flatMap(({ found }) => found ?? []);
    // Nobody knows what the call that was assigned as well has of that name.
    const open =
      either.operator === 'assigned' && known.length > 0
        ? options.flatMap(({ option, found }) =>
            !found && option.kind === 'call' ? [memberOf(option, name)] : [],
          )
        : [];
    const all = [...known, ...open];
    const [only] = all;
    return all.length > 1 ? { ...either, options: all } : only;
  }

  /** `{ port: 3000, ...options }`: the member of its own, or that of what is spread after it. */
  private replaceable(object: ObjectValue, own: Value, name: string, depth: number): Value {
    const others = object.spreads.flatMap((spread) => {
      const through = this.select(spread, name, depth + 1);
      return through ?? (certainlyLacks(spread) ? [] : memberOf(spread, name));
    });
    return others.length === 0 ? own : assignedOneOf([own, ...others], own);
  }

  /** `{ ...defaults, ...options }`: the member of the last that has it; for a literal, what may have replaced it too. */
  private spreadMember(spreads: readonly Value[], name: string, depth: number): Value | undefined {
    const open: Value[] = [];
    for (const spread of [...spreads].reverse()) {
      const through = this.select(spread, name, depth + 1);
      if (through)
        return through.kind === 'literal' && open.length > 0
          ? assignedOneOf([through, ...open], through)
          : through;
      if (!certainlyLacks(spread)) open.push(memberOf(spread, name));
    }
    return undefined;
  }

  private classMember(path: string, id: number, name: string, depth: number): Value | undefined {
    if (depth > MAX_DEPTH) {
      this.cuts += 1;
      return undefined;
    }
    const fact: ClassFact | undefined = this.facts(path)?.classes[id];
    if (!fact) return undefined;
    const member = fact.members.find((candidate) => candidate.name === name);
    if (member) return this.resolve(withPath(member.value, path), path, depth + 1);
    if (!fact.extends) return undefined;
    const base = this.resolve(withPath(fact.extends, path), path, depth + 1);
    if (base.kind === 'function') return this.select(base, name, depth + 1);
    // `class Prisma extends PrismaClient`: what the class does not say itself, its library does.
    if (base.kind !== 'import') return undefined;
    const { span } = fact;
    return { kind: 'member', object: { kind: 'typed', type: base, span, path }, name, span, path };
  }
}
