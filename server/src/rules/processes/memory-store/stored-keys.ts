import { textWithHoles } from '../../../base/values';
import { calledName } from '../../../base/value-names';
import type { MemberValue, Value } from '../../../base/value';
import type { CallFact, SourceFacts } from '../../../project/facts/facts';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { queryEach } from '../../../project/query';

/** Keys of what no other process can work out again, and which somebody is let in or kept out by. */
const LEDGERS =
  /(^|[:_\-./])(otps?|one[-_]?time\w*|verif\w*[-_:]?codes?|(login|failed)[-_:]?attempts?|attempts?|strikes?|lock[-_]?outs?|nonces?|challenges?|(reset|magic|invite)[-_:]?(codes?|tokens?|links?)|rate[-_]?limits?|throttles?)([:_\-./]|$)/i;

/**
 * A key under which an app keeps such data in a cache that it is handed (`this.cache.set('otp:' + phone, …)`).
 * @returns the part of the key that is fixed; undefined where there is none
 */
export const ledgerKey = queryEach(
  'modules',
  (owner: PackageInfo | undefined, model): string | undefined =>
    [...model.facts.values()]
      .filter(
        ({ path }) =>
          model.packageOf(path) === owner && !model.modules.get(path)?.roles.has('test'),
      )
      .map(keyIn)
      .find((key) => key !== undefined),
);

/** A key under which an app keeps such data in a cache that it makes itself, and knows by whatever name. */
export function keyOfCache(
  { span, callee, args }: CallFact,
  path: string,
  model: ProjectModel,
): string | undefined {
  // What is stored says by itself where: `useStorage().setItem('otp:' + phone, …)`.
  const own = callee.kind === 'member' ? keyOf(callee, args) : undefined;
  if (own !== undefined) return own;
  const isIt = (value: Value, from: string): boolean => {
    const made = model.resolve(value, from);
    return (made.path ?? from) === path && made.span.start === span.start;
  };
  for (const [from, { calls }] of model.facts)
    for (const call of calls) {
      const key = call.callee.kind === 'member' ? keyOf(call.callee, call.args) : undefined;
      if (key !== undefined && call.callee.kind === 'member' && isIt(call.callee.object, from))
        return key;
    }
  return undefined;
}

function keyIn({ calls }: SourceFacts): string | undefined {
  for (const { callee, args } of calls) {
    if (callee.kind !== 'member') continue;
    if (!/cache/i.test(calledName(callee.object)) && !isCacheType(callee.object)) continue;
    const key = keyOf(callee, args);
    if (key !== undefined) return key;
  }
  return undefined;
}

function keyOf({ name = '' }: MemberValue, [first]: readonly Value[]): string | undefined {
  if (!/^(set|put|setItem|setItemRaw)$/.test(name) || !first) return undefined;
  const [key = ''] = (textWithHoles(first) ?? '').split('${');
  return LEDGERS.test(key) ? key : undefined;
}

function isCacheType(value: SourceFacts['calls'][number]['callee']): boolean {
  return value.kind === 'typed' && /Cache$/.test(calledName(value.type));
}
