import { expect, it } from 'vitest';
import { check, type Files } from '../helpers/check';

const app = (range: string): Files => ({
  'package.json': JSON.stringify({
    name: 'api',
    private: true,
    type: 'module',
    scripts: { start: 'node src/server.js' },
    dependencies: { '@trpc/server': range },
  }),
  'src/server.js': `import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { router } from './router.js';
createHTTPServer({ router }).listen(Number(process.env.PORT));
`,
  'src/router.js': 'export const router = {};\n',
});

async function fixed(range: string): Promise<string | undefined> {
  const { findings, apply } = await check(app(range));
  const found = findings.filter(({ ruleId }) => ruleId === 'missing-sigterm-handler');
  expect(found).toHaveLength(1);
  return apply('graceful-shutdown')['src/server.js'];
}

it('a standalone server of tRPC is closed as what it is: one of Node since version 11', async () => {
  expect(await fixed('^11.0.0')).toContain('server.closeIdleConnections()');
});

it('before, the fix leaves the object around it alone', async () => {
  const { findings } = await check(app('^10.45.0'));
  const [found] = findings.filter(({ ruleId }) => ruleId === 'missing-sigterm-handler');
  const fix = found?.fixes.find(({ id }) => id === 'graceful-shutdown');
  expect(fix?.build({ claimedNames: new Map(), removals: new Map() })).toBeUndefined();
});
