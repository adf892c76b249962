import type { Factor } from '../base/factors';
import type { FileKind } from '../base/file-kinds';
import type { Severity } from '../base/severity';
import type { Location, Span, RelatedLocation } from '../base/span';
import type { Value } from '../base/value';
import type { CallFact, Mark, SourceFacts } from '../project/facts/facts';
import type { SourceHandler } from '../project/facts/source-handlers';
import type { PackageKind } from '../project/map/kinds';
import type {
  CallMeaning,
  ModuleInfo,
  PackageInfo,
  ProjectModel,
  Role,
  StartCommand,
} from '../project/model';
import type { Deployment } from '../project/processes/deployment';
import type { Fact, Fix, Whole } from './finding';
import { optionProblems, type OptionsOf, type RuleOption } from './options';

/** Placeholder names of a message template: `Port {port} is fixed` → `port`. */
export type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type DataOf<T extends string> = [Placeholders<T>] extends [never]
  ? { readonly data?: undefined }
  : { readonly data: Readonly<Record<Placeholders<T>, string | number>> };

/** One report; `message` names a template of the rule, `data` fills its placeholders (checked by the compiler). */
export type Report<M extends Record<string, string>> = {
  [K in keyof M & string]: { readonly message: K } & DataOf<M[K]> & ReportBase;
}[keyof M & string];

/** A fact as a rule gives it: of the list that it is a part of, the message is one of the rule's own. */
export interface ReportedFact extends Omit<Fact, 'whole'> {
  readonly whole?: Omit<Whole, 'message'> & {
    /** Names a template of the rule with `{count}` and `{names}`; `data` fills the rest. */
    readonly message: string;
    readonly data?: Readonly<Record<string, string | number>>;
  };
}

interface ReportBase {
  /** A span of the file at hand, or a place elsewhere. */
  readonly at: Span | Location;
  /** Only where it differs from the rule's own severity. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedLocation[];
  /** What it is about, where an option exempts by that and no placeholder of the message says it. */
  readonly subject?: string | undefined;
  /** Only where one change repairs this place and others that the rule reports: they become one finding. */
  readonly fact?: ReportedFact;
  /** Only where this report concerns fewer kinds of packages than the rule. */
  readonly kinds?: readonly PackageKind[];
  /** How sure it is that the reported code or manifest is deployed. For project handlers, which look at no one module. */
  readonly deployment?: Deployment;
  /** The preferred one first. A function is called when they are asked for: most never are. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
}

/** What every project-aware handler gets. */
export interface RuleContext<M extends Record<string, string>> {
  readonly model: ProjectModel;
  /** What users listed for an option of the rule; see `RuleOption`. */
  readonly options: OptionsOf;
  report(report: Report<M>): void;
}

/** Handlers about one source file, with the model at hand. `resolve` follows values through this file's imports. */
export interface FileContext<M extends Record<string, string>> extends RuleContext<M> {
  readonly path: string;
  readonly facts: SourceFacts;
  readonly module: ModuleInfo;
  readonly package: PackageInfo | undefined;
  resolve(value: Value): Value;
}

/** Handlers about one manifest. */
export interface ManifestContext<M extends Record<string, string>> extends RuleContext<M> {
  readonly path: string;
  readonly text: string;
  readonly package: PackageInfo | undefined;
}

/**
 * - `server`: modules of servers, workers and clocks, as opposed to commands, one-off scripts and what is published;
 * - `settings`: modules whose settings are those of a deploy. What others install counts as code that is hardly deployed.
 */
export type ModuleScope = 'server' | 'settings';

/**
 * What becomes of findings where it is not sure that code is deployed. Never louder than the rule said itself.
 * - `hint-where-unlikely`: a hint where production starts something else;
 * - `silent-where-unlikely`: nothing there;
 * - `graded`: a hint there, and information where no manifest says what production starts.
 */
export type DeploymentScope = 'hint-where-unlikely' | 'silent-where-unlikely' | 'graded';

/** Which packages and modules a rule speaks about, by all its handlers, and how loudly. */
export interface RuleScope {
  /**
   * The kinds of packages that it speaks about, by all its handlers. Default: apps; what they load of libraries counts with them,
   * and of templates, which people copy into apps, everything is a hint at most.
   */
  readonly kinds?: readonly PackageKind[];
  /** Only modules with one of these roles. Absent: every module that is not excluded. */
  readonly roles?: readonly Role[];
  /**
   * Roles that are let in although by default test, build and browser code is out.
   */
  readonly include?: readonly Role[];
  /** Which of those modules, by what they do in a deploy; see `ModuleScope`. Absent: all of them. */
  readonly modules?: ModuleScope;
  /** What becomes of what it says about code that may not be deployed. Absent: it is reported all the same. */
  readonly deployment?: DeploymentScope;
  /**
   * Which manifests and scripts, by path: `product` leaves out those among tests and documentation. Absent: all that its kinds of
   * packages have. Of source files, documentation, stories, generated, minified and vendored ones are always left out.
   */
  readonly manifests?: 'product';
  /** `any`: the `file` handler also sees modules of which only the imports are known (no hint matched). Default `full`. */
  readonly detail?: 'full' | 'any';
}

/** An executed example: its findings are exactly those named. */
export interface BadExample {
  readonly title?: string;
  /** One file at `path` (default `src/server.ts`), or several. A package.json is supplied when none is given. */
  readonly code?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly findings: readonly ExpectedFinding[];
  /** What the fixes with these ids make of the project: `code` of the single file, or the changed files. */
  readonly fixed?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Paths that git ignores although they exist (e.g. `.env`). */
  readonly ignored?: readonly string[];
  /** What the user listed for options of the rule. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
}

export interface ExpectedFinding {
  /** The reported text, exactly (the span's content). */
  readonly at: string;
  /** Which occurrence of `at` in the file, 1-based; default 1. */
  readonly occurrence?: number;
  readonly path?: string;
  readonly message?: string;
  readonly severity?: Severity;
}

export interface GoodExample {
  readonly title?: string;
  readonly code?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly ignored?: readonly string[];
  readonly options?: Readonly<Record<string, readonly string[]>>;
}

export interface RuleDefinition<M extends Record<string, string> = Record<string, string>> {
  /** Kebab-case; equals the file name, the settings key and the suppression token. */
  readonly id: string;
  readonly factor: Factor;
  readonly severity: Severity;
  readonly since: string;
  /** One line for tables. */
  readonly summary: string;
  /** The factor's reasoning, Markdown, own words. */
  readonly why: string;
  readonly whenNotToUse: string;
  /** What its findings mark is a credential, which no report prints. */
  readonly marksCredentials?: true;
  /** The strongest kind of fix the rule offers. */
  readonly fix: 'safe' | 'suggest' | 'none';
  /** Templates with `{placeholders}`; one sentence each, at most 120 characters before filling. */
  readonly messages: M;
  /**
   * Source files whose text matches none of the hints of any rule and of no library table entry are not parsed. Needed by rules
   * with `source` handlers, and by others that need facts of files nothing else makes interesting.
   */
  readonly hints?: readonly RegExp[];
  /**
   * Rules that may say of a text what this one does, by id: where both would, the other one speaks, `always` or `unless` this one's
   * finding is `graver`, which then stays alone. Given by one rule of a pair.
   */
  readonly yieldsTo?: Readonly<Record<string, 'always' | 'unless graver'>>;
  /** Those of the hints that count in packages which are no apps, where the rule says less there; absent: all. */
  readonly hintsBesideApps?: readonly RegExp[];
  readonly scope?: RuleScope;
  /** Says that something is nowhere to be found: not told before all files have been read. */
  readonly speaksOfAbsence?: true;
  /** Lists that users may give in their settings, by name in camelCase. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  readonly examples: { readonly bad: readonly BadExample[]; readonly good: readonly GoodExample[] };
  /** By TypeScript node kind name; see `onSource` for typed handlers. */
  readonly source?: readonly SourceHandler[];
  /** For every mark that the source handlers left. */
  judge?(mark: Mark, context: FileContext<M>): void;
  /** For every call that the library table explains. */
  meaning?(meaning: CallMeaning, context: FileContext<M>): void;
  /** For every call fact, known to the table or not. */
  call?(call: CallFact, context: FileContext<M>): void;
  /** Once per source file in scope. */
  file?(context: FileContext<M>): void;
  /** Once per manifest of the given kinds. */
  readonly manifest?: {
    readonly kinds: readonly FileKind[];
    check(context: ManifestContext<M>): void;
  };
  /** For every start command. */
  command?(command: StartCommand, context: RuleContext<M>): void;
  /** Once per project. */
  project?(context: RuleContext<M>): void;
}

/** A checked rule; the type parameter of its messages is erased so that rules fit in one list. */
export type Rule = RuleDefinition;

/**
 * Declares a rule and checks what the compiler cannot: id form, message length, options. Its examples the tests check: what ships has
 * none.
 * @throws Error naming the rule and the defect; a broken rule never loads
 */
export function defineRule<const M extends Record<string, string>>(rule: RuleDefinition<M>): Rule {
  const fail = (defect: string): never => {
    throw new Error(`rule ${rule.id}: ${defect}`);
  };
  if (!/^[a-z]+(-[a-z]+)*$/.test(rule.id)) fail('the id is not kebab-case');
  for (const [name, template] of Object.entries(rule.messages)) {
    if (template.length > 120) fail(`message ${name} is longer than 120 characters`);
    if (template.includes('\n')) fail(`message ${name} has a line break`);
  }
  if (rule.source && !rule.hints?.length) fail('source handlers without hints');
  for (const [name, option] of Object.entries(rule.options ?? {})) {
    const problems = optionProblems(option, option.example);
    if (problems.length > 0) fail(`the example of option ${name} ${problems.join(', ')}`);
    const isSaid = Object.values(rule.messages).some((text) =>
      text.includes(`{${option.exempts}}`),
    );
    if (option.exempts !== undefined && option.exempts !== 'subject' && !isSaid)
      fail(`option ${name} exempts by a placeholder that no message has`);
  }
  return rule as unknown as Rule;
}
