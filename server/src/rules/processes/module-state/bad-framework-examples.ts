import type { BadExample } from '../../../engine/rule';

const app = (scripts: object, ...packages: readonly string[]): string =>
  JSON.stringify({
    name: 'app',
    private: true,
    scripts,
    dependencies: Object.fromEntries(packages.map((name) => [name, '1'])),
  });

/** What frameworks and platforms call by themselves. */
export const badFrameworkExamples: readonly BadExample[] = [
  {
    title: 'an action within a page of Next',
    files: {
      'package.json': app({ start: 'next start' }, 'next', 'react'),
      'app/page.tsx': `const votes: Record<string, number> = {};
export default function Page() {
  async function vote(form: FormData) {
    'use server';
    const id = String(form.get('id'));
    votes[id] = (votes[id] ?? 0) + 1;
  }
  return <form action={vote}>{votes['first']}</form>;
}
`,
    },
    findings: [{ at: 'votes', path: 'app/page.tsx' }],
  },
  {
    title: 'a function that serverless.yml names, and the messages of a web socket of Bun',
    files: {
      'package.json': app({ start: 'bun src/chat.ts' }),
      'serverless.yml':
        'service: x\nprovider:\n  name: aws\nfunctions:\n  in:\n    handler: src/auth.login\n  out:\n    handler: src/auth.logout\n',
      'src/auth.ts': `const failures: Record<string, number> = {};
export const login = async (event: { body: string }) => {
  failures[event.body] = (failures[event.body] || 0) + 1;
  return { statusCode: (failures[event.body] ?? 0) > 5 ? 423 : 200 };
};
export const logout = async () => ({ statusCode: 200 });
`,
      'src/chat.ts': `const topics = new Map<string, string>();
Bun.serve({
  port: process.env.PORT,
  fetch: () => new Response('no'),
  websocket: {
    message(ws, text) {
      topics.set('last', String(text));
      ws.send(topics.get('last') ?? '');
    },
  },
});
`,
    },
    findings: [
      { at: 'failures', path: 'src/auth.ts' },
      { at: 'topics', path: 'src/chat.ts' },
    ],
  },
  {
    title: 'a handle of SvelteKit in a library, a group of Elysia, a server function of TanStack',
    files: {
      'kit/package.json': app({ start: 'node build' }, '@sveltejs/kit'),
      'kit/src/hooks.server.ts': `import { sequence } from '@sveltejs/kit/hooks';
import { limit } from '$lib/server/limit';
export const handle = sequence(limit);
`,
      'kit/src/lib/server/limit.ts': `const seen = new Map<string, number>();
export const limit = async ({ event, resolve }: any) => {
  const count = (seen.get(event.getClientAddress()) ?? 0) + 1;
  seen.set(event.getClientAddress(), count);
  return count > 5 ? new Response('', { status: 429 }) : resolve(event);
};
`,
      'elysia/package.json': app({ start: 'bun src/index.ts' }, 'elysia'),
      'elysia/src/index.ts': `import { Elysia } from 'elysia';
const online = new Set<string>();
new Elysia()
  .group('/v1', (app) =>
    app.post('/here/:id', ({ params }) => online.add(params.id)).get('/here', () => [...online]),
  )
  .listen(process.env.PORT ?? 3000);
`,
      'start/package.json': app(
        { start: 'node .output/server/index.mjs' },
        '@tanstack/react-start',
      ),
      'start/src/routes/index.tsx': `import { createServerFn } from '@tanstack/react-start';
const counts = new Map<string, number>();
const count = createServerFn({ method: 'POST' })
  .validator((name: string) => name)
  .handler(async ({ data }) => {
    counts.set(data, (counts.get(data) ?? 0) + 1);
    return counts.get(data);
  });
const opened = { times: 0 };
export const Page = () => <button onClick={() => (opened.times++, count({ data: 'x' }))} />;
`,
    },
    findings: [
      { at: 'online', path: 'elysia/src/index.ts' },
      { at: 'seen', path: 'kit/src/lib/server/limit.ts' },
      { at: 'counts', path: 'start/src/routes/index.tsx' },
    ],
  },
];
