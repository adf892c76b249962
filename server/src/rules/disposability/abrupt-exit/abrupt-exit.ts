import { defineRule } from '../../../engine/rule';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../../../project/model';
import { servesOrWorks } from '../../../project/processes/deployment';
import { handlesSigterm } from '../../../project/processes/signals';
import { badExamples } from './bad-examples';
import { bothSignalsFix } from './both-signals';
import { closeFirstFix } from './close-first';
import { goodExamples } from './good-examples';
import { abruptExits, interruptAlone, stopSignals } from '../../../project/processes/signal-exits';

export default defineRule({
  id: 'abrupt-exit',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The handler of a stop signal exits without waiting for open work.',
  why: 'A process that is told to stop should stop listening, finish the requests and jobs it has, give back what it holds, and only then exit. A handler that exits at once does worse than none, since it looks as if somebody had thought of it: answers are cut off, jobs are lost, locks and connections are left to time out. Calling `close()` is only the beginning: it returns before anything is closed, so an exit right behind it changes nothing. And a handler for SIGINT alone works on the keyboard of a developer, but platforms and containers send SIGTERM.',
  whenNotToUse: 'When nothing is ever in flight: no requests, no jobs, no buffered writes.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'graded', roles: ['web', 'worker'] },
  messages: {
    atOnce: 'The {signal} handler exits at once and cuts off open work; close first, then exit.',
    unawaited: '`{call}` is not waited for before the process exits; exit when it is done.',
    onlyInterrupt:
      'Only SIGINT is handled, but containers are stopped with SIGTERM; handle that as well.',
  },
  meaning(found, context) {
    const { module, model } = context;
    const signals = stopSignals(found);
    if (signals.length === 0 || found.call.context.includes('development')) return;
    if (!signals.includes('SIGTERM')) {
      if (!handlesElsewhere(module, model)) {
        if (isOnlyInterrupt(module, model))
          return context.report({
            at: found.call.nameSpan,
            message: 'onlyInterrupt',
            fixes: [bothSignalsFix(model, context.path, found.call.span)],
          });
      } else if (isGracefulElsewhere(module, model)) return;
    }
    for (const { path, call, closing, written } of abruptExits(found, model)) {
      const at = { path, span: call.span };
      const text = closing && model.files.text(path)?.slice(closing.span.start, closing.span.end);
      const fixes = written ? [closeFirstFix({ model, path, exit: call.span })] : [];
      if (text === undefined)
        context.report({
          at: call === found.call ? found.call.nameSpan : at,
          message: 'atOnce',
          data: { signal: signals.join(' and ') },
          fixes,
        });
      else context.report({ at, message: 'unawaited', data: { call: text }, fixes });
    }
  },
  examples: { bad: badExamples, good: goodExamples },
});

function processModules(module: ModuleInfo, model: ProjectModel): readonly string[] {
  const entries = module.entryPoints.filter(servesOrWorks);
  return [...new Set([module.path, ...entries.flatMap((entry) => [...model.reachable(entry)])])];
}

function isOnlyInterrupt(module: ModuleInfo, model: ProjectModel): boolean {
  const declared = module.entryPoints.map(({ declaredAt }) => declaredAt);
  return interruptAlone([module.path], declared, module.package, model).length > 0;
}

function handlesElsewhere(module: ModuleInfo, model: ProjectModel): boolean {
  return processModules(module, model).some((path) => handlesSigterm(path, model));
}

/** SIGTERM is handled with care, so that a short way out by keyboard does no harm. */
function isGracefulElsewhere(module: ModuleInfo, model: ProjectModel): boolean {
  const handlers: CallMeaning[] = processModules(module, model).flatMap((path) =>
    model.meanings(path).filter((found) => stopSignals(found).includes('SIGTERM')),
  );
  return handlers.every((found) => abruptExits(found, model).length === 0);
}
