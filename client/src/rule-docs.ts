import { commands, Uri, workspace, type Disposable } from 'vscode';

const SCHEME = 'twelve-factor-rule';

/**
 * Where diagnostics lead: the pages that ship with the extension, opened in the editor. `configurationDefaults` of the manifest show
 * them as previews.
 */
export const RULE_PAGES = `${SCHEME}:/{page}.md`;

/** Where the rules' pages lie in the extension. */
export function pageFolder(extension: Uri): Uri {
  return Uri.joinPath(extension, 'docs/rules');
}

/**
 * Serves the rules' pages, which ship with the extension, as read-only documents.
 * @param extension its folder, on a disk or on the web
 */
export function registerRuleDocs(extension: Uri): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent({ path }) {
      const page = Uri.joinPath(pageFolder(extension), path);
      return new TextDecoder().decode(await workspace.fs.readFile(page));
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
