import { env, UIKind, Uri, version, window, workspace, type Extension } from 'vscode';
import type { Session } from './session';
import { inform } from './telling';

const OPEN_PAGE = 'Copy and Open Issues';

interface Manifest {
  readonly version: string;
  readonly bugs?: { readonly url?: string };
}

/**
 * Opens a report to be completed: versions and numbers, nothing of the project. The person reads it before anybody else does.
 * @param extension this one
 */
export async function reportIssue(session: Session, extension: Extension<unknown>): Promise<void> {
  const manifest = extension.packageJSON as Manifest;
  const content = reportText(session, manifest.version);
  const document = await workspace.openTextDocument({ language: 'markdown', content });
  await window.showTextDocument(document);
  const page = manifest.bugs?.url;
  if (page === undefined) return;
  const hint = 'Complete the report; nothing has been sent.';
  void inform(hint, OPEN_PAGE).then(async (choice) => {
    if (choice === undefined) return;
    await env.clipboard.writeText(document.getText());
    await env.openExternal(Uri.parse(`${page}/new`));
  });
}

function reportText({ status, serverVersion }: Session, own: string): string {
  const { state, analysed, findings, notAnalysed } = status;
  const folders = workspace.workspaceFolders ?? [];
  const kinds = [...new Set(folders.map(({ uri }) => uri.scheme))].sort().join(', ') || 'none';
  const facts = [
    ['Twelve-Factor', own],
    ['VS Code', `${version}${env.uiKind === UIKind.Web ? ', in a browser' : ''}`],
    ['Remote', env.remoteName ?? 'no'],
    ['Server', serverVersion ?? 'not running'],
    ['State', state],
    ['Folders', `${folders.length} (${kinds})`],
    ['Trusted', workspace.isTrusted ? 'yes' : 'no'],
    ['Files', String(analysed)],
    ['Findings', String(findings ?? 'unknown')],
    ['Not analysed', String(notAnalysed ?? 'unknown')],
  ];
  return `## What happened

<!-- What did you do, what did you expect? A small piece of code that shows it helps most; leave out what is secret. -->

## Versions

| | |
| --- | --- |
${facts.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}
`;
}
