/** How findings reach the client: it asks for them, or they are sent. */
export interface DiagnosticsOutput {
  /** A document was opened or typed into. */
  documentChanged(uri: string): void;
  /** A document was closed: from now on the file on disk counts. */
  documentClosed(uri: string): void;
  /** The background analysis came to new results. */
  analysisChanged(): void;
  dispose(): void;
}
