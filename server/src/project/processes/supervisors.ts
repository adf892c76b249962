import { lastName } from '../../base/value-names';
import { canonicalName } from '../facts/canonical';
import type { CallFact, SourceFacts } from '../facts/facts';

/**
 * The call by which a module starts another process and stays for as long as that runs: it exits when the other one does.
 * @returns undefined for modules that only run a program, wait for its answer and go on
 */
export function supervising(facts: SourceFacts): CallFact | undefined {
  const started = facts.calls.find(
    ({ callee, context }) =>
      STARTING.test(canonicalName(callee) ?? '') && !context.includes('development'),
  );
  return started && exitsWithAnother(facts) ? started : undefined;
}

const STARTING = /^(child_process\.(spawn|fork)|cross-spawn(\.spawn)?|execa(\.\w+)?)$/;

/** `child.on('exit', (code) => process.exit(code))` */
function exitsWithAnother({ calls, functions }: SourceFacts): boolean {
  return calls.some(({ callee, args: [event, handler] }) => {
    if (callee.kind !== 'member' || !/^(on|once|addListener)$/.test(callee.name ?? ''))
      return false;
    if (lastName(callee.object) === 'process') return false;
    const isEnd = event?.kind === 'literal' && /^(exit|close)$/.test(String(event.value));
    if (!isEnd || handler?.kind !== 'function' || handler.isClass) return false;
    const inside = functions[handler.id]?.span ?? handler.span;
    return calls.some(
      (call) =>
        canonicalName(call.callee) === 'process.exit' &&
        inside.start <= call.span.start &&
        call.span.end <= inside.end,
    );
  });
}
