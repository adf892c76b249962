import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { lineEndOf } from '../../base/line-ends';
import type { Span } from '../../base/span';
import { fileEdit, replacement } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import type { DependencyKind, PackageInfo, ProjectModel } from '../../project/model';
import { addToList, removeFromList, type ListText } from '../code/lists';
import { indentOf } from '../code/text';

/** A dependency to declare. */
export interface DependencyRequest {
  readonly name: string;
  readonly range: string;
}

/**
 * Declares dependencies: in sorted position where the list is sorted; a devDependency that is needed at run time moves up with
 * its range. Those that are declared already stay.
 * @returns no change when nothing is missing, or package.json is no object
 */
export function addDependencies(
  model: ProjectModel,
  owner: PackageInfo,
  requests: readonly DependencyRequest[],
  kind: DependencyKind = 'dependencies',
): FileChange[] {
  return editManifest(model, owner, (text, root) => {
    const edits: TextEdit[] = [];
    const missing: DependencyRequest[] = [];
    for (const request of requests) {
      const declared = DEPENDENCY_KINDS.filter((one) => memberOf(root, one, request.name));
      if (declared.includes(kind) || (kind === 'devDependencies' && declared.length > 0)) continue;
      const moved = kind === 'dependencies' && declared.includes('devDependencies');
      if (!moved && declared.length > 0) continue;
      const range: unknown = moved
        ? memberOf(root, 'devDependencies', request.name)?.value
        : undefined;
      if (moved) edits.push(...removeMember(text, root, 'devDependencies', request.name));
      missing.push({
        name: request.name,
        range: typeof range === 'string' ? range : request.range,
      });
    }
    return [...edits, ...addMembers(text, root, kind, missing)];
  });
}

/** Moves a dependency to another list, with its range. */
export function moveDependency(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
  from: DependencyKind,
  to: DependencyKind,
): FileChange[] {
  return editManifest(model, owner, (text, root) => {
    const range: unknown = memberOf(root, from, name)?.value;
    if (typeof range !== 'string') return [];
    const added = memberOf(root, to, name) ? [] : addMembers(text, root, to, [{ name, range }]);
    return [...removeMember(text, root, from, name), ...added];
  });
}

/** Takes a dependency out of every list. */
export function removeDependency(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
): FileChange[] {
  return editManifest(model, owner, (text, root) =>
    DEPENDENCY_KINDS.flatMap((kind) => removeMember(text, root, kind, name)),
  );
}

/** Changes the range of a dependency where it is declared. */
export function setRange(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
  range: string,
): FileChange[] {
  return editManifest(model, owner, (_text, root) =>
    DEPENDENCY_KINDS.flatMap((kind) => {
      const value = memberOf(root, kind, name);
      return value && value.value !== range
        ? [replacement(spanOf(value), JSON.stringify(range))]
        : [];
    }),
  );
}

/** Sets `engines.<engine>`. */
export function setEngine(
  model: ProjectModel,
  owner: PackageInfo,
  engine: string,
  range: string,
): FileChange[] {
  return editManifest(model, owner, (text, root) =>
    setMember(text, root, 'engines', engine, range),
  );
}

/** Sets a script; undefined takes it out. */
export function setScript(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
  command: string | undefined,
): FileChange[] {
  return editManifest(model, owner, (text, root) =>
    command === undefined
      ? removeMember(text, root, 'scripts', name)
      : setMember(text, root, 'scripts', name, command),
  );
}

/** Gives a script another name; its command and its place stay. */
export function renameScript(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
  newName: string,
): FileChange[] {
  return editManifest(model, owner, (_text, root) => {
    const key = memberOf(root, 'scripts', name)?.parent?.children?.[0];
    return key ? [replacement(spanOf(key), JSON.stringify(newName))] : [];
  });
}

const DEPENDENCY_KINDS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const;

/** Where a missing section goes: before the first of these that is there. */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
  dependencies: ['devDependencies', 'peerDependencies', 'optionalDependencies'],
  engines: ['scripts', 'dependencies', 'devDependencies'],
  scripts: ['dependencies', 'devDependencies'],
};

function editManifest(
  model: ProjectModel,
  owner: PackageInfo,
  edit: (text: string, root: Node) => TextEdit[],
): FileChange[] {
  const syntax = model.files.json(owner.manifestPath);
  if (syntax?.root?.type !== 'object') return [];
  const edits = edit(syntax.text, syntax.root);
  return edits.length > 0 ? [fileEdit(owner.manifestPath, edits)] : [];
}

function setMember(
  text: string,
  root: Node,
  section: string,
  name: string,
  value: string,
): TextEdit[] {
  const present = memberOf(root, section, name);
  if (!present) return addMembers(text, root, section, [{ name, range: value }]);
  return present.value === value ? [] : [replacement(spanOf(present), JSON.stringify(value))];
}

/** Adds `"name": "range"` members to a section, which is added itself when it is missing. */
function addMembers(
  text: string,
  root: Node,
  section: string,
  members: readonly DependencyRequest[],
): TextEdit[] {
  if (members.length === 0) return [];
  const style = {
    indent: indentUnit(text),
    lineEnd: lineEndOf(text),
    trailingComma: '',
    padding: ' ',
  } as const;
  const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.map(
    ({ name, range }) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`,
  );
  const isMultiLine = text.slice(root.offset, root.offset + root.length).includes('\n');
  const object = (indent: string): string =>
    isMultiLine
      ? `{${style.lineEnd}${entries.map((entry) => indent + style.indent + entry).join(`,${style.lineEnd}`)}${style.lineEnd}${indent}}`
      : `{ ${entries.join(', ')} }`;
  const target = findNodeAtLocation(root, [section]);
  if (target && target.type !== 'object') return [];
  if (target && (target.children ?? []).length === 0) {
    return [replacement(spanOf(target), object(indentOf(text, target.offset)))];
  }
  if (!target) {
    const keys = (root.children ?? []).map(keyOf);
    const before = (FOLLOWERS[section] ?? [])
      .map((key) => keys.indexOf(key))
      .find((index) => index >= 0);
    const [edit] = addToList(
      listOf(text, root),
      `${JSON.stringify(section)}: ${object('')}`,
      style,
      before,
    );
    return edit ? [exclusive(text, edit)] : [];
  }
  const list = listOf(text, target);
  const keys = (target.children ?? []).map(keyOf);
  return sorted.flatMap(({ name }, index) =>
    addToList(list, entries[index] ?? '', style, sortedPlace(keys, name)),
  );
}

/** Widened by one character, so that two fixes of a batch cannot both add the same section. */
function exclusive(text: string, { span, newText }: TextEdit): TextEdit {
  if (span.end > span.start || span.start === 0) return { span, newText };
  const start = span.start - 1;
  return replacement({ start, end: span.end }, text.slice(start, span.start) + newText);
}

function removeMember(text: string, root: Node, section: string, name: string): TextEdit[] {
  const target = findNodeAtLocation(root, [section]);
  const index = (target?.children ?? []).findIndex((property) => keyOf(property) === name);
  return target && index >= 0 ? removeFromList(listOf(text, target), index) : [];
}

/** Index that keeps a sorted list sorted; the end of an unsorted one. npm sorts by locale, others by code unit. */
function sortedPlace(keys: readonly string[], name: string): number {
  const orders = [
    (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0),
    (a: string, b: string): number => a.localeCompare(b, 'en'),
  ];
  const order = orders.find((compare) =>
    keys.every((key, index) => index === 0 || compare(keys[index - 1] ?? '', key) < 0),
  );
  if (!order) return keys.length;
  const place = keys.findIndex((key) => order(name, key) < 0);
  return place < 0 ? keys.length : place;
}

function memberOf(root: Node, section: string, name: string): Node | undefined {
  return findNodeAtLocation(root, [section, name]);
}

function keyOf(property: Node): string {
  return String(property.children?.[0]?.value ?? '');
}

function spanOf(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

function listOf(text: string, object: Node): ListText {
  return { text, span: spanOf(object), items: (object.children ?? []).map(spanOf) };
}

function indentUnit(text: string): string {
  return /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
}
