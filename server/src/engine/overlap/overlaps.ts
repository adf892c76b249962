import { isWeaker } from '../../base/severity';
import { folderOf } from '../../base/paths';
import type { ProjectFiles } from '../../project/files/files';
import type { ProjectModel } from '../../project/model';
import { query } from '../../project/query';
import { changedFinding } from '../edits/lazy-fixes';
import type { Finding } from '../finding';
import { toolRuns } from './runs';
import { EQUIVALENTS, type Equivalent } from './table';

const runs = query('files', toolRuns);

/**
 * Makes a hint of a finding that another tool of the repository reports as well: where a script, CI or a hook before commits runs it on
 * the file, its rule is on there, and no comment switches it off.
 */
export function withoutOverlap(finding: Finding, model: ProjectModel | undefined): Finding {
  const isLower = model && isWeaker('hint', finding.severity) && isSaidElsewhere(finding, model);
  return isLower ? changedFinding(finding, { severity: 'hint' }) : finding;
}

function isSaidElsewhere({ ruleId, path, message }: Finding, model: ProjectModel): boolean {
  return EQUIVALENTS.some(
    (one) =>
      one.ours === ruleId &&
      one.in.test(path) &&
      (one.says?.test(message) ?? true) &&
      runs(model).some(
        ({ tool, ignored, covers }) =>
          tool === one.tool && !ignored.includes(one.theirs) && covers(path),
      ) &&
      isOn(one, path, model.files) &&
      !isSwitchedOff(one, model.files.text(path) ?? ''),
  );
}

function isOn(one: Equivalent, path: string, files: ProjectFiles): boolean {
  if (one.tool === 'eslint') return isOnInEslint(one, path, files);
  const config = ['.hadolint.yaml', '.hadolint.yml'].map((name) => files.text(name) ?? '').join('');
  return one.tool !== 'hadolint' || !mentions(config, one.theirs);
}

const ESLINT_CONFIGS = [
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`),
  ...['.json', '.js', '.cjs', '.yml', '.yaml', ''].map((ending) => `.eslintrc${ending}`),
];

/** By the nearest configuration above the file: names of its rules and of the configurations that it takes over. */
function isOnInEslint(one: Equivalent, path: string, files: ProjectFiles): boolean {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const names = ESLINT_CONFIGS.map((name) => (folder === '' ? name : `${folder}/${name}`));
    const found = names.find((name) => files.has(name));
    if (found !== undefined) return isOnIn(files.text(found) ?? '', one);
    if (folder === '') return false;
  }
}

/** `n/no-sync` is `node/no-sync` where the plugin has its old name, and `no-extraneous-require` is the same of `require`. */
function isOnIn(config: string, one: Equivalent): boolean {
  const rule = one.theirs.slice(one.theirs.indexOf('/') + 1);
  const set = new RegExp(`['"](?:n|node)/${rule}['"]\\s*:\\s*\\[?\\s*['"]?(\\w+)`).exec(
    config,
  )?.[1];
  if (set !== undefined) return /^(?:error|warn|1|2)$/.test(set);
  return (
    one.isRecommended &&
    (/plugin:(?:n|node)\/recommended/.test(config) ||
      (/\beslint-plugin-n\b/.test(config) &&
        /\bconfigs\b\W{1,4}(?:flat\/)?recommended/.test(config)))
  );
}

/** A comment that switches the rule off may stand anywhere: then the tool says nothing of some places, nobody asks which. */
function isSwitchedOff({ tool, theirs }: Equivalent, text: string): boolean {
  if (tool === 'sonar') return text.includes('NOSONAR');
  if (tool === 'hadolint') return /#\s*hadolint\s/.test(text) && mentions(text, theirs);
  return text.includes('eslint-disable');
}

function mentions(text: string, word: string): boolean {
  return text.includes(word);
}
