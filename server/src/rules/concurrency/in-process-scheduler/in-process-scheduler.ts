import { defineRule } from '../../../engine/rule';
import { besideServing } from '../../../project/processes/served-process';
import type { Effect } from './background-work';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';
import { nitroSchedules } from './nitro-schedules';
import { schedulesOf, type Schedule } from './schedules';

export default defineRule({
  id: 'in-process-scheduler',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The process that serves requests also runs scheduled work.',
  why: 'An app scales out by running more processes of a type. A schedule inside the web process is multiplied with it: two processes send every reminder twice and clean the same rows against each other, and with none running, nothing happens at all. It also takes time from requests, and a restart at the wrong minute skips a run silently. One clock process, or the platform’s scheduler, should start the work: directly, or by putting a job on a queue.',
  whenNotToUse:
    'For work that every process has to do for itself, or an app that never runs more than one process.',
  fix: 'none',
  scope: { deployment: 'graded' },
  messages: {
    schedule:
      '`{name}` schedules work in every process that serves requests; run it once, in a clock process.',
    timer:
      'This timer {does} in every process that serves requests; run it once, in a clock process.',
  },
  hints: [
    /\bsetInterval\s*\(/,
    /\bfor\s*\(;;\)|\bwhile\s*\((?:true|1|[!\w.#]*(?:run|stop|shut|clos|activ|alive|abort)\w*)\)/i,
    /\bsetTimeout\(\s*(?:\(\)\s*=>\s*(?:\{\s*)?(?:void\s+|await\s+)?)?(?!resolve|reject|done|next|cb\b|callback|r\b|res\b|function|async|\(|null)[\w.]+\s*[,(]/,
  ],
  project({ model, report }) {
    const schedules = besideServing(
      model,
      (path) => schedulesOf(path, model).filter(isShared),
      'starts',
    );
    for (const { found, served, deployment, switched } of schedules) {
      const isQuiet = switched || isLocalOnly(found);
      report({
        at: { path: found.path, span: found.call.nameSpan },
        ...(found.how === 'library'
          ? { message: 'schedule', data: { name: found.name } }
          : { message: 'timer', data: { does: describe(found) } }),
        related: [served],
        ...(isQuiet ? { severity: 'hint' } : {}),
        deployment,
      });
    }
    for (const { path, span, deployment } of nitroSchedules(model))
      report({
        at: { path, span },
        message: 'schedule',
        data: { name: 'scheduledTasks' },
        deployment,
      });
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** What every process does for itself: probes, measurements, its own copies. */
const UPKEEP =
  /heart_?beat|keep_?alive|ping$|^ping|metrics?|gauge|health|telemetry|^flush|presence|watchdog/i;
const COPIES = /refresh|reload|cache|warm|load[A-Z]|sync[A-Z]\w*Cache/;

/** Work whose result all processes share, so that one of them should do it. */
function isShared({ how, work, path, call }: Schedule): boolean {
  const names = [...(work?.names ?? []), path.split('/').at(-1) ?? '', call.boundTo ?? ''];
  if (work?.locked === true || names.some((name) => UPKEEP.test(name))) return false;
  if (how === 'timer') return work !== undefined && work.does.size > 0 && !isCopy(work, names);
  return !work || work.does.size > 0 || !work.keeps;
}

function isCopy({ does }: NonNullable<Schedule['work']>, names: readonly string[]): boolean {
  return !does.has('data') && !does.has('message') && names.some((name) => COPIES.test(name));
}

/** Each process has a disk of its own. */
function isLocalOnly({ how, work }: Schedule): boolean {
  return (
    how === 'timer' &&
    [...(work?.does ?? [])].every((kind) => kind === 'file' || kind === 'cleanup')
  );
}

const DOES: readonly (readonly [Effect, string])[] = [
  ['data', 'changes data'],
  ['message', 'sends messages'],
  ['request', 'calls another service'],
  ['program', 'runs a program'],
  ['file', 'writes files'],
  ['cleanup', 'deletes files'],
];

function describe({ work }: Schedule): string {
  return DOES.find(([effect]) => work?.does.has(effect))?.[1] ?? 'does work';
}
