import type { Factor } from '../../base/factors';
import type { SeveritySetting } from '../../base/severity';
import type { Span } from '../../base/span';
import { closestName } from '../../base/closest-name';
import type { Directive, DirectiveName } from './directives';
import { fileEdit, replacement } from '../edits/edits';
import type { Finding, Fix } from '../finding';
import { linesOf } from '../lines';
import type { AnalysisSettings } from '../settings';
import type { Region } from './suppression-regions';

/** What suppressions need to know of a rule. */
export interface KnownRule {
  readonly id: string;
  readonly factor: Factor;
}

/** Pseudo rules: what is wrong with suppression comments themselves. They cannot be suppressed. */
export const UNUSED_SUPPRESSION = 'unused-suppression';
export const SUPPRESSION_REASON = 'suppression-reason';

/** True for pseudo rules: they have no documentation and cannot be suppressed. */
export function isAboutSuppressions(ruleId: string): boolean {
  return ruleId === UNUSED_SUPPRESSION || ruleId === SUPPRESSION_REASON;
}

/** Collects what is wrong with the suppression comments of one file. */
export class Complaints {
  readonly findings: Finding[] = [];
  private readonly known: ReadonlyMap<string, KnownRule>;

  constructor(
    private readonly path: string,
    private readonly text: string,
    private readonly settings: AnalysisSettings,
    rules: readonly KnownRule[],
  ) {
    this.known = new Map(rules.map((rule) => [rule.id, rule]));
  }

  /** An `enable` that ends no `disable`. */
  idleEnable(directive: Directive): void {
    this.unusedComment(directive, 'This comment enables what nothing before it disables.', [
      directive,
    ]);
  }

  /** Names that are no rules. */
  unknownNames(directive: Directive): void {
    for (const name of directive.names) {
      if (this.known.has(name.id)) continue;
      const near = closestName(name.id, this.known.keys());
      const hint = near === undefined ? '' : `; did you mean \`${near}\`?`;
      const rename: Fix[] =
        near === undefined
          ? []
          : [
              {
                id: 'rename',
                kind: 'suggest',
                title: `Write \`${near}\``,
                build: () => [fileEdit(this.path, [replacement(name.span, near)])],
              },
            ];
      this.add(
        this.settings.unusedSuppressions,
        UNUSED_SUPPRESSION,
        name.span,
        `There is no rule \`${name.id}\`${hint}`,
        [...rename, ...this.removal(directive, name)],
      );
    }
  }

  /**
   * A comment, or a name in it, that suppressed nothing.
   * @param regions where the comment counts
   * @param partners `enable` comments that go with it
   */
  unused(directive: Directive, regions: readonly Region[], partners: readonly Directive[]): void {
    if (regions.some((region) => region.used)) {
      for (const name of directive.names) {
        const own = regions.filter((region) => region.rule === name.id);
        if (own.some((region) => region.used) || !this.isOn(name.id)) continue;
        this.add(
          this.settings.unusedSuppressions,
          UNUSED_SUPPRESSION,
          name.span,
          `\`${name.id}\` reports nothing here, so it need not be disabled.`,
          this.removal(directive, name),
        );
      }
      return;
    }
    // Unknown names were complained about; a rule that is off cannot report.
    if (directive.names.length > 0 && !directive.names.some(({ id }) => this.isOn(id))) return;
    this.unusedComment(directive, 'This comment suppresses nothing.', [directive, ...partners]);
  }

  /** A suppression that does not say why. */
  missingReason(directive: Directive): void {
    if (directive.reason !== '') return;
    this.add(
      this.settings.requireSuppressionReason,
      SUPPRESSION_REASON,
      directive.comment.span,
      'This suppression does not say why; add `-- reason`.',
      [],
    );
  }

  private isOn(id: string): boolean {
    const rule = this.known.get(id);
    return (
      rule !== undefined &&
      (this.settings.rules[id] ?? this.settings.factors[rule.factor]) !== 'off'
    );
  }

  private unusedComment(
    directive: Directive,
    message: string,
    removed: readonly Directive[],
  ): void {
    const fix: Fix = {
      id: 'remove',
      kind: 'safe',
      title: 'Remove the suppression comment',
      build: () => [
        fileEdit(
          this.path,
          removed.map(({ comment }) => replacement(removalSpan(this.text, comment.span), '')),
        ),
      ],
    };
    this.add(
      this.settings.unusedSuppressions,
      UNUSED_SUPPRESSION,
      directive.comment.span,
      message,
      [fix],
    );
  }

  /** Takes a name out of the list; the whole comment when it is the only one. */
  private removal(directive: Directive, name: DirectiveName): Fix[] {
    const { names, comment } = directive;
    const index = names.indexOf(name);
    const next = names[index + 1];
    const previous = names[index - 1];
    const span: Span =
      names.length === 1
        ? removalSpan(this.text, comment.span)
        : next
          ? { start: name.span.start, end: next.span.start }
          : { start: previous?.span.end ?? name.span.start, end: name.span.end };
    const title =
      names.length === 1
        ? 'Remove the suppression comment'
        : `Remove \`${name.id}\` from the comment`;
    return [
      {
        id: 'remove',
        kind: 'safe',
        title,
        build: () => [fileEdit(this.path, [replacement(span, '')])],
      },
    ];
  }

  private add(
    severity: SeveritySetting,
    ruleId: string,
    span: Span,
    message: string,
    fixes: readonly Fix[],
  ): void {
    if (severity === 'off') return;
    this.findings.push({
      ruleId,
      factor: 'codebase',
      severity,
      path: this.path,
      span,
      message,
      related: [],
      fixes,
    });
  }
}

/** The comment with the line it stands on alone, or with the space before it. */
function removalSpan(text: string, span: Span): Span {
  const lines = linesOf(text);
  const line = lines.lineOf(span.start);
  const whole = lines.span(line);
  const isAlone =
    text.slice(whole.start, span.start).trim() === '' &&
    text.slice(span.end, lines.span(lines.lineOf(span.end)).end).trim() === '';
  if (isAlone)
    return {
      start: whole.start,
      end: lines.next(lines.lineOf(Math.max(span.start, span.end - 1))),
    };
  let { start } = span;
  while (start > whole.start && /[ \t]/.test(text[start - 1] ?? '')) start--;
  return { start, end: span.end };
}
