import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Extension } from 'vscode';
import { registerLanguageModelTools } from '../../client/src/agents/language-model-tools';
import type { Session } from '../../client/src/session';
import { ToolQuestionRequest, ToolRequest } from '../../server/src/protocol';

interface Tool {
  prepareInvocation(options: { readonly input: unknown }): Promise<object>;
  invoke(options: { readonly input: unknown }): Promise<{ readonly content: readonly object[] }>;
}

interface Document {
  readonly uri: string;
  isDirty: boolean;
  readonly saves: boolean;
  save(): Promise<boolean>;
}

/** VS Code, as far as the tools see it. */
const editor = vi.hoisted(() => ({
  tools: new Map<string, unknown>(),
  lm: undefined as object | undefined,
  documents: [] as unknown[],
}));

vi.mock('vscode', () => ({
  get lm() {
    return editor.lm;
  },
  workspace: {
    get textDocuments() {
      return editor.documents;
    },
  },
  Uri: { parse: (uri: string) => uri },
  Disposable: Object.assign(
    function Disposable() {
      return { dispose: () => undefined };
    },
    { from: () => ({ dispose: () => undefined }) },
  ),
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  LanguageModelTextPart: class {
    constructor(readonly value: string) {}
  },
  LanguageModelToolResult: class {
    constructor(readonly content: readonly object[]) {}
  },
}));

const MANIFEST = {
  contributes: { languageModelTools: [{ name: 'tool', displayName: 'Apply a fix' }] },
};

afterEach(() => {
  editor.tools.clear();
  editor.lm = undefined;
  editor.documents = [];
});

function document(uri: string, isDirty: boolean, saves = true): Document {
  return {
    ...{ uri, isDirty, saves },
    save() {
      if (this.saves) this.isDirty = false;
      return Promise.resolve(this.saves);
    },
  };
}

/** Registers the tool with a server that answers so. */
function register(answers: Readonly<Record<string, () => unknown>> | undefined): Tool {
  editor.lm = { registerTool: (name: string, tool: unknown) => editor.tools.set(name, tool) };
  const client = answers && {
    sendRequest: (method: string) => Promise.resolve(answers[method]?.() ?? null),
  };
  const session = { settled: () => Promise.resolve(), client } as unknown as Session;
  registerLanguageModelTools(session, { packageJSON: MANIFEST } as Extension<unknown>);
  return editor.tools.get('tool') as Tool;
}

describe('a tool of a language model', () => {
  it('asks the person before it writes, with the diff', async () => {
    const tool = register({
      [ToolQuestionRequest]: () => ({ title: 'Read the port', markdown: '```diff\n-1\n```' }),
    });
    expect(await tool.prepareInvocation({ input: {} })).toEqual({
      invocationMessage: 'Twelve-Factor: Apply a fix',
      confirmationMessages: { title: 'Read the port', message: { value: '```diff\n-1\n```' } },
    });
  });

  it('asks nothing where there is nothing to ask', async () => {
    const prepared = await register({}).prepareInvocation({ input: {} });
    expect(prepared).toEqual({ invocationMessage: 'Twelve-Factor: Apply a fix' });
  });

  it('saves what it has written, and nothing that the person had not saved', async () => {
    const mine = document('file:///mine', true);
    const other = document('file:///other', false);
    const written = document('file:///written', false);
    editor.documents = [mine, other, written];
    const tool = register({
      [ToolRequest]() {
        written.isDirty = other.isDirty = true;
        return { result: { applied: true }, written: [written.uri, mine.uri] };
      },
    });
    const { content } = await tool.invoke({ input: {} });
    expect(content).toEqual([{ value: '{"applied":true}' }]);
    expect([mine, other, written].map(({ isDirty }) => isDirty)).toEqual([true, true, false]);
  });

  it('says so where a file cannot be saved, the call is wrong, or the server does not run', async () => {
    const locked = document('file:///locked', false, false);
    editor.documents = [locked];
    const saving = register({
      [ToolRequest]() {
        locked.isDirty = true;
        return { result: {}, written: [locked.uri] };
      },
    });
    await expect(saving.invoke({ input: {} })).rejects.toThrow('could not be saved');
    const wrong = register({ [ToolRequest]: () => ({ problem: 'There is no rule x.' }) });
    await expect(wrong.invoke({ input: {} })).rejects.toThrow('There is no rule x.');
    await expect(register(undefined).invoke({ input: {} })).rejects.toThrow('not running');
  });

  it('is not there in older editors, which lose nothing else', () => {
    editor.lm = {};
    const session = { client: undefined } as unknown as Session;
    registerLanguageModelTools(session, { packageJSON: MANIFEST } as Extension<unknown>);
    expect(editor.tools.size).toBe(0);
  });
});
