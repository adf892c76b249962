import { baseName, folderOf, joinPath } from '../../base/paths';
import { jsonAt, jsonText } from '../../languages/json';
import type { MappedText } from '../../languages/mapped-text';
import { tomlText, tomlTexts } from '../../languages/toml';
import { yamlAt, yamlDocuments, yamlItems, yamlString } from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import { pm2Hooks } from './pm2';
import { manifestText } from './scalars';

/** A command by which a platform, or the machine that serves, makes a release out of the sources. */
export interface BuildCommand {
  readonly path: string;
  readonly text: MappedText;
  /** Where it runs, relative to the root. */
  readonly folder: string;
  /** `host`: on the machine that serves, which is no pipeline; `platform`: on the builder of a platform. */
  readonly on: 'host' | 'platform';
}

/** Keys of the commands that build, by manifest. Of YAML, what holds the components, and the key in each; `` for the file itself. */
const TOML: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'railway.toml': [['build', 'buildCommand']],
  'netlify.toml': [['build', 'command']],
  'nixpacks.toml': [
    ['phases', 'install', 'cmds'],
    ['phases', 'build', 'cmds'],
  ],
};
const JSON_KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'railway.json': [['build', 'buildCommand']],
  'vercel.json': [['installCommand'], ['buildCommand']],
};
const YAML: readonly {
  readonly file: RegExp;
  readonly lists: readonly string[];
  readonly key: string;
  readonly folder: string;
}[] = [
  { file: /^render\.ya?ml$/, lists: ['services'], key: 'buildCommand', folder: 'rootDir' },
  {
    file: /^app\.ya?ml$/,
    lists: ['services', 'workers', 'jobs', 'static_sites', 'functions'],
    key: 'build_command',
    folder: 'source_dir',
  },
];

/** The build commands of Render, Railway, Netlify, Vercel and App Platform, and the deploy hooks of pm2. */
export function buildCommands(files: ProjectFiles): readonly BuildCommand[] {
  return files.paths.flatMap((path): readonly BuildCommand[] => {
    const name = baseName(path);
    const folder = folderOf(path);
    const plain = (text: MappedText | undefined): readonly BuildCommand[] =>
      text ? [{ path, text, folder, on: 'platform' }] : [];
    const inToml = TOML[name];
    if (inToml) {
      const syntax = files.toml(path);
      if (!syntax || syntax.error !== undefined) return [];
      return inToml.flatMap((keys) =>
        [tomlText(syntax, keys), ...tomlTexts(syntax, keys)].flatMap(plain),
      );
    }
    const inJson = JSON_KEYS[name];
    if (inJson) {
      const syntax = files.json(path);
      return syntax ? inJson.flatMap((keys) => plain(jsonText(syntax, jsonAt(syntax, keys)))) : [];
    }
    const inYaml = YAML.find(({ file }) => file.test(name));
    return inYaml
      ? ofComponents(files, path, inYaml)
      : pm2Hooks(files, path).map((text) => ({ path, text, folder, on: 'host' as const }));
  });
}

function ofComponents(
  files: ProjectFiles,
  path: string,
  { lists, key, folder }: (typeof YAML)[number],
): readonly BuildCommand[] {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return [];
  const around = folderOf(path).replace(/(^|\/)\.do$/, '');
  return lists
    .flatMap((list) => yamlItems(document, yamlAt(document, [list])))
    .flatMap((component) => {
      const text = manifestText(syntax, yamlAt(document, [key], component));
      const own = yamlString(yamlAt(document, [folder], component)) ?? '';
      return text
        ? [
            {
              path,
              text: text.mapped,
              folder: joinPath(around, own) ?? '',
              on: 'platform' as const,
            },
          ]
        : [];
    });
}
