import { afterEach, expect, it } from 'vitest';
import type { Rule } from '../../server/src/engine/rule';
import { APP, throwing } from './app';
import { connect, disconnect, ROOT } from './client';
import { MemoryHost } from './memory-host';

afterEach(disconnect);

it('says which rule takes long, and on which file, once', async () => {
  let clock = 0;
  const host = new MemoryHost(ROOT, APP);
  host.now = () => clock;
  const taking = (id: string, milliseconds: number): Rule => ({
    ...throwing,
    id,
    file: () => {
      clock += milliseconds;
    },
  });
  const { client } = await connect(APP, {
    host,
    rules: [taking('quick', 999), taking('slow', 2_500)],
  });
  await client.ready();
  await client.watched([`${ROOT}/server.js`, 2]);
  await client.ready();
  const slow = client.log.filter(({ message }) => message.startsWith('Slow'));
  expect(slow.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Slow: slow took 2\.5 s for server\.js, /),
  ]);
});
