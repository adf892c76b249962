import { textWithHoles } from '../../../base/values';
import { calledName } from '../../../base/value-names';
import type { SourceFacts } from '../../../project/facts/facts';
import type { PackageInfo } from '../../../project/model';
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

function keyIn({ calls }: SourceFacts): string | undefined {
  for (const { callee, args } of calls) {
    const [first] = args;
    if (callee.kind !== 'member' || !/^(set|put)$/.test(callee.name ?? '') || !first) continue;
    if (!/cache/i.test(calledName(callee.object)) && !isCacheType(callee.object)) continue;
    const [key = ''] = (textWithHoles(first) ?? '').split('${');
    if (LEDGERS.test(key)) return key;
  }
  return undefined;
}

function isCacheType(value: SourceFacts['calls'][number]['callee']): boolean {
  return value.kind === 'typed' && /Cache$/.test(calledName(value.type));
}
