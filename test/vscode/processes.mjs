// Starting and ending programs together with everything they start.
import { spawn, spawnSync } from 'node:child_process';

const running = new Set();
process.once('exit', () => running.forEach(endGroup));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(1));
}

/** Starts a program in a process group of its own, which ends with this process at the latest. */
export function spawnGroup(command, args, stdio, options = {}) {
  const child = spawn(command, args, {
    ...options,
    detached: process.platform !== 'win32',
    stdio,
  });
  running.add(child);
  return child;
}

/** Ends a program of {@link spawnGroup} and all it started; does nothing when they have ended already. */
export function endGroup(child) {
  running.delete(child);
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
