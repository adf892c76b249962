import type { Value } from '../../../base/value';
import { stringOf } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact } from '../../../project/facts/facts';
import type { CallMeaning, ProjectModel } from '../../../project/model';
import { serviceLabel } from '../../../project/services/service-names';
import { badExamples } from './bad-examples';
import { serves, servicesBeside } from './beside';
import { goodExamples } from './good-examples';
import { chainText, retryAround } from './retries';

export default defineRule({
  id: 'no-startup-retry',
  factor: 'disposability',
  severity: 'information',
  since: '0.1.0',
  summary: 'A service is connected to once at start, and a failure is final.',
  why: 'Processes start in any order: after a crash of the host the app may be up seconds before its database. A start that tries once turns that into a crash, wait scripts around the command, and a boot order that somebody has to keep. Tried again with growing delays, and given up in the end with an exit code, the app copes with a service that is late, and restarts on its own.',
  whenNotToUse:
    'Where the platform restarts the process with growing delays and nobody minds the noise, or for a service that is optional.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'silent-where-unlikely' },
  messages: {
    once: 'The {service} is tried once at start; try again with growing delays, so that it may come up later.',
    beside:
      '{product} starts beside the app, which tries it only once; try again with growing delays.',
    tight:
      'The {service} is tried again without pause or limit; wait longer each time, and give up at last.',
  },
  meaning(found, context) {
    const { meaning, call, args, path } = found;
    const { model, report } = context;
    if (meaning.kind !== 'connect' || meaning.attempt !== 'once') return;
    if (call.context.includes('development') || triesItself(args)) return;
    if (!mayRunAtStart(found, model) || !isFinal(found, model)) return;
    const retry = retryAround(path, call.span, model);
    if (retry === 'backs-off') return;
    const service = serviceLabel(meaning.service);
    if (retry === 'tight')
      return report({ at: call.nameSpan, message: 'tight', data: { service } });
    const beside = servicesBeside(model).filter((one) => serves(one.service, meaning.service));
    const [open] = beside.filter(({ gated }) => !gated);
    if (!open)
      return report({
        at: call.nameSpan,
        message: 'once',
        data: { service },
        ...(beside.length > 0 ? { severity: 'hint' } : {}),
      });
    report({
      at: call.nameSpan,
      message: 'beside',
      data: { product: open.product },
      severity: 'warning',
      related: [{ path: open.path, span: open.span, message: `${open.product} is started here` }],
    });
  },
  examples: { bad: badExamples, good: goodExamples },
});

/**
 * Does no request come by, and does the function around the call say by its name that it is for the start? Others connect for
 * what they are asked to do, time and again.
 */
function mayRunAtStart({ path, call }: CallMeaning, model: ProjectModel): boolean {
  if (model.requestReach.way(path, call.fn)) return false;
  const functions = model.facts.get(path)?.functions ?? [];
  let at = functions[call.fn];
  while (at && at.id !== 0 && at.name === undefined) at = functions[at.parent];
  return (
    at?.name === undefined || at.id === 0 || STARTING.test(at.name) || STARTING_WHOLE.test(at.name)
  );
}

/** Words that say it wherever they stand. */
const STARTING =
  /connect|init|start|boot|set_?up|load|main|listen|launch|open|consume|subscribe|worker|on(Module|Application)/i;
/** The thing alone, which is there once, or what makes it. */
const STARTING_WHOLE = new RegExp(
  `^(${[
    'run|up|default|constructor|use\\w*',
    'db|database|mongo\\w*|mongoose|postgres|mysql|sequelize|orm',
    'redis|rabbit\\w*|amqp|kafka|nats|queue',
    'create(Server|App|Channel|Client|Pool|Db|Database|DataSource)',
    'get(Db|Database|Client|Pool|DataSource|Channel)',
  ].join('|')})$|on(Ready|Start)`,
  'i',
);

/** Options that make the client itself try again. */
function triesItself(args: readonly Value[]): boolean {
  return args.some(
    (arg) =>
      arg.kind === 'object' &&
      arg.properties.some(
        ({ key, value }) =>
          /retr(y|ies)|reconnect|waitOnFirst|backoff/i.test(key) &&
          !(value.kind === 'literal' && (value.value === false || value.value === 0)),
      ),
  );
}

/** Mongoose buffers what is asked of it until it is connected: without an await or an exit nothing fails at start. */
function isFinal({ callee, call, path }: CallMeaning, model: ProjectModel): boolean {
  if (!/^mongoose\.(default\.)?connect$/.test(callee) || call.awaited) return true;
  const ends = /process\.exit|\bthrow\b/;
  const chain = chainText(path, call.span, model);
  if (ends.test(chain) || chain.includes('.listen(')) return true;
  const text = model.files.text(path) ?? '';
  const listeners = model.facts.get(path)?.calls.filter(isErrorListener) ?? [];
  return listeners.some(({ span }) => ends.test(text.slice(span.start, span.end)));
}

/** `mongoose.connection.on('error', …)` */
function isErrorListener({ callee, args }: CallFact): boolean {
  const [event] = args;
  return (
    /^mongoose\.(default\.)?connection\.(on|once)$/.test(canonicalName(callee) ?? '') &&
    event !== undefined &&
    stringOf(event) === 'error'
  );
}
