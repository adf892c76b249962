import type { SourceSyntax } from '../../languages/source/syntax';
import {
  majorsOf,
  runtimeVersions,
  type RuntimeVersion,
} from '../../project/manifests/runtime-versions';
import type { ProjectModel } from '../../project/model';
import { sourceStyle, type SourceStyle } from './style';

/** The style of a file, with what its package says where the file itself says nothing. */
export function styleIn(model: ProjectModel, syntax: SourceSyntax): SourceStyle {
  const owner = model.packageOf(syntax.path);
  return sourceStyle(syntax, {
    isModule: owner?.isModule === true,
    oldestNode: oldestNode(model, syntax.path),
  });
}

/** What is released counts more than what developers use, and that more than what is merely allowed. */
const SOURCES: readonly RuntimeVersion['source'][] = [
  'image',
  'platform',
  'version-file',
  'volta',
  'engines',
];

/** The oldest major version of Node that may run a file; undefined where nothing says. */
function oldestNode(model: ProjectModel, path: string): number | undefined {
  const stated = runtimeVersions(model).filter(
    ({ folder }) => folder === '' || path.startsWith(`${folder}/`),
  );
  for (const source of SOURCES) {
    const majors = stated.filter((one) => one.source === source).flatMap(majorsOf);
    if (majors.length > 0) return Math.min(...majors);
  }
  return undefined;
}
