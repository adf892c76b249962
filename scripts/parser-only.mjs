// An esbuild plugin that leaves of TypeScript what parses and asks about nodes: a twentieth of it, which loads in a tenth of the time.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The list of what the server uses: the type that its code is checked against. */
const API = fileURLToPath(new URL('../server/src/languages/source/ts.ts', import.meta.url));
const HEAD = 'var ts = {}; ((module) => {\n';
const TAIL = '\n})({ get exports() { return ts; }';
const MESSAGES = 'var Diagnostics = {';
/** The compiler's own file system, which loads half a dozen of Node's modules; a browser has none either. */
const SYSTEM = 'var sys = (() => {';
const SYSTEM_END = '\n// src/compiler/path.ts\n';
const EXPORTS = '__export(typescript_exports, {';
/** The language service gives nodes their methods, but symbols, types and signatures ones that need the checker. */
const ALLOCATOR = 'setObjectAllocator(getServicesObjectAllocator());';
const NODES_ONLY = `setObjectAllocator({ ...objectAllocator, ${[
  'Node',
  'Token',
  'Identifier',
  'PrivateIdentifier',
  'SourceFile',
]
  .map((name) => `get${name}Constructor: () => ${name}Object`)
  .join(', ')} });`;
/** Sections that nothing of the compiler depends on and whose statements would keep all of it. */
const LEFT_OUT =
  /^\/\/ src\/(server|typescript|jsTyping)\/|^\/\/ src\/services\/(?!(services|types|utilities)\.ts)/;
const KEYWORDS = new Set(['if', 'for', 'while', 'switch', 'function']);

/** TypeScript's bundle is one function; as a module with few exports, esbuild drops what they do not need. */
export const parserOnly = {
  name: 'parser-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ }, async ({ path }) => ({
      contents: asModule(await readFile(path, 'utf8'), await namesOfApi()),
      watchFiles: [API],
      loader: 'js',
    }));
  },
};

/** For the output: its names must not become those of a web worker that runs it as a script. */
export const scriptScope = { banner: { js: '(() => {' }, footer: { js: '})();' } };

/**
 * @param {string} text lib/typescript.js
 * @param {Set<string>} kept the names that the server uses
 * @returns {string} the same as an ES module that exports what is kept, with top-level calls marked as free of side effects
 */
function asModule(text, kept) {
  const body = between(text, HEAD, TAIL);
  const names = [...between(body, EXPORTS, '\n});').matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)]
    .filter(([, name]) => kept.has(name))
    .map(([, name, local]) => (name === local ? name : `${local} as ${name}`));
  if (!body.includes(ALLOCATOR)) throw new Error('TypeScript is not bundled as expected');
  const code = messagesApart(body)
    .split(/^(?=\/\/ src\/)/m)
    .filter((section) => !LEFT_OUT.test(section))
    .join('')
    .replace(`${SYSTEM}${between(body, SYSTEM, SYSTEM_END)}${SYSTEM_END}`, 'var sys;\n')
    .replace(ALLOCATOR, NODES_ONLY)
    // `registerCodeFix(…)` and the like.
    .replace(/^(?!setObjectAllocator)(\w+)\(/gm, (call, name) =>
      KEYWORDS.has(name) ? call : `/* @__PURE__ */ ${call}`,
    )
    // Namespaces: `var Core; ((Core2) => { … })(Core || (Core = {}));`
    .replace(
      /^var (\w+);\n\(\((\w+)\) => \{\n([\s\S]*?)^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm,
      (_, name, inner, content) =>
        `var ${name} = /* @__PURE__ */ ((${inner}) => {\n${content}return ${inner};\n})({});`,
    )
    .replace(/^((?:var|let|const) \w+ = )(?=[\w(])/gm, '$1/* @__PURE__ */ ');
  return `${code}\nexport { ${names.join(', ')} };\n`;
}

/** @returns {Promise<Set<string>>} the names in the type `ParserApi` */
async function namesOfApi() {
  const type = between(await readFile(API, 'utf8'), 'export type ParserApi', '>;');
  return new Set([...type.matchAll(/'(\w+)'/g)].map(([, name]) => name));
}

/**
 * The compiler's two thousand messages are members of one object: as variables of their own, those of the checker go.
 * @param {string} body of the bundle
 */
function messagesApart(body) {
  const table = between(body, MESSAGES, '\n};');
  const variables = table.replace(/^ {2}(\w+): (diag\(.*?\)),?$/gms, 'var $1_message = $2;');
  return body
    .replace(`${MESSAGES}${table}\n};`, () => variables)
    .replace(/\bDiagnostics\.(\w+)/g, '$1_message');
}

function between(text, start, end) {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error('TypeScript is not bundled as expected');
  return text.slice(from + start.length, to);
}
