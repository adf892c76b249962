import { baseName } from '../../base/paths';
import { filesIn } from '../files/file-index';
import { literalAt, literalText, moduleLiteral, type JsLiteral } from '../manifests/js-literal';
import type { PackageInfo } from '../model';
import { queryEach } from '../query';

/** The configuration of a server of Nitro's. */
export interface NitroConfig {
  readonly path: string;
  /** What it says under a key, `nitro.` of Nuxt's left out. */
  at(...keys: readonly string[]): JsLiteral | undefined;
  /** A platform runs it by request, and its schedules itself. */
  readonly isHosted: boolean;
}

/** Presets under which Nitro is a process of its own. */
const OF_ITS_OWN = /^(node|bun|deno_?server|iis|static)/;

/** Nitro's configurations in a package: its own file, and the part for it in Nuxt's. */
export const nitroConfigs = queryEach(
  'files',
  (info: PackageInfo | undefined, { files }): readonly NitroConfig[] =>
    filesIn(files, info?.dir ?? '').flatMap((path) => {
      const name = /^(nuxt|nitro)\.config\.[cm]?[jt]s$/.exec(baseName(path))?.[1];
      const syntax = name === undefined ? undefined : files.source(path);
      const whole = syntax && moduleLiteral(syntax);
      if (!whole) return [];
      const own = name === 'nuxt' ? literalAt(whole, 'nitro') : whole;
      const preset = literalText(literalAt(own, 'preset'))?.text;
      return [
        {
          path,
          at: (...keys: readonly string[]) => literalAt(own, ...keys),
          isHosted: preset !== undefined && !OF_ITS_OWN.test(preset.replace('-', '_')),
        },
      ];
    }),
);
