import { afterEach } from 'vitest';

/**
 * Between two tests that never wait, a worker takes no messages: answers of the runner lie unread until its own
 * timers run out after a minute ("Timeout calling onTaskUpdate"), although all is well. So every test is followed by
 * one turn of the event loop.
 */
afterEach(async () => {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
});
