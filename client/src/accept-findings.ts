import { Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { AcceptFindingsRequest, type AcceptFindingsResult } from '../../server/src/protocol';
import { count } from './words';
import { inform } from './telling';

const ACCEPT = 'Accept';

/**
 * Writes the baselines that accept everything that is found now, and opens them for review.
 * @param given `accept`, where a person has said so already
 */
export async function acceptFindings(client: BaseLanguageClient, given?: unknown): Promise<void> {
  const { files } = await client.sendRequest<AcceptFindingsResult>(AcceptFindingsRequest);
  if (files.length === 0) {
    void inform('Twelve-Factor reports nothing that is not accepted.');
    return;
  }
  if (given !== 'accept' && !(await isWanted(files))) return;
  for (const { uri, text } of files) {
    const file = Uri.parse(uri, true);
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await window.showTextDocument(file, { preview: false });
  }
}

async function isWanted(files: AcceptFindingsResult['files']): Promise<boolean> {
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const gone = files.reduce((sum, file) => sum + file.gone, 0);
  const choice = await window.showInformationMessage(
    `Accept ${count(added, 'finding')}, and take out ${gone} that are gone?`,
    {
      modal: true,
      detail: 'They are listed in a file that belongs to the repository. What comes after is new.',
    },
    ACCEPT,
  );
  return choice === ACCEPT;
}
