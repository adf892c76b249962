import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createAnalyzer } from '../../engine/create-analyzer';
import type { Rule } from '../../engine/rule';
import { createNodeHost } from '../../host-node';
import { visibleLines } from '../../report/escape';
import { AgentTools, type AgentProject } from '../../workspace/agents/agent-tools';
import { readEditorSettings } from '../../workspace/editor-settings';
import { Workspace } from '../../workspace/workspace';
import { existingFolder } from '../folder';
import type { Terminal } from '../terminal';
import { writeChanges } from '../write-changes';

/**
 * Serves agents over the Model Context Protocol until they say to stop.
 * @param dir the folder that they may ask about and change
 * @param transport standard input and output by default
 * @throws UsageError when there is no such folder
 */
export async function serveAgents(
  dir: string,
  rules: readonly Rule[],
  terminal: Terminal,
  transport?: Transport,
): Promise<void> {
  const folder = await existingFolder(dir, terminal.cwd);
  // The protocol's library is a bundle of its own: no other command needs it.
  const { serveTools } = await import('./serve-tools');
  await serveTools(new AgentTools(projectOf(folder, rules, terminal)), transport);
}

function projectOf(
  folder: string,
  rules: readonly Rule[],
  { err, shipped }: Terminal,
): AgentProject {
  const error = (message: string): void => err.write(`twelve-factor: ${visibleLines(message)}\n`);
  const workspace = new Workspace({
    host: createNodeHost(),
    rules,
    createAnalyzer: () => createAnalyzer(rules, { error }),
    opening: () => Promise.resolve(),
    documents: () => [],
    settings: () => Promise.resolve(readEditorSettings({}, rules)),
    progress: () => undefined,
    settled: (_, failure) =>
      failure === undefined
        ? undefined
        : error(failure instanceof Error ? failure.message : 'The analysis failed.'),
    warn: error,
  });
  workspace.setRoots([pathToFileURL(folder).href]);
  return {
    ...{ workspace, rules },
    async refresh() {
      // Nobody tells what changed on the disk. What is the same is not parsed again.
      for (const root of workspace.roots) root.forgetFiles();
      await Promise.all(workspace.roots.map((root) => root.schedule()));
    },
    page: (name) => shipped(`docs/rules/${name}.md`),
    async apply(root, changes) {
      await writeChanges(fileURLToPath(root.uri), changes, (path) => root.analyzer.text(path));
    },
  };
}
