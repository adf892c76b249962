import { filesOfKind } from '../files/file-index';
import type { CommandStep, ProjectModel } from '../model';

/** `[ "$RUN_MIGRATIONS" = "true" ]`, `[ -n "$MIGRATE" ]`, `[ "${SEED:-false}" = 1 ]`: true only where somebody has set the variable. */
const ASKS_FOR_YES =
  /^!?\s*(?:\[\[?|test)\s+(?:-n\s+"?\$\{?(\w+)\}?"?|["']?\$\{?(\w+)(?::?-(?:false|0|no|off)?)?\}?["']?\s*={1,2}\s*["']?(?:true|1|yes|y|on)\b)/i;

/**
 * Does a step run only where a variable has been set for it: inside an `if` that asks for it, or after such a test and `&&`? No image
 * sets the variable.
 */
export function isOffByDefault(
  step: CommandStep,
  steps: readonly CommandStep[],
  { files }: ProjectModel,
): boolean {
  const before = steps[steps.indexOf(step) - 1];
  const asked =
    step.joint === '&&' && before && /^(\[\[?|test)$/.test(before.argv[0] ?? '')
      ? before.argv.join(' ')
      : conditionAround(step, files.text(step.path) ?? '');
  const [, set, compared] = ASKS_FOR_YES.exec(asked ?? '') ?? [];
  const name = set ?? compared;
  if (name === undefined || asked?.startsWith('!')) return false;
  const given = new RegExp(`^\\s*(?:ENV\\s+)?${name}[= ]\\s*["']?(?:true|1|yes|y|on)\\b`, 'im');
  return !filesOfKind(files, 'dockerfile').some((path) => given.test(files.text(path) ?? ''));
}

/** The condition of the `if` that a step stands in, directly. */
function conditionAround({ path, span, construct }: CommandStep, text: string): string | undefined {
  if (construct === undefined || !construct.startsWith(`${path}:`)) return undefined;
  const around = text.slice(Number(construct.slice(path.length + 1)), span.start);
  const start = around.lastIndexOf('if ');
  const inside = start < 0 ? '' : around.slice(start + 'if '.length);
  return inside === '' || /(^|[\s;])(fi|else)([\s;]|$)/.test(inside)
    ? undefined
    : inside.trimStart();
}
