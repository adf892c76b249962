import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../server/src/vocabulary/vocabulary';

const TESTS = vocabulary(['automated tests', 'test e2e'], ['servers of them', 'mock-server']);

describe('a vocabulary', () => {
  it.each([
    'test',
    'api-test',
    'TEST_DB',
    'runTest',
    'test2',
    'a/e2e/b',
    'mockServer',
    'mockserver',
    'MOCK_SERVER',
    'test2Db',
    'E2E_TOKEN',
    'runE2ETests',
  ])('finds its words in %s', (name) => {
    expect(TESTS.isIn(name)).toBe(true);
  });

  it.each(['contest', 'latest', 'testing', 'mock', 'e2', ''])('finds none in %s', (name) => {
    expect(TESTS.isIn(name)).toBe(false);
  });

  it('compares whole names', () => {
    expect(TESTS.is('Test')).toBe(true);
    expect(TESTS.is('mock_server')).toBe(true);
    expect(TESTS.is('test-db')).toBe(false);
  });

  it('compares beginnings and ends', () => {
    expect(TESTS.begins('testDb') && TESTS.begins('_test') && !TESTS.begins('db-test')).toBe(true);
    expect(TESTS.ends('dbTest') && TESTS.ends('redis-test2') && !TESTS.ends('test-db')).toBe(true);
    expect(TESTS.begins('testing') || TESTS.ends('contest')).toBe(false);
  });

  it('is made of others', () => {
    const wider = vocabulary(...TESTS.groups, ['machines that test', 'ci']);
    expect(wider.isIn('ci') && wider.isIn('e2e')).toBe(true);
  });

  it('refuses words that never match, and words that stand twice', () => {
    expect(() => vocabulary(['why', 'Test'])).toThrow('no word of a name: Test');
    expect(() => vocabulary(['why', 'a b'], ['why else', 'a'])).toThrow('listed twice: a');
  });
});
