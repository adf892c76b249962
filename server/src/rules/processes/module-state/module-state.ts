import type { RelatedLocation } from '../../../base/span';
import { defineRule } from '../../../engine/rule';
import { wayLocations } from '../../../project/requests/request-reach';
import { eventsBetweenRequests } from './request-events';
import { sharedStates, type SharedState } from '../../../project/state/shared-state';
import { stateKind } from '../../../project/state/state-kinds';
import { badExamples } from './bad-examples';
import { globalWrites } from './global-writes';
import { badFrameworkExamples } from './bad-framework-examples';
import { goodExamples } from './good-examples';

export default defineRule({
  id: 'module-state',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Requests leave something in the memory of the process for later requests.',
  why: 'Processes share nothing and may vanish at any time. What one request leaves in a variable of the module, a later request finds only when the same process answers it and has not been restarted: with two processes users see their data come and go, and every deploy forgets it. Variables that all requests share also mix up users who are served at the same time. Data that has to outlive a request belongs into a backing service; what belongs to one request is passed along with it.',
  whenNotToUse:
    'For what each process may know for itself, such as caches that are cheap to fill again or numbers about the process itself; for demonstrations that are never deployed.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  options: {
    allowedNames: {
      lists: 'names',
      exempts: 'name',
      description: 'Names of module state that each process may keep for itself.',
      example: ['metrics', '*Registry'],
    },
  },
  messages: {
    data: '`{name}` is written by requests, but only this process knows it and forgets it; keep it in a backing service.',
    cache: '`{name}` is filled by requests in each process for itself; a restart empties it.',
    handle: '`{name}` holds live objects of this process only; other processes cannot reach them.',
    sequence:
      '`{name}` counts in each process for itself: two processes give the same number twice.',
    events:
      '`{name}` hands events to requests of this process only; publish what other processes must hear.',
    global:
      '`{name}` is set by one request for all others of this process; pass it along, or keep it in a backing service.',
  },
  hints: [
    /^(?:export\s+)?(?:let|var)\s+\w/m,
    /^(?:export\s+)?const\s+\w[^=\n]*=\s*(?:new (?:Map|Set)\b|\[|\{)/m,
    /^[ \t]+(?:(?:public|private|protected|readonly)\s+)*static\s+\w/m,
    /\bnew (?:EventEmitter|Emittery|(?:Replay|Behavior)?Subject)\b/,
    /\b(?:app\.locals|global|globalThis)\.\w/,
  ],
  file(context) {
    const { model, path } = context;
    for (const shared of sharedStates(model, path)) {
      const kind = stateKind(shared);
      // Work that waits is `in-memory-queue`'s finding.
      if (kind === 'none' || kind === 'queue') continue;
      const { name, declaration } = shared.state;
      context.report({
        at: declaration,
        message: kind,
        data: { name },
        ...(kind === 'data' ? {} : { severity: 'hint' }),
        related: writeLocations(shared),
      });
    }
    for (const { name, write, way } of globalWrites(model, path)) {
      const isCache = /cache|memo(?![a-z])/i.test(name);
      context.report({
        at: write.span,
        message: isCache ? 'cache' : 'global',
        data: { name },
        ...(isCache ? { severity: 'hint' } : {}),
        related: wayLocations(way),
      });
    }
  },
  project({ model, report }) {
    for (const { name, at, emitted, heard } of eventsBetweenRequests(model))
      report({
        at,
        message: 'events',
        data: { name },
        related: [
          { ...emitted, message: 'a request emits here' },
          { ...heard, message: 'another request waits here' },
        ],
      });
  },
  examples: { bad: [...badExamples, ...badFrameworkExamples], good: goodExamples },
});

/** Where requests write the state, with how the first of them comes there. */
function writeLocations({ writes }: SharedState): readonly RelatedLocation[] {
  const [first] = writes;
  return [
    ...writes
      .slice(0, 3)
      .map(({ path, write }) => ({ path, span: write.span, message: 'written by a request here' })),
    ...(first ? wayLocations(first.way) : []),
  ];
}
