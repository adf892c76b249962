// Writes everything that is derived from the rule files: registry, settings, JSON schema, README table, rule pages.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedOutputs, REGISTRY_PATH, registryOutput, stalePages } from './generate/outputs';
import { findRuleFiles } from './generate/rule-files';

const root = fileURLToPath(new URL('..', import.meta.url));

async function writeIfChanged(path: string, text: string): Promise<void> {
  const file = join(root, path);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === text) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`${before === undefined ? 'created' : 'updated'} ${path}`);
}

async function main(): Promise<void> {
  // The registry comes first and needs no rule to load: a broken rule must not leave the registry behind.
  await writeIfChanged(REGISTRY_PATH, await registryOutput(await findRuleFiles(root)));
  const outputs = await generatedOutputs(root);
  for (const [path, text] of outputs) await writeIfChanged(path, text);
  for (const path of await stalePages(root, outputs)) {
    await rm(join(root, path));
    console.log(`removed ${path}`);
  }
}

void main();
