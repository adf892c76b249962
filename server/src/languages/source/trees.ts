import type * as TypeScript from 'typescript';
import { MOST_TREE_LEVELS, TREE_TOO_DEEP } from '../nesting';
import { parseSource } from './parse';
import type { SourceSyntax } from './syntax';
import { ts } from './ts';

/** A few recent trees by path and text; trees are large, so everything older is parsed again when a fix asks for it. */
export class SourceTrees {
  private readonly recent = new Map<string, SourceSyntax>();

  constructor(private readonly capacity: number) {}

  /** Keeps a tree whose parents are set. */
  add(syntax: SourceSyntax): void {
    this.recent.delete(syntax.path);
    this.recent.set(syntax.path, syntax);
    for (const path of this.recent.keys()) {
      if (this.recent.size <= this.capacity) break;
      this.recent.delete(path);
    }
  }

  /** The tree of exactly this text, parsed when it is not at hand; that of an empty file where it is too deep to be walked. */
  get(path: string, text: string): SourceSyntax {
    const known = this.recent.get(path);
    if (known?.text === text) return known;
    const parsed = parseSource(path, text);
    const syntax = setParents(parsed.sourceFile)
      ? parsed
      : { ...parseSource(path, ''), text, notParsed: TREE_TOO_DEEP };
    this.add(syntax);
    return syntax;
  }

  /** Hands over the tree of an older text, for one that is made of it. */
  take(path: string): SourceSyntax | undefined {
    const known = this.recent.get(path);
    this.recent.delete(path);
    return known;
  }

  /** Forgets the tree of a file that is gone. */
  delete(path: string): void {
    this.recent.delete(path);
  }
}

/** @returns false, and nothing useful, where the tree is deeper than walks may go */
function setParents(root: TypeScript.Node): boolean {
  const visit = (node: TypeScript.Node, depth: number): boolean =>
    depth <= MOST_TREE_LEVELS &&
    ts().forEachChild(node, (child) => {
      (child as { parent: TypeScript.Node }).parent = node;
      return visit(child, depth + 1) ? undefined : 'too deep';
    }) === undefined;
  return visit(root, 0);
}
