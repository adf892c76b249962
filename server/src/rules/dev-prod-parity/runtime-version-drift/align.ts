import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { majorsOf, type RuntimeVersion } from '../../../project/manifests/runtime-versions';
import type { ProjectModel } from '../../../project/model';
import { isSupported } from '../../../vocabulary/releases';

/**
 * Takes over the major of another place, in the form the place is written in.
 * @param reference the place that is right; it has to say one major
 */
export function alignFixes(
  model: ProjectModel,
  each: RuntimeVersion,
  reference: RuntimeVersion,
): readonly Fix[] {
  const [major, ...others] = majorsOf(reference);
  if (major === undefined || others.length > 0) return [];
  const written = model.files.text(each.path)?.slice(each.span.start, each.span.end);
  if (written === undefined) return [];
  const newText =
    each.source === 'image' ? imageOf(written, major, reference) : rangeOf(each, written, major);
  if (newText === undefined || newText === written) return [];
  return [
    {
      id: 'align',
      kind: 'suggest',
      title: `Use ${each.source === 'types' ? 'the types of ' : ''}Node ${major}, as ${reference.path} does`,
      build: () => [fileEdit(each.path, [replacement(each.span, newText)])],
    },
  ];
}

/** Tags that every release of Node has; of others it is not known here which exist. */
const TAG = /^((?:docker\.io\/)?(?:library\/)?node:)\d+(?:\.\d+)*((?:-(?:alpine|slim))?)$/;

/** The image with the other place's version, as exact as that says it; none that is past its end of life. */
function imageOf(written: string, major: number, { text }: RuntimeVersion): string | undefined {
  const [, name, variant] = TAG.exec(written) ?? [];
  const version = /^v?(\d+(?:\.\d+){0,2})$/.exec(text)?.[1] ?? String(major);
  return name === undefined || variant === undefined || isSupported('node', version) === false
    ? undefined
    : name + version + variant;
}

function rangeOf(each: RuntimeVersion, written: string, major: number): string | undefined {
  // `>=24.1.0`: the least that is asked for.
  if (/^>=\s*v?[\d.]+$/.test(written))
    return written.slice(0, written.search(/[v\d]/)) + String(major);
  const [old, ...more] = majorsOf(each);
  if (old === undefined || more.length > 0) return undefined;
  // Types have releases of their own: which minors there are is not known here.
  if (each.source === 'types') return `^${major}.0.0`;
  return written.replace(
    new RegExp(`(^|[^\\d.])${old}(\\.\\d+)*`),
    (_whole, before: string, rest?: string) =>
      `${before}${major}${rest === undefined ? '' : '.0'.repeat(/^\^|^~/.test(written) ? 2 : 0)}`,
  );
}
