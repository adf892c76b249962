import { describe, expect, it } from 'vitest';
import { isSupported, newestRelease } from '../../server/src/vocabulary/releases';

describe('releases', () => {
  it.each([
    ['node', '12', false],
    ['node', '18.16.0', false],
    ['node', '22', true],
    ['node', '99', undefined],
    ['postgres', '16.4', true],
    ['mongo', '4.4', false],
    ['mongo', '8', true],
    ['redis', '7.0', false],
    ['redis', '8.2', true],
    ['minio', '1', undefined],
  ])('says of %s %s whether it is supported: %s', (software, version, expected) => {
    expect(isSupported(software, version)).toBe(expected);
  });

  it('proposes the newest line for production that is allowed', () => {
    expect(newestRelease('node', (version) => Number(version) < 26)).toBe('24');
    expect(newestRelease('node', (version) => Number(version) < 21)).toBeUndefined();
    expect(newestRelease('minio')).toBeUndefined();
  });
});
