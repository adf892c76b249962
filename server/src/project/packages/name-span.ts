import type { Span } from '../../base/span';
import { jsonAt, jsonSpan } from '../../languages/json';
import type { PackageInfo, ProjectModel } from '../model';

/** Where findings about a package as a whole go: its name in the manifest, else the manifest's opening brace. */
export function nameSpan(model: ProjectModel, info: PackageInfo): Span {
  const syntax = model.files.json(info.manifestPath);
  const node = syntax && (jsonAt(syntax, ['name']) ?? syntax.root);
  if (!node) return { start: 0, end: 0 };
  return node.type === 'object' ? { start: node.offset, end: node.offset + 1 } : jsonSpan(node);
}
