import picomatch from 'picomatch';
import { expect, it } from 'vitest';
import { documentGlobs, scriptLanguages } from '../../server/src/base/file-globs';
import { fileKind } from '../../server/src/base/file-names';
import { FILE_EXAMPLES } from '../helpers/file-examples';

const isSelected = picomatch(documentGlobs(), { dot: true });

it.each(FILE_EXAMPLES)('editors send documents of $path', ({ row, path, start }) => {
  if (start === '') {
    for (const spelling of [path, `apps/api/${path}`, path.toUpperCase(), path.toLowerCase()])
      expect(isSelected(spelling), spelling).toBe(true);
  } else {
    expect(row.script?.languages.length).toBeGreaterThan(0);
    expect(scriptLanguages()).toEqual(expect.arrayContaining([...(row.script?.languages ?? [])]));
  }
});

it.each([
  'README.md',
  'logo.png',
  'env',
  'environment',
  'cabin/www',
  'a.yml.bak',
  'conf/app.conf',
  'myDockerfile',
])('editors do not send %s, which is not read', (path) => {
  expect(fileKind(path)).toBeUndefined();
  expect(isSelected(path)).toBe(false);
});
