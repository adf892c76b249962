import { fileEdit } from '../../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../../engine/finding';
import type { Closer } from '../../../fixes/closers';
import { freeName, nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import { declaredMajor } from '../../../fixes/files/package-versions';
import type { SourceSyntax } from '../../../languages/source/syntax';
import type { CallMeaning, ProjectModel } from '../../../project/model';
import { exportedConstants } from './process-closers';
import { isCallOrNew } from './served-call';
import { indented, SIGNALS } from './shutdown-handler';
import { holderOf } from './shutdown-place';

/** How all sockets of a server are closed, by the framework that opens them. */
const CLOSE_SOCKETS: ReadonlyMap<string, (name: string) => string> = new Map([
  ['ws', (name) => `for (const client of ${name}.clients) client.close(1001)`],
  ['socket.io', (name) => `${name}.disconnectSockets(true)`],
  ['express-ws', (name) => `for (const client of ${name}.getWss().clients) client.close(1001)`],
]);

/**
 * A server waits for the sockets that it has handed over. Where the handler cannot name what holds them, the code that does closes
 * them itself.
 * @param modules all modules of the process
 * @param main the module with the handler
 * @param closers what the handler closes
 */
export function socketChanges(
  model: ProjectModel,
  modules: readonly string[],
  main: string,
  closers: readonly Closer[],
): FileChange[] {
  return modules.flatMap((path) => {
    const syntax = model.files.source(path);
    if (!syntax || syntax.embedded) return [];
    const named = new Set(
      path === main
        ? closers.map(({ name }) => name)
        : exportedConstants(syntax).map(({ local }) => local),
    );
    const [edits] = model.meanings(path).flatMap((found) => {
      const text = socketEdits(model, syntax, found, named);
      return text ? [text] : [];
    });
    return edits ? [fileEdit(path, edits)] : [];
  });
}

function socketEdits(
  model: ProjectModel,
  syntax: SourceSyntax,
  { meaning, call }: CallMeaning,
  named: ReadonlySet<string>,
): TextEdit[] | undefined {
  if (meaning.kind !== 'listen' || meaning.attaches !== true) return undefined;
  const close = CLOSE_SOCKETS.get(meaning.framework);
  const made = nodeAt(syntax, call.span, isCallOrNew);
  const isOld = (declaredMajor(model.packageOf(syntax.path), meaning.framework) ?? 4) < 4;
  if (!close || !made || (meaning.framework === 'socket.io' && isOld)) return undefined;
  const style = styleIn(model, syntax);
  const holder = holderOf(syntax, style, made, meaning.framework);
  if (!holder || named.has(holder.name)) return undefined;
  const text = endingText(syntax, style, close(holder.name));
  return [...holder.bind, ...holder.put(holder.prelude + text)];
}

function endingText(syntax: SourceSyntax, style: SourceStyle, close: string): string {
  const { semicolon, constant } = style;
  const name = freeName(syntax, 'endSockets', 'closeOpenSockets');
  const again = close.startsWith('for')
    ? [
        'setInterval(() => {',
        ...indented([close + semicolon], style),
        `}, 250).unref()${semicolon}`,
      ]
    : [`setInterval(() => ${close}, 250).unref()${semicolon}`];
  return [
    '// The server waits for open sockets.',
    `${constant} ${name} = () => {`,
    ...indented(again, style),
    `}${semicolon}`,
    ...SIGNALS.map((signal) => `process.once(${quoted(signal, style)}, ${name})${semicolon}`),
  ].join('\n');
}
