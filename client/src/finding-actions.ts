import { Range, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  ConfigureRequest,
  FixFindingRequest,
  SuppressRequest,
  type ConfigureParams,
  type EditResult,
  type FindingReference,
  type FixFindingParams,
  type FixFindingResult,
  type Suppressing,
  type SuppressParams,
} from '../../server/src/protocol';
import { pickFolder } from './config-file';
import { applyEdit, REFUSALS } from './edits';
import type { FindingNode } from './views/finding-nodes';
import { warn } from './telling';

/** A choice of a list, with what it stands for. */
interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly value: T;
}

/** For who gives a command a key of its own: in menus there is always one. */
const CHOOSE_FINDING = 'Choose a finding in the view of findings first.';

/** A severity, or off. */
export type SeveritySetting = Extract<ConfigureParams['change'], { kind: 'severity' }>['severity'];
const SEVERITIES: readonly SeveritySetting[] = ['error', 'warning', 'information', 'hint', 'off'];

/**
 * Applies a fix of a finding: the only one, or the one that a person picks.
 * @param argument a node of the tree, or what names a finding
 */
export async function fixFinding(client: BaseLanguageClient, argument: unknown): Promise<void> {
  const reference = referenceOf(argument);
  if (!reference) return say(CHOOSE_FINDING);
  const ask = (params: FixFindingParams): Promise<FixFindingResult> =>
    client.sendRequest<FixFindingResult>(FixFindingRequest, params);
  const found = await ask(reference);
  if (!found) return say('This finding is no longer there.');
  if (found.fixes.length === 0) return say('This finding has no fix.');
  const choices = found.fixes.map(({ id, title, kind }): Choice<string> => ({
    label: title,
    description: kind === 'safe' ? 'safe' : 'to be checked',
    value: id,
  }));
  const fixId = await pickOne(choices, 'Which fix?');
  if (fixId === undefined) return;
  const made = await ask({ ...reference, fixId });
  if (!made?.edit) return say('This fix cannot be applied here.');
  await show(reference);
  await apply(client, { edit: made.edit });
}

/**
 * Asks why, and writes the comment.
 * @param argument a node of the tree, or what the light bulb hands over
 * @param given the reason, where it is known
 */
export async function suppressFinding(
  client: BaseLanguageClient,
  argument: unknown,
  given?: unknown,
): Promise<void> {
  const suppressing = suppressingOf(argument);
  if (!suppressing) return say(CHOOSE_FINDING);
  const { needsReason, ...rest } = suppressing;
  const reason = typeof given === 'string' ? given : await askForReason(rest.ruleId, needsReason);
  if (reason === undefined) return;
  const params: SuppressParams = { ...rest, reason };
  await apply(client, await client.sendRequest<EditResult>(SuppressRequest, params));
}

/**
 * Leaves a file out of the analysis, in the configuration file of its folder.
 * @param argument a node of the tree, or a URI
 */
export async function excludeFile(client: BaseLanguageClient, argument: unknown): Promise<void> {
  const uri =
    argument instanceof Uri
      ? client.code2ProtocolConverter.asUri(argument)
      : isNode(argument)
        ? uriOf(argument)
        : undefined;
  if (uri === undefined) return say('Choose a file in the view of findings first.');
  await configure(client, { uri, change: { kind: 'exclude' } });
}

/**
 * Sets the severity of a rule, in the configuration file of a folder.
 * @param argument a node of the tree, or the id of a rule
 */
export async function setRuleSeverity(
  client: BaseLanguageClient,
  argument: unknown,
  given?: unknown,
): Promise<void> {
  const ruleId = ruleOf(argument);
  if (ruleId === undefined) return say('Choose a rule in the view of findings first.');
  const reference = isNode(argument) && argument.kind === 'finding' ? argument.finding : undefined;
  const uri = reference?.uri ?? (await pickFolder())?.uri.toString();
  if (uri === undefined) return;
  const severity = await severityFor(ruleId, given);
  if (severity === undefined) return;
  await configure(client, { uri, change: { kind: 'severity', ruleId, severity } });
}

/** Lets the server make an edit of a configuration file, and applies it. */
export async function configure(
  client: BaseLanguageClient,
  params: ConfigureParams,
): Promise<void> {
  await apply(client, await client.sendRequest<EditResult>(ConfigureRequest, params));
}

/** The severity that was given, else one that a person picks. */
export async function severityFor(
  ruleId: string,
  given?: unknown,
): Promise<SeveritySetting | undefined> {
  const known = SEVERITIES.find((each) => each === given);
  if (known) return known;
  const choices = SEVERITIES.map((value): Choice<SeveritySetting> => ({ label: value, value }));
  return pickOne(choices, `Severity of ${ruleId} in twelve-factor.json`);
}

async function apply(client: BaseLanguageClient, result: EditResult): Promise<void> {
  if ('problem' in result) return say(result.problem);
  const outcome = await applyEdit(client, result.edit);
  if (outcome !== 'applied') say(REFUSALS[outcome]);
}

function askForReason(ruleId: string, needsReason: boolean): Thenable<string | undefined> {
  return window.showInputBox({
    title: `Disable ${ruleId}`,
    prompt: needsReason
      ? 'Why? The reason stands in the comment.'
      : 'Why? The reason stands in the comment; leave it empty for none.',
    placeHolder: 'the health check of the host asks this port',
    ignoreFocusOut: true,
    validateInput: (value) =>
      needsReason && value.trim() === '' ? 'Here a suppression has to say why.' : undefined,
  });
}

/** The only choice, or the one that a person makes. */
async function pickOne<T>(
  choices: readonly Choice<T>[],
  placeHolder: string,
): Promise<T | undefined> {
  if (choices.length === 1) return choices[0]?.value;
  return (await window.showQuickPick(choices, { placeHolder }))?.value;
}

async function show({ uri, range: { start, end } }: FindingReference): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(document, { selection, preserveFocus: true });
}

function referenceOf(argument: unknown): FindingReference | undefined {
  const given = isNode(argument) && argument.kind === 'finding' ? argument.finding : argument;
  if (!isReference(given)) return undefined;
  const { uri, ruleId, range } = given;
  return { uri, ruleId, range };
}

function suppressingOf(argument: unknown): Suppressing | undefined {
  const reference = referenceOf(argument);
  if (!reference) return undefined;
  if (isNode(argument))
    return {
      ...reference,
      scope: 'line',
      needsReason: argument.kind === 'finding' && argument.needsReason,
    };
  const { scope = 'line', needsReason = false } = argument as Partial<Suppressing>;
  return { ...reference, scope, needsReason };
}

/** The rule that a node is about, or the id itself. */
export function ruleOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (!isNode(argument)) return undefined;
  if (argument.kind === 'finding') return argument.finding.ruleId;
  if (argument.kind === 'gap') return 'not-analysed';
  return argument.kind === 'rule' ? argument.label : undefined;
}

function uriOf(node: FindingNode): string | undefined {
  if (node.kind === 'finding') return node.finding.uri;
  return node.kind === 'gap' ? node.gap.uri : node.uri;
}

function isNode(argument: unknown): argument is FindingNode {
  return (
    typeof argument === 'object' && argument !== null && 'kind' in argument && 'id' in argument
  );
}

function isReference(argument: unknown): argument is FindingReference {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    ['uri', 'ruleId', 'range'].every((name) => name in argument)
  );
}

function say(message: string): void {
  void warn(message);
}
