import {
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
  workspace,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  RulesRequest,
  type ListedRule,
  type RulesParams,
  type RulesResult,
} from '../../server/src/protocol';
import { pickFolder } from './config-file';
import { configure, severityFor, type SeveritySetting } from './finding-actions';
import { showRuleDocs } from './rule-docs';
import type { Session } from './session';
import { count } from './words';

interface RuleItem extends QuickPickItem {
  /** Absent for headings. */
  readonly page?: string;
  readonly rule?: ListedRule;
}

const TURN_OFF: QuickInputButton = { iconPath: new ThemeIcon('circle-slash'), tooltip: 'Turn Off' };
const TURN_ON: QuickInputButton = { iconPath: new ThemeIcon('check'), tooltip: 'Turn On' };
const SET_SEVERITY: QuickInputButton = {
  iconPath: new ThemeIcon('settings-gear'),
  tooltip: 'Set Severity…',
};
const OTHER_FOLDER: QuickInputButton = {
  iconPath: new ThemeIcon('root-folder'),
  tooltip: 'Another Folder…',
};

const FIXES: Readonly<Record<ListedRule['fix'], string>> = {
  safe: 'safe fix',
  suggest: 'fix to check',
  none: 'no fix',
};

/**
 * Shows all rules with what they are set to where the person is at work: to be searched, read about, turned on and off. Resolves when
 * the list is there.
 * @param words what to search for at first
 */
export async function browseRules(
  client: BaseLanguageClient,
  session: Session,
  words = '',
  folder = folderAtWork(),
): Promise<void> {
  const picker = window.createQuickPick<RuleItem>();
  picker.placeholder = 'Search rules by name, factor, severity or what they report';
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.value = words;
  const draw = async (): Promise<void> => {
    const params: RulesParams = folder === undefined ? {} : { uri: folder.toString() };
    fill(picker, await client.sendRequest<RulesResult>(RulesRequest, params));
  };
  // What is asked in between takes the place of the list.
  const again = (next = folder): Promise<void> => browseRules(client, session, picker.value, next);
  const set = async (rule: ListedRule, severity: SeveritySetting | undefined): Promise<void> => {
    if (folder === undefined || severity === undefined) return;
    const change = { kind: 'severity', ruleId: rule.id, severity } as const;
    await configure(client, { uri: folder.toString(), change });
  };
  const redrawing = session.onDidChangeViews(() => void draw());
  picker.onDidHide(() => {
    redrawing.dispose();
    picker.dispose();
  });
  picker.onDidAccept(() => {
    const page = (picker.selectedItems[0] ?? picker.activeItems[0])?.page;
    picker.hide();
    if (page !== undefined) void showRuleDocs(page);
  });
  picker.onDidTriggerButton(async () => again((await pickFolder())?.uri));
  picker.onDidTriggerItemButton(async ({ item: { rule }, button }) => {
    if (!rule) return;
    if (button !== SET_SEVERITY) return set(rule, button === TURN_OFF ? 'off' : rule.severity);
    await set(rule, await severityFor(rule.id));
    return again();
  });
  picker.busy = true;
  picker.show();
  await draw();
  picker.busy = false;
}

function fill(picker: QuickPick<RuleItem>, { folder, rules, notices }: RulesResult): void {
  const isHere = folder !== undefined;
  const name = isHere ? workspace.getWorkspaceFolder(Uri.parse(folder))?.name : undefined;
  picker.title =
    name === undefined ? 'Rules of Twelve-Factor' : `Rules of Twelve-Factor in ${name}`;
  picker.buttons = (workspace.workspaceFolders?.length ?? 0) > 1 ? [OTHER_FOLDER] : [];
  const items = rules.flatMap((rule, index): RuleItem[] => {
    const isFirst = rules[index - 1]?.factor !== rule.factor;
    return isFirst ? [heading(rule.factorTitle), ruleItem(rule, isHere)] : [ruleItem(rule, isHere)];
  });
  const others = notices.map(({ id, summary }) => ({ label: id, detail: summary, page: id }));
  picker.items = [...items, heading('What else is reported'), ...others];
}

function heading(label: string): RuleItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function ruleItem(rule: ListedRule, isHere: boolean): RuleItem {
  const isOff = rule.here === 'off';
  const parts = [
    isOff ? 'off' : rule.here,
    ...(rule.here === rule.severity ? [] : [`by default ${rule.severity}`]),
    ...(rule.findings > 0 ? [count(rule.findings, 'finding')] : []),
    FIXES[rule.fix],
    // Headings are not searched.
    rule.factorTitle,
  ];
  return {
    label: `$(${isOff ? 'circle-slash' : 'check'}) ${rule.id}`,
    description: parts.join(' · '),
    detail: rule.summary,
    page: rule.id,
    rule,
    buttons: isHere ? [isOff ? TURN_ON : TURN_OFF, SET_SEVERITY] : [],
  };
}

/** The folder of the file at hand, else the first. */
function folderAtWork(): Uri | undefined {
  const active = window.activeTextEditor?.document.uri;
  const folder = active && workspace.getWorkspaceFolder(active);
  return (folder ?? workspace.workspaceFolders?.[0])?.uri;
}
