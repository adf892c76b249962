/** Places in texts: offsets are UTF-16 code units, 0-based, in the text of the file they point into. */

/** A half-open range `[start, end)` of UTF-16 offsets, 0-based. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a file of the analysed root. `path` is relative to the root, with `/`. */
export interface Location {
  readonly path: string;
  readonly span: Span;
}

/** A place that has to do with another one, and what. */
export interface RelatedLocation extends Location {
  readonly message: string;
  /** One step of a way that leads, in the order of these, to the place that it has to do with. */
  readonly isStep?: true;
}

/** Is the inner range within the outer one, or the same? */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
