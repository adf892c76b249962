import type { Value } from '../../../base/value';
import { canonicalName } from '../../../project/facts/canonical';
import type { PackageInfo, ProjectModel } from '../../../project/model';

/** Methods that choose other sockets than the one at hand. */
const CHOOSING = /^(to|in|except|broadcast|sockets|of|local)$/;

/**
 * Does the package send socket.io messages to clients that other processes may hold: to a room, to everyone, to everyone else?
 * Answering the socket that asked needs no other process.
 * @param only looks at this module alone
 */
export function broadcastsToSockets(
  model: ProjectModel,
  owner: PackageInfo | undefined,
  only?: string,
): boolean {
  for (const [path, facts] of model.facts) {
    if (only !== undefined && path !== only) continue;
    if (model.packageOf(path) !== owner || model.modules.get(path)?.roles.has('test')) continue;
    for (const { callee } of facts.calls) {
      if (callee.kind !== 'member') continue;
      if (callee.name === 'emit' || callee.name === 'send') {
        if (choosesOthers(callee.object) || isServer(model.resolve(callee.object, path)))
          return true;
      }
    }
  }
  return false;
}

function choosesOthers(value: Value): boolean {
  if (value.kind === 'call') return choosesOthers(value.callee);
  if (value.kind !== 'member') return false;
  return (value.name !== undefined && CHOOSING.test(value.name)) || choosesOthers(value.object);
}

function isServer(value: Value): boolean {
  const name = canonicalName(value);
  if (name !== undefined)
    return /^(new )?socket\.io\b|^<socket\.io\.(Server|Namespace)>/.test(name);
  // The server as it is usually called, handed on or kept in a field.
  return (
    (value.kind === 'parameter' && value.name === 'io') ||
    (value.kind === 'member' &&
      (value.name === 'io' || value.name === 'server') &&
      !isProcess(value)) ||
    (value.kind === 'unknown' && value.name === 'io')
  );
}

function isProcess(value: Value): boolean {
  return canonicalName(value) !== undefined;
}
