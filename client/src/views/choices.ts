import { window } from 'vscode';
import { GROUPINGS, SEVERITIES, type Grouping, type Severity } from './finding-nodes';
import { NO_GIT } from './findings-view';
import type { GitChanges } from './git-changes';
import type { ViewState } from './view-state';
import { inform } from '../telling';

const GROUPING_TITLES: Readonly<Record<Grouping, string>> = {
  factor: 'Factor',
  app: 'App and process',
  rule: 'Rule',
  file: 'File',
};

/** Groups findings as given, else as a person picks. */
export async function groupFindings(viewState: ViewState, given?: unknown): Promise<void> {
  const known = GROUPINGS.find((each) => each === given);
  const items = GROUPINGS.map((grouping) => ({
    label: GROUPING_TITLES[grouping],
    description: grouping === viewState.shown.grouping ? 'now' : '',
    grouping,
  }));
  const grouping =
    known ?? (await window.showQuickPick(items, { placeHolder: 'Group findings by' }))?.grouping;
  if (grouping !== undefined) viewState.group(grouping);
}

/** Shows the severities that are given, else those that a person picks. */
export async function filterFindings(viewState: ViewState, given?: unknown): Promise<void> {
  if (Array.isArray(given))
    return viewState.show(SEVERITIES.filter((each) => given.includes(each)));
  const items = SEVERITIES.map((severity: Severity) => ({
    label: severity,
    picked: viewState.shown.severities.has(severity),
  }));
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: 'Severities to show',
  });
  if (picked) viewState.show(picked.map(({ label }) => label));
}

/** Shows what stands on changed lines alone; says so where nobody can tell which those are. */
export async function showNewFindings(viewState: ViewState, changes: GitChanges): Promise<void> {
  await changes.start();
  if (changes.isKnown) viewState.showLines('new');
  else void inform(NO_GIT);
}
