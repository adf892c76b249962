import type { Value } from '../../../base/value';
import { literalAt, literalText } from '../../../project/manifests/js-literal';
import type { CallMeaning, PackageInfo, ProjectModel } from '../../../project/model';
import { nitroConfigs } from '../../../project/modules/nitro-config';

/**
 * Does what Nitro stores stay in the process: `useStorage('carts').setItem(…)` where no configuration says where `carts` is kept?
 * Storages whose name is worked out may be anywhere.
 */
export function isOfNitro(
  { call }: CallMeaning,
  model: ProjectModel,
  owner: PackageInfo | undefined,
): boolean {
  const { callee } = call;
  const storage =
    callee.kind === 'member' && callee.object.kind === 'call' ? callee.object : undefined;
  const [name] = storage?.args ?? [];
  const base = name === undefined ? firstOf(call.args[0]) : textOf(name);
  const configs = nitroConfigs(owner, model);
  return (
    base !== undefined &&
    configs.length > 0 &&
    !configs.some(({ at, isHosted }) => {
      const mounts = at('storage');
      const [first = ''] = base.split(':');
      const mounted = literalAt(mounts, first) ?? literalAt(mounts, '/');
      return isHosted || (mounts && mounts.kind !== 'object') || isElsewhere(mounted);
    })
  );
}

function isElsewhere(mounted: ReturnType<typeof literalAt>): boolean {
  return mounted !== undefined && literalText(literalAt(mounted, 'driver'))?.text !== 'memory';
}

function textOf(value: Value): string | undefined {
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** `useStorage().setItem('carts:1', …)` names the storage in the key. */
function firstOf(key: Value | undefined): string | undefined {
  const start = key?.kind === 'template' ? key.parts[0] : key;
  return start && textOf(start);
}
