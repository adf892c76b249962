import { describe, expect, it } from 'vitest';
import { sharedStates } from '../../server/src/project/state/shared-state';
import { stateKind } from '../../server/src/project/state/state-kinds';
import { check } from '../helpers/check';

const PACKAGE = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node src/server.js' },
  dependencies: { express: '1.0.0', redis: '1.0.0' },
});

/** The states of a server that requests share, with what they are for. */
async function states(text: string): Promise<Record<string, string>> {
  const { model } = await check(
    {
      'package.json': PACKAGE,
      'src/server.js': `const app = require('express')();\n${text}\napp.listen(process.env.PORT);\n`,
      'src/users.json': '[]',
    },
    { rules: [] },
  );
  return Object.fromEntries(
    sharedStates(model, 'src/server.js').map((shared) => [shared.state.name, stateKind(shared)]),
  );
}

const route = (body: string): string =>
  `app.get('/', async (req, res) => { ${body}; res.end(); });`;

describe('shared state', () => {
  it.each([
    ['records', `const users = [];`, `users.push(req.body); res.json(users)`, 'data'],
    [
      'records that come with the code',
      `const users = require('./users.json');`,
      `users.push(req.body); res.json(users)`,
      'data',
    ],
    [
      'a Map',
      `const users = new Map();`,
      `users.set(req.query.id, req.body); res.json(users.size)`,
      'data',
    ],
    ['a counter that is shown', `let count = 0;`, `count++; res.json(count)`, 'data'],
    ['a counter that numbers', `let counter = 0;`, `res.json({ id: counter++ })`, 'sequence'],
    ['numbers by their name', `let nextId = 1;`, `nextId += 1; res.json(nextId)`, 'sequence'],
    ['a switch', `let isOpen = true;`, `isOpen = !isOpen; res.json(isOpen)`, 'data'],
    ['what the request brought', `let last;`, `res.json(last); last = req.body`, 'data'],
    [
      'a list that is filtered',
      `let items = [];`,
      `items = items.filter((item) => item.id !== req.query.id)`,
      'data',
    ],
    [
      'a member of a record',
      `const hits = {};`,
      `hits[req.ip] = hits[req.ip] || { n: 0 }; hits[req.ip].n++; res.json(hits)`,
      'data',
    ],
    [
      'a cache by its name',
      `const userCache = {};`,
      `userCache[req.ip] = req.body; res.json(userCache)`,
      'cache',
    ],
    [
      'a memo',
      `const sums = new Map();`,
      `if (!sums.has(req.ip)) sums.set(req.ip, await sum(req.ip)); res.json(sums.get(req.ip))`,
      'none',
    ],
    [
      'a memo, asked by a variable',
      `const sums = {};`,
      `let known = sums[req.ip]; if (!known) { known = await sum(req.ip); sums[req.ip] = known } res.json(known)`,
      'none',
    ],
    [
      'a lazy handle',
      `let client;`,
      `if (!client) client = require('redis').createClient(); await client.get('x')`,
      'none',
    ],
    ['a latch', `let isReady = false;`, `if (!isReady) { await sum(1) } isReady = true`, 'none'],
    [
      'sockets and streams',
      `const open = [];`,
      `open.push(res); open.forEach((one) => one.write('x'))`,
      'handle',
    ],
    ['metrics', `let requestCount = 0;`, `requestCount++; res.json(requestCount)`, 'none'],
    [
      'a line that waits',
      `const jobs = [];`,
      `jobs.push(req.body); const next = jobs.shift(); res.json(next)`,
      'queue',
    ],
  ])('%s', async (_title, declaration, body, kind) => {
    const found = await states(
      `${declaration}\nasync function sum(x) { return x; }\n${route(body)}`,
    );
    expect(Object.values(found)).toEqual([kind]);
  });

  it.each([
    ['a variable that only requests write', `const log = [];`, `log.push(req.url)`],
    ['a variable that they only read', `const rows = [1];`, `res.json(rows)`],
    [
      'a variable of the request',
      ``,
      `const rows = []; [1].forEach((x) => rows.push(x)); res.json(rows)`,
    ],
  ])('is not %s', async (_title, declaration, body) => {
    expect(await states(`${declaration}\n${route(body)}`)).toEqual({});
  });
});
