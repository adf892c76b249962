import { baseName, folderOf } from '../../base/paths';
import type { Span } from '../../base/span';
import { isEnvironmentWord } from '../environment/environment-name';
import { isDocumentPath, isTestPath } from '../files/paths';
import type { ProjectModel } from '../model';
import { configFile, type ConfigFileValues } from '../secrets/config-files';
import { judgeUrl } from './judge';
import { urlName, type UrlName } from './names';
import { ownDomains } from './own-domains';
import { wholeUrl, type UrlText } from './url-text';

/** A URL in a settings file that differs between deploys. */
export interface ConfigUrl {
  readonly span: Span;
  readonly url: UrlText;
  readonly use: UrlName;
}

/**
 * The settings that code loads from one file of the code tree. What one environment's own file says is left to the rule about
 * such files, as is what a variable overrides.
 */
export function loadedSettings(path: string, model: ProjectModel): ConfigFileValues['entries'] {
  const file = configFile(model.files, path);
  if (!file || file.tests || isTestPath(path) || isDocumentPath(path)) return [];
  const stem = baseName(path).replace(/\.\w+$/, '');
  if (stem.split(/[._-]/).some(isEnvironmentWord)) return [];
  if (!isLoaded(path, model)) return [];
  const overridden = overrides(path, model);
  return file.entries.filter(
    ({ name, groups }) => !overridden.has(name) && !groups.some((group) => OTHERS.test(group)),
  );
}

/** Groups of what is let through, linked to or shown. */
const OTHERS =
  /redirect|allow|trust|white|block|link|menu|nav|footer|social|content|example|sample|fixture|product|challenge|translation|schema|definition/i;

/** The URLs among them. */
export function configUrls(path: string, model: ProjectModel): readonly ConfigUrl[] {
  const info = model.packageOf(path);
  const surroundings = {
    ownDomains: ownDomains(model),
    packageNames: [info?.name, info?.workspaceRoot?.name].filter((name) => name !== undefined),
  };
  return loadedSettings(path, model).flatMap(({ name, value, valueSpan, items }): ConfigUrl[] => {
    const use = urlName(name);
    const own = value === undefined || !valueSpan ? [] : [{ value, span: valueSpan }];
    // Of lists only those of origins are sure to be this app's own.
    const all = use === 'origin' ? [...own, ...(items ?? [])] : own;
    return all.flatMap((one): ConfigUrl[] => {
      const url = wholeUrl(one.value);
      if (!url || use === undefined || url.hasCredentials) return [];
      const verdict = judgeUrl(url, use, surroundings);
      return verdict?.verdict === 'varies' ? [{ span: one.span, url, use }] : [];
    });
  });
}

/** Does code of the same package read the file: by import, by its name in a call, or as node-config does, by its folder? */
function isLoaded(path: string, model: ProjectModel): boolean {
  const info = model.packageOf(path);
  const name = baseName(path);
  const stem = name.replace(/\.\w+$/, '');
  if (
    ['config', '@feathersjs/configuration'].some((each) => info?.dependencies.has(each)) &&
    /^(default|local)(-\w+)?$/.test(stem) &&
    baseName(folderOf(path)) === 'config'
  )
    return true;
  const isNamed = (text: string): boolean => {
    const last = text.split(/[/\\]/).pop() ?? '';
    return last === name || (last === stem && /[/\\]/.test(text));
  };
  for (const [other, facts] of model.facts) {
    const roles = model.modules.get(other)?.roles;
    if (model.packageOf(other) !== info || roles?.has('test') || roles?.has('build')) continue;
    if (facts.imports.some(({ specifier }) => isNamed(specifier) && specifier.startsWith('.')))
      return true;
    if (
      facts.calls.some(({ args }) =>
        args.some(
          (arg) =>
            (arg.kind === 'literal' && typeof arg.value === 'string' && isNamed(arg.value)) ||
            (arg.kind === 'call' &&
              arg.args.some((one) => one.kind === 'literal' && one.value === name)),
        ),
      )
    )
      return true;
  }
  return false;
}

/** The settings that node-config takes from variables. */
function overrides(path: string, model: ProjectModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const extension of ['json', 'yaml', 'yml', 'js', 'json5']) {
    const mapping = `${folderOf(path)}/custom-environment-variables.${extension}`;
    const text = model.files.has(mapping) ? (model.files.text(mapping) ?? '') : '';
    for (const [, name = ''] of text.matchAll(/(?<![\w-])([\w-]+)['"]?\s*:/g)) names.add(name);
  }
  return names;
}
