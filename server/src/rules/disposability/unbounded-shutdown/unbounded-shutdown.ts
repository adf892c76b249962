import { defineRule } from '../../../engine/rule';
import { abruptExits } from '../../../project/processes/signal-exits';
import { badExamples } from './bad-examples';
import { exitInTimeFix } from './exit-in-time';
import { goodExamples } from './good-examples';
import { heldConnections, isOfConsumer, isWaitedFor, waitingStops } from './waiting-stops';

export default defineRule({
  id: 'unbounded-shutdown',
  factor: 'disposability',
  severity: 'information',
  since: '0.2.0',
  summary: 'A stop waits for open connections or jobs without a deadline.',
  why: 'A process that is told to stop has a few seconds: then the platform kills it, and what was to come after the servers, from closing the database to flushing what was measured, never runs. `close()` of a server waits for every connection that is busy, however long that takes; event streams and web sockets stay open until their clients leave, and a consumer of a queue waits for the job that it works on, so that every deploy waits for the whole grace period and is cut off in the end. A timer, shorter than the grace period, ends what is left in an order that the app decides.',
  whenNotToUse:
    'When something outside the process ends its connections in time, or each of its answers has a time limit of its own.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'graded', roles: ['web', 'worker'] },
  messages: {
    jobs: 'This stop waits for the job at hand, however long it takes; end what is left after some seconds.',
    open: 'This stop waits for open connections as long as they last; end what is left after some seconds.',
    held: 'Event streams and web sockets do not end by themselves: this stop waits until it is killed; set a deadline.',
  },
  meaning(found, { module, model, report }) {
    if (found.call.context.includes('development')) return;
    const [first, ...others] = waitingStops(found, module, model);
    // Who exits without waiting needs no deadline.
    if (!first || abruptExits(found, model).length > 0) return;
    const held = heldConnections(module, [first, ...others], model);
    const isHook = first.call === found.call;
    // Where nothing comes after closing, nothing is lost when a slow answer keeps the process until it is killed.
    if (held.length === 0 && (isHook || ![first, ...others].some((one) => isWaitedFor(one, model))))
      return;
    report({
      at: { path: first.path, span: first.call.nameSpan },
      message: held.length > 0 ? 'held' : isOfConsumer(first, model) ? 'jobs' : 'open',
      ...(held.length > 0 ? { severity: 'warning' } : {}),
      related: [
        ...others.map(({ path, call }) => ({
          path,
          span: call.nameSpan,
          message: 'This is waited for as well.',
        })),
        ...held,
      ],
      fixes: isHook ? [] : [exitInTimeFix(model, first.path, first.call.span)],
    });
  },
  examples: { bad: badExamples, good: goodExamples },
});
