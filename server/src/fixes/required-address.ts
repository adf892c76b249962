import type { FileChange, TextEdit } from '../engine/finding';
import { importName } from './code/imports';
import { requireHelper } from './code/require-helper';
import { specifierFor } from './code/specifier';
import { quoted } from './code/style';
import { environmentAccess } from './environment/environment-access';
import { runsBeforeEnvironmentFile } from './environment/environment-order';
import { requiredSetting } from './environment/read-config';
import { guardText } from './environment/require-function';
import type { ServiceSite } from './service-site';

/** Code that reads the address of a service. */
export interface RequiredAddress {
  readonly text: string;
  readonly imports: readonly TextEdit[];
  /** Lines without indentation that stop the start without it; they stand in front of what uses the address. */
  readonly statements: readonly string[];
  /** What changes elsewhere: the package's config module. */
  readonly changes: readonly FileChange[];
}

/**
 * Reads the address of a service that the process cannot do without: a default would be this machine's, silently. By the
 * package's config module or its own helper (`requireEnv('X')`), else behind a check.
 */
export function requiredAddress(
  { model, path, syntax, style }: ServiceSite,
  name: string,
): RequiredAddress {
  const setting = requiredSetting(model, path, name);
  if (setting) {
    const { edits, text } = importName(syntax, style, setting.request);
    const read = setting.read(text, style);
    return { text: read, imports: edits, statements: [], changes: setting.changes };
  }
  const read = environmentAccess(model, path)?.read(name) ?? `process.env.${name}`;
  const plain = { text: read, imports: [], statements: [], changes: [] };
  // Before the `.env` is loaded a check would stop every start that takes its values from there.
  if (runsBeforeEnvironmentFile(model, path)) return plain;
  const helper = requireHelper(model, path);
  if (!helper || helper.path === path)
    return { ...plain, statements: [guardText(read, name, style)] };
  const imported = importName(syntax, style, {
    specifier: specifierFor(model, path, helper.path),
    name: helper.exported ?? 'default',
    local: helper.name,
  });
  return { ...plain, text: `${imported.text}(${quoted(name, style)})`, imports: imported.edits };
}
