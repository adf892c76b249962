import { baseName } from '../../../base/paths';
import type { CommandStep } from '../../../project/model';

/** Folders of what a build made, for servers and for browsers. */
export const OUTPUT =
  /(?:^|\/)(\.next|\.output|\.nuxt|\.svelte-kit|dist|build|out|_next|html|public|static|assets)(?=\/|$)/;

/**
 * The folder of built files in which a step of a start command replaces texts by what the environment says:
 * `find .next -name '*.js' | xargs sed -i "s#__API__#$API#g"`.
 * @param index of the step among the steps of the command
 * @param textOf the script that a step stands in
 * @returns undefined where it edits none, or edits in the same way on every start
 */
export function editedOutput(
  steps: readonly CommandStep[],
  index: number,
  textOf: (path: string) => string | undefined,
): string | undefined {
  const step = steps[index];
  const at = step?.argv.findIndex((word) => baseName(word) === 'sed') ?? -1;
  if (!step || at < 0) return undefined;
  const words = step.argv.slice(at + 1);
  if (!words.some((word) => /^(-[a-zA-Z]*i|--in-place)/.test(word))) return undefined;
  const scripts = words.filter((word) => SUBSTITUTION.test(word));
  if (!scripts.some((word) => /\$\{?[A-Za-z_]/.test(word))) return undefined;
  const given = [...before(steps, index), ...step.argv].filter((word) => !scripts.includes(word));
  const text = textOf(step.path)?.slice(0, step.span.start) ?? '';
  const places = given.flatMap((word) => [word, ...variableValue(word, text)]);
  return places.flatMap((word) => OUTPUT.exec(word)?.[1] ?? []).at(0);
}

/** What a script said before of a variable: `for file in /app/dist/*.js; do`, `for file in $(find dist -type f)`, `ROOT_DIR=/usr/share/nginx/html`. */
function variableValue(word: string, before: string): readonly string[] {
  const name = /\$\{?(\w+)/.exec(word)?.[1];
  if (name === undefined) return [];
  const written = new RegExp(`\\b(?:for\\s+${name}\\s+in\\s+|${name}=)([^\\n;]+)`, 'g');
  const value = [...before.matchAll(written)].at(-1)?.[1] ?? '';
  // `$(find /app/dist -name '*.js')`
  return value.split(/[\s"'`$()]+/);
}

/**
 * The folder of the app's own code or built files that a step of a start command fills: `cp -r /opt/assets/. /app/public/`.
 * @returns undefined for single files, which may be settings that pages load, and for places of other programs
 */
export function filledFolder({ argv }: CommandStep): string | undefined {
  const [program = '', ...words] = argv;
  const tool = baseName(program);
  const isRecursive = words.some((word) => /^-[a-zA-Z]*[rRa]/.test(word) || word === '--recursive');
  if (!(tool === 'cp' || tool === 'rsync') || !isRecursive) return undefined;
  const paths = words.filter((word) => !word.startsWith('-'));
  const target = paths.at(-1) ?? '';
  if (paths.length < 2 || target.includes('$') || ELSEWHERE.test(target)) return undefined;
  return OWN_CODE.exec(target)?.[1] ?? OUTPUT.exec(target)?.[1];
}

export const OWN_CODE = /(?:^|\/)(node_modules|src)(?=\/|$)/;
/** Where web servers serve from, mounted volumes, and what is thrown away. */
const ELSEWHERE = /^\/(usr|var|etc|mnt|data|tmp|srv|run|shared|volumes?)\//;

const SUBSTITUTION = /^\s*(?:\/[^/]*\/\s*)?s([^\w\s]).*\1/s;

/** The words of the steps whose output a step reads. */
function before(steps: readonly CommandStep[], index: number): readonly string[] {
  if (steps[index]?.joint !== '|') return [];
  return [...before(steps, index - 1), ...(steps[index - 1]?.argv ?? [])];
}
