import {
  forEachChild,
  parse,
  type AndOr,
  type Assignment,
  type CommandNode,
  type CompoundList,
  type PipelineNode,
  type Redirection,
  type Statement,
  type SyntaxNode,
  type Word,
  type WordPart,
} from 'unbash';
import type { Span } from '../base/span';
import { isShellTooLong, SHELL_TOO_LONG } from './length';
import { isShellTooDeep, TOO_DEEP } from './nesting';
import {
  alignText,
  fromPieces,
  plainText,
  sliceText,
  sourceSpan,
  type MappedText,
} from './mapped-text';

/** A simple command of a shell text after quote removal. Offsets are in the text that was parsed. */
export interface ShellCommand {
  readonly assignments: readonly {
    readonly name: string;
    readonly value: string;
    readonly span: Span;
  }[];
  readonly words: readonly ShellWord[];
  readonly redirects: readonly {
    readonly operator: string;
    readonly target: string;
    readonly span: Span;
  }[];
  readonly joint: '' | '&&' | '||' | ';' | '|' | '&';
  readonly span: Span;
  /** Inside if/for/while/case/function bodies: may not run. */
  readonly conditional: boolean;
  /** Ended by `&`: the shell goes on without waiting. */
  readonly background: boolean;
  /** Inside the body of a loop. */
  readonly looped: boolean;
  /** Offset of the outermost if/case/loop/function around it; commands of one construct may be alternatives. */
  readonly construct: number | undefined;
  /** Name of the function whose body it is in. */
  readonly functionName: string | undefined;
  /** Inside a command substitution (`$(…)`) of the command that follows. */
  readonly substituted: boolean;
  /** The text of a here-document that is fed to it. */
  readonly input?: { readonly text: string; readonly span: Span };
}

export interface ShellWord {
  /** Text after quote removal; expansions are kept as written (`$PORT`, `${PORT:-3000}`, `$(date)`). */
  readonly text: string;
  readonly span: Span;
  /** False when it contains an expansion. */
  readonly literal: boolean;
}

export interface ShellSyntax {
  readonly text: string;
  readonly commands: readonly ShellCommand[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}

type Joint = ShellCommand['joint'];

interface Surroundings {
  readonly conditional: boolean;
  readonly looped: boolean;
  readonly background: boolean;
  readonly substituted: boolean;
  readonly construct: number | undefined;
  readonly functionName: string | undefined;
  readonly redirects: readonly Redirection[];
}

const PLAIN: Surroundings = {
  conditional: false,
  looped: false,
  background: false,
  substituted: false,
  construct: undefined,
  functionName: undefined,
  redirects: [],
};

/**
 * Parses a shell script or command line into its simple commands, in the order they are written; never throws. Commands in a
 * substitution come before the command that uses their output.
 * @param text the script; a byte order mark and CRLF line ends are tolerated
 */
export function parseShellSyntax(text: string): ShellSyntax {
  if (isShellTooLong(text)) return unread(text, SHELL_TOO_LONG);
  // The parser takes a carriage return for a character of a word; every offset has to stay true.
  const source = text
    .replace(/^\uFEFF/, ' ')
    .replace(/\\\r\n/g, ' \\\n')
    .replace(/\r(?=\n)/g, ' ');
  if (isShellTooDeep(source)) return unread(text, TOO_DEEP);
  try {
    const script = parse(source);
    const commands: ShellCommand[] = [];
    addStatements(script.commands, '', PLAIN, commands);
    const errors = (script.errors ?? []).map((error) => ({
      message: error.message,
      span: { start: error.pos, end: Math.min(error.pos + 1, text.length) },
    }));
    return { text, commands, errors };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unread(text, message);
  }
}

function unread(text: string, message: string): ShellSyntax {
  return { text, commands: [], errors: [{ message, span: { start: 0, end: 0 } }] };
}

/** A word's text with the place of each of its characters in the text that was parsed. */
export function shellWordText(syntax: ShellSyntax, word: ShellWord): MappedText {
  const spelled = syntax.text.slice(word.span.start, word.span.end);
  if (spelled === word.text) return plainText(word.text, word.span.start);
  const quoted = spelled.slice(1, -1);
  if (quoted === word.text) return plainText(word.text, word.span.start + 1);
  return alignText(syntax.text, word.span, word.text, { skippable: /["'\\\r\n$]/ });
}

/** Carries positions inside a text through to the file the text came from. */
export function throughText(outer: MappedText, inner: MappedText): MappedText {
  return fromPieces(
    inner.pieces.flatMap((piece) => {
      const { start, end } = piece.span;
      if (piece.text.length === end - start) return sliceText(outer, start, end).pieces;
      return [{ text: piece.text, span: sourceSpan(outer, start, end) }];
    }),
    sourceSpan(outer, 0, 0).start,
  );
}

function addStatements(
  statements: readonly Statement[],
  first: Joint,
  around: Surroundings,
  out: ShellCommand[],
): void {
  let joint = first;
  for (const statement of statements) {
    const background = around.background || statement.background === true;
    addNode(statement.command, joint, { ...around, background }, out);
    joint = statement.background === true ? '&' : ';';
  }
}

function addNode(
  node: PipelineNode | AndOr,
  joint: Joint,
  around: Surroundings,
  out: ShellCommand[],
): void {
  if (node.type === 'AndOr') {
    node.commands.forEach((command, index) => {
      addNode(command, index === 0 ? joint : (node.operators[index - 1] ?? '&&'), around, out);
    });
  } else if (node.type === 'Pipeline') {
    node.commands.forEach((command, index) => {
      addCommand(command, index === 0 ? joint : '|', around, out);
    });
  } else {
    addCommand(node, joint, around, out);
  }
}

// eslint-disable-next-line complexity -- one case for each kind of command
function addCommand(
  node: CommandNode,
  joint: Joint,
  around: Surroundings,
  out: ShellCommand[],
): void {
  const inBody: Surroundings = {
    ...around,
    conditional: true,
    construct: around.construct ?? node.pos,
  };
  const inLoop: Surroundings = { ...inBody, looped: true };
  const list = (body: CompoundList, within: Surroundings, first: Joint = ';'): void => {
    addStatements(body.commands, first, within, out);
  };
  switch (node.type) {
    case 'Command':
      addSubstitutions(node, { ...around, substituted: true, redirects: [] }, out);
      out.push(simpleCommand(node, joint, around));
      break;
    case 'Redirected':
      addCommand(
        node.command,
        joint,
        { ...around, redirects: [...around.redirects, ...node.redirects] },
        out,
      );
      break;
    case 'Subshell':
    case 'BraceGroup':
      list(node.body, around, joint);
      break;
    case 'If':
      list(node.clause, around, joint);
      list(node.then, inBody);
      for (const branch of node.elif) {
        list(branch.clause, inBody);
        list(branch.then, inBody);
      }
      if (node.else) list(node.else, inBody);
      break;
    case 'While':
      list(node.clause, { ...around, looped: true }, joint);
      list(node.body, inLoop);
      break;
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
      list(node.body, inLoop, joint);
      break;
    case 'Case':
      for (const item of node.items) list(item.body, inBody);
      break;
    case 'Function': {
      const inFunction = { ...inBody, functionName: node.name.value };
      if (node.body.type === 'CompoundList') list(node.body, inFunction);
      else addCommand(node.body, ';', inFunction, out);
      break;
    }
    case 'Coproc':
      if (node.body.type === 'CompoundList') list(node.body, inBody);
      else addCommand(node.body, ';', inBody, out);
      break;
    case 'TestCommand':
    case 'ArithmeticCommand':
      break;
  }
}

/** The commands of `$(…)` in words and assignments. Escaped backticks have positions of their own and are left out. */
function addSubstitutions(node: SyntaxNode, around: Surroundings, out: ShellCommand[]): void {
  forEachChild(node, (child) => {
    if (child.type === 'CommandExpansion' || child.type === 'ProcessSubstitution') {
      const { script } = child;
      if (script && script.source === undefined) addStatements(script.commands, ';', around, out);
    } else {
      addSubstitutions(child, around, out);
    }
  });
}

function simpleCommand(
  node: Extract<CommandNode, { type: 'Command' }>,
  joint: Joint,
  around: Surroundings,
): ShellCommand {
  const assignments = node.prefix.flatMap((part) =>
    part.type === 'Assignment' ? [assignment(part)] : [],
  );
  const words = node.name ? [shellWord(node.name), ...node.args.map(argument)] : [];
  const redirections = [...node.redirects, ...around.redirects];
  const document = redirections.flatMap((part) => (part.type === 'HereDoc' ? [part.body] : []))[0];
  return {
    assignments,
    words,
    redirects: redirections.map(redirect),
    joint,
    span: { start: node.pos, end: node.end },
    conditional: around.conditional,
    background: around.background,
    looped: around.looped,
    substituted: around.substituted,
    construct: around.construct,
    functionName: around.functionName,
    ...(document
      ? { input: { text: document.text, span: { start: document.pos, end: document.end } } }
      : {}),
  };
}

function assignment(part: Assignment): { name: string; value: string; span: Span } {
  const value =
    part.value.type === 'Word' ? part.value.value : part.text.slice(part.text.indexOf('=') + 1);
  return { name: part.name, value, span: { start: part.pos, end: part.end } };
}

function argument(part: Word | Assignment): ShellWord {
  if (part.type === 'Word') return shellWord(part);
  const { name, value, span } = assignment(part);
  const literal = part.value.type === 'Word' && (part.value.parts ?? []).every(isLiteral);
  return { text: `${name}=${value}`, span, literal };
}

function shellWord(word: Word): ShellWord {
  return {
    text: word.value,
    span: { start: word.pos, end: word.end },
    literal: (word.parts ?? []).every(isLiteral),
  };
}

function isLiteral(part: WordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.every(isLiteral);
    default:
      return false;
  }
}

function redirect(part: Redirection): { operator: string; target: string; span: Span } {
  const descriptor =
    part.descriptor?.type === 'FileDescriptor' ? String(part.descriptor.value) : '';
  const target = part.type === 'HereDoc' ? part.delimiter?.value : part.target?.value;
  return {
    operator: descriptor + part.operator,
    target: target ?? '',
    span: { start: part.pos, end: part.end },
  };
}
