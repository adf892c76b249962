import type * as TypeScript from 'typescript';

/**
 * What the bundled parser has of the compiler's API: what is not named here is left out of it (scripts/parser-only.mjs reads this
 * list).
 */
export type ParserApi = Pick<
  typeof TypeScript,
  | 'canHaveModifiers'
  | 'canHaveDecorators'
  | 'getModifiers'
  | 'getDecorators'
  | 'createSourceFile'
  | 'updateSourceFile'
  | 'createScanner'
  | 'forEachChild'
  | 'flattenDiagnosticMessageText'
  | 'SyntaxKind'
  | 'NodeFlags'
  | 'ScriptTarget'
  | 'ScriptKind'
  | 'LanguageVariant'
  | 'JSDocParsingMode'
  | 'isArrayBindingPattern'
  | 'isArrayLiteralExpression'
  | 'isArrowFunction'
  | 'isAsExpression'
  | 'isAwaitExpression'
  | 'isBinaryExpression'
  | 'isBindingElement'
  | 'isBlock'
  | 'isCallExpression'
  | 'isCaseClause'
  | 'isCaseOrDefaultClause'
  | 'isCatchClause'
  | 'isClassDeclaration'
  | 'isClassExpression'
  | 'isClassLike'
  | 'isClassStaticBlockDeclaration'
  | 'isComputedPropertyName'
  | 'isConditionalExpression'
  | 'isConstructorDeclaration'
  | 'isDecorator'
  | 'isDefaultClause'
  | 'isDeleteExpression'
  | 'isElementAccessExpression'
  | 'isEnumDeclaration'
  | 'isEnumMember'
  | 'isExportAssignment'
  | 'isExportDeclaration'
  | 'isExportSpecifier'
  | 'isExpression'
  | 'isExpressionStatement'
  | 'isExpressionWithTypeArguments'
  | 'isExternalModuleReference'
  | 'isForInStatement'
  | 'isForOfStatement'
  | 'isForStatement'
  | 'isWhileStatement'
  | 'isBreakStatement'
  | 'isDoStatement'
  | 'isFunctionDeclaration'
  | 'isFunctionExpression'
  | 'isFunctionLike'
  | 'isGetAccessor'
  | 'isGetAccessorDeclaration'
  | 'isHeritageClause'
  | 'isIdentifier'
  | 'isIfStatement'
  | 'isImportAttribute'
  | 'isImportClause'
  | 'isImportDeclaration'
  | 'isImportEqualsDeclaration'
  | 'isImportSpecifier'
  | 'isInterfaceDeclaration'
  | 'isIterationStatement'
  | 'isJsxAttribute'
  | 'isJsxAttributes'
  | 'isJsxElement'
  | 'isJsxExpression'
  | 'isJsxFragment'
  | 'isLiteralExpression'
  | 'isLiteralTypeNode'
  | 'isMetaProperty'
  | 'isMethodDeclaration'
  | 'isMethodSignature'
  | 'isModuleBlock'
  | 'isModuleDeclaration'
  | 'isNamedExports'
  | 'isNamedImports'
  | 'isNamespaceExport'
  | 'isNamespaceImport'
  | 'isNewExpression'
  | 'isNoSubstitutionTemplateLiteral'
  | 'isNonNullExpression'
  | 'isNumericLiteral'
  | 'isObjectBindingPattern'
  | 'isObjectLiteralExpression'
  | 'isParameter'
  | 'isParameterPropertyDeclaration'
  | 'isParenthesizedExpression'
  | 'isPostfixUnaryExpression'
  | 'isPrefixUnaryExpression'
  | 'isPrivateIdentifier'
  | 'isPropertyAccessExpression'
  | 'isPropertyAssignment'
  | 'isPropertyDeclaration'
  | 'isPropertySignature'
  | 'isQualifiedName'
  | 'isReturnStatement'
  | 'isSatisfiesExpression'
  | 'isSetAccessor'
  | 'isShorthandPropertyAssignment'
  | 'isSourceFile'
  | 'isSpreadAssignment'
  | 'isSpreadElement'
  | 'isStatement'
  | 'isStringLiteral'
  | 'isStringLiteralLike'
  | 'isTaggedTemplateExpression'
  | 'isTemplateExpression'
  | 'isTemplateHead'
  | 'isTemplateLiteralToken'
  | 'isTemplateLiteralTypeNode'
  | 'isTemplateMiddleOrTemplateTail'
  | 'isTemplateSpan'
  | 'isTemplateTail'
  | 'isThrowStatement'
  | 'isTryStatement'
  | 'isTypeAliasDeclaration'
  | 'isTypeAssertionExpression'
  | 'isTypeLiteralNode'
  | 'isTypeNode'
  | 'isTypeOfExpression'
  | 'isTypeQueryNode'
  | 'isTypeReferenceNode'
  | 'isUnionTypeNode'
  | 'isVariableDeclaration'
  | 'isVariableDeclarationList'
  | 'isVariableStatement'
  | 'isVoidExpression'
>;

let compiler: ParserApi | undefined;

let load: () => Promise<unknown> = () => import('typescript');

/** Gets the compiler another way than through the module loader: a web worker has none. */
export function loadTypeScriptWith(loader: () => Promise<unknown>): void {
  load = loader;
}

/**
 * Loads the TypeScript parser; called once, by the first analysis (loading costs 50 ms and 20 MB, so never at start-up).
 */
export async function loadTypeScript(): Promise<void> {
  if (compiler) return;
  const loaded = (await load()) as ParserApi & { readonly default?: ParserApi };
  // Bundlers and Node disagree on where a CommonJS module's exports appear under dynamic import.
  compiler = withFastAccess(loaded.default?.createSourceFile ? loaded.default : loaded);
}

/**
 * The same API with what is asked most, by every node of every walk, as plain properties of a small object. The module itself has
 * hundreds of getters, too many for the engine to look up quickly: each access costs ten times as much.
 */
function withFastAccess(api: ParserApi): ParserApi {
  const often = Object.keys(api).filter((name) => /^is[A-Z]/.test(name));
  const own: PropertyDescriptorMap = {};
  for (const name of [...often, 'SyntaxKind', 'NodeFlags', 'forEachChild'])
    own[name] = { value: api[name as keyof ParserApi], enumerable: true };
  return Object.create(api, own) as ParserApi;
}

/**
 * The loaded compiler API.
 * @throws Error before {@link loadTypeScript} has resolved
 */
export function ts(): ParserApi {
  if (!compiler) throw new Error('The TypeScript parser is not loaded yet');
  return compiler;
}
