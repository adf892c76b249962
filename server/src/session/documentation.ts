import {
  ErrorCodes,
  ResponseError,
  type Connection,
  type ExecuteCommandParams,
} from 'vscode-languageserver';
import { ruleUrl } from '../base/rule-url';
import { hasPage } from '../engine/notices';
import type { Rule } from '../engine/rule';

/** Command of the server, for clients that have none of their own: opens a rule's page. Argument: the rule's id. */
export const OPEN_DOCUMENTATION = 'twelveFactor.openRuleDocumentation';

/**
 * Lets the client open the page of a rule outside of itself.
 * @param pages where they are; undefined for the usual place
 * @throws ResponseError for other commands, and for rules that there are not
 */
export async function openDocumentation(
  { command, arguments: [ruleId] = [] }: ExecuteCommandParams,
  rules: ReadonlyMap<string, Rule>,
  connection: Pick<Connection, 'window'>,
  pages: string | undefined,
): Promise<null> {
  if (command !== OPEN_DOCUMENTATION || typeof ruleId !== 'string' || !hasPage(ruleId, rules))
    throw new ResponseError(ErrorCodes.InvalidParams, `There is no such command or rule.`);
  await connection.window.showDocument({ uri: ruleUrl(ruleId, pages), external: true });
  return null;
}
