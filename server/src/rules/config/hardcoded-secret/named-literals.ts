import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { ts } from '../../../languages/source/ts';
import { secretKind } from '../../../project/secrets/names';
import { isPlaceholder } from '../../../project/secrets/placeholders';
import { isNoCredential } from '../../../project/secrets/values';

/** A setting that its name calls a secret, with a value that some machine made or somebody typed blindly. Serialisable. */
export interface NamedLiteral {
  readonly name: string;
  readonly span: Span;
}

/**
 * `tokenSecret: 'kpoiuw304ohHJKnjKJHHJLKJm098'`: a property that is a secret whatever uses it.
 * @param node a plain string
 */
export function namedLiteral(
  node: TypeScript.StringLiteral | TypeScript.NoSubstitutionTemplateLiteral,
): NamedLiteral | undefined {
  const { parent } = node;
  if (!ts().isPropertyAssignment(parent) || parent.initializer !== node) return undefined;
  const name = parent.name.getText().replace(/^['"]|['"]$/g, '');
  if (!/^\w+$/.test(name)) return undefined;
  const kind = secretKind(name);
  if (kind !== 'signing' && kind !== 'issued') return undefined;
  if (!looksMade(node.text, kind)) return undefined;
  return { name, span: { start: node.getStart(), end: node.end } };
}

/** Does a module hold settings, by its path? Elsewhere, objects have properties of all kinds. */
export function isSettingsPath(path: string): boolean {
  return /(^|\/)(config|configs|configuration|settings|env|envs|environments?|secrets?|credentials)\/|(^|[/._-])(config|settings|constants?|env|environment|secrets?|credentials|keys)(\.[\w-]+)*\.[cm]?[jt]s$/i.test(
    path,
  );
}

/** Long, and mixed as no words are. */
function looksMade(value: string, kind: 'signing' | 'issued'): boolean {
  const text = value.trim();
  if (text.length < 20 || isPlaceholder(text) || isNoCredential(text)) return false;
  // What people make up themselves may be a sentence.
  if (kind !== 'signing' && /\s/.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  const distinct = new Set(text.toLowerCase()).size;
  if (digits < 3 || distinct < 10) return false;
  const isMixedCase = /[a-z]/.test(text) && /[A-Z]/.test(text);
  return isMixedCase || /^[0-9a-f]+$/i.test(text) || (digits >= 6 && !/[-_ ]/.test(text));
}
