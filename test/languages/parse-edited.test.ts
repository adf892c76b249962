import type * as TypeScript from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseEdited, parseSource } from '../../server/src/languages/source/parse';
import type { SourceSyntax } from '../../server/src/languages/source/syntax';
import { loadTypeScript, ts } from '../../server/src/languages/source/ts';
import { Random } from '../helpers/random';

beforeAll(() => loadTypeScript());

/** Every node with its place, and the errors. */
function shapeOf({ sourceFile }: SourceSyntax): string {
  const lines: string[] = [];
  const visit = (node: TypeScript.Node, depth: number): void => {
    lines.push(`${' '.repeat(depth)}${ts().SyntaxKind[node.kind]} ${node.pos}-${node.end}`);
    ts().forEachChild(node, (child) => visit(child, depth + 1));
  };
  visit(sourceFile, 0);
  return lines.join('\n');
}

const TEXT = `import express, { type Request } from 'express';
@Injectable()
export class Shop<T extends object = {}> {
  private readonly hits = new Map<string, number>();
  constructor(private readonly url = process.env.URL ?? 'http://localhost') {}
  async *all(request: Request): AsyncGenerator<T> {
    for await (const each of this.read(\`\${this.url}/\${request.ip}\`)) yield each as T;
  }
}
const app = express();
app.get('/:id', async (request, response, next) => {
  try {
    const { id = 1, ...rest } = request.params;
    response.send(id > 2 ? await load(id) : { ...rest, re: /a[/]b/g });
  } catch (error) {
    next(error);
  }
});
function load(id) {
  return new Promise((resolve) => setTimeout(() => resolve(id), 10));
}
export default app;
`;
const BITS = [
  'x',
  ' ',
  '\n',
  '(',
  ')',
  '{',
  '}',
  "'",
  '`',
  '/',
  '<T>',
  'await ',
  'async ',
  '=>',
  ';',
  '@a ',
  '//',
  '${',
  'export ',
  'yield ',
];

describe('a file that was edited', () => {
  it.each(['server.ts', 'server.tsx', 'server.js'])('parses as if it were new: %s', (path) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = new Random(seed);
      let syntax = parseSource(path, TEXT);
      for (let edit = 0; edit < 12; edit += 1) {
        const { text } = syntax;
        const at = random.below(text.length + 1);
        const removed = random.chance(0.4) ? random.below(20) : 0;
        const added = random.chance(0.7) ? random.of(BITS) : '';
        const next = text.slice(0, at) + added + text.slice(at + removed);
        syntax = parseEdited(syntax, next);
        expect(shapeOf(syntax), `seed ${seed}, edit ${edit}`).toBe(
          shapeOf(parseSource(path, next)),
        );
      }
    }
  });

  it('does not take over a statement that an error had ended too early', () => {
    const good = `async function send(client, request) {
  const key = 'a';
  const [result] = await client.match<
    Created,
    | Denied
    | Missing
  >(
    request,
  );
  return [key, result];
}
`;
    for (const typed of ['a', 'async', '{', 'x =', '(', 'case '])
      for (const place of ['Created,', '| Denied', '>(', 'request,\n']) {
        const at = good.lastIndexOf(place) + place.length;
        const broken = good.slice(0, at) + typed + good.slice(at);
        let syntax = parseSource('send.ts', good);
        for (const next of [broken, good, broken, good]) {
          syntax = parseEdited(syntax, next);
          expect(shapeOf(syntax), next).toBe(shapeOf(parseSource('send.ts', next)));
        }
      }
  });

  it('keeps most of the old tree, also where there are errors', () => {
    const before = parseSource('server.ts', TEXT);
    const [, shop] = before.sourceFile.statements;
    const after = parseEdited(before, TEXT.replace('resolve(id)', 'resolve(id'));
    const later = parseEdited(after, TEXT.replace('resolve(id)', 'resolve(id +'));
    expect(later.sourceFile.statements[1]).toBe(shop);
  });

  it('keeps most of the old tree', () => {
    const before = parseSource('server.ts', TEXT);
    const [, shop] = before.sourceFile.statements;
    const after = parseEdited(before, TEXT.replace('resolve(id)', 'resolve(id + 1)'));
    expect(after.sourceFile.statements[1]).toBe(shop);
  });
});
