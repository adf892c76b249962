import type { Severity } from '../../../base/severity';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { argumentAt, possibleValues } from '../../../base/values';
import type { Fix } from '../../../engine/finding';
import { defineRule, type FileContext } from '../../../engine/rule';
import { ts } from '../../../languages/source/ts';
import { onSource } from '../../../project/facts/source-handlers';
import type { CallMeaning, ProjectModel } from '../../../project/model';
import { conditionalStores, isSometimesGiven } from '../../../project/state/conditional-stores';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';
import { sessionStoreFix } from './session-store';

export default defineRule({
  id: 'in-memory-session',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Sessions are kept in the memory of one process.',
  why: 'Processes share nothing and may vanish at any time. A session that lives in the memory of the process that created it is gone after every deploy and restart, and unknown to the process beside it: users are logged out, or logged in depending on which process answers. The default stores of session libraries also leak, as their documentation says. Sessions belong into a store that expires them and that all processes share, such as Redis, or into the cookie itself.',
  whenNotToUse:
    'For a tool that one person runs on one machine, where a lost session costs nothing.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    memory:
      'Sessions live in the memory of this process and are lost with it; keep them in a shared store.',
    files:
      'Sessions live in files beside this process, which other processes do not see; keep them in a shared store.',
    otherwise:
      'Where no store is attached, sessions live in the memory of this process and are lost with it; always use a shared store.',
  },
  hints: [/\bstore\b/],
  source: [
    conditionalStores('in-memory-session'),
    // `options.store = new RedisStore(…)`: the store comes in another statement.
    onSource(['BinaryExpression'], (node, context) => {
      const api = ts();
      if (node.operatorToken.kind !== api.SyntaxKind.EqualsToken) return;
      if (
        api.isPropertyAccessExpression(node.left) &&
        node.left.name.text === 'store' &&
        node.left.expression.kind !== api.SyntaxKind.ThisKeyword
      )
        context.mark(node.left);
    }),
  ],
  meaning(found, context) {
    const { meaning, call } = found;
    if (call.context.includes('development')) return;
    if (meaning.kind === 'memory-session-store' && isOneOfTwo(found, context))
      context.report({ at: call.span, message: meaning.where ?? 'memory' });
    if (meaning.kind !== 'session') return;
    const place = storePlace(found, context);
    if (!place) return;
    const fix = (): Fix | undefined =>
      sessionStoreFix({
        model: context.model,
        path: found.path,
        call: call.span,
        library: found.callee,
      });
    context.report({
      at: place.at,
      message: place.where,
      ...(place.severity === undefined ? {} : { severity: place.severity }),
      fixes: () => {
        const made = fix();
        return made ? [made] : [];
      },
    });
  },
  examples: { bad: badExamples, good: goodExamples },
});

type Place = {
  readonly at: { readonly path: string; readonly span: Value['span'] };
  readonly where: 'memory' | 'files' | 'otherwise';
  /** Only where it differs from the rule's own. */
  readonly severity?: Severity;
};

/** Where sessions are bound to this process; undefined when they are not, or it is not known. */
function storePlace(
  found: CallMeaning,
  context: FileContext<Record<string, string>>,
): Place | undefined {
  const { meaning, call, args } = found;
  if (meaning.kind !== 'session') return undefined;
  const { model, path } = context;
  const store = meaning.store === undefined ? undefined : argumentAt(args, meaning.store);
  const stores = store
    ? possibleValues(store).filter(
        (value) => !(value.kind === 'literal' && (value.value ?? null) === null),
      )
    : [];
  if (stores.length > 0) {
    if (isSometimesGiven(stores, call, 'in-memory-session', context.facts, model))
      return { at: { path, span: call.nameSpan }, where: 'otherwise', severity: 'information' };
    const places = stores.map((value) => processStore(value, path, model));
    return places.every((place) => place !== undefined) ? places[0] : undefined;
  }
  if (meaning.withoutStore === 'files')
    return { at: { path, span: call.nameSpan }, where: 'files', severity: 'hint' };
  if (meaning.withoutStore !== 'memory' || meaning.store === undefined) return undefined;
  const options = args[Number(meaning.store.split('.')[0])];
  if (options && (options.kind !== 'object' || options.spreads.length > 0)) return undefined;
  const isAttached = [path, options?.path ?? path].some(
    (place) => (model.facts.get(place)?.marks['in-memory-session'] ?? []).length > 0,
  );
  return isAttached ? undefined : { at: { path, span: call.nameSpan }, where: 'memory' };
}

/**
 * `if (config.db) store = new DatabaseStore(); else store = new MemoryStore();` before sessions are given `store`: one of two, where
 * nothing else says that the choice is one of local or remote.
 */
function isOneOfTwo(
  { call }: CallMeaning,
  { model, path, facts }: FileContext<Record<string, string>>,
): boolean {
  if (!call.context.includes('condition')) return false;
  if (facts.marks['local-vs-remote-branch']?.some(({ fn }) => fn === call.fn)) return false;
  return model.meanings(path).some(({ meaning, call: sessions }) => {
    const place = meaning.kind === 'session' ? meaning.store : undefined;
    const store = place === undefined ? undefined : argumentAt(sessions.args, place);
    return store?.kind === 'either' && store.options.some(({ span }) => isSame(span, call.span));
  });
}

/** A store that belongs to the process: made by a call that the library table knows as such. */
function processStore(value: Value, path: string, model: ProjectModel): Place | undefined {
  const at = value.path ?? path;
  const made = model
    .meanings(at)
    .find(
      ({ meaning, call }) =>
        meaning.kind === 'memory-session-store' && isSame(call.span, value.span),
    );
  if (made?.meaning.kind !== 'memory-session-store') return undefined;
  const where = made.meaning.where ?? 'memory';
  return {
    at: { path: at, span: value.span },
    where,
    ...(where === 'files' ? { severity: 'hint' } : {}),
  };
}

function isSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}
