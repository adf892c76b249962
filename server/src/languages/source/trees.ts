import type * as TypeScript from 'typescript';
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

  /** The tree of exactly this text, parsed when it is not at hand. */
  get(path: string, text: string): SourceSyntax {
    const known = this.recent.get(path);
    if (known?.text === text) return known;
    const syntax = parseSource(path, text);
    setParents(syntax.sourceFile);
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

function setParents(root: TypeScript.Node): void {
  const visit = (node: TypeScript.Node): void => {
    ts().forEachChild(node, (child) => {
      (child as { parent: TypeScript.Node }).parent = node;
      visit(child);
    });
  };
  visit(root);
}
