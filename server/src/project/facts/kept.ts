import type * as TypeScript from 'typescript';
import { changeBetween, shiftBy, type TextChange } from '../../base/text-change';
import type { BoundSource, NodesByKind } from '../../languages/source/bind';
import type { CallFact, FunctionFact, Mark, SourceFacts, WriteFact } from './facts';
import { moverOf } from './moved';
import { mentionedIn, partAt, providedBy, type Part, type Provided } from './parts';
import type { HandlerFailure, RuleHandlers } from './source-handlers';

/** A mark of a rule's, with the part of the file that its handler looked at. */
export interface LeftMark {
  readonly ruleId: string;
  readonly mark: Mark;
  readonly part: number;
}

/** What was collected of a file, with what is needed to keep some of it over an edit. */
export interface Collection {
  readonly facts: SourceFacts;
  readonly failures: readonly HandlerFailure[];
  readonly text: string;
  readonly rules: readonly RuleHandlers[];
  readonly parts: readonly Part[];
  readonly marks: readonly LeftMark[];
  /** No value of it depends on the order in which values were asked for. */
  readonly isSure: boolean;
  /** Some of it was taken from before. */
  readonly isPart: boolean;
  /** Where the text has syntax errors: what was collected of the last one that had none. */
  readonly unbroken?: Collection;
}

/** What is taken from before, and where the rest is collected. */
export interface Kept {
  /** The nodes that have to be looked at. */
  readonly nodes: NodesByKind;
  readonly calls: readonly CallFact[];
  readonly writes: readonly WriteFact[];
  readonly marks: readonly LeftMark[];
  readonly demands: readonly string[];
  /** Is anything taken from before? */
  readonly isPart: boolean;
  functionOf(id: number): FunctionFact | undefined;
}

/** Everything is collected. */
export const nothingKept = ({ nodes }: BoundSource): Kept => ({
  nodes,
  calls: [],
  writes: [],
  marks: [],
  demands: [],
  isPart: false,
  functionOf: () => undefined,
});

/** An edit, with what has to be known of the tree before it is used up. */
export interface Edit {
  readonly before: Collection;
  readonly change: TextChange;
  /** The first of the parts that the edit may touch, by index. */
  readonly from: number;
  /** Those parts, and the ones around them. */
  readonly near: readonly Near[];
}

interface Near {
  readonly provided: Provided;
  readonly mentioned: ReadonlySet<string>;
  /** Does it load modules by itself? */
  readonly loads: boolean;
  /** Does the edit touch nothing of it but the block of the function that it is? */
  readonly isInBlock: boolean;
}

/**
 * Looks at what an edit may touch.
 * @returns undefined where nothing can be kept
 */
export function editOf(before: Collection, text: string): Edit | undefined {
  if (!before.isSure) return undefined;
  const change = changeBetween(before.text, text);
  const { parts } = before;
  let first = 0;
  while (first < parts.length && (parts[first] as Part).end < change.start) first += 1;
  let behind = first;
  while (behind < parts.length && (parts[behind] as Part).start <= change.endBefore) behind += 1;
  // What is half typed takes what comes next for its own.
  const from = Math.max(0, first - 1);
  const near = parts.slice(from, behind + 2).map((part) => ({
    provided: providedBy(part),
    mentioned: mentionedIn(part),
    loads: LOADS.test(before.text.slice(part.start, part.end)),
    isInBlock: isInside(part, change.start, change.endBefore),
  }));
  return { before, change, from, near };
}

const LOADS = /\brequire\b|\bimport\b|\bfrom\s*['"]/;

function isInside(part: Part, start: number, end: number): boolean {
  const { block } = part;
  return block !== undefined && block.start < start && block.end > end;
}

/**
 * Finds what an edit has left as it was: all that stands in parts which it does not touch, and which mention nothing that the touched ones
 * have a say in.
 * @param parts of the tree after the edit
 * @returns undefined where nothing can be kept
 */
export function keptBy(edit: Edit, parts: readonly Part[], bound: BoundSource): Kept | undefined {
  const { before, change } = edit;
  const matched = match(edit, parts);
  // With as many functions and classes as before, each has its number still.
  const isNumbered =
    bound.functions.length === before.facts.functions.length &&
    bound.classes.length === before.facts.classes.length;
  if (!matched || !isNumbered) return undefined;
  const { prefix, suffix } = matched;
  const last = parts.length - suffix;
  const touched = parts.slice(prefix, last);
  const gone = edit.near.slice(prefix - edit.from, before.parts.length - suffix - edit.from);
  if (forgets(gone, touched, bound)) return undefined;
  // What others know of a function does not follow from what is in its block.
  const isOfBlock = gone.length === 1 && gone[0]?.isInBlock === true && endsAsBefore(edit, touched);
  const names = new Set<string>();
  for (const { own, changed } of [
    ...gone.map(({ provided }) => provided),
    ...touched.map(providedBy),
  ])
    for (const name of isOfBlock ? changed : [...own, ...changed]) names.add(name);
  const isTouched = (index: number): boolean => index >= prefix && index < last;
  const affected = affectedBy(names, parts, isTouched);
  const isKept = (index: number): boolean =>
    index >= 0 && !affected.has(index) && !isTouched(index);
  const indexAfter = (index: number): number | undefined => {
    if (index < prefix) return index;
    const after = index - before.parts.length + parts.length;
    return after >= last ? after : undefined;
  };
  const keptIndex = (offset: number): number | undefined => {
    const index = indexAfter(partAt(before.parts, offset));
    return index !== undefined && isKept(index) ? index : undefined;
  };
  const move = moverOf(shiftBy(change));
  const { facts } = before;
  return {
    isPart: true,
    nodes: nodesIn(bound, parts, isKept),
    calls: move(facts.calls.filter(({ span }) => keptIndex(span.start) !== undefined)),
    writes: move(facts.writes.filter(({ span }) => keptIndex(span.start) !== undefined)),
    marks: before.marks.flatMap((left) => {
      const part = indexAfter(left.part);
      return part !== undefined && isKept(part) ? { ...left, mark: move(left.mark), part } : [];
    }),
    demands: facts.demands,
    functionOf: (id) => {
      const fact = id === 0 ? undefined : facts.functions[id];
      return fact && keptIndex(fact.span.start) !== undefined ? move(fact) : undefined;
    },
  };
}

/** Is what an edit touches one part, and that a function which ends where it did? */
function endsAsBefore({ before, change, from }: Edit, [part, ...more]: readonly Part[]): boolean {
  const known = before.parts.slice(from).find(({ end }) => end > change.start);
  return (
    part !== undefined &&
    known !== undefined &&
    more.length === 0 &&
    known.start === part.start &&
    known.end + change.endAfter - change.endBefore === part.end &&
    isInside(part, change.start, change.endAfter)
  );
}

/** How many parts at the beginning and at the end are the same text as before, read in the same way. */
function match(
  { before, change, from, near }: Edit,
  parts: readonly Part[],
): { readonly prefix: number; readonly suffix: number } | undefined {
  const delta = change.endAfter - change.endBefore;
  const isSame = (one: Part | undefined, other: Part | undefined, by: number): boolean =>
    one !== undefined &&
    other !== undefined &&
    one.kind === other.kind &&
    one.start + by === other.start &&
    one.end + by === other.end;
  let prefix = 0;
  while (
    (before.parts[prefix]?.end ?? Infinity) <= change.start &&
    isSame(before.parts[prefix], parts[prefix], 0)
  )
    prefix += 1;
  let suffix = 0;
  const most = Math.min(before.parts.length, parts.length) - prefix;
  while (
    suffix < most &&
    (before.parts.at(-1 - suffix)?.start ?? -1) >= change.endBefore &&
    isSame(before.parts.at(-1 - suffix), parts.at(-1 - suffix), delta)
  )
    suffix += 1;
  // The edit changed how other parts are read, of which nothing is known any more.
  const isFarther = prefix < from || before.parts.length - suffix > from + near.length;
  return isFarther ? undefined : { prefix, suffix };
}

/**
 * Is something of the module, or of another one, not mentioned any more where the edit is? What that was loaded for may be gone with it,
 * and does not show in values.
 */
function forgets(gone: readonly Near[], touched: readonly Part[], bound: BoundSource): boolean {
  const after = new Set(touched.flatMap((part) => [...mentionedIn(part)]));
  const [moduleScope] = bound.scopes();
  return gone.some(
    ({ mentioned, loads }) =>
      loads || [...mentioned].some((name) => !after.has(name) && moduleScope?.names.has(name)),
  );
}

/** The parts that mention what is another now, or what follows from it. */
function affectedBy(
  names: Set<string>,
  parts: readonly Part[],
  isTouched: (index: number) => boolean,
): ReadonlySet<number> {
  const affected = new Set<number>();
  const concern = (index: number): void => {
    const part = parts[index];
    if (!part || affected.has(index) || isTouched(index)) return;
    affected.add(index);
    const { own, changed } = providedBy(part);
    for (const name of own) names.add(name);
    for (const name of changed) names.add(name);
  };
  for (let known = -1; known !== names.size;) {
    known = names.size;
    if (known === 0) break;
    parts.forEach((part, index) => {
      const mentioned = mentionedIn(part);
      for (const name of names) if (mentioned.has(name)) return concern(index);
    });
  }
  // Whoever looks at a class looks at its members.
  parts.forEach(({ head }, index) => {
    if (head !== undefined && (isTouched(index) || affected.has(index)) && !isTouched(head))
      affected.add(head);
  });
  return affected;
}

/** The nodes of the parts that are not kept. */
function nodesIn(
  bound: BoundSource,
  parts: readonly Part[],
  isKept: (index: number) => boolean,
): NodesByKind {
  const ranges: { pos: number; end: number }[] = [];
  parts.forEach((part, index) => {
    if (!isKept(index)) ranges.push({ pos: part.pos, end: part.end });
  });
  const nodes = new Map<TypeScript.SyntaxKind, readonly TypeScript.Node[]>();
  for (const [kind, list] of bound.nodes) {
    const found: TypeScript.Node[] = [];
    for (const { pos, end } of ranges)
      for (let index = firstFrom(list, pos); index < list.length; index += 1) {
        const node = list[index] as TypeScript.Node;
        if (node.pos >= end) break;
        found.push(node);
      }
    nodes.set(kind, found);
  }
  return nodes;
}

function firstFrom(list: readonly TypeScript.Node[], pos: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as TypeScript.Node).pos < pos) low = middle + 1;
    else high = middle;
  }
  return low;
}
