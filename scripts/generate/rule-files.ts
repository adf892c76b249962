import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FACTORS, type Factor } from '../../server/src/base/factors';
import type { Rule } from '../../server/src/engine/rule';

/** A rule's file, known by its name alone. */
export interface RuleFile {
  readonly factor: Factor;
  /** The file's name without extension, which is the rule's id. */
  readonly id: string;
  /** Absolute. */
  readonly file: string;
  /** From the folder of all rules, without extension: `config/hardcoded-url/hardcoded-url`. */
  readonly module: string;
}

/**
 * Finds the rule files `server/src/rules/<factor>/<rule-id>.ts`, and `<rule-id>/<rule-id>.ts` where a rule is more than a file,
 * without loading any, so that a broken rule or registry never stands in the way of generating. A file without a default export
 * is no rule.
 * @param root the project's folder
 * @returns sorted by factor, in the manifesto's order, then by id
 */
export async function findRuleFiles(root: string): Promise<readonly RuleFile[]> {
  const found: RuleFile[] = [];
  for (const factor of FACTORS) {
    const folder = join(root, 'server/src/rules', factor);
    const entries = (await entriesOf(folder)).sort((a, b) => (ruleId(a) < ruleId(b) ? -1 : 1));
    for (const entry of entries) {
      const id = ruleId(entry);
      const module = entry.isDirectory() ? `${factor}/${id}/${id}` : `${factor}/${id}`;
      const file = join(root, 'server/src/rules', `${module}.ts`);
      if (/^export default /m.test(await textOf(file))) found.push({ factor, id, file, module });
    }
  }
  return found;
}

function ruleId({ name }: Dirent): string {
  return name.replace(/\.ts$/, '');
}

/**
 * Loads rules one by one.
 * @throws Error when a file exports no rule, or its id or factor is not the file's
 */
export async function loadRules(files: readonly RuleFile[]): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  for (const { factor, id, file } of files) {
    const module = (await import(pathToFileURL(file).href)) as { readonly default?: Rule };
    const rule = module.default;
    if (!rule) throw new Error(`${file} has no rule as its default export`);
    if (rule.id !== id) throw new Error(`${file} holds the rule ${rule.id}: the names must agree`);
    if (rule.factor !== factor) {
      throw new Error(`${file} says its factor is ${rule.factor}: the folder must agree`);
    }
    rules.push(rule);
  }
  return rules;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return unlessMissing(readdir(folder, { withFileTypes: true }), []);
}

/** Of a folder that holds no rule of its name (yet), the empty text. */
async function textOf(file: string): Promise<string> {
  return unlessMissing(readFile(file, 'utf8'), '');
}

async function unlessMissing<T>(reading: Promise<T>, instead: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead;
    throw error;
  }
}
