import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../../engine/finding';
import { importBindings } from '../../../fixes/code/import-bindings';
import { freeName, visit } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';
import { indented, SIGNALS } from './shutdown-handler';
import { slotBehind } from './spellings';

/** The module that forks the workers of a cluster, and how it learns to stop them. */
export interface ClusterPrimary {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

/**
 * The primary of the cluster that a process runs in.
 * @param modules all modules of the process
 * @returns undefined where nothing forks workers
 */
export function primaryOf(
  model: ProjectModel,
  modules: readonly string[],
): ClusterPrimary | undefined {
  for (const path of modules) {
    if (!/\bcluster\b/.test(model.files.text(path) ?? '')) continue;
    const syntax = model.files.source(path);
    const found = syntax && !syntax.embedded ? primaryIn(model, syntax) : undefined;
    if (found) return { path, edits: found };
  }
  return undefined;
}

function primaryIn(model: ProjectModel, syntax: SourceSyntax): TextEdit[] | undefined {
  const cluster = importBindings(syntax).find(
    ({ specifier, imported }) =>
      /^(node:)?cluster$/.test(specifier) && /^(\*|default)$/.test(imported),
  )?.local;
  const fork = cluster === undefined ? undefined : firstFork(syntax, cluster);
  const last = fork && lastOfBranch(fork);
  if (cluster === undefined || !last) return undefined;
  const style = styleIn(model, syntax);
  const text = primaryText(syntax, style, cluster);
  return slotBehind(syntax, style, last)?.put(text, '');
}

function firstFork(syntax: SourceSyntax, cluster: string): TypeScript.Node | undefined {
  const api = ts();
  let found: TypeScript.Node | undefined;
  visit(syntax.sourceFile, (node) => {
    if (api.isCallExpression(node) && node.expression.getText() === `${cluster}.fork`)
      found ??= node;
  });
  return found;
}

/** The last statement of the branch or function that forks: what restarts workers is set up by then. */
function lastOfBranch(fork: TypeScript.Node): TypeScript.Statement | undefined {
  const api = ts();
  let at: TypeScript.Node = fork;
  for (;;) {
    const { parent } = at as { readonly parent?: TypeScript.Node };
    if (!parent) return undefined;
    const isOwner =
      api.isSourceFile(parent) ||
      (api.isBlock(parent) && !isRepeated(parent.parent) && !api.isTryStatement(parent.parent));
    if (isOwner) {
      const { statements } = parent;
      const ending = statements[statements.length - 1];
      // Of a module all comes after the branch that it may take.
      if (api.isSourceFile(parent)) return at as TypeScript.Statement;
      const isReturn = ending && api.isReturnStatement(ending);
      return isReturn ? statements[statements.length - 2] : ending;
    }
    at = parent;
  }
}

/** A loop, or a function that is given to something that calls it: `cpus.forEach(() => cluster.fork())`. */
function isRepeated(node: TypeScript.Node): boolean {
  const api = ts();
  if (api.isForStatement(node) || api.isForOfStatement(node) || api.isForInStatement(node))
    return true;
  const { WhileStatement, DoStatement } = api.SyntaxKind;
  if (node.kind === WhileStatement || node.kind === DoStatement) return true;
  return (
    (api.isArrowFunction(node) || api.isFunctionExpression(node)) &&
    api.isCallExpression(node.parent) &&
    node.parent.arguments.some((argument) => argument === node)
  );
}

function primaryText(syntax: SourceSyntax, style: SourceStyle, cluster: string): string {
  const { semicolon } = style;
  const isTypeScript = style.language === 'ts';
  const name = freeName(syntax, 'stopWorkers', 'shutDownWorkers');
  const restarts = ['exit', 'disconnect'].filter(
    (event) =>
      event === 'exit' ||
      new RegExp(`\\b${cluster}\\.on(ce)?\\(\\s*['"]${event}['"]`).test(syntax.text),
  );
  const workers = isTypeScript ? `${cluster}.workers ?? {}` : `${cluster}.workers`;
  const exited = [
    `if (code !== 0) process.exitCode = 1${semicolon}`,
    `running -= 1${semicolon}`,
    `if (running === 0) process.exit()${semicolon}`,
  ];
  const body = [
    ...restarts.map(
      (event) => `${cluster}.removeAllListeners(${quoted(event, style)})${semicolon}`,
    ),
    `let running = Object.keys(${workers}).length${semicolon}`,
    `${cluster}.on(${quoted('exit', style)}, (_worker, code) => {`,
    ...indented(exited, style),
    `})${semicolon}`,
    `for (const worker of Object.values(${workers})) worker${isTypeScript ? '?' : ''}.process.kill(${quoted('SIGTERM', style)})${semicolon}`,
    `setTimeout(() => process.exit(1), ${style.tenThousand}).unref()${semicolon}`,
  ];
  return [
    '// Workers finish by themselves; none is started again.',
    `${style.constant} ${name} = () => {`,
    ...indented(body, style),
    `}${semicolon}`,
    ...SIGNALS.map((signal) => `process.on(${quoted(signal, style)}, ${name})${semicolon}`),
  ].join('\n');
}
