import { isMap, isSeq } from 'yaml';
import { lineEndOf, withLineEnd } from '../../../base/line-ends';
import { folderOf } from '../../../base/paths';
import type { Span } from '../../../base/span';
import { combineChanges, fileEdit, replacement } from '../../../engine/edits/edits';
import type { FileChange, Fix, TextEdit } from '../../../engine/finding';
import { lineStart } from '../../../fixes/code/text';
import { documentInExample, keepValueIn } from '../../../fixes/files/example-file';
import { addSequenceItem, removeMapEntry } from '../../../fixes/files/yaml-edit';
import { kubernetesObjects, type KubernetesObject } from '../../../project/manifests/kubernetes';
import type { ProjectModel } from '../../../project/model';
import type { ManifestCredential } from './manifest-credentials';

/**
 * The fixes for a credential in a manifest, which never keep it in a tracked file: a required variable for compose, a Secret
 * for Kubernetes, a repository secret for GitHub; an env file keeps the name.
 */
export function manifestSecretFixes(
  credential: ManifestCredential,
  model: ProjectModel,
): readonly Fix[] {
  const { from, name, path } = credential;
  switch (from) {
    case 'compose':
      return isVariableName(name) && isBlockLine(credential, model)
        ? [
            {
              id: 'compose-variable',
              kind: 'suggest',
              title: `Require \`${name}\` from the environment of compose (rotate the value)`,
              build: () => composeVariable(credential, model),
            },
          ]
        : [];
    case 'ci':
      return isVariableName(name) && /(^|\/)\.github\//.test(path)
        ? [
            {
              id: 'ci-secret',
              kind: 'suggest',
              title: `Take \`${name}\` from the secrets of the repository (rotate the value)`,
              build: () => [
                fileEdit(path, [replacement(credential.span, `\${{ secrets.${name} }}`)]),
              ],
            },
          ]
        : [];
    case 'pod':
    case 'config-map':
      return [
        {
          id: 'secret-reference',
          kind: 'suggest',
          title: `Take \`${name}\` from a Kubernetes Secret (create it with a new value)`,
          build: () =>
            from === 'pod' ? podReference(credential, model) : mapReference(credential, model),
        },
      ];
    case 'env-file':
      return [
        {
          id: 'empty-value',
          kind: 'suggest',
          title: `Leave \`${name}\` empty in this tracked file (rotate the value)`,
          build: () => [fileEdit(path, [replacement(credential.span, '')])],
        },
      ];
    default:
      return [];
  }
}

function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** In a flow collection, braces would be read as YAML. */
function isBlockLine({ path, span }: ManifestCredential, model: ProjectModel): boolean {
  const text = model.files.text(path) ?? '';
  return !/[{[]/.test(text.slice(lineStart(text, span.start), span.start));
}

function composeVariable(
  { path, name, value, span }: ManifestCredential,
  model: ProjectModel,
): FileChange[] | undefined {
  const variable = { name, value, isSecret: true };
  const env = [folderOf(path), '.env'].filter((part) => part !== '').join('/');
  return combineChanges(
    [fileEdit(path, [replacement(span, `\${${name}:?${name} must be set}`)])],
    documentInExample(model, path, variable),
    keepValueIn(model, env, variable),
  );
}

/** `value: x` becomes `valueFrom: secretKeyRef`. */
function podReference(
  { path, name, span }: ManifestCredential,
  model: ProjectModel,
): FileChange[] | undefined {
  const text = model.files.text(path) ?? '';
  const object = objectAt(path, span, model);
  const start = lineStart(text, span.start);
  const lead = /^([ \t]*(?:- )?)value:\s*['"]?$/.exec(text.slice(start, span.start))?.[1];
  if (!object || lead === undefined) return undefined;
  const quote = /['"]$/.test(text.slice(start, span.start)) ? 1 : 0;
  const lines = [
    'valueFrom:',
    '  secretKeyRef:',
    `    name: ${secretName(object)}`,
    `    key: ${name}`,
  ];
  const newText = lines.join(`\n${lead.replace(/-/g, ' ')}`);
  return [
    fileEdit(path, [
      replacement(
        { start: start + lead.length, end: span.end + quote },
        withLineEnd(newText, lineEndOf(text)),
      ),
    ]),
  ];
}

/** Containers that take the key from the ConfigMap take it from a Secret; the ConfigMap loses the entry. */
function mapReference(
  { path, name, span }: ManifestCredential,
  model: ProjectModel,
): FileChange[] | undefined {
  const object = objectAt(path, span, model);
  const data = isMap(object?.node) ? object.node.get('data') : undefined;
  if (!object || !isMap(data)) return undefined;
  const changes: FileChange[][] = [];
  for (const user of kubernetesObjects(model.files)) {
    const edits = user.containers.flatMap(({ node, env, envFrom }) => [
      ...env
        .filter(({ source }) => source === 'config')
        .flatMap((entry) => keyReference(user, entry.span, object, name)),
      ...(envFrom.some((from) => from.kind === 'config' && from.name === object.name)
        ? wholeReference(user, node, object)
        : []),
    ]);
    if (edits.length > 0) changes.push([fileEdit(user.path, edits)]);
  }
  if (changes.length === 0) return undefined;
  const text = model.files.text(path) ?? '';
  return combineChanges([fileEdit(path, removeMapEntry(text, data, name))], ...changes);
}

function keyReference(
  { syntax }: KubernetesObject,
  span: Span,
  { name }: KubernetesObject,
  key: string,
): TextEdit[] {
  const text = syntax.text.slice(span.start, span.end);
  const named = new RegExp(`\\bname:\\s*['"]?(${escaped(name)})['"]?\\s*[,}\\r\\n]?`);
  const reference = /configMapKeyRef/.exec(text);
  const rest = reference ? text.slice(reference.index) : '';
  const target = named.exec(rest);
  if (
    !reference ||
    !target ||
    !new RegExp(`\\bkey:\\s*['"]?${escaped(key)}['"]?\\s*(?:[,}\\r\\n#]|$)`).test(rest)
  )
    return [];
  const start = span.start + reference.index;
  const at = start + target.index + target[0].indexOf(name);
  return [
    replacement({ start, end: start + 'configMapKeyRef'.length }, 'secretKeyRef'),
    replacement({ start: at, end: at + name.length }, `${name}-secrets`),
  ];
}

/** `envFrom` takes all keys of the ConfigMap: the Secret comes beside it. */
function wholeReference(
  { syntax }: KubernetesObject,
  container: unknown,
  object: KubernetesObject,
): TextEdit[] {
  const list = isMap(container) ? container.get('envFrom') : undefined;
  if (!isSeq(list)) return [];
  const name = secretName(object);
  if (JSON.stringify(list.toJSON()).includes(`"secretRef":{"name":"${name}"}`)) return [];
  return addSequenceItem(syntax.text, list, `secretRef: { name: ${name} }`);
}

function secretName({ name }: KubernetesObject): string {
  return `${name === '' ? 'app' : name}-secrets`;
}

function objectAt(path: string, span: Span, model: ProjectModel): KubernetesObject | undefined {
  return kubernetesObjects(model.files).find(
    (object) =>
      object.path === path &&
      object.span.start <= span.start &&
      span.end <= Math.max(object.span.end, object.node.range?.[2] ?? 0),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
