import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { argumentAt, memberAt, possibleValues } from '../../../base/values';
import type { Fix } from '../../../engine/finding';
import { defineRule, type FileContext } from '../../../engine/rule';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact } from '../../../project/facts/facts';
import { onSource } from '../../../project/facts/source-handlers';
import type { CallMeaning } from '../../../project/model';
import { servesOrWorks } from '../../../project/processes/deployment';
import { badExamples } from './bad-examples';
import { isStartup, startsIn, swallows } from './crash-handling';
import { exitAfterLoggingFix } from './exit-after-logging';
import { withoutFlagFixes, withoutOptionFix } from './let-exit';
import { goodExamples } from './good-examples';
import { mayEndProcess } from './process-end';

export default defineRule({
  id: 'swallowed-crash',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A crash or a failed start is only logged, and the process runs on.',
  why: 'A disposable process is robust against sudden death because something starts it again. That takes a process that does die: after an uncaught exception nobody knows which request was left half done, which lock is held, which connection leaks; and a server that failed to start but stays up, or ends with status 0, looks healthy to whatever watches it. Log the error, exit with a status other than 0, and let the platform start a fresh process.',
  whenNotToUse:
    'When the process supervises others and must outlive any failure, or cannot be restarted by anything.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'graded' },
  messages: {
    handler: 'After `{event}` the process runs on in an unknown state; log it, then exit non-zero.',
    startup:
      'A failed start is only logged, so nothing restarts the process; exit non-zero after logging.',
    winston: 'winston swallows uncaught exceptions with `exitOnError: false`; let it exit.',
    flag: '`{flag}` lets the process run on after a rejection nobody handled; let it exit.',
  },
  hints: [
    /\b(uncaughtException|unhandledRejection)\b/,
    /^(?:void\s+|await\s+)?[\w.]*(?:main|bootstrap|start|init|run|boot|serve|listen|launch|app|setup)\w*\(|^;?\((?:async\b|\(\) *=>)/im,
  ],
  source: [
    onSource(['TryStatement'], (node, context) => {
      const { catchClause } = node;
      if (!catchClause) return;
      const span = (at: { getStart(): number; end: number }): Span => ({
        start: at.getStart(),
        end: at.end,
      });
      const start = catchClause.getStart();
      context.mark(
        { start, end: start + 'catch'.length },
        {
          attempt: span(node.tryBlock),
          handler: span(catchClause.block),
          fn: context.functionOf(node),
        },
      );
    }),
  ],
  meaning(found, context) {
    const { meaning, args, call } = found;
    if (meaning.kind !== 'signal' || call.context.includes('development')) return;
    const name = argumentAt(args, meaning.signal);
    const event = name && possibleValues(name).flatMap(crashEvent)[0];
    const handler = argumentAt(call.args, meaning.handler);
    if (event === undefined || !handler || !swallows(handler, context.path, context.model)) return;
    if (isRemoved(event, context) || exitsElsewhere(event, found, context)) return;
    context.report({
      at: call.nameSpan,
      message: 'handler',
      data: { event },
      fixes: fixesOf(call, handler, context),
    });
  },
  call(call, context) {
    const { callee, args } = call;
    if (call.context.includes('development')) return;
    const { model, path } = context;
    const [handler] = args;
    if (callee.kind === 'member' && callee.name === 'catch') {
      if (!handler || model.requestReach.way(path, call.fn)) return;
      if (swallows(handler, path, model) && isStartup(call, path, model))
        context.report({
          at: call.nameSpan,
          message: 'startup',
          fixes: fixesOf(call, handler, context),
        });
      return;
    }
    const option = handler && memberAt(handler, ['exitOnError']);
    if (option?.kind === 'literal' && option.value === false && catchesCrashes(call, context))
      context.report({
        at: option.span,
        message: 'winston',
        fixes: option.path === undefined ? [withoutOptionFix(model, path, option.span)] : [],
      });
  },
  judge(mark, context) {
    const { model, path } = context;
    const { attempt, handler, fn } = mark.data as Readonly<{
      attempt: Span;
      handler: Span;
      fn: number;
    }>;
    if (model.requestReach.way(path, fn)) return;
    if (!startsIn(attempt, path, model) || mayEndProcess({ path, span: handler }, model)) return;
    const text = model.files.piece(path, handler);
    // Tried again, or passed on to whoever asked.
    if (/\b(setTimeout|sleep|delay|retry|retries|reject|callback|cb|next|done|return)\b/.test(text))
      return;
    context.report({
      at: mark.span,
      message: 'startup',
      fixes: [exitAfterLoggingFix({ model, path, handler })],
    });
  },
  command(command, context) {
    if (!command.production) return;
    for (const step of command.steps) {
      const flag = step.argv.find((word) => /^--unhandled-rejections=(warn|none)$/.test(word));
      if (flag !== undefined)
        context.report({
          at: { path: step.path, span: step.span },
          message: 'flag',
          data: { flag },
          fixes: () => withoutFlagFixes(context.model, step, flag),
        });
    }
  },
  examples: { bad: badExamples, good: goodExamples },
});

type Where = Pick<FileContext<Record<string, string>>, 'path' | 'facts' | 'module' | 'model'>;

/** What stands elsewhere may serve others too and is left alone. */
function fixesOf(call: CallFact, handler: Value, { path, model }: Where): readonly Fix[] {
  const isHere =
    handler.path === undefined &&
    handler.span.start > call.span.start &&
    handler.span.end <= call.span.end;
  return isHere ? [exitAfterLoggingFix({ model, path, handler: handler.span })] : [];
}

function crashEvent(value: Value): readonly string[] {
  return value.kind === 'literal' &&
    (value.value === 'uncaughtException' || value.value === 'unhandledRejection')
    ? [value.value]
    : [];
}

/** A handler that is there for a while. */
function isRemoved(event: string, { facts }: Where): boolean {
  return facts.calls.some(
    ({ callee, args: [name] }) =>
      callee.kind === 'member' &&
      callee.object.kind === 'global' &&
      callee.object.name === 'process' &&
      /^(off|removeListener|removeAllListeners)$/.test(callee.name ?? '') &&
      (name === undefined || (name.kind === 'literal' && name.value === event)),
  );
}

/** Another handler of the same process ends it. */
function exitsElsewhere(event: string, found: CallMeaning, { module, model }: Where): boolean {
  const paths = new Set([
    module.path,
    ...module.entryPoints.filter(servesOrWorks).flatMap((entry) => [...model.reachable(entry)]),
  ]);
  return [...paths].some((path) =>
    model.meanings(path).some(({ meaning, call, args }) => {
      if (meaning.kind !== 'signal' || call === found.call) return false;
      const name = argumentAt(args, meaning.signal);
      const handler = argumentAt(call.args, meaning.handler);
      return (
        name !== undefined &&
        handler !== undefined &&
        possibleValues(name).flatMap(crashEvent).includes(event) &&
        !swallows(handler, path, model)
      );
    }),
  );
}

/** A logger that is told to handle exceptions at all. */
function catchesCrashes({ callee }: CallFact, { path, model }: Where): boolean {
  return (
    /^winston\.(createLogger|configure|Logger)$/.test(
      canonicalName(model.resolve(callee, path)) ?? '',
    ) &&
    /\bhandle(Exceptions|Rejections)\s*:\s*true|\b(exception|rejection)Handlers\s*:|\.exceptions\.handle\(/.test(
      model.files.text(path) ?? '',
    )
  );
}
