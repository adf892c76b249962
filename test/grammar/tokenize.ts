import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface GrammarContribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/**
 * A language for injections to be tested in: only its comments matter. VS Code's own grammars give the same scope to them.
 * @param scopeName e.g. `source.ts`
 * @param comments pairs of begin and end patterns
 */
function hostGrammar(scopeName: string, ...comments: readonly [string, string][]): string {
  return JSON.stringify({
    scopeName,
    patterns: comments.map(([begin, end]) => ({ name: 'comment.host', begin, end })),
  });
}

const HOSTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['source.ts', 'source.tsx', 'source.js', 'source.js.jsx', 'source.json.comments'].map(
      (scope) => [scope, hostGrammar(scope, ['//', '$'], ['/\\*', '\\*/'])],
    ),
  ),
  ...Object.fromEntries(
    ['source.yaml', 'source.toml', 'source.ini', 'source.properties', 'source.ignore'].map(
      (scope) => [scope, hostGrammar(scope, ['#', '$'])],
    ),
  ),
  'source.dockerfile': hostGrammar('source.dockerfile', ['^\\s*#', '$']),
  'source.dotenv': hostGrammar('source.dotenv', ['^\\s*#', '$']),
  'source.shell': JSON.stringify({
    scopeName: 'source.shell',
    patterns: [
      { name: 'comment.host', begin: '(?:^|(?<=\\s))#', end: '$' },
      { name: 'variable.other.shell', match: '\\$\\w+' },
    ],
  }),
};

/** The grammars as the manifest contributes them, over the host languages above. */
export async function loadGrammar(scopeName: string): Promise<IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  const { buffer, byteOffset, byteLength } = await readFile(wasm);
  await loadWASM(new Uint8Array(buffer, byteOffset, byteLength).slice().buffer);
  const manifest = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
    contributes: { grammars: readonly GrammarContribution[] };
  };
  const { grammars } = manifest.contributes;
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new OnigScanner(sources),
      createOnigString: (text) => new OnigString(text),
    }),
    async loadGrammar(scope) {
      const own = grammars.find((grammar) => grammar.scopeName === scope);
      if (own) return parseRawGrammar(await readFile(`${root}${own.path}`, 'utf8'), own.path);
      const host = HOSTS[scope];
      return host === undefined ? null : parseRawGrammar(host, `${scope}.json`);
    },
    getInjections: (scope) =>
      grammars
        .filter(({ injectTo }) => injectTo?.includes(scope))
        .map((grammar) => grammar.scopeName),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`No grammar has the scope ${scopeName}`);
  return grammar;
}

/** One line a token: its text and its scopes without the root's, in the order of the text. */
export function tokens(grammar: IGrammar, text: string): string {
  let state = INITIAL;
  return text
    .split('\n')
    .flatMap((line) => {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      return result.tokens.map(({ startIndex, endIndex, scopes }) =>
        `${JSON.stringify(line.slice(startIndex, endIndex))} ${scopes.slice(1).join(' ')}`.trimEnd(),
      );
    })
    .join('\n');
}
