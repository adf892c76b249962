import type * as TypeScript from 'typescript';

/** A parsed TypeScript/JavaScript file whose nodes have `parent` set. Never kept longer than the cache keeps it. */
export interface SourceSyntax {
  readonly path: string;
  readonly text: string;
  readonly sourceFile: TypeScript.SourceFile;
  /** Vue, Svelte and Astro files: only the script parts are parsed; everything else is blanked, so offsets stay true. */
  readonly embedded: boolean;
  /** Why there is no tree, but for that of an empty file. */
  readonly notParsed?: string;
}
