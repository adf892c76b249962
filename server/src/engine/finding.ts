import type { Factor } from '../base/factors';
import type { Severity } from '../base/severity';
import type { RelatedLocation, Span } from '../base/span';

/** Findings are plain data; offsets are UTF-16 code units, 0-based, in the text of the file they point into. */

/** `safe` keeps today's behaviour and may run in fix-all; `suggest` is offered as a quick fix only. */
export type FixKind = 'safe' | 'suggest';

/** One replacement in a text. Insertions have an empty span. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The change a fix makes to one file. Edits of one file do not overlap. */
export type FileChange =
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'create'; readonly path: string; readonly text: string };

/**
 * A quick fix that a finding carries. `build` is pure and computes the change on demand (most fixes are never asked for); it
 * answers undefined when the fix does not apply after all.
 */
export interface Fix {
  /** Sentence-case imperative, e.g. "Read the port from `process.env.PORT`". */
  readonly title: string;
  readonly kind: FixKind;
  /** Names the sort of fix within its rule (e.g. `env-default`), so that "fix all" applies the same sort everywhere. */
  readonly id: string;
  build(batch: FixBatch): readonly FileChange[] | undefined;
}

/**
 * What the fixes of one batch (one quick fix, or a fix-all) share, so that they do not collide: environment names given out,
 * lines added to the example file, imports added. Create one per batch; see `engine/fixes/batch.ts`.
 */
export interface FixBatch {
  /** Environment variable name → the literal default it stands for in this batch. */
  readonly claimedNames: Map<string, string>;
  /** Path → spans of the original text that fixes of this batch take away; decides which imports become unused. */
  readonly removals?: Map<string, readonly Span[]>;
}

/**
 * What several places of one rule state together, so that one finding is enough for all of them (`fold.ts`). Given where one change
 * repairs them all: a manifest and the dependency it lacks.
 */
export interface Fact {
  /** Equal for all places that state it; counts within one rule. */
  readonly key: string;
  /** Where each place adds a name to a list (the variables that a file lacks): how the whole list is reported. */
  readonly whole?: Whole;
}

/** A list that places of one rule make up together: said as one finding where they are many, by each place where they are few. */
export interface Whole {
  /** The file that has to change; the finding stands on its first line. */
  readonly path: string;
  /** What this place adds to the list. */
  readonly name: string;
  /** How severe the place makes the list; the gravest counts. */
  readonly severity: Severity;
  /** The message about the list, with `{count}` and `{names}` left to fill in. */
  readonly message: string;
  /** The title of the fix that does what the fixes of all places do, and of the one for those that are more than hints. */
  readonly fixTitle: string;
  readonly neededFixTitle: string;
}

/** What a rule reports. */
export interface Finding {
  readonly ruleId: string;
  readonly factor: Factor;
  readonly severity: Severity;
  readonly path: string;
  readonly span: Span;
  /** One sentence that stands alone; no rule id, no URL. */
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  /** What it states together with other places; absent where it stands for itself. */
  readonly fact?: Fact;
  /** A baseline lists it: it was there when somebody accepted what was, and is no graver now. */
  readonly accepted?: true;
  /** Tells it from all others, and is the same when lines move; given where reports are made (`baseline/fingerprints.ts`). */
  readonly fingerprint?: string;
  /** The preferred one first. Made when asked for, for the project as it then is (`lazy-fixes.ts`). */
  readonly fixes: readonly Fix[];
}

/** A file, or a rule on a file, that could not be analysed: shown, never silently "clean". */
export interface NotAnalysed {
  readonly path: string;
  readonly reason: string;
}

/** A finding that a comment accepts. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** As the comment says; empty where it gives none. */
  readonly reason: string;
}

/** Findings by file, in the order they come in. */
export function groupByPath(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group) group.push(finding);
    else groups.set(finding.path, [finding]);
  }
  return groups;
}
