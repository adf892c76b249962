import { baseName } from '../../../base/paths';
import type { CommandStep } from '../../../project/model';

/** Folders of what a build made, for servers and for browsers. */
const OUTPUT =
  /(?:^|\/)(\.next|\.output|\.nuxt|\.svelte-kit|dist|build|out|_next|html|public|static|assets)(?=\/|$)/;

/**
 * The folder of built files in which a step of a start command replaces texts by what the environment says:
 * `find .next -name '*.js' | xargs sed -i "s#__API__#$API#g"`.
 * @param index of the step among the steps of the command
 * @returns undefined where it edits none, or edits in the same way on every start
 */
export function editedOutput(steps: readonly CommandStep[], index: number): string | undefined {
  const step = steps[index];
  const at = step?.argv.findIndex((word) => baseName(word) === 'sed') ?? -1;
  if (!step || at < 0) return undefined;
  const words = step.argv.slice(at + 1);
  if (!words.some((word) => /^(-[a-zA-Z]*i|--in-place)/.test(word))) return undefined;
  const scripts = words.filter((word) => SUBSTITUTION.test(word));
  if (!scripts.some((word) => /\$\{?[A-Za-z_]/.test(word))) return undefined;
  const places = [...before(steps, index), ...step.argv].filter((word) => !scripts.includes(word));
  return places.flatMap((word) => OUTPUT.exec(word)?.[1] ?? []).at(0);
}

const SUBSTITUTION = /^\s*(?:\/[^/]*\/\s*)?s([^\w\s]).*\1/s;

/** The words of the steps whose output a step reads. */
function before(steps: readonly CommandStep[], index: number): readonly string[] {
  if (steps[index]?.joint !== '|') return [];
  return [...before(steps, index - 1), ...(steps[index - 1]?.argv ?? [])];
}
