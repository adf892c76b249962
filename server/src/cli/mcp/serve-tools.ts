import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { version } from '../../../../package.json';
import type { AgentTools } from '../../workspace/agents/agent-tools';
import { TOOL_DESCRIPTIONS } from '../../workspace/agents/descriptions';

const INSTRUCTIONS =
  'Finds where a Node.js or TypeScript app breaks the twelve factors, and fixes it. List findings, explain their rules before you argue with them, preview a fix before you apply it, and list again afterwards. Prefer fixes of kind `safe`; say to the person what a `suggest` one changes.';

/**
 * Serves tools over the Model Context Protocol.
 * @returns when the other side is gone
 */
export async function serveTools(
  tools: Pick<AgentTools, 'call' | 'question'>,
  transport: Transport = standardTransport(),
): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the other one wants schemas of a library in place of JSON schemas
  const server = new Server(
    { name: 'twelve-factor', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolList() }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const { name, arguments: input = {} } = params;
    if (!TOOL_DESCRIPTIONS.some(([known]) => known === name))
      throw new McpError(ErrorCode.InvalidParams, `There is no tool ${name}`);
    const refusal = await refused(server, tools, name, input);
    const answer = refusal === undefined ? await tools.call(name, input) : { problem: refusal };
    return 'problem' in answer
      ? { content: [{ type: 'text', text: answer.problem }], isError: true }
      : { content: [{ type: 'text', text: JSON.stringify(answer.result) }] };
  });
  const closed = new Promise<void>((resolve) => (server.onclose = () => resolve()));
  await server.connect(transport);
  await closed;
}

/** Standard input and output; it ends with the input, which the library's does not notice. */
function standardTransport(): Transport {
  const transport = new StdioServerTransport();
  process.stdin.once('end', () => void transport.close());
  return transport;
}

function toolList(): Tool[] {
  return TOOL_DESCRIPTIONS.map(([name, { title, description, input, writes }]) => ({
    name,
    title,
    description,
    inputSchema: input as unknown as Tool['inputSchema'],
    annotations: {
      readOnlyHint: writes === 'nothing',
      destructiveHint: writes === 'files',
      idempotentHint: true,
      openWorldHint: false,
    },
  }));
}

/**
 * Asks the person, where the client can. One that cannot asks by itself before it calls what is not said to be read-only.
 * @returns why not; undefined where nothing is in the way
 */
async function refused(
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- as above
  server: Server,
  tools: Pick<AgentTools, 'question'>,
  name: string,
  input: unknown,
): Promise<string | undefined> {
  if (server.getClientCapabilities()?.elicitation === undefined) return undefined;
  const question = await tools.question(name, input);
  if (!question) return undefined;
  const { action } = await server.elicitInput({
    message: `${question.title}?\n\n${question.diff}`,
    requestedSchema: { type: 'object', properties: {} },
  });
  return action === 'accept' ? undefined : 'The person did not agree. Nothing was done.';
}
