import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import { memberAt, possibleValues } from '../../../base/values';
import type { CallMeaning, ProjectModel } from '../../../project/model';

/**
 * Does this call take work off a queue, so that another process could do it as well? Not: subscriptions of which every process
 * gets a copy, replies that this process waits for, events of a consumer other than its messages, a job runner without jobs, a bot.
 */
export function takesWork(found: CallMeaning, model: ProjectModel): boolean {
  const { meaning, call, args, callee, path } = found;
  if (meaning.kind !== 'consumer') return false;
  if (/\.on$/.test(callee)) return args[0]?.kind === 'literal' && args[0].value === 'message';
  // Temporal's worker is made here and run there; where both are seen, the run counts.
  if (/\.Worker\.create$/.test(callee))
    return !model.meanings(path).some((other) => other.callee === `${callee}().run`);
  if (meaning.service === 'amqp') return !isOwnQueue(found, model);
  switch (meaning.how) {
    case 'broadcast':
      // NATS shares a subject among the subscribers that name the same queue.
      return args[1] !== undefined && memberAt(args[1], ['queue']) !== undefined;
    case 'pull':
      return model.requestReach.way(path, call.fn) === undefined;
    case 'gateway':
      return false;
    case 'microservice':
      return usesBroker(model, path);
    default:
      return found.library !== 'agenda' || definesJobs(model, path);
  }
}

/** An unnamed or exclusive queue, or direct replies: messages for this very process. */
function isOwnQueue({ args, call, path }: CallMeaning, model: ProjectModel): boolean {
  const [queue] = args;
  if (queue?.kind === 'literal' && (queue.value === '' || /reply/i.test(String(queue.value))))
    return true;
  const calls = model.facts.get(path)?.calls ?? [];
  return calls.some(({ callee, args: [name, options], fn }) => {
    if (callee.kind !== 'member' || callee.name !== 'assertQueue' || fn !== call.fn) return false;
    const exclusive = options && memberAt(options, ['exclusive']);
    return (
      (name?.kind === 'literal' && (name.value === '' || name.value === null)) ||
      (exclusive?.kind === 'literal' && exclusive.value === true)
    );
  });
}

/** A runner that is only started to put jobs into the queue works on none. */
function definesJobs(model: ProjectModel, path: string): boolean {
  const info = model.packageOf(path);
  for (const [module, facts] of model.facts) {
    if (model.packageOf(module) !== info) continue;
    for (const { callee, args } of facts.calls) {
      if (callee.kind !== 'member' || callee.name !== 'define' || args.length < 2) continue;
      // Models are defined by an object.
      if (args.at(-1)?.kind !== 'object') return true;
    }
  }
  return false;
}

/** `connectMicroservice({ transport: Transport.RMQ })`: a broker that hands each message to one process, rather than plain calls. */
function usesBroker(model: ProjectModel, path: string): boolean {
  const calls = model.facts.get(path)?.calls ?? [];
  return calls.some(({ callee, args: [options] }) => {
    if (callee.kind !== 'member' || callee.name !== 'connectMicroservice' || !options) return false;
    const transport = memberAt(model.resolve(options, path), ['transport']);
    return transport !== undefined && possibleValues(transport).some(isBroker);
  });
}

function isBroker(transport: Value): boolean {
  const name = lastName(transport);
  return name === 'RMQ' || name === 'KAFKA';
}
