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
}

/**
 * Finds the rule files `server/src/rules/<factor>/<rule-id>.ts` without loading any, so that a broken rule or registry never
 * stands in the way of generating. What belongs to the rules beside it is left out: files without a default export, and those
 * with a second part to their name, `<rule-id>.bad-examples.ts` (whose examples may have default exports).
 * @param root the project's folder
 * @returns sorted by factor, in the manifesto's order, then by id
 */
export async function findRuleFiles(root: string): Promise<readonly RuleFile[]> {
  const found: RuleFile[] = [];
  for (const factor of FACTORS) {
    const folder = join(root, 'server/src/rules', factor);
    for (const name of (await fileNames(folder)).sort()) {
      if (!/^[^.]+\.ts$/.test(name)) continue;
      const file = join(folder, name);
      const text = await readFile(file, 'utf8');
      if (!/^export default /m.test(text)) continue;
      found.push({ factor, id: name.slice(0, -'.ts'.length), file });
    }
  }
  return found;
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

async function fileNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
