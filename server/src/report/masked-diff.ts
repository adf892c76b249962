import type { FileChange } from '../engine/finding';
import { markedValues, maskedText, maskedValues } from '../engine/masked';
import type { ReportInput } from './report';
import { unifiedDiff } from './unified-diff';

/**
 * What changes would do, as a unified diff in which credentials are masked.
 * @param analysed all findings of the folder: what any of them marks as a credential is masked
 */
export function maskedDiff(
  changes: readonly FileChange[],
  { findings, rules, text }: Pick<ReportInput, 'findings' | 'rules' | 'text'>,
): string {
  const values = markedValues(findings, rules, text);
  const masked = (path: string, part: string): string =>
    maskedValues(maskedText(path, part, [], rules), values);
  return changes
    .map((change) => {
      const { path } = change;
      if (change.kind === 'create')
        return unifiedDiff({ ...change, text: masked(path, change.text) }, '');
      const edits = change.edits.map((edit) => ({ ...edit, newText: masked(path, edit.newText) }));
      const own = findings.filter((finding) => finding.path === path);
      return unifiedDiff({ ...change, edits }, maskedText(path, text(path) ?? '', own, rules));
    })
    .join('');
}
