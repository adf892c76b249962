import { LSPErrorCodes, ResponseError, type Connection } from 'vscode-languageserver';
import type { Rule } from '../engine/rule';
import { markdownBlock } from '../report/escape';
import {
  ReadFileRequest,
  type ReadFileResult,
  type ToolParams,
  type ToolQuestionResult,
  type ToolResult,
} from '../protocol';
import { AgentTools, type AgentProject } from '../workspace/agents/agent-tools';
import { maxBytes } from '../workspace/readable';
import { fileUri } from '../workspace/root-uri';
import type { Workspace } from '../workspace/workspace';
import type { ClientFeatures } from './client-features';
import type { Edits } from './edits';
import type { OpenDocuments } from './open-documents';

/** Answers what the client's language models call. Files are changed by the client, so that people see it and can undo it. */
export class EditorAgents {
  constructor(
    private readonly connection: Pick<Connection, 'sendRequest' | 'workspace'>,
    private readonly workspace: Workspace,
    private readonly open: Pick<OpenDocuments, 'sync'>,
    private readonly edits: Edits,
    private readonly rules: readonly Rule[],
    private readonly features: () => Pick<ClientFeatures, 'pageFolder'>,
  ) {}

  async call({ name, input }: ToolParams): Promise<ToolResult> {
    const written: string[] = [];
    const answer = await new AgentTools(this.project(written)).call(name, input);
    return 'problem' in answer ? answer : { ...answer, written };
  }

  async question({ name, input }: ToolParams): Promise<ToolQuestionResult> {
    const question = await new AgentTools(this.project([])).question(name, input);
    if (!question) return null;
    return { title: question.title, markdown: markdownBlock('diff', question.diff) };
  }

  /** @param written gets the URIs of what was changed */
  private project(written: string[]): AgentProject {
    const { connection, edits, open, rules, workspace } = this;
    return {
      ...{ workspace, rules },
      async refresh() {
        await Promise.all(workspace.roots.map((root) => root.schedule()));
        // What was typed meanwhile counts.
        open.sync();
      },
      page: (name) => this.page(name),
      async apply(root, changes) {
        const edit = edits.of(root, changes);
        if (!edit)
          throw new ResponseError(
            LSPErrorCodes.RequestFailed,
            'A file has changed meanwhile, or this editor cannot make the edit. Nothing was done.',
          );
        const { applied } = await connection.workspace.applyEdit({ edit, label: 'Twelve-Factor' });
        if (!applied)
          throw new ResponseError(LSPErrorCodes.RequestFailed, 'The edit was not applied.');
        written.push(...changes.map(({ path }) => workspace.uriOf(root, path)));
      },
    };
  }

  /** Pages ship with the client, which may be all that can read them. */
  private async page(name: string): Promise<string | undefined> {
    const { pageFolder } = this.features();
    if (pageFolder === undefined) return undefined;
    const path = `${name}.md`;
    const read = await this.connection.sendRequest<ReadFileResult>(ReadFileRequest, {
      uri: fileUri(pageFolder, path),
      maxBytes: maxBytes(path),
    });
    return read.kind === 'text' ? read.text : undefined;
  }
}
