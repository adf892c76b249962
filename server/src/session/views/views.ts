import type { Timers } from '../../host';
import {
  ConfigureRequest,
  FindingsRequest,
  FixFindingRequest,
  MapRequest,
  RulesRequest,
  ScorecardRequest,
  SuppressRequest,
  type ConfigureParams,
  type FixFindingParams,
  type RulesParams,
  type ScorecardResult,
  type SuppressParams,
} from '../../protocol';
import type { Workspace } from '../../workspace/workspace';
import type { ViewData } from './view-data';
import type { ViewEdits } from './view-edits';

/** How long changes are gathered before views are told to draw anew. */
const DELAY_MS = 300;

/** What answers the requests of views, by method; they get the parameters, which have the shape that the protocol says. */
export function viewRequests(
  data: ViewData,
  edits: ViewEdits,
  scorecards: () => ScorecardResult,
): Readonly<Record<string, (params: unknown) => unknown>> {
  return {
    [FindingsRequest]: () => data.findings(),
    [MapRequest]: () => data.map(),
    [ScorecardRequest]: () => scorecards(),
    [RulesRequest]: (params) => data.ruleList(params as RulesParams),
    [FixFindingRequest]: (params) => edits.fix(params as FixFindingParams),
    [SuppressRequest]: (params) => edits.suppress(params as SuppressParams),
    [ConfigureRequest]: (params) => edits.configure(params as ConfigureParams),
  };
}

/** Tells the client when what views show has changed; once for a burst of changes. */
export class ViewChanges {
  private timer: { dispose(): void } | undefined;

  /** @param tell says so to the client */
  constructor(
    private readonly timers: Timers,
    private readonly workspace: Workspace,
    private readonly tell: () => void,
  ) {}

  private told = '';

  /** Something was typed, analysed or set. */
  changed(): void {
    this.timer?.dispose();
    this.timer = this.timers.after(DELAY_MS, () => {
      const now = this.key();
      if (now === this.told) return;
      this.told = now;
      this.tell();
    });
  }

  dispose(): void {
    this.timer?.dispose();
  }

  /** Equal as long as nothing changed. Each analysis counts: the map may be another while the findings are the same. */
  private key(): string {
    const reports = this.workspace
      .reports()
      .map(({ uri, report }) => `${uri} ${report?.key ?? ''}`);
    return [this.workspace.revision, ...reports].join('\n');
  }
}
