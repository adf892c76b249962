import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { test } from './runner';
import { text, untilFound, uri } from './workbench';

const SERVER = 'app/src/server.ts';

/** What VS Code has had of tools since 1.95. */
interface LanguageModels {
  readonly tools: readonly { readonly name: string }[];
  invokeTool(
    name: string,
    options: { readonly input: object; readonly toolInvocationToken: undefined },
  ): Promise<{ readonly content: readonly { readonly value: string }[] }>;
}

const { lm } = vscode as unknown as { readonly lm: LanguageModels };

async function call<T>(name: string, input: object): Promise<T> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [first] = content;
  ok(first, 'no answer');
  return JSON.parse(first.value) as T;
}

interface Finding {
  readonly fingerprint: string;
  readonly path: string;
}

/** What to apply: the first fix of the fixed port, previewed. */
async function previewed(): Promise<{ readonly diff: string; readonly given: object }> {
  const folder = 'app';
  const { findings } = await call<{ readonly findings: readonly Finding[] }>(
    'twelve_factor_list_findings',
    { folder, rules: ['hardcoded-port'] },
  );
  equal(
    findings.map(({ path }) => path),
    ['src/server.ts'],
  );
  const finding = findings[0]?.fingerprint;
  const { fix, diff, preview } = await call<{
    readonly fix: { readonly id: string };
    readonly diff: string;
    readonly preview: string;
  }>('twelve_factor_preview_fix', { folder, finding });
  return { diff, given: { folder, finding, fix: fix.id, preview } };
}

test('agents list findings, read about rules, see the map and previews', async () => {
  await untilFound(SERVER, 'hardcoded-port');
  const names = lm.tools.map(({ name }) => name);
  equal(names.filter((name) => name.startsWith('twelve_factor_')).length, 5);
  contains((await previewed()).diff, 'process.env.PORT');
  const { page } = await call<{ readonly page: string }>('twelve_factor_explain_rule', {
    rule: 'hardcoded-port',
  });
  contains(page, '# hardcoded-port');
  const map = await call<{ readonly packages: readonly { readonly name: string }[] }>(
    'twelve_factor_show_map',
    { folder: 'app' },
  );
  equal(map.packages[0]?.name, 'shop-api');
});

test('agents are told what is wrong with a call', async () => {
  const said = await call('twelve_factor_list_findings', { rules: ['hardcoded-prot'] }).then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
  contains(said, 'hardcoded-port');
});

// While tests run, VS Code answers its own dialogs: that a person is asked is tested without it.
test('a fix of an agent is an edit of the editor, and is saved', async () => {
  await untilFound(SERVER, 'hardcoded-port');
  const { given } = await previewed();
  await call('twelve_factor_apply_fix', given);
  contains(await text(SERVER), 'process.env.PORT');
  const bytes = await vscode.workspace.fs.readFile(uri(SERVER));
  contains(new TextDecoder().decode(bytes), 'process.env.PORT');
});
