import type { Location, Span } from '../../../base/span';
import { combineChanges, fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { nodeAt, staticName } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { quoted } from '../../../fixes/code/style';
import { environmentAccess } from '../../../fixes/environment/environment-access';
import { documentInExample } from '../../../fixes/files/example-file';
import { spanOf } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

/** A server that listens on the loopback interface. */
export interface LoopbackBind {
  readonly model: ProjectModel;
  /** The literal that chooses the interface; or the call that leaves the choice to the framework. */
  readonly literal?: Location;
  readonly call?: { readonly path: string; readonly span: Span };
}

const VARIABLE = 'HOST';
const ALL = '0.0.0.0';

/** The fix `bind-all`: the host comes from the environment, and is all interfaces where that says nothing. */
export function bindAllFix(request: LoopbackBind): Fix {
  const { model, literal, call } = request;
  const path = literal?.path ?? call?.path ?? '';
  return {
    id: 'bind-all',
    kind: 'suggest',
    title: 'Read the host from the environment, with all interfaces as default',
    build: () => {
      const syntax = model.files.source(path);
      const access = environmentAccess(model, path);
      if (!syntax || syntax.embedded || access?.prefix !== '') return undefined;
      const style = styleIn(model, syntax);
      const host = `${access.read(VARIABLE)} ${style.coalesce} ${quoted(ALL, style)}`;
      const edits = literal
        ? replacedLiteral(request, host)
        : call && addedArgument(request, call.span, host);
      return (
        edits &&
        combineChanges(
          [fileEdit(path, edits)],
          documentInExample(model, path, { name: VARIABLE, value: ALL, isSecret: false }),
        )
      );
    },
  };
}

function replacedLiteral({ model, literal }: LoopbackBind, host: string): TextEdit[] | undefined {
  const syntax = literal && model.files.source(literal.path);
  const node = syntax && nodeAt(syntax, literal.span, ts().isStringLiteralLike);
  if (!node) return undefined;
  const isOperand =
    ts().isBinaryExpression(node.parent) || ts().isConditionalExpression(node.parent);
  return [replacement(spanOf(node), isOperand ? `(${host})` : host)];
}

/** `listen({ port })` gets a `host`, `listen(port)` a second argument. */
function addedArgument(
  { model, call }: LoopbackBind,
  span: Span,
  host: string,
): TextEdit[] | undefined {
  const api = ts();
  const syntax = call && model.files.source(call.path);
  const node = syntax && nodeAt(syntax, span, api.isCallExpression);
  const first = node?.arguments[0];
  if (!syntax || !first) return undefined;
  if (!api.isObjectLiteralExpression(first)) return [insertion(first.end, `, ${host}`)];
  const last = first.properties.at(-1);
  // Another name for the host, which says something already.
  const saysAddress = first.properties.some(
    ({ name }) => name !== undefined && /^(address|hostname)$/.test(staticName(name) ?? ''),
  );
  if (!last || saysAddress) return undefined;
  const isMultiLine = syntax.text.slice(first.getStart(), first.end).includes('\n');
  const separator = isMultiLine
    ? `,${/\r?\n[ \t]*$/.exec(syntax.text.slice(0, last.getStart()))?.[0] ?? ' '}`
    : ', ';
  return [insertion(last.end, `${separator}host: ${host}`)];
}
