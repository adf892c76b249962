import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../base/line-ends';
import type { FileChange, TextEdit } from '../../engine/finding';
import type { SourceSyntax } from '../../languages/source/syntax';
import type { ProjectModel } from '../../project/model';
import { inPrologue } from '../code/import-place';
import { importName } from '../code/imports';
import { freeName } from '../code/nodes';
import { requireHelper } from '../code/require-helper';
import { sharedModule } from '../code/shared-module';
import { specifierFor } from '../code/specifier';
import { quoted, type SourceStyle } from '../code/style';
import { environmentAccess } from './environment-access';

/**
 * The check that stops the start where a variable is missing.
 * @param constant what holds its value, or the expression that reads it
 */
export function guardText(constant: string, name: string, style: SourceStyle): string {
  const message = quoted(`${name} must be set`, style);
  const lines = [
    `if (!${constant}) {`,
    `${style.indent}throw new Error(${message})${style.semicolon}`,
    '}',
  ];
  return withLineEnd(lines.join('\n'), style.lineEnd);
}

/** What a file calls to read a variable that has to be there. */
export interface RequireFunction {
  /** How to write it. */
  readonly text: string;
  /** Edits of the file that make it usable there. */
  readonly edits: readonly TextEdit[];
  /** Changes of other files: the new module that holds it. */
  readonly changes: readonly FileChange[];
}

/**
 * The function that reads a variable or stops the start: the package's own one, else a new one. A package of one module gets it
 * there, and so do modules that hold settings; others share a new module, so that there is one for all of them.
 * @param before the statement that needs it first
 * @param home where a new one goes: `own` is this very module, from where others may import it
 */
export function requireFunction(
  model: ProjectModel,
  syntax: SourceSyntax,
  style: SourceStyle,
  before: TypeScript.Statement,
  home: 'own' | 'shared',
): RequireFunction {
  const { path } = syntax;
  const helper = requireHelper(model, path);
  if (helper?.path === path) return { text: helper.name, edits: [], changes: [] };
  const name = freeName(syntax, NAME, 'requiredVariable');
  const file = helper || home === 'own' ? undefined : sharedModule(model, path, 'require-env');
  if (!helper && file === undefined) {
    const exported = home === 'own' && style.modules === 'esm' ? 'export ' : '';
    const text = exported + functionText(name, style, environmentOf(model, path));
    return { text: name, edits: [inPrologue(syntax, style, before, text)], changes: [] };
  }
  const imported = importName(syntax, style, {
    specifier: specifierFor(model, path, helper?.path ?? file ?? ''),
    name: helper ? (helper.exported ?? 'default') : NAME,
    local: helper?.name ?? NAME,
  });
  if (file === undefined) return { ...imported, changes: [] };
  const written = functionText(NAME, style, 'process.env');
  const text =
    style.modules === 'esm'
      ? `export ${written}`
      : `${written}${style.lineEnd}${style.lineEnd}module.exports = { ${NAME} }${style.semicolon}`;
  return { ...imported, changes: [{ kind: 'create', path: file, text: text + style.lineEnd }] };
}

const NAME = 'requireEnv';

function environmentOf(model: ProjectModel, path: string): string {
  const read = environmentAccess(model, path)?.read('X') ?? 'process.env.X';
  return read.replace(/\.X$|\[['"]X['"]\]$/, '');
}

function functionText(
  name: string,
  { indent, semicolon, language, lineEnd }: SourceStyle,
  environment: string,
): string {
  return [
    language === 'ts' ? `function ${name}(name: string): string {` : `function ${name}(name) {`,
    `${indent}const value = ${environment}[name]${semicolon}`,
    `${indent}if (!value) {`,
    `${indent}${indent}throw new Error(\`\${name} must be set\`)${semicolon}`,
    `${indent}}`,
    `${indent}return value${semicolon}`,
    '}',
  ].join(lineEnd);
}
