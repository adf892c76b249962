import { textWithHoles } from '../../../base/values';
import type { Value } from '../../../base/value';
import { calledName, lastName } from '../../../base/value-names';
import { someValue } from '../../../base/value-visitor';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact, SourceFacts } from '../../../project/facts/facts';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { queryEach } from '../../../project/query';

/** Keys of what no other process can work out again, and which somebody is let in or kept out by. */
const LEDGERS =
  /(^|[:_\-./])(otps?|one[-_]?time\w*|verif\w*[-_:]?codes?|(login|failed)[-_:]?attempts?|attempts?|strikes?|lock[-_]?outs?|nonces?|challenges?|(reset|magic|invite)[-_:]?(codes?|tokens?|links?)|(oauth|oidc|sso|saml|auth|login)[-_:]?states?|pkce|code[-_]?verifiers?|rate[-_]?limits?|throttles?)([:_\-./]|$)/i;

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

/**
 * What tells that a cache which an app makes itself holds such data, whatever the cache is called.
 * - `key`: a key under which it keeps them
 * - `record`: what it keeps is random, so that nobody can work it out again, or counts up from what was kept before
 */
export function ledgerOfCache(
  made: CallFact,
  path: string,
  model: ProjectModel,
): { readonly key: string } | 'record' | undefined {
  // What is stored says by itself where: `useStorage().setItem('otp:' + phone, …)`.
  const own = made.callee.kind === 'member' ? keyOf(made.callee.name, made.args) : undefined;
  if (own !== undefined) return { key: own };
  const isIt = (value: Value, from: string): boolean => {
    const one = model.resolve(value, from);
    return (one.path ?? from) === path && one.span.start === made.span.start;
  };
  let isRecord = false;
  for (const [from, { calls }] of model.facts)
    for (const { callee, args } of calls) {
      const name = lastName(callee);
      if (!STORING.test(name ?? '') || args.length < 2) continue;
      const key = keyOf(name, args);
      if (key === undefined && !args.slice(0, 2).some((arg) => isOwn(arg, from, model))) continue;
      const method = model.resolve(callee, from);
      if (method.kind !== 'member' || !isIt(method.object, from)) continue;
      if (key !== undefined) return { key };
      isRecord = true;
    }
  return isRecord ? 'record' : undefined;
}

const STORING = /^(set|put|setItem|setItemRaw)$/;
const RANDOM =
  /(^|\.)(randomBytes|randomUUID|randomInt|getRandomValues|nanoid|customAlphabet|cuid|createId|uuid\.v4|ulid)\b|^uuid$|^Math\.random|otp-generator|(^|\.)generate_?(Random|Otp|Nonce|Code|Pin|Challenge|State)\w*$/i;

/** Random, or one more than what the same store gave: nothing that could be worked out again. */
function isOwn(value: Value, from: string, model: ProjectModel): boolean {
  const resolved = model.resolve(value, from);
  return (
    someValue(
      resolved,
      (one) => one.kind === 'call' && RANDOM.test(canonicalName(one.callee) ?? ''),
    ) ||
    (resolved.kind === 'template' &&
      resolved.parts.some((part) => part.kind === 'literal' && part.value === 1) &&
      someValue(resolved, (one) => one.kind === 'call' && lastName(one.callee) === 'get'))
  );
}

function keyIn({ calls }: SourceFacts): string | undefined {
  for (const { callee, args } of calls) {
    if (callee.kind !== 'member') continue;
    if (!/cache/i.test(calledName(callee.object)) && !isCacheType(callee.object)) continue;
    const key = keyOf(callee.name, args);
    if (key !== undefined) return key;
  }
  return undefined;
}

function keyOf(name: string | undefined, [first]: readonly Value[]): string | undefined {
  if (!STORING.test(name ?? '') || !first) return undefined;
  const [key = ''] = (textWithHoles(first) ?? '').split('${');
  return LEDGERS.test(key) ? key : undefined;
}

function isCacheType(value: SourceFacts['calls'][number]['callee']): boolean {
  return value.kind === 'typed' && /Cache$/.test(calledName(value.type));
}
