import type { Factor } from '../base/factors';
import type { FileKind } from '../base/file-kinds';
import type { Span } from '../base/span';
import { directivesOf, type Directive } from './directives';
import type { Finding } from './finding';
import { linesOf } from './lines';
import type { AnalysisSettings } from './settings';
import { Complaints } from './suppression-complaints';

export {
  isAboutSuppressions,
  SUPPRESSION_REASON,
  UNUSED_SUPPRESSION,
} from './suppression-complaints';

/** What suppressions need to know of a rule. */
export interface KnownRule {
  readonly id: string;
  readonly factor: Factor;
}

export interface Suppressed {
  /** Those that no comment suppresses. */
  readonly findings: readonly Finding[];
  /** What is wrong with the comments: unused, naming unknown rules, without a reason; as the settings want it. */
  readonly unused: readonly Finding[];
}

/** Where a directive counts for one rule, or for all. */
export interface Region extends Span {
  readonly directive: Directive;
  /** Undefined: every rule. */
  readonly rule: string | undefined;
  /** Rules that an `enable` took out again, and where. */
  readonly except: Map<string, number>;
  used: boolean;
}

/**
 * Applies the suppression comments of a file.
 * @param findings of this file
 * @param rules every rule, to tell unknown names and rules that are off
 * @throws Error for source files before the TypeScript parser is loaded
 */
export function applySuppressions(
  path: string,
  kind: FileKind | undefined,
  text: string,
  findings: readonly Finding[],
  settings: AnalysisSettings,
  rules: readonly KnownRule[],
): Suppressed {
  const directives = directivesOf(path, kind, text);
  if (directives.length === 0) return { findings, unused: [] };
  const { regions, idleEnables, partners } = regionsOf(text, directives);
  const left = findings.filter((finding) => !isSuppressed(finding, regions));
  const complaints = new Complaints(path, text, settings, rules);
  for (const directive of directives) {
    const own = regions.filter((region) => region.directive === directive);
    const partner = partners.get(directive);
    if (directive.kind === 'enable') {
      if (idleEnables.has(directive)) complaints.idleEnable(directive);
    } else {
      complaints.unknownNames(directive);
      complaints.unused(directive, own, partner ? [partner] : []);
      complaints.missingReason(directive);
    }
  }
  return { findings: left, unused: complaints.findings };
}

function isSuppressed(finding: Finding, regions: readonly Region[]): boolean {
  let suppressed = false;
  for (const region of regions) {
    const { start } = finding.span;
    if (start < region.start || start >= region.end) continue;
    if (region.rule !== undefined && region.rule !== finding.ruleId) continue;
    const exception = region.except.get(finding.ruleId);
    if (exception !== undefined && start >= exception) continue;
    region.used = true;
    suppressed = true;
  }
  return suppressed;
}

interface Regions {
  readonly regions: readonly Region[];
  /** `enable` comments that end nothing. */
  readonly idleEnables: ReadonlySet<Directive>;
  /** `disable` comment → the `enable` comment that ends it, and it alone. */
  readonly partners: ReadonlyMap<Directive, Directive>;
}

function regionsOf(text: string, directives: readonly Directive[]): Regions {
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
