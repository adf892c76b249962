import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { childrenOf } from '../../../base/value-visitor';
import { isExampleEnvPath } from '../../../project/manifests/environment';
import type { CallMeaning } from '../../../project/model';

/** The example files that a call loads as configuration: `dotenv.config({ path: '.env.example' })`. Spans of the literals. */
export function loadedExamples({ meaning, args }: CallMeaning): readonly {
  readonly name: string;
  readonly span: Span;
  readonly path: string | undefined;
}[] {
  if (meaning.kind !== 'env-file' || meaning.path === undefined) return [];
  const index = Number(meaning.path.split('.')[0]);
  const argument = args[index];
  return argument
    ? textsIn(argument, 0).filter(({ name }) => isEnvName(name) && isExampleEnvPath(name))
    : [];
}

function isEnvName(name: string): boolean {
  return /(^|[/.])env([._-]|$)|\.env$/i.test(name);
}

function textsIn(
  value: Value,
  depth: number,
): readonly { readonly name: string; readonly span: Span; readonly path: string | undefined }[] {
  if (depth > 5) return [];
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string'
        ? [{ name: value.value, span: value.span, path: value.path }]
        : [];
    case 'object':
      // dotenv-safe names the example it checks against; that loads nothing.
      return value.properties
        .filter(({ key }) => /^(?:path|envFilePath|files?|node_env)$/.test(key))
        .flatMap((property) => textsIn(property.value, depth + 1));
    default:
      return childrenOf(value).flatMap((child) => textsIn(child, depth + 1));
  }
}
