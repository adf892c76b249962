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

/** Gives HTTP servers that TypeScript does not take for Node's a name as such. */
export function knownServers(
  syntax: SourceSyntax,
  style: SourceStyle,
  closers: readonly Closer[],
): KnownServers {
  const unknown = closers.find((one) => one.httpCast !== undefined && one.http !== undefined);
  if (style.language !== 'ts' || unknown?.http === undefined)
    return { closers, imports: [], prelude: '' };
  const { edits, annotation } = typeImport(syntax, style, 'http', 'Server', 'HttpServer');
  const name = freeName(syntax, 'httpServer', 'nodeServer');
  const type = annotation.replace(/^: /, '');
  return {
    closers: closers.map((one) => (one === unknown ? { ...one, http: name } : one)),
    imports: edits,
    prelude: `${style.constant} ${name} = ${unknown.http} ${unknown.httpCast ?? 'as'} ${type}${style.semicolon}\n`,
  };
}
