import { commands, Uri, workspace, type Disposable } from 'vscode';
import {
  RuleDocsRequest,
  type RuleDocsParams,
  type RuleDocsResult,
} from '../../server/src/protocol';
import type { Session } from './session';

const SCHEME = 'twelve-factor-rule';

/** Serves the rules' pages as read-only documents, from the server that knows the rules. */
export function registerRuleDocs(session: Session): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri, token) {
      const params: RuleDocsParams = { ruleId: ruleOf(uri) };
      const { client } = session;
      if (client === undefined) return 'Twelve-Factor is not running.';
      const page = await client.sendRequest<RuleDocsResult>(RuleDocsRequest, params, token);
      return page.markdown;
    },
  });
}

/** Opens a rule's page as a Markdown preview; as plain text where VS Code's Markdown extension is switched off. */
export async function showRuleDocs(ruleId: string): Promise<void> {
  const uri = Uri.from({ scheme: SCHEME, path: `/${ruleId}.md` });
  try {
    // It is no use to ask whether there is this command: what activates an extension is listed only afterwards.
    await commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await commands.executeCommand('vscode.open', uri);
  }
}

function ruleOf(uri: Uri): string {
  return uri.path.replace(/^\//, '').replace(/\.md$/, '');
}
