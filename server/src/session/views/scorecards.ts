import { DEFAULT_SETTINGS } from '../../engine/settings';
import { maskedFindings } from '../../engine/masked';
import type { Rule } from '../../engine/rule';
import { appProfiles } from '../../project/map/strengths';
import type { ScorecardResult } from '../../protocol';
import { STYLE } from '../../report/html/page';
import { SCORECARD_TITLE, scorecardBody } from '../../report/scorecard/html';
import { maskedProfiles, scorecard, type Scorecard } from '../../report/scorecard/scorecard';
import type { WorkspaceRoot } from '../../workspace/root';
import { fileUri } from '../../workspace/root-uri';
import { goneOf } from '../../workspace/scan-root';
import type { Workspace } from '../../workspace/workspace';
import type { OpenDocuments } from '../open-documents';

/** The scorecards of all folders that have been analysed. */
export function scorecards(
  workspace: Workspace,
  open: Pick<OpenDocuments, 'sync'>,
  rules: readonly Rule[],
): ScorecardResult {
  // What was typed counts, whoever has asked for it so far.
  open.sync();
  return {
    title: SCORECARD_TITLE,
    style: STYLE,
    folders: workspace.roots.flatMap((root, index) => {
      const card = cardOf(root, rules);
      if (!card) return [];
      const linkTo = (path: string, line: number): string => `${fileUri(root.uri, path)}#L${line}`;
      return [{ uri: root.uri, html: scorecardBody(card, { linkTo, id: `app-${index}` }) }];
    }),
  };
}

function cardOf(root: WorkspaceRoot, rules: readonly Rule[]): Scorecard | undefined {
  const { analyzer, baseline, baselineFile } = root;
  const { model } = analyzer;
  if (!root.isKnown || !root.isEnabled || !model) return undefined;
  const reports = root.reports();
  const text = (path: string): string | undefined => analyzer.text(path);
  // Editors may hide what is accepted, or make hints of it; what speaks against a factor does so all the same.
  const findings = [
    ...reports.flatMap((report) => report.findings.filter((finding) => !finding.accepted)),
    ...analyzer.accepted(),
  ];
  const gone = goneOf({ settings: { ...DEFAULT_SETTINGS, baseline } }, analyzer);
  const used = baseline && {
    path: baselineFile,
    tool: baseline.tool,
    gone: baseline.entries.filter(({ fingerprint }) => gone.has(fingerprint)),
  };
  return scorecard(maskedProfiles(appProfiles(model)), {
    findings: maskedFindings(findings, rules, text),
    notAnalysed: reports.flatMap(({ notAnalysed }) => notAnalysed),
    fileCount: root.fileCount,
    packages: [],
    ...{ text, rules },
    ...(used ? { baseline: used } : {}),
  });
}
