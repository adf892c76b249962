import type { Hover } from 'vscode-languageserver';
import { factorInfo } from '../base/factors';
import { applyEdits, mergeFixes } from '../engine/edits/edits';
import type { Finding } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { markdownBlock, markdownCode, markdownMessage } from '../report/escape';
import type { ToRange } from './ranges';

const DIFF_CONTEXT = 1;
const MAX_DIFF_LINES = 24;

/**
 * What a person sees when pointing at findings, under the message that the editor shows itself: why it matters, what the
 * preferred fix would make of it.
 * @param findings those under the pointer
 * @param text of the file
 */
export function toHover(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, Rule>,
  text: string,
  toRange: ToRange,
):
  | (Hover & { readonly contents: { readonly kind: 'markdown'; readonly value: string } })
  | undefined {
  const [first] = findings;
  if (!first) return undefined;
  const value = findings
    .map((finding) => section(finding, rules.get(finding.ruleId), text))
    .join('\n\n---\n\n');
  return { contents: { kind: 'markdown', value }, range: toRange(first.span) };
}

function section(finding: Finding, rule: Rule | undefined, text: string): string {
  const { numeral, title, url } = factorInfo(finding.factor);
  const parts = [`[${numeral}. ${title}](${url}) · \`${finding.ruleId}\``];
  if (rule) parts.push(rule.why);
  const preview = fixPreview(finding, text);
  if (preview !== undefined) parts.push(preview);
  return parts.join('\n\n');
}

/** The preferred fix as a small diff of this file, with the other files it touches. */
function fixPreview(finding: Finding, text: string): string | undefined {
  const [fix] = finding.fixes;
  if (!fix) return undefined;
  const { changes } = mergeFixes([fix]);
  const own = changes.find((change) => change.kind === 'edit' && change.path === finding.path);
  const others = changes.filter((change) => change !== own).map(({ path }) => markdownCode(path));
  const title = markdownMessage(fix.title);
  const parts: string[] = [];
  if (own?.kind === 'edit') {
    const diff = smallDiff(text, applyEdits(text, own.edits));
    if (diff !== undefined) parts.push(`${title}:\n\n${markdownBlock('diff', diff)}`);
  }
  if (others.length > 0)
    parts.push(`${own ? 'Also changes' : `${title}: changes`} ${others.join(', ')}.`);
  return parts.length > 0 ? parts.join('\n\n') : undefined;
}

/** The changed lines with a line of context; undefined when the change is too large to be read in a hover. */
function smallDiff(before: string, after: string): string | undefined {
  const a = before.split(/\r?\n/);
  const b = after.split(/\r?\n/);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  if (endA - start + endB - start > MAX_DIFF_LINES) return undefined;
  return [
    ...a.slice(Math.max(0, start - DIFF_CONTEXT), start).map((line) => `  ${line}`),
    ...a.slice(start, endA).map((line) => `- ${line}`),
    ...b.slice(start, endB).map((line) => `+ ${line}`),
    ...a.slice(endA, endA + DIFF_CONTEXT).map((line) => `  ${line}`),
  ].join('\n');
}
