import { DiagnosticSeverity, languages, type Diagnostic, type Uri } from 'vscode';

/** The `source` of every diagnostic that the server reports. */
const SOURCE = 'twelve-factor';

/** True when one of the diagnostics is a finding of ours. */
export function hasOwnFinding(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isFinding);
}

/** How many findings VS Code shows in one file now. Hints do not count, as in the workspace's count and the Problems panel. */
export function countFindings(uri: Uri): number {
  return languages
    .getDiagnostics(uri)
    .filter((each) => isFinding(each) && each.severity !== DiagnosticSeverity.Hint).length;
}

/** How often each rule is reported in the workspace now, by rule id, sorted by id. */
export function findingsByRule(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, diagnostics] of languages.getDiagnostics()) {
    for (const diagnostic of diagnostics.filter(isFinding)) {
      const rule = ruleOf(diagnostic);
      if (rule !== undefined) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ruleOf({ code }: Diagnostic): string | undefined {
  if (code === undefined) return undefined;
  return String(typeof code === 'object' ? code.value : code);
}

function isFinding(diagnostic: Diagnostic): boolean {
  return diagnostic.source === SOURCE;
}
