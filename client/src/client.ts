import { CodeActionKind, Uri, type LogOutputChannel, type TextDocument } from 'vscode';
import {
  RevealOutputChannelOn,
  vsdiag,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient';
import {
  FIX_WORKSPACE,
  SHOW_DOCUMENTATION,
  SHOW_READERS,
  SUPPRESS,
  type ServerStartOptions,
} from '../../server/src/protocol';
import { besideTypeScript } from './completions';
import { documentSelector } from './documents';
import { hasOwnFinding } from './findings';
import { showsReaders } from './readers';
import { pageFolder, RULE_PAGES } from './rule-docs';
import { readSettings, SECTION } from './settings';

/** The client's id: also the section of its trace setting. */
export const CLIENT_ID = SECTION;
export const CLIENT_NAME = 'Twelve-Factor';

function startOptions(extension: Uri): ServerStartOptions {
  return {
    commands: [SHOW_DOCUMENTATION, SHOW_READERS, SUPPRESS, FIX_WORKSPACE],
    rulePages: RULE_PAGES,
    pageFolder: pageFolder(extension).toString(),
  };
}

/**
 * What the language client needs to know, the same on desktop and in the browser.
 * @param output where client and server log; `twelveFactor.trace.server` says how much of the traffic at level trace
 * @param extension its folder
 */
export function clientOptions(output: LogOutputChannel, extension: Uri): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    outputChannel: output,
    traceOutputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    progressOnInitialization: true,
    initializationOptions: startOptions(extension),
    // The default adds a bare notification to the one that a failed start brings anyway.
    initializationFailedHandler: () => false,
    // Given options replace the library's defaults altogether.
    diagnosticPullOptions: { onChange: true, onSave: true },
    middleware,
  };
}

const middleware: Middleware = {
  provideCodeActions(document, range, context, token, next) {
    // Quick fixes belong to findings: where there is none, the server need not be asked on every move of the cursor.
    const onlyFixes = context.only === undefined || CodeActionKind.QuickFix.contains(context.only);
    if (onlyFixes && !hasOwnFinding(context.diagnostics)) return [];
    return next(document, range, context, token);
  },
  async provideCompletionItem(document, position, context, token, next) {
    const found = await next(document, position, context, token);
    const items = Array.isArray(found) ? found : (found?.items ?? []);
    return besideTypeScript(items, document, position);
  },
  async provideCodeLenses(document, token, next) {
    return (await next(document, token))?.map(showsReaders);
  },
  provideDiagnostics(document, previousResultId, token, next) {
    // Not a filter of the pull options: those are not asked when the server wants everything pulled again.
    if (previousResultId !== undefined && waitsForSave(document)) {
      const kind = vsdiag.DocumentDiagnosticReportKind.unChanged;
      return { kind, resultId: previousResultId };
    }
    return next(document, previousResultId, token);
  },
};

function waitsForSave(document: TextDocument | Uri): boolean {
  if (document instanceof Uri) return false;
  return document.isDirty && readSettings(document.uri).run === 'onSave';
}
