import {
  ErrorCodes,
  Message,
  Position,
  Range,
  ResponseError,
  type Connection,
  type MessageStrategy,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { SEVERITIES } from '../base/severity';
import {
  AnalyzeWorkspaceRequest,
  ConfigureRequest,
  FindingsRequest,
  FixAllRequest,
  FixFindingRequest,
  MapRequest,
  RulesRequest,
  ScorecardRequest,
  SuppressRequest,
  ToolQuestionRequest,
  ToolRequest,
} from '../protocol';

/** Requests that must not be answered are handed on under this name, so that an error answers them. */
const REFUSED = '$/twelveFactor/refused';

interface Refusal {
  readonly code: number;
  readonly reason: string;
}

export interface MessageGuard extends MessageStrategy {
  /** Has the client said that it is about to end the server? */
  isShutDown(): boolean;
}

/**
 * Lets through what the protocol allows at the time, in the shape it has there. Everything else never reaches a handler: requests get the
 * protocol's error, notifications go unheard.
 * @param warn called with what is wrong with a notification, which nobody else would hear of
 */
export function messageGuard(warn: (message: string) => void): MessageGuard {
  let state: 'new' | 'running' | 'shut down' = 'new';
  const refusal = (method: string, params: unknown): Refusal | undefined => {
    if (method === 'exit') return undefined;
    if (state === 'new' && method !== 'initialize')
      return { code: ErrorCodes.ServerNotInitialized, reason: `${method} before initialize` };
    if (state === 'shut down')
      return { code: ErrorCodes.InvalidRequest, reason: `${method} after shutdown` };
    if (state === 'running' && method === 'initialize')
      return { code: ErrorCodes.InvalidRequest, reason: 'a second initialize' };
    const isValid = SHAPES[method]?.(params) ?? true;
    return isValid
      ? undefined
      : { code: ErrorCodes.InvalidParams, reason: `${method} has parameters of another shape` };
  };
  return {
    isShutDown: () => state === 'shut down',
    handleMessage(message, next) {
      if (!Message.isRequest(message) && !Message.isNotification(message)) return next(message);
      const { method, params } = message;
      const refused = refusal(method, params);
      if (!refused) {
        if (method === 'initialize') state = 'running';
        if (method === 'shutdown') state = 'shut down';
        return next(message);
      }
      if (Message.isRequest(message)) {
        const request = { ...message, method: REFUSED, params: refused };
        return next(request);
      }
      warn(`Ignored: ${refused.reason}.`);
      return undefined;
    },
  };
}

/** Answers the requests that the guard of the same connection refused. */
export function answerRefused(connection: Connection): void {
  connection.onRequest(REFUSED, ({ code, reason }: Refusal) => {
    throw new ResponseError(code, `Refused: ${reason}.`);
  });
}

type Shape = (value: unknown) => boolean;

const isString: Shape = (value) => typeof value === 'string';
const isWhole: Shape = (value) => Number.isInteger(value);
const isUri: Shape = (value) => {
  if (typeof value !== 'string' || value === '') return false;
  try {
    URI.parse(value, true);
    return true;
  } catch {
    return false;
  }
};

function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

/** Absent and null are the same to many clients. */
function optional(shape: Shape): Shape {
  return (value) => value === undefined || value === null || shape(value);
}

/** An object with at least these members. */
function having(members: Readonly<Record<string, Shape>>): Shape {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, shape]) =>
      shape((value as Readonly<Record<string, unknown>>)[name]),
    );
}

const document = having({ uri: isUri });
const isRange: Shape = (value) => Range.is(value);
const isPosition: Shape = (value) => Position.is(value);
const isPlace = having({ textDocument: document, position: isPosition });
const folders = listOf(document);
const finding = { uri: isUri, ruleId: isString, range: isRange };
const isScope = oneOf('line', 'file');

const isExclusion = having({ kind: oneOf('exclude') });
const isSeverityChange = having({
  kind: oneOf('severity'),
  ruleId: isString,
  severity: oneOf(...SEVERITIES, 'off'),
});

/** What handlers take for granted of parameters, by method. */
const SHAPES: Readonly<Record<string, Shape>> = {
  initialize: having({ capabilities: having({}), workspaceFolders: optional(folders) }),
  'textDocument/didOpen': having({
    textDocument: having({ uri: isUri, version: isWhole, text: isString }),
  }),
  'textDocument/didChange': having({
    textDocument: having({ uri: isUri, version: isWhole }),
    contentChanges: listOf(having({ text: isString, range: optional(isRange) })),
  }),
  'textDocument/didClose': having({ textDocument: document }),
  'textDocument/didSave': having({ textDocument: document }),
  'textDocument/diagnostic': having({
    textDocument: document,
    previousResultId: optional(isString),
  }),
  'textDocument/codeAction': having({
    textDocument: document,
    range: isRange,
    context: having({ diagnostics: listOf(having({})), only: optional(listOf(isString)) }),
  }),
  'textDocument/hover': isPlace,
  'textDocument/completion': isPlace,
  'completionItem/resolve': having({ label: isString }),
  'textDocument/definition': isPlace,
  'textDocument/references': having({
    textDocument: document,
    position: isPosition,
    context: having({}),
  }),
  'textDocument/documentHighlight': isPlace,
  'textDocument/prepareRename': isPlace,
  'textDocument/rename': having({
    textDocument: document,
    position: isPosition,
    newName: isString,
  }),
  'textDocument/codeLens': having({ textDocument: document }),
  'codeAction/resolve': having({
    title: isString,
    // Editors ask for the edits of commands, too.
    data: optional(
      having({
        uri: isUri,
        version: isWhole,
        range: isRange,
        only: optional(listOf(isString)),
        id: isString,
      }),
    ),
  }),
  'workspace/diagnostic': having({
    previousResultIds: listOf(having({ uri: isUri, value: isString })),
  }),
  'workspace/didChangeWatchedFiles': having({
    changes: listOf(having({ uri: isUri, type: oneOf(1, 2, 3) })),
  }),
  'workspace/didChangeWorkspaceFolders': having({
    event: having({ added: folders, removed: folders }),
  }),
  'workspace/executeCommand': having({
    command: isString,
    arguments: optional(listOf(() => true)),
  }),
  [FixAllRequest]: having({
    scope: oneOf('file', 'workspace'),
    uri: optional(isUri),
    ruleId: optional(isString),
  }),
  [ToolRequest]: having({ name: isString }),
  [ToolQuestionRequest]: having({ name: isString }),
  [AnalyzeWorkspaceRequest]: () => true,
  [FindingsRequest]: () => true,
  [MapRequest]: () => true,
  [ScorecardRequest]: () => true,
  [RulesRequest]: having({ uri: optional(isUri) }),
  [FixFindingRequest]: having({ ...finding, fixId: optional(isString) }),
  [SuppressRequest]: having({ ...finding, scope: isScope, reason: isString }),
  [ConfigureRequest]: having({
    uri: isUri,
    change: (value) => isSeverityChange(value) || isExclusion(value),
  }),
};
