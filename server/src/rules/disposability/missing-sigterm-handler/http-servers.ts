import type { TextEdit } from '../../../engine/finding';
import type { Closer } from '../../../fixes/closers';
import { freeName } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { typeImport } from './tracking';

/** Closers whose HTTP servers TypeScript takes for Node's. */
export interface KnownServers {
  readonly closers: readonly Closer[];
  readonly imports: readonly TextEdit[];
  /** Lines for in front of the handler, with `\n` at their end. */
  readonly prelude: string;
}

/** Gives HTTP servers that are typed as one of several kinds a name as Node's own. */
export function knownServers(
  syntax: SourceSyntax,
  style: SourceStyle,
  closers: readonly Closer[],
): KnownServers {
  const unknown = closers.find((one) => one.httpIsUnion && one.http !== undefined);
  if (style.language !== 'ts' || unknown?.http === undefined)
    return { closers, imports: [], prelude: '' };
  const { edits, annotation } = typeImport(syntax, style, 'http', 'Server', 'HttpServer');
  const name = freeName(syntax, 'httpServer', 'nodeServer');
  const type = annotation.replace(/^: /, '');
  return {
    closers: closers.map((one) => (one === unknown ? { ...one, http: name } : one)),
    imports: edits,
    prelude: `${style.constant} ${name} = ${unknown.http} as ${type}${style.semicolon}\n`,
  };
}
