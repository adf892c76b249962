import { FACTOR_INFOS, type FactorInfo } from '../../base/factors';
import { isInside } from '../../base/paths';
import type { Location } from '../../base/span';
import type { Finding } from '../../engine/finding';
import type { AppProcess } from '../../project/map/processes';
import type { AppProfile } from '../../project/map/strengths';
import { maskedText } from '../../engine/masked';
import { rangesByPath } from '../positions';
import type { ReportInput } from '../report';

/**
 * What is said of a factor: `broken` where findings speak against it, `kept` where something speaks for it and nothing against,
 * `unknown` where nothing was found either way, which is no mark at all.
 */
export type Mark = 'kept' | 'broken' | 'unknown' | 'not applicable';

/** A statement with its place, as people look it up. */
export interface Evidence {
  readonly says: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

export interface FactorCard {
  readonly info: FactorInfo;
  readonly mark: Mark;
  readonly for: readonly Evidence[];
  readonly against: readonly (Evidence & {
    readonly severity: Finding['severity'];
    readonly ruleId: string;
    readonly isAccepted: boolean;
  })[];
  /** Why it says nothing to the app. */
  readonly why?: string;
}

export interface AppCard {
  /** Its name, else its folder. */
  readonly title: string;
  /** `.` for the folder itself. */
  readonly path: string;
  readonly factors: readonly FactorCard[];
  readonly processes: readonly AppProcess[];
  readonly variables: readonly {
    readonly name: string;
    readonly hasDefault: boolean;
    readonly isDocumented: boolean;
    readonly reads: readonly Evidence[];
    readonly supplies: readonly Evidence[];
  }[];
}

export interface Scorecard {
  readonly apps: readonly AppCard[];
  /** Findings of what belongs to no app. */
  readonly others: readonly FactorCard['against'][number][];
  readonly notAnalysed: ReportInput['notAnalysed'];
  /** What changed since the baseline; undefined where there is none. */
  readonly changes:
    | {
        readonly baseline: string;
        readonly fresh: readonly FactorCard['against'][number][];
        readonly gone: readonly {
          readonly rule: string;
          readonly path: string;
          readonly text: string;
        }[];
      }
    | undefined;
}

/** Apps without the credentials that commands may be given as words. */
export function maskedProfiles(apps: readonly AppProfile[]): readonly AppProfile[] {
  return apps.map((app) => ({
    ...app,
    processes: app.processes.map((process) =>
      process.command === undefined
        ? process
        : { ...process, command: maskedText('', process.command, [], []) },
    ),
  }));
}

/**
 * The twelve factors of each app, with what speaks for and against them.
 * @param input findings masked
 */
export function scorecard(
  apps: readonly AppProfile[],
  input: Omit<ReportInput, 'version'>,
): Scorecard {
  const range = rangesByPath((path) => input.text(path));
  const evidence = ({ path, span }: Location, says: string): Evidence => ({
    ...{ says, path },
    line: range(path, span).start.line,
  });
  const against = (finding: Finding): FactorCard['against'][number] => ({
    ...evidence(finding, finding.message),
    severity: finding.severity,
    ruleId: finding.ruleId,
    isAccepted: finding.accepted === true,
  });
  const owner = ownerOf(apps);
  const cards = apps.map((app): AppCard => {
    const own = input.findings.filter(({ path }) => owner(path) === app);
    return {
      title: app.name ?? (app.path === '' ? 'The app' : app.path),
      path: app.path === '' ? '.' : app.path,
      processes: app.processes,
      factors: FACTOR_INFOS.map((info) => factorCard(info, app, own, { evidence, against })),
      variables: app.variables.map(({ name, hasDefault, isDocumented, reads, supplies }) => ({
        ...{ name, hasDefault, isDocumented },
        reads: reads.map((place) => evidence(place, 'read')),
        supplies: supplies.map((place) => evidence(place, place.kind)),
      })),
    };
  });
  const { baseline } = input;
  const isSaid = ({ severity }: Finding): boolean => severity !== 'hint';
  return {
    apps: cards,
    others: input.findings.filter((one) => isSaid(one) && !owner(one.path)).map(against),
    notAnalysed: input.notAnalysed,
    changes: baseline && {
      baseline: baseline.path,
      fresh: input.findings.filter((one) => isSaid(one) && !one.accepted).map(against),
      gone: baseline.gone.map(({ rule, path, text }) => ({ rule, path, text })),
    },
  };
}

/** The app whose folder is the nearest above a path; of what lies beside all, the only app that there is. */
function ownerOf(apps: readonly AppProfile[]): (path: string) => AppProfile | undefined {
  const deepest = [...apps].sort((a, b) => b.path.length - a.path.length);
  const alone = apps.length === 1 ? apps[0] : undefined;
  return (path) => deepest.find((app) => isInside(path, app.path)) ?? alone;
}

interface Shapes {
  evidence(place: Location, says: string): Evidence;
  against(finding: Finding): FactorCard['against'][number];
}

function factorCard(
  info: FactorInfo,
  app: AppProfile,
  findings: readonly Finding[],
  { evidence, against }: Shapes,
): FactorCard {
  const { factor } = info;
  const own = findings.filter((one) => one.factor === factor && one.severity !== 'hint');
  const strengths = app.strengths.filter((one) => one.factor === factor);
  const why = app.notApplicable.get(factor);
  const isOut = why !== undefined && own.length + strengths.length === 0;
  const mark: Mark = isOut
    ? 'not applicable'
    : own.length > 0
      ? 'broken'
      : strengths.length > 0
        ? 'kept'
        : 'unknown';
  return {
    ...{ info, mark },
    for: strengths.map((one) => evidence(one, one.says)),
    against: own.map(against),
    ...(isOut ? { why } : {}),
  };
}
