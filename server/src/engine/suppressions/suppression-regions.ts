import type { Span } from '../../base/span';
import type { Directive } from './directives';
import { linesOf } from '../lines';

/** Where a directive counts for one rule, or for all. */
export interface Region extends Span {
  readonly directive: Directive;
  /** Undefined: every rule. */
  readonly rule: string | undefined;
  /** Rules that an `enable` took out again, and where. */
  readonly except: Map<string, number>;
  used: boolean;
}

/** Where the directives of a file count, and which belong together. */
export interface Regions {
  readonly regions: readonly Region[];
  /** `enable` comments that end nothing. */
  readonly idleEnables: ReadonlySet<Directive>;
  /** `disable` comment → the `enable` comment that ends it, and it alone. */
  readonly partners: ReadonlyMap<Directive, Directive>;
}

/** Where each directive of a file counts, in the order of the directives. */
export function regionsOf(text: string, directives: readonly Directive[]): Regions {
  const lines = linesOf(text);
  const wholeLines = new Set(
    directives
      .filter(({ kind }) => kind === 'disable-next-line')
      .map(({ comment }) => lines.lineOf(comment.span.start)),
  );
  const regions: Region[] = [];
  const idleEnables = new Set<Directive>();
  const partners = new Map<Directive, Directive>();
  let open: { end: number; readonly region: Region }[] = [];

  const add = (directive: Directive, start: number, end: number): Region[] => {
    const names = directive.names.length === 0 ? [undefined] : directive.names.map(({ id }) => id);
    const own = names.map((rule): Region => ({
      directive,
      rule,
      start,
      end,
      except: new Map(),
      used: false,
    }));
    regions.push(...own);
    return own;
  };

  for (const directive of directives) {
    const { start, end } = directive.comment.span;
    switch (directive.kind) {
      case 'disable-file':
        add(directive, 0, Infinity);
        break;
      case 'disable-line': {
        const line = lines.lineOf(start);
        add(directive, lines.span(line).start, lines.next(line) || Infinity);
        break;
      }
      case 'disable-next-line': {
        let line = lines.lineOf(end) + 1;
        // Several such comments above one line all mean that line.
        while (wholeLines.has(line)) line += 1;
        if (line < lines.count) {
          add(
            directive,
            lines.span(line).start,
            Math.max(lines.next(line), lines.span(line).end + 1),
          );
        } else add(directive, Infinity, Infinity);
        break;
      }
      case 'disable':
        open.push(...add(directive, start, Infinity).map((region) => ({ end: Infinity, region })));
        break;
      case 'enable': {
        const ids = new Set(directive.names.map(({ id }) => id));
        const ended = open.filter(({ region }) => ids.size === 0 || ids.has(region.rule ?? ''));
        const reduced = open.filter(({ region }) => ids.size > 0 && region.rule === undefined);
        for (const block of ended)
          regions[regions.indexOf(block.region)] = endAt(block.region, start);
        for (const { region } of reduced) for (const id of ids) region.except.set(id, start);
        open = open.filter((block) => !ended.includes(block));
        if (ended.length + reduced.length === 0) idleEnables.add(directive);
        const owners = new Set(ended.map(({ region }) => region.directive));
        const [owner] = owners;
        if (owner && owners.size === 1 && reduced.length === 0) partners.set(owner, directive);
        break;
      }
    }
  }
  return { regions, idleEnables, partners };
}

function endAt(region: Region, end: number): Region {
  return { ...region, end };
}
