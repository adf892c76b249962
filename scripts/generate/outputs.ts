import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Rule } from '../../server/src/engine/rule';
import { commandLinePage } from './command-line-page';
import { editorsPage } from './editors-page';
import { NOTICE_PAGES } from './notice-pages';
import { overlapPage } from './overlap-page';
import { rulePage } from './rule-page';
import { manifestText } from './manifest';
import { mapSchemaText } from './map-schema';
import { readmeText, rulesPage } from './readme';
import { reportSchemaText } from './report-schema';
import { registryText } from './registry';
import { findRuleFiles, loadRules, type RuleFile } from './rule-files';
import { schemaText } from './schema';

/** Where the registry lies, relative to the project's folder. */
export const REGISTRY_PATH = 'server/src/rules/index.ts';
const PAGES = 'docs/rules';

/** Generated files by path relative to the project's folder. */
export type Outputs = ReadonlyMap<string, string>;

/** The registry, formatted; needs the rule files' names only. */
export async function registryOutput(files: readonly RuleFile[]): Promise<string> {
  return formatted(registryText(files), 'typescript');
}

/**
 * Everything that is generated from the rules and types, as it should be on disk.
 * @param root the project's folder
 */
export async function generatedOutputs(root: string): Promise<Outputs> {
  const files = await findRuleFiles(root);
  const rules = await loadRules(files);
  const [manifest, readme] = await Promise.all([
    readFile(join(root, 'package.json'), 'utf8'),
    readFile(join(root, 'README.md'), 'utf8'),
  ]);
  return new Map([
    [REGISTRY_PATH, await registryOutput(files)],
    ['package.json', await formatted(manifestText(manifest, rules), 'json-stringify')],
    ['syntaxes/twelve-factor.schema.json', await formatted(schemaText(rules), 'json')],
    ['syntaxes/twelve-factor-map.schema.json', await formatted(mapSchemaText(), 'json')],
    ['syntaxes/twelve-factor-report.schema.json', await formatted(reportSchemaText(), 'json')],
    ['README.md', readmeText(readme, rules)],
    ['docs/rules.md', rulesPage(rules)],
    ['docs/command-line.md', await formatted(commandLinePage(), 'markdown')],
    ['docs/editors.md', editorsPage()],
    ['docs/other-tools.md', await formatted(overlapPage(), 'markdown')],
    ...Object.entries(NOTICE_PAGES).map(([id, page]) => [`${PAGES}/${id}.md`, page] as const),
    ...rules.map((rule: Rule) => [`${PAGES}/${rule.id}.md`, rulePage(rule)] as const),
  ]);
}

/** Pages on disk that no rule has any more, relative to the project's folder. */
export async function stalePages(root: string, outputs: Outputs): Promise<readonly string[]> {
  const names = await readdir(join(root, PAGES)).catch(() => []);
  return names.map((name) => `${PAGES}/${name}`).filter((path) => !outputs.has(path));
}

async function formatted(text: string, parser: string): Promise<string> {
  return format(text, { parser, printWidth: 100, singleQuote: true, trailingComma: 'all' });
}
