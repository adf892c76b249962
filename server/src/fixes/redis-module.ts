import type * as TypeScript from 'typescript';
import { withLineEnd } from '../base/line-ends';
import { combineChanges } from '../engine/edits/edits';
import type { FileChange } from '../engine/finding';
import { ts } from '../languages/source/ts';
import type { ProjectModel } from '../project/model';
import { canonicalNames } from './visible-names';
import type { ImportRequest } from './code/imports';
import { staticName } from './code/nodes';
import { exportOf, requireHelper } from './code/require-helper';
import { sharedModule } from './code/shared-module';
import { specifierFor } from './code/specifier';
import { quoted, type SourceStyle } from './code/style';
import { environmentFileLoad } from './environment/environment-order';
import { requiredSetting } from './environment/read-config';
import { guardText } from './environment/require-function';
import type { RedisLibrary, ServiceSite } from './service-site';

/** The client of Redis that another module of the package exports, where that is the only one. */
export function exportedClient({
  model,
  path,
  owner,
}: ServiceSite): { readonly library: RedisLibrary; readonly request: ImportRequest } | undefined {
  const found: { readonly path: string; readonly library: RedisLibrary; readonly name: string }[] =
    [];
  for (const [other, { roles, imports }] of model.modules) {
    if (other === path || model.packageOf(other) !== owner || roles.has('test')) continue;
    if (!imports.some(({ specifier }) => /^(?:io)?redis$/.test(specifier))) continue;
    const syntax = model.files.source(other);
    if (!syntax) continue;
    for (const [name, known] of canonicalNames(syntax, syntax.sourceFile)) {
      const exported = /^(?:redis\.createClient|ioredis|ioredis\.Redis)$/.test(known.canonical)
        ? (exportedName(known.declaration) ?? exportOf(syntax, name))
        : undefined;
      const library = known.canonical.startsWith('io') ? 'ioredis' : 'redis';
      if (exported !== undefined) found.push({ path: other, library, name: exported });
    }
  }
  const [client] = found;
  if (!client || found.length > 1 || importsBack(model, client.path, path)) return undefined;
  const { library, name } = client;
  const local = name === 'default' ? 'redisClient' : name;
  const specifier = specifierFor(model, path, client.path);
  return { library, request: { specifier, name, local } };
}

/** The name of `export const x`. */
function exportedName(declaration: TypeScript.Node): string | undefined {
  const api = ts();
  if (!api.isVariableDeclaration(declaration)) return undefined;
  const statement = declaration.parent.parent;
  const isExported =
    api.isVariableStatement(statement) &&
    api.getModifiers(statement)?.some(({ kind }) => kind === api.SyntaxKind.ExportKeyword);
  return isExported ? staticName(declaration.name) : undefined;
}

function importsBack(model: ProjectModel, from: string, to: string): boolean {
  return model.modules.get(from)?.imports.some(({ path }) => path === to) === true;
}

const NAME = 'redisClient';

/**
 * A new module that connects to Redis, for all modules of a package that has several.
 * @param variable holds the address
 * @returns undefined where the client has to be made on the spot
 */
export function newClientModule(
  { model, path, style }: ServiceSite,
  library: RedisLibrary,
  variable: string,
): { readonly request: ImportRequest; readonly changes: readonly FileChange[] } | undefined {
  // What is imported here would be evaluated before the file is loaded here.
  if (style.modules === 'esm' && environmentFileLoad(model, path)) return undefined;
  const file = sharedModule(model, path, 'redis-client');
  if (file === undefined) return undefined;
  const setting = requiredSetting(model, file, variable);
  const helper = setting ? undefined : requireHelper(model, path);
  const read = `process.env.${variable}`;
  const isNode = library === 'redis';
  const imports = [
    importText(
      style,
      isNode
        ? { specifier: 'redis', name: 'createClient' }
        : { specifier: 'ioredis', name: 'default', local: 'Redis' },
    ),
  ];
  let address = read;
  if (setting) {
    imports.push(importText(style, setting.request));
    address = setting.read(setting.request.local ?? setting.request.name, style);
  } else if (helper) {
    const specifier = specifierFor(model, file, helper.path);
    imports.push(
      importText(style, { specifier, name: helper.exported ?? 'default', local: helper.name }),
    );
    address = `${helper.name}(${quoted(variable, style)})`;
  }
  const end = style.semicolon;
  const isModule = style.modules === 'esm';
  const lines = [
    ...imports,
    '',
    ...(setting || helper ? [] : [guardText(read, variable, style), '']),
    `${isModule ? 'export ' : ''}const ${NAME} = ${isNode ? `createClient({ url: ${address} })` : `new Redis(${address})`}${end}`,
    ...(isNode
      ? [
          `${NAME}.on(${quoted('error', style)}, console.error)${end}`,
          `${NAME}.connect().catch(console.error)${end}`,
        ]
      : []),
    ...(isModule ? [] : ['', `module.exports = { ${NAME} }${end}`]),
    '',
  ];
  const text = withLineEnd(lines.join('\n'), style.lineEnd);
  const changes = combineChanges([{ kind: 'create', path: file, text }], setting?.changes ?? []);
  return (
    changes && { request: { specifier: specifierFor(model, path, file), name: NAME }, changes }
  );
}

function importText(style: SourceStyle, { specifier, name, local = name }: ImportRequest): string {
  const from = quoted(specifier, style);
  const end = style.semicolon;
  if (style.modules === 'commonjs') {
    const bound =
      name === 'default' ? local : name === local ? `{ ${name} }` : `{ ${name}: ${local} }`;
    return `const ${bound} = require(${from})${end}`;
  }
  const bound =
    name === 'default' ? local : name === local ? `{ ${name} }` : `{ ${name} as ${local} }`;
  return `import ${bound} from ${from}${end}`;
}
