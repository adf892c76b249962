import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileReport } from '../engine/analyzer';
import type { Located, Workspace } from '../workspace/workspace';
import type { Background } from './background';

/** An open document with what is known of it; both belong to the same text as long as nothing is awaited. */
export interface OpenReport extends Located {
  readonly document: TextDocument;
  /** Undefined when the file is not analysed. */
  readonly report: FileReport | undefined;
}

/** Keeps the analysis of open documents at the text they have right now. */
export class OpenDocuments {
  /** @param background works out what was typed means elsewhere, and what a file is that no update knows yet */
  constructor(
    private readonly documents: TextDocuments<TextDocument>,
    private readonly workspace: Workspace,
    private readonly background: Pick<Background, 'update' | 'updateAfterTyping' | 'updateSoon'>,
  ) {}

  /**
   * @param when `early`: with what can be said before all files are known; `settled`: when they are
   * @returns undefined for documents that are closed or in no folder
   */
  async report(uri: string, when: 'early' | 'settled'): Promise<OpenReport | undefined> {
    const located = this.workspace.locate(uri);
    if (!located) return undefined;
    const { root, path } = located;
    await (when === 'early' ? root.readyFor(path) : root.ready());
    if (root.isKnown && this.documents.get(uri) && root.isNew(path))
      await this.background.update(root);
    // Documents change at every await: from here on nothing is awaited.
    const document = this.documents.get(uri);
    if (!document) return undefined;
    const text = document.getText();
    const isTyped = root.analyzer.text(path) !== text;
    const report = root.open(path, text);
    if (root.isKnown && root.analyzer.needsUpdate) {
      if (isTyped) this.background.updateAfterTyping(root);
      else this.background.updateSoon(root);
    }
    return { root, path, document, report };
  }

  /**
   * An open document as it is, with what is known of its project; nothing is analysed for it.
   * @returns undefined for documents that are closed or in no folder
   */
  async current(uri: string): Promise<Omit<OpenReport, 'report'> | undefined> {
    const located = this.workspace.locate(uri);
    if (!located) return undefined;
    await located.root.readyFor(located.path);
    const document = this.documents.get(uri);
    return document && { ...located, document };
  }

  /** Brings every open document of a root to its current text, so that edits made right afterwards fit. */
  sync(): void {
    for (const document of this.documents.all()) {
      const located = this.workspace.locate(document.uri);
      located?.root.open(located.path, document.getText());
    }
  }
}
