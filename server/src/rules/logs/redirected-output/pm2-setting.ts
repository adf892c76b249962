import { fileKind } from '../../../base/file-names';
import { removal } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { removeFromList } from '../../../fixes/code/lists';
import { wholeLines, lineEnd } from '../../../fixes/code/text';
import type { Pm2App } from '../../../project/manifests/pm2';

/** Takes a setting of a pm2 app out, in each of the three syntaxes of ecosystem files. */
export function removeSetting(text: string, app: Pm2App, name: string): TextEdit[] {
  const setting = app.settings.get(name);
  if (!setting) return [];
  if (fileKind(app.path) === 'yaml') {
    const { start } = setting.span;
    // The first entry of an item shares its line with the dash.
    const isAlone = /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));
    return isAlone
      ? [removal(wholeLines(text, { start, end: lineEnd(text, setting.span.end) }))]
      : [];
  }
  const items = [...app.settings.values()]
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start);
  return removeFromList({ text, span: app.span, items }, items.indexOf(setting.span));
}
