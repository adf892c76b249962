import type { Span } from '../base/span';

/** A run of decoded text and where it stands in the file. Equal lengths map one to one, else the run maps as a whole. */
export interface TextPiece {
  readonly text: string;
  readonly span: Span;
}

/**
 * Text taken out of another syntax (a JSON string, a YAML scalar, a continued Dockerfile line) that still knows where each
 * of its characters stands in the file.
 */
export interface MappedText {
  readonly text: string;
  readonly pieces: readonly TextPiece[];
}

/**
 * Text that stands in the file as it is.
 * @param offset where `text` begins in the file
 */
export function plainText(text: string, offset: number): MappedText {
  return { text, pieces: [{ text, span: { start: offset, end: offset + text.length } }] };
}

/** Text that stands in the file in some other spelling; every part of it maps to the whole span. */
export function opaqueText(text: string, span: Span): MappedText {
  return { text, pieces: [{ text, span }] };
}

/** Joins runs; an empty list maps to `at`. */
export function fromPieces(pieces: readonly TextPiece[], at: number): MappedText {
  if (pieces.length === 0) return plainText('', at);
  return { text: pieces.map((piece) => piece.text).join(''), pieces: mergeNeighbours(pieces) };
}

/**
 * Where a part of the decoded text stands in the file.
 * @param start offset in `mapped.text`
 * @param end offset in `mapped.text`, exclusive
 */
export function sourceSpan(mapped: MappedText, start: number, end: number): Span {
  let at = 0;
  let from: number | undefined;
  let to: number | undefined;
  for (const piece of mapped.pieces) {
    const length = piece.text.length;
    const exact = length === piece.span.end - piece.span.start;
    const inside = start >= at && (start < at + length || (start === end && start === at + length));
    if (from === undefined && inside)
      from = exact ? piece.span.start + start - at : piece.span.start;
    if (end > at && end <= at + length) {
      to = exact ? piece.span.start + end - at : piece.span.end;
      break;
    }
    at += length;
  }
  const first = mapped.pieces[0]?.span.start ?? 0;
  const last = mapped.pieces.at(-1)?.span.end ?? first;
  from ??= start <= 0 ? first : last;
  return { start: from, end: Math.max(from, start === end ? from : (to ?? last)) };
}

/** A part of mapped text, still mapped. Offsets are in `mapped.text`. */
export function sliceText(mapped: MappedText, start: number, end: number): MappedText {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const piece of mapped.pieces) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + piece.text.length);
    if (from < to) {
      const exact = piece.text.length === piece.span.end - piece.span.start;
      pieces.push({
        text: piece.text.slice(from - at, to - at),
        span: exact
          ? { start: piece.span.start + from - at, end: piece.span.start + to - at }
          : piece.span,
      });
    }
    at += piece.text.length;
  }
  return fromPieces(pieces, sourceSpan(mapped, start, start).start);
}

/** How the spelling in the file differs from the decoded text. */
export interface AlignOptions {
  /** Characters that may stand in the source without counterpart (quotes, backslashes, indentation). */
  readonly skippable: RegExp;
  /** Reads an escape at a source offset: its decoded text and its length in the source. */
  readonly escape?: (
    source: string,
    at: number,
  ) => { readonly text: string; readonly length: number } | undefined;
}

/**
 * Finds for each character of a decoded text its place in the source that spells it.
 * @param source the file's text
 * @param span where the spelling stands
 * @param value the decoded text
 * @returns the mapping; the whole span for every character when the two cannot be matched
 */
export function alignText(
  source: string,
  span: Span,
  value: string,
  options: AlignOptions,
): MappedText {
  const pieces: TextPiece[] = [];
  let at = span.start;
  let done = 0;
  while (done < value.length && at < span.end) {
    const escape = options.escape?.(source, at);
    if (escape && value.startsWith(escape.text, done)) {
      if (escape.text) {
        pieces.push({ text: escape.text, span: { start: at, end: at + escape.length } });
      }
      done += escape.text.length;
      at += escape.length;
      continue;
    }
    const char = source[at] ?? '';
    const wanted = value[done] ?? '';
    // A folded line break reads as a space.
    if (char === wanted || (wanted === ' ' && (char === '\n' || char === '\r'))) {
      pieces.push({ text: wanted, span: { start: at, end: at + 1 } });
      done += 1;
      at += 1;
    } else if (options.skippable.test(char)) {
      at += 1;
    } else {
      return opaqueText(value, span);
    }
  }
  return done === value.length ? fromPieces(pieces, span.start) : opaqueText(value, span);
}

function mergeNeighbours(pieces: readonly TextPiece[]): TextPiece[] {
  const merged: TextPiece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const bothExact =
      last &&
      last.text.length === last.span.end - last.span.start &&
      piece.text.length === piece.span.end - piece.span.start;
    if (last && bothExact && last.span.end === piece.span.start) {
      merged[merged.length - 1] = {
        text: last.text + piece.text,
        span: { start: last.span.start, end: piece.span.end },
      };
    } else {
      merged.push(piece);
    }
  }
  return merged;
}
