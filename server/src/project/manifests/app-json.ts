import { baseName } from '../../base/paths';
import {
  jsonAt,
  jsonProperties,
  jsonSpan,
  jsonString,
  jsonText,
  type JsonSyntax,
} from '../../languages/json';
import type { MappedText } from '../../languages/mapped-text';
import type { ProjectFiles } from '../files/files';
import type { EnvironmentEntry } from './scalars';

/** A Heroku app.json. */
export interface AppManifest {
  readonly path: string;
  readonly environment: readonly (EnvironmentEntry & {
    readonly required: boolean;
    readonly generated: boolean;
  })[];
  /** `predeploy`, `postdeploy` …: run once, not at every start. */
  readonly scripts: readonly { readonly name: string; readonly text: MappedText }[];
  readonly syntax: JsonSyntax;
}

/** The app.json files that are Heroku's (Expo and others use the name too). */
export function appManifests(files: ProjectFiles): AppManifest[] {
  return files.paths
    .filter((path) => baseName(path) === 'app.json')
    .flatMap((path) => {
      const syntax = files.json(path);
      if (!syntax?.root || jsonAt(syntax, ['expo'])) return [];
      const known = [
        'env',
        'scripts',
        'formation',
        'addons',
        'buildpacks',
        'stack',
        'environments',
      ];
      if (!known.some((key) => jsonAt(syntax, [key]))) return [];
      return [
        {
          path,
          syntax,
          environment: readEnvironment(syntax),
          scripts: jsonProperties(jsonAt(syntax, ['scripts'])).flatMap(({ key, value }) => {
            const text = jsonText(syntax, value);
            return text ? [{ name: key, text }] : [];
          }),
        },
      ];
    });
}

function readEnvironment(syntax: JsonSyntax): AppManifest['environment'] {
  return jsonProperties(jsonAt(syntax, ['env'])).map(({ key, keySpan, value, span }) => {
    const settings = jsonProperties(value);
    const written =
      value.type === 'object' ? settings.find((one) => one.key === 'value')?.value : value;
    const flag = (name: string): unknown =>
      settings.find((one) => one.key === name)?.value.value as unknown;
    return {
      name: key,
      nameSpan: keySpan,
      value: jsonString(written),
      valueSpan: written && innerSpan(written),
      span,
      required: flag('required') !== false,
      generated: flag('generator') === 'secret',
    };
  });
}

function innerSpan(node: Parameters<typeof jsonSpan>[0]): { start: number; end: number } {
  const { start, end } = jsonSpan(node);
  return node.type === 'string' ? { start: start + 1, end: end - 1 } : { start, end };
}
