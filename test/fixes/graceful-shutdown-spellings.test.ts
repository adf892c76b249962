import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { parts, shutDown } from './shut-down';

beforeAll(loadTypeScript);

describe('spellings of a start', () => {
  it.each([
    [
      'if (on)\n  app.listen(1); // go\nelse console.log(1);',
      'if (on) {\n  const server = app.listen(1); // go\n…\n} else console.log(1);',
    ],
    [
      'if (!on) console.log(1);\nelse app.listen(1, () => {\n  console.log(2);\n});',
      'if (!on) console.log(1);\nelse {\n  const server = app.listen(1, () => {\n    console.log(2);\n  });\n…\n}',
    ],
    ['on && app.listen(1);', 'if (on) {\n  const server = app.listen(1);\n…\n}'],
    ['!on || app.listen(1);', 'if (on) {\n  const server = app.listen(1);\n…\n}'],
    ['export default app.listen(1);', 'const server = app.listen(1);\nexport default server;\n…'],
    [
      'const io = run(app.listen(1), 2);',
      'const server = app.listen(1);\nconst io = run(server, 2);\n…',
    ],
    [
      'function start() { run(); app.listen(1); }',
      'function start() {\n  run();\n  const server = app.listen(1);\n…\n}',
    ],
    ['run(); app.listen(1); run(2);', 'run();\nconst server = app.listen(1);\n…\n\nrun(2);'],
    [
      "const web = app.listen(1);\nweb.on('error', run);\nweb.setTimeout(5);\nrun();",
      "const web = app.listen(1);\nweb.on('error', run);\nweb.setTimeout(5);\n…\n\nrun();",
    ],
  ])('makes room behind %s', async (text, expected) => {
    const declared = 'declare const on: boolean, app: any, run: any;\n';
    const [call = ''] = /app\.listen\(1(, \(\) => \{[^]*?\})?\)/.exec(text) ?? [];
    const fixed = await shutDown('express', call, `${declared}${text}\n`);
    const handler = /\n *\n *let isShuttingDown[^]*'SIGINT', shutdown\);/;
    expect(fixed?.replace(handler, '\n…')).toBe(`${declared}${expected}\n`);
  });

  it('closes two servers together', async () => {
    const text =
      'declare const app: any;\ndeclare const admin: any;\napp.listen(1);\nadmin.listen(2);\n';
    const fixed = await shutDown('express', ['app.listen(1)', 'admin.listen(2)'], text);
    expect(fixed).toContain('const adminServer = admin.listen(2);\n');
    expect(parts(fixed)?.closes).toEqual([
      'await Promise.all([',
      'new Promise((resolve) => server.close(resolve)),',
      'new Promise((resolve) => adminServer.close(resolve)),',
      ']);',
    ]);
  });
});
