import type * as TypeScript from 'typescript';
import { contains, type Span } from '../../base/span';
import type { Fix, TextEdit } from '../../engine/finding';
import { nodeAround, spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { removeFromList } from '../code/lists';
import { nodeOver } from '../code/nodes';
import { styleIn } from '../code/package-style';
import { type SourceStyle } from '../code/style';
import { withoutUnused, type DroppablePackage } from '../code/unused';
import { appendEdits, isMorgan, morganEdits, streamEdits } from './log-streams';
import {
  bunyanStreamEdits,
  log4jsAppenderEdits,
  objectWith,
  pinoTargetEdits,
  removeProperties,
} from './log-targets';
import {
  argumentsSpan,
  isFileTransport,
  pinoDestinationEdits,
  winstonEdits,
} from './log-transports';

/** Log output that goes to a file. */
export interface LogFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /**
   * Anything in what names the file: the call (`new transports.File(…)`, `pino.destination('x')`, `morgan('dev', { stream })`,
   * `fs.createWriteStream('app.log')`, `fs.appendFile('app.log', line, done)`), its name, the options object or the file name
   * in there.
   */
  readonly span: Span;
  /** The logger that writes: `winston`, `pino`, `bunyan`, `log4js`, `morgan` …; `fs` for the file system. */
  readonly library: string;
}

/** The fix `log-to-stdout`: the same lines go to the standard output; what only served the file goes. */
export function logToStdoutFix(request: LogFixRequest): Fix {
  const { model, path, library } = request;
  return {
    id: 'log-to-stdout',
    kind: 'suggest',
    title: /^winston/.test(library) ? 'Log to the console transport' : 'Log to the standard output',
    build: (batch) => {
      const syntax = model.files.source(path);
      const node = syntax && nodeAround(syntax, request.span);
      if (!syntax || !node || syntax.embedded) return undefined;
      const edits = logEdits(syntax, styleIn(model, syntax), node, request);
      return edits && edits.length > 0
        ? withoutUnused(model, syntax, batch, edits, FILE_PACKAGES)
        : undefined;
    },
  };
}

/** Packages whose only purpose is writing log files. */
const FILE_PACKAGES: readonly DroppablePackage[] = [
  { name: 'winston-daily-rotate-file', provides: /DailyRotateFile/ },
  { name: 'rotating-file-stream' },
  { name: 'file-stream-rotator' },
  { name: 'pino-roll' },
  { name: 'bunyan-rotating-file-stream' },
  { name: 'stream-file-archive' },
  { name: 'logrotate-stream' },
];

function logEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  node: TypeScript.Node,
  { library, span }: LogFixRequest,
): TextEdit[] | undefined {
  const api = ts();
  const call = nodeOver(syntax, span, isCallOrNew);
  if (/^winston/.test(library)) {
    const transport = nodeOver(syntax, span, isFileTransport);
    return transport && winstonEdits(syntax, style, transport);
  }
  if (
    call &&
    contains(spanOf(call.expression), spanOf(node)) &&
    /^(create\w*|getStream)$/.test(calleeName(call))
  )
    return morganAround(syntax, call) ?? streamEdits(syntax, call);
  switch (library) {
    case 'pino':
      return pinoEdits(syntax, style, node, call);
    case 'bunyan': {
      const object = objectWith(node, 'path');
      return object ? bunyanStreamEdits(syntax, object) : call && streamEdits(syntax, call);
    }
    case 'log4js': {
      const object = objectWith(node, 'type');
      return object && log4jsAppenderEdits(syntax, style, object);
    }
    case 'morgan':
      return call && api.isCallExpression(call) ? morganEdits(syntax, call) : undefined;
  }
  if (!call) return undefined;
  const callee = calleeName(call);
  if (/^(append|write)File(Sync)?$|^outputFile(Sync)?$/.test(callee))
    return api.isCallExpression(call) ? appendEdits(call) : undefined;
  return streamEdits(syntax, call);
}

function pinoEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  node: TypeScript.Node,
  call: TypeScript.CallExpression | TypeScript.NewExpression | undefined,
): TextEdit[] | undefined {
  const api = ts();
  const target = objectWith(node, 'target');
  if (target && (!call || call.pos < target.pos)) return pinoTargetEdits(syntax, style, target);
  if (!call) return undefined;
  if (/^(destination|extreme|SonicBoom)$/.test(calleeName(call)))
    return pinoDestinationEdits(syntax, call);
  // `pino('./app.log')`, and fastify's `logger: { file: './app.log' }`.
  if (api.isCallExpression(call) && call.arguments.includes(node as TypeScript.Expression)) {
    const list = {
      text: syntax.text,
      span: argumentsSpan(call),
      items: call.arguments.map(spanOf),
    };
    return removeFromList(list, call.arguments.indexOf(node as TypeScript.Expression));
  }
  const holder = objectWith(node, 'file');
  return holder && removeProperties(syntax.text, holder, ['file']);
}

/** A stream that is made for morgan alone: morgan does without. */
function morganAround(
  syntax: SourceSyntax,
  stream: TypeScript.CallExpression | TypeScript.NewExpression,
): TextEdit[] | undefined {
  const api = ts();
  const options = stream.parent.parent;
  if (!api.isPropertyAssignment(stream.parent) || !api.isObjectLiteralExpression(options))
    return undefined;
  const call = options.parent;
  return api.isCallExpression(call) && isMorgan(call) ? morganEdits(syntax, call) : undefined;
}

function calleeName(call: TypeScript.CallExpression | TypeScript.NewExpression): string {
  const { expression } = call;
  return ts().isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

function isCallOrNew(
  node: TypeScript.Node,
): node is TypeScript.CallExpression | TypeScript.NewExpression {
  return ts().isCallExpression(node) || ts().isNewExpression(node);
}
