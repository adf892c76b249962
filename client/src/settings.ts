import { workspace, type ConfigurationScope } from 'vscode';

/** Prefix of every setting; the server synchronises the same section. */
export const SECTION = 'twelveFactor';

/** When the findings of an open document are refreshed. */
export type RunMode = 'onType' | 'onSave';

/** The settings that the client itself reads; the rest is the server's. */
export interface ClientSettings {
  readonly run: RunMode;
}

/**
 * Reads the settings as they are now.
 * @param scope the file or folder they are for; without it, the window's
 */
export function readSettings(scope?: ConfigurationScope): ClientSettings {
  const section = workspace.getConfiguration(SECTION, scope);
  return {
    run: section.get<RunMode>('run', 'onType'),
  };
}
