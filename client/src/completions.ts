import { workspace, type CompletionItem, type Position, type TextDocument } from 'vscode';

/**
 * The variables that VS Code's own TypeScript does not offer as well: in JavaScript that it does not check, it offers every name of the
 * file behind every dot (`javascript.suggest.names`).
 * @param position where a name is being typed
 */
export function besideTypeScript(
  items: readonly CompletionItem[],
  document: TextDocument,
  position: Position,
): CompletionItem[] {
  const isJavaScript = document.languageId.startsWith('javascript');
  const text = document.getText();
  const isChecked = text.split('\n').some((line) => /^\s*\/\/\s*@ts-check\b/.test(line));
  const settings = workspace.getConfiguration('javascript', document);
  const offersNames = isJavaScript && !isChecked && settings.get<boolean>('suggest.names', true);
  if (!offersNames) return [...items];
  const typed = document.getWordRangeAtPosition(position, /\w+/);
  const before = text.slice(0, document.offsetAt(typed?.start ?? position));
  const after = text.slice(document.offsetAt(typed?.end ?? position));
  const code = `${before} ${after}`.split('\n').map(withoutComment).join('\n');
  const names = new Set(code.match(/[\w$]+/g));
  return items.filter(({ label }) => !names.has(typeof label === 'string' ? label : label.label));
}

function withoutComment(line: string): string {
  const at = line.indexOf('//');
  return at < 0 || line[at - 1] === ':' ? line : line.slice(0, at);
}
