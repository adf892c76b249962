// An esbuild plugin that leaves the examples out of rules: tests run them and pages show them, no check needs them.
import { readFile } from 'node:fs/promises';
import ts from 'typescript';

export const withoutExamples = {
  name: 'without-examples',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: strip(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** The text with empty `examples` where a rule is defined, and without what they alone use. */
function strip(text) {
  const source = parse(text);
  const rule = source.statements.find(ts.isExportAssignment)?.expression;
  if (!rule || !ts.isCallExpression(rule)) return text;
  const [definition] = rule.arguments;
  const examples =
    definition && ts.isObjectLiteralExpression(definition)
      ? definition.properties.find((one) => one.name?.getText(source) === 'examples')
      : undefined;
  if (!examples) return text;
  let rest = without(text, examples, source, 'examples: { bad: [], good: [] }');
  // esbuild keeps what calls something; `const shop = files({ … })` may be there for examples only.
  for (let unused = unusedIn(rest); unused; unused = unusedIn(rest))
    rest = without(rest, unused.statement, unused.source, '');
  return rest;
}

function parse(text) {
  return ts.createSourceFile('rule.ts', text, ts.ScriptTarget.Latest, true);
}

function without(text, node, source, instead) {
  return text.slice(0, node.getStart(source)) + instead + text.slice(node.end);
}

/** An import, a constant or a function of the module that nothing mentions. */
function unusedIn(text) {
  const source = parse(text);
  const mentioned = new Map();
  const visit = (node) => {
    if (ts.isIdentifier(node)) mentioned.set(node.text, (mentioned.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const statement = source.statements.find((one) => {
    const isExported = one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const names = isExported ? [] : declaredBy(one);
    return names.length > 0 && names.every((name) => mentioned.get(name) === 1);
  });
  return statement && { statement, source };
}

function declaredBy(statement) {
  if (ts.isImportDeclaration(statement)) return importedBy(statement.importClause);
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map(({ name }) =>
    ts.isIdentifier(name) ? name.text : '',
  );
}

function importedBy(clause) {
  const { name, namedBindings } = clause ?? {};
  const named =
    namedBindings && ts.isNamedImports(namedBindings)
      ? namedBindings.elements
      : namedBindings
        ? [namedBindings]
        : [];
  return [...(name ? [name.text] : []), ...named.map((one) => one.name.text)];
}
