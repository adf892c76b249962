import { fileQuery } from '../query';
import {
  yamlAt,
  yamlDocuments,
  yamlItems,
  yamlString,
  type YamlDocument,
} from '../../languages/yaml';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import { parseImage, type ImageReference } from '../manifests/image';

/**
 * Does a deploy tool put another reference in place of this image name? Skaffold builds its artifacts and writes their tags
 * into the manifests; kustomize replaces the images of a kustomization by the tag or digest stated there.
 */
export function isPlacedAtDeploy(image: ImageReference, files: ProjectFiles): boolean {
  return placedImages(files).has(nameOf(image));
}

const placedImages = fileQuery((files): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const path of filesOfKind(files, 'yaml')) {
    const text = files.text(path) ?? '';
    const isSkaffold = /^apiVersion:\s*["']?skaffold\//m.test(text);
    const isKustomization =
      /(^|\/)kustomization\.ya?ml$/.test(path) || /^apiVersion:\s*["']?kustomize\./m.test(text);
    if (!isSkaffold && !isKustomization) continue;
    for (const document of yamlDocuments(files.yaml(path)))
      for (const name of isSkaffold ? artifacts(document) : replaced(document))
        names.add(nameOf(parseImage(name)));
  }
  return names;
});

function artifacts(document: YamlDocument): string[] {
  return yamlItems(document, yamlAt(document, ['build', 'artifacts'])).flatMap(
    (item) => yamlString(yamlAt(document, ['image'], item)) ?? [],
  );
}

function replaced(document: YamlDocument): string[] {
  return yamlItems(document, yamlAt(document, ['images'])).flatMap((item) => {
    const at = (key: string): string | undefined => yamlString(yamlAt(document, [key], item));
    const isPinned = at('newTag') !== undefined || at('digest') !== undefined;
    return isPinned ? (at('name') ?? []) : [];
  });
}

function nameOf({ registry, name }: ImageReference): string {
  return registry === undefined ? name : `${registry}/${name}`;
}
