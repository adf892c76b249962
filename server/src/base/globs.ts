import picomatch from 'picomatch';

/** What a glob may hold. Others are made into patterns that can take for ever, or cannot be made at all. */
const MOST = { length: 500, starsOfSegment: 3, deepStars: 5, choices: 100, groups: 3 };

/**
 * Can a glob be matched in a time that nobody notices, whatever the path? Counted, so that it is the same on every machine.
 * @param glob of picomatch, or a line of an ignore file
 */
export function isModestGlob(glob: string): boolean {
  if (glob === '' || glob.length > MOST.length) return false;
  const segments = glob.split('/');
  const deep = segments.filter((segment) => segment.includes('**')).length;
  if (deep > MOST.deepStars || glob.split('(').length - 1 > MOST.groups) return false;
  // A number range stands for as many texts; nobody names files by one.
  if (/\d\.\.-?\d/.test(glob)) return false;
  let choices = 1;
  for (const braces of glob.split('{').slice(1)) {
    choices *= Math.max(2, (braces.split('}')[0] ?? '').split(',').length);
    if (choices > MOST.choices) return false;
  }
  return segments.every((segment) => (segment.match(/\*+/g) ?? []).length <= MOST.starsOfSegment);
}

/**
 * Makes a test for paths; globs that are not modest match none.
 * @param options `dot` lets wildcards match names that begin with a dot
 */
export function globMatcher(
  globs: string | readonly string[],
  options: { readonly dot?: boolean } = {},
): (path: string) => boolean {
  const modest = [globs].flat().filter(isModestGlob);
  return modest.length === 0 ? () => false : picomatch(modest, options);
}
