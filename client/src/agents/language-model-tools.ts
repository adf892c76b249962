import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  ToolQuestionRequest,
  ToolRequest,
  type ToolParams,
  type ToolQuestionResult,
  type ToolResult,
} from '../../../server/src/protocol';
import type { Session } from '../session';

/** What VS Code has of tools since 1.95, as far as it is used here; older editors have none of it, and lose only this. */
interface LanguageModelApi {
  readonly lm?: { readonly registerTool?: (name: string, tool: Tool) => vscode.Disposable };
  readonly LanguageModelTextPart: new (value: string) => object;
  readonly LanguageModelToolResult: new (content: readonly object[]) => object;
}

interface Tool {
  prepareInvocation(options: ToolOptions, token: vscode.CancellationToken): Promise<Prepared>;
  invoke(options: ToolOptions, token: vscode.CancellationToken): Promise<object>;
}

interface ToolOptions {
  readonly input: unknown;
}

interface Prepared {
  readonly invocationMessage: string;
  readonly confirmationMessages?: {
    readonly title: string;
    readonly message: vscode.MarkdownString;
  };
}

interface Manifest {
  readonly contributes: {
    readonly languageModelTools: readonly { readonly name: string; readonly displayName: string }[];
  };
}

/**
 * Offers the tools of the manifest to language models; the server does what they say.
 * @param extension this one
 */
export function registerLanguageModelTools(
  session: Session,
  extension: vscode.Extension<unknown>,
): vscode.Disposable {
  const api = vscode as unknown as LanguageModelApi;
  const register = api.lm?.registerTool;
  if (!register) return new vscode.Disposable(() => undefined);
  const { languageModelTools } = (extension.packageJSON as Manifest).contributes;
  return vscode.Disposable.from(
    ...languageModelTools.map(({ name, displayName }) =>
      register(name, {
        async prepareInvocation({ input }, token) {
          const client = await runningClient(session);
          const params: ToolParams = { name, input };
          const question = await client.sendRequest<ToolQuestionResult>(
            ToolQuestionRequest,
            params,
            token,
          );
          const invocationMessage = `Twelve-Factor: ${displayName}`;
          if (!question) return { invocationMessage };
          const { title, markdown } = question;
          const message = new vscode.MarkdownString(markdown);
          return { invocationMessage, confirmationMessages: { title, message } };
        },
        async invoke({ input }, token) {
          const result = await call(await runningClient(session), { name, input }, token);
          return new api.LanguageModelToolResult([
            new api.LanguageModelTextPart(JSON.stringify(result)),
          ]);
        },
      }),
    ),
  );
}

/** @throws Error with what is wrong; the model is told */
async function call(
  client: BaseLanguageClient,
  params: ToolParams,
  token: vscode.CancellationToken,
): Promise<object> {
  const unsaved = new Set(dirtyDocuments());
  const answer = await client.sendRequest<ToolResult>(ToolRequest, params, token);
  if ('problem' in answer) throw new Error(answer.problem);
  // Agents go on with what is on the disk. What the person has not saved is left to the person.
  const written = new Set(answer.written.map((uri) => vscode.Uri.parse(uri, true).toString()));
  for (const document of dirtyDocuments()) {
    if (unsaved.has(document) || !written.has(document.uri.toString())) continue;
    if (!(await document.save()))
      throw new Error(`${document.uri.toString()} is edited, but could not be saved.`);
  }
  return answer.result;
}

function dirtyDocuments(): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
}

/** @throws Error where there is none */
async function runningClient(session: Session): Promise<BaseLanguageClient> {
  // A tool can be what activates the extension.
  await session.settled();
  if (session.client) return session.client;
  throw new Error('Twelve-Factor is not running; its output says why.');
}
