import { isInside } from '../../base/paths';
import type { FileChange } from '../../engine/finding';
import type { ProjectModel } from '../../project/model';

const REFERENCE = '/// <reference types="vite/client" />\n';

/**
 * What the compiler needs to know `import.meta.env`: the declaration file that Vite's own templates have, where nothing refers to
 * Vite's types yet.
 * @param path the file that reads `import.meta.env` from now on
 */
export function viteTypes(model: ProjectModel, path: string): FileChange[] {
  const isTyped =
    /\.[mc]?tsx?$/.test(path) ||
    (/\.(vue|svelte)$/.test(path) && /<script[^>]*lang="ts/.test(model.files.text(path) ?? ''));
  const folder = model.packageOf(path)?.dir ?? '';
  if (!isTyped || knowsViteTypes(model, folder)) return [];
  const own = folder === '' ? path : path.slice(folder.length + 1);
  // Beside the sources: `include` of the compiler's settings names folders.
  const [top] = own.includes('/') ? own.split('/') : [''];
  const declaration = [folder, top, 'vite-env.d.ts'].filter(Boolean).join('/');
  return [{ kind: 'create', path: declaration, text: REFERENCE }];
}

function knowsViteTypes(model: ProjectModel, folder: string): boolean {
  return model.files.paths.some(
    (path) =>
      isInside(path, folder) &&
      /(\.[mc]?tsx?|\.vue|\.svelte|(^|\/)[jt]sconfig[\w.-]*\.json)$/.test(path) &&
      /\bvite\/(client|types\/importMeta)\b|\binterface ImportMeta\b|\bimport\.meta\.env\b/.test(
        model.files.text(path) ?? '',
      ),
  );
}
