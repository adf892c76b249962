// Counts what has to be read to change the product: lines of client and server without examples, comments and blank lines, as the
// formatter breaks them. `npm run count-lines [-- <folder of another checkout>]`
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FOLDERS = ['client/src', 'server/src'];
/** Files that hold examples and what they are made of, alone or beside a rule. */
const EXAMPLES = /(^|[./])[\w-]*example(s|-parts)\.ts$/;
const GENERATED = /(^|\/)rules\/index\.ts$/;

/** Lines of a file that hold a token of code which is no example. */
function codeLines(text: string): number {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'examples') return;
    if (node.getChildCount(source) > 0) {
      for (const child of node.getChildren(source)) if (!ts.isJSDoc(child)) visit(child);
      return;
    }
    if (node.kind === ts.SyntaxKind.EndOfFileToken || node.getWidth(source) === 0) return;
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const last = source.getLineAndCharacterOfPosition(node.end).line;
    for (let line = first; line <= last; line += 1) lines.add(line);
  };
  visit(source);
  return lines.size;
}

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const counts = new Map<string, number>();
for (const folder of FOLDERS)
  for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    const name = `${folder}/${path.replaceAll('\\', '/')}`;
    if (!name.endsWith('.ts') || EXAMPLES.test(name) || GENERATED.test(name)) continue;
    const part = name.split('/').slice(0, 3).join('/');
    const lines = codeLines(readFileSync(join(root, name), 'utf8'));
    counts.set(part, (counts.get(part) ?? 0) + lines);
  }
let total = 0;
for (const [part, lines] of [...counts].sort((a, b) => b[1] - a[1])) {
  total += lines;
  console.log(`${String(lines).padStart(7)}  ${part}`);
}
console.log(`${String(total).padStart(7)}  lines of code`);
