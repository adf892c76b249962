import type { Location, RelatedLocation } from '../../../base/span';
import { defineRule } from '../../../engine/rule';
import type { CallFact } from '../../../project/facts/facts';
import { isTestPath } from '../../../project/files/paths';
import type { CallMeaning, EntryPoint, ProjectModel } from '../../../project/model';
import { deploymentOfEntry, opensPort, servesOrWorks } from '../../../project/processes/deployment';
import { processReach } from '../../../project/processes/process-reach';
import { interruptAlone } from '../../../project/processes/signal-exits';
import { handlesSigterm, stoppedBySigterm } from '../../../project/processes/signals';
import { supervising } from '../../../project/processes/supervisors';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';
import { shutdownFix, type StartingCall } from './graceful-shutdown';
import { reachExamples } from './reach-examples';
import { spawnExamples } from './spawn-examples';
import { repeatExamples } from './repeat-examples';
import { startExamples } from './start-examples';
import { stopExamples } from './stop-examples';

export default defineRule({
  id: 'missing-sigterm-handler',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A server or worker does not handle SIGTERM.',
  why: 'Processes are disposable: they are started and stopped at a moment’s notice, with every deploy, scale-down and move to another host. The platform says so with SIGTERM. A process that does not listen for it is ended at once, with requests cut off, jobs half done and connections left to time out at the other side; as the first process of a container it ignores the signal and is killed after the grace period. A handler stops accepting, lets open work finish, closes what was opened and exits.',
  whenNotToUse:
    'When something around the process drains it before it is stopped and nothing in it needs to be closed.',
  fix: 'suggest',
  yieldsTo: { 'abrupt-exit': 'always' },
  hints: [/\b(?:app|expressApp|server|httpServer)\.listen\(/],
  scope: { deployment: 'graded' },
  messages: {
    server:
      'Nothing handles SIGTERM: a stop cuts requests off; stop accepting, finish open requests, then exit.',
    bot: 'Nothing handles SIGTERM: a stop cuts answers off; close the connection, finish what runs, then exit.',
    supervisor:
      'Nothing hands SIGTERM on to what this starts, which is killed with work at hand; pass it on, then wait for it to end.',
    consumer:
      'Nothing handles SIGTERM: a stop loses work at hand; stop consuming, finish it, then exit.',
  },
  project({ model, report }) {
    for (const entry of model.entryPoints) {
      if (!servesOrWorks(entry)) continue;
      const found = startedBy(entry, model);
      if (!found) {
        const call = supervisingCall(entry, model);
        if (call)
          report({
            ...placed({ path: entry.path, span: call.nameSpan }, entry, model),
            message: 'supervisor',
            deployment: deploymentOfEntry(entry, model),
          });
        continue;
      }
      const [main, ...others] = found;
      const { meaning, call, path } = main;
      report({
        ...placed({ path, span: call.nameSpan }, entry, model),
        message:
          meaning.kind !== 'consumer' ? 'server' : meaning.how === 'gateway' ? 'bot' : 'consumer',
        deployment: deploymentOfEntry(entry, model),
        fixes: [
          shutdownFix({
            model,
            path,
            modules: [...model.reachable(entry)].filter((one) => !isTestPath(one)).sort(),
            ...(entry.origin === 'spawned' && entry.declaredAt
              ? { starter: entry.declaredAt.path }
              : {}),
            ...startingCall(main),
            others: others.filter((one) => one.path === path).map(startingCall),
          }),
        ],
      });
    }
  },
  examples: {
    bad: [
      ...badExamples,
      ...startExamples,
      ...stopExamples,
      ...spawnExamples,
      ...reachExamples,
      ...repeatExamples,
    ],
    good: goodExamples,
  },
});

/** Who hears SIGINT alone is told so where that is handled, by whichever rule says it. */
function placed(
  starts: Location,
  entry: EntryPoint,
  model: ProjectModel,
): { readonly at: Location; readonly related?: readonly RelatedLocation[] } {
  const modules = [...model.reachable(entry)].sort();
  const [hears] = interruptAlone(modules, [entry.declaredAt], entry.package, model);
  if (!hears) return { at: starts };
  return {
    at: { path: hears.path, span: hears.call.nameSpan },
    related: [{ ...starts, message: 'this has to be stopped' }],
  };
}

function startingCall(found: CallMeaning): StartingCall {
  return { call: found.call.span, framework: frameworkOf(found) };
}

function frameworkOf({ meaning, library }: CallMeaning): string {
  if (meaning.kind === 'listen') return meaning.framework;
  const isNest = meaning.kind === 'consumer' && meaning.how === 'microservice';
  return isNest ? 'nest-microservice' : library;
}

/**
 * What an entry point starts that has to be stopped with care, what matters most first; undefined when there is nothing, or
 * SIGTERM is handled.
 */
function startedBy(
  entry: EntryPoint,
  model: ProjectModel,
): readonly [CallMeaning, ...CallMeaning[]] | undefined {
  const started: CallMeaning[] = [];
  const modules = [...model.reachable(entry)].filter((path) => !isTestPath(path));
  const stopped = modules.map((path) => stoppedBySigterm(path, model));
  if (stopped.includes('all')) return undefined;
  const isStopped = stopped.includes('consumers');
  for (const path of modules) {
    for (const found of model.meanings(path)) {
      const { meaning, call } = found;
      const isStart = (meaning.kind === 'consumer' && !isStopped) || opensPort(found);
      if (!isStart || call.context.includes('development')) continue;
      // A module may hold the consumers of another process beside what this one needs of it.
      if (meaning.kind === 'consumer' && !processReach(entry, model).runs(path, call.fn)) continue;
      // `if (require.main === module) listen()`: not when another module loads it.
      if (path !== entry.path && call.context.includes('main-guard')) continue;
      started.push(found);
    }
  }
  const [main, ...others] = started.sort((a, b) => rank(a, entry) - rank(b, entry));
  return main && [main, ...others];
}

/** How a production entry starts others and stays before them, where no signal that stops it is heard at all. */
function supervisingCall(entry: EntryPoint, model: ProjectModel): CallFact | undefined {
  const facts = model.facts.get(entry.path);
  const modules = [...model.reachable(entry)];
  if (!facts || !entry.production || modules.some((path) => handlesSigterm(path, model)))
    return undefined;
  return supervising(facts);
}

/** The server before the consumers beside it; the entry point's own module before others; real servers before raw sockets. */
function rank({ meaning, path }: CallMeaning, entry: EntryPoint): number {
  const isRaw =
    meaning.kind === 'listen' && (meaning.framework === 'net' || meaning.attaches === true);
  return (meaning.kind === 'consumer' ? 4 : 0) + (isRaw ? 2 : 0) + (path === entry.path ? 0 : 1);
}
