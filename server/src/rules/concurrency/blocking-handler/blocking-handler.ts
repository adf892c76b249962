import { memberAt } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import type { SourceFacts } from '../../../project/facts/facts';
import type { CallMeaning } from '../../../project/model';
import { wayLocations } from '../../../project/requests/request-reach';
import { asynchronousCallFix } from './asynchronous-call';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';

export default defineRule({
  id: 'blocking-handler',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Code that requests run blocks the whole process.',
  why: 'A Node process scales because one thread serves many requests while each waits for input and output. A synchronous read, a child process that is waited for or a password hash on that thread stops all of them: while it runs, no request is answered, no health check passes, no signal is handled. More processes only spread the damage. At start-up the same calls cost nothing, because nobody is waiting yet.',
  whenNotToUse: 'For internal tools with one user at a time.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  options: {
    allowedCalls: {
      lists: 'names',
      exempts: 'name',
      description: 'Calls that are short enough to be made while a request waits.',
      example: ['hashSync', 'existsSync'],
    },
  },
  messages: {
    blocks:
      '`{name}` blocks every other request while it runs; use its asynchronous form in request code.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (meaning.kind !== 'blocking' || call.context.includes('development')) return;
    const way = context.model.requestReach.way(context.path, call.fn);
    if (!way || isAsynchronous(found)) return;
    const isQuiet = meaning.cheap === true || runsOnce(found, context.facts);
    const { model, path } = context;
    const fix = isNeverThrowing(found)
      ? undefined
      : asynchronousCallFix({ model, path, call: call.span, meaning });
    context.report({
      at: call.nameSpan,
      message: 'blocks',
      data: {
        name: found.callee.replace(/^.*\.(?=\w+\.sync$)|^.*\.(?!sync$)/, '').replace(/\(\)$/, ''),
      },
      ...(isQuiet ? { severity: 'hint' } : {}),
      related: wayLocations(way),
      fixes: fix ? [fix] : [],
    });
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** shelljs runs in the background when told so, or given a callback. */
function isAsynchronous({ callee, args }: CallMeaning): boolean {
  if (callee !== 'shelljs.exec') return false;
  return args.some((arg) => {
    const option = memberAt(arg, ['async']);
    return arg.kind === 'function' || (option?.kind === 'literal' && option.value === true);
  });
}

/** `if (!page) page = fs.readFileSync(…)`: only the first request waits. */
function runsOnce({ call }: CallMeaning, facts: SourceFacts): boolean {
  return (
    call.context.includes('once') ||
    (call.boundTo !== undefined &&
      call.context.includes('condition') &&
      facts.state.some(({ name, owner }) => name === call.boundTo && owner !== call.fn))
  );
}

/** `statSync(path, { throwIfNoEntry: false })` has no asynchronous twin. */
function isNeverThrowing({ args }: CallMeaning): boolean {
  return args.some((arg) => memberAt(arg, ['throwIfNoEntry']) !== undefined);
}
