import { expect, it } from 'vitest';
import {
  dockerMatcher,
  gitMatcher,
  parseIgnoreSyntax,
} from '../../server/src/languages/ignore-file';

it('reads patterns with their spans', () => {
  const text = '# c\r\n.env\r\n\r\n!.env.example \r\n';
  expect(
    parseIgnoreSyntax(text).patterns.map((one) => [
      one.pattern,
      one.negative,
      text.slice(one.span.start, one.span.end),
    ]),
  ).toEqual([
    ['.env', false, '.env'],
    ['.env.example', true, '!.env.example'],
  ]);
});

it('matches as git does: at any depth', () => {
  const git = gitMatcher('.env\n!sub/.env\n');
  expect(git.decide('a/b/.env')).toBe(true);
  expect(git.decide('sub/.env')).toBe(false);
  expect(git.decide('a')).toBeUndefined();
});

it('matches as Docker does: from the context root, exceptions reach into folders', () => {
  const docker = dockerMatcher('*\n!dist/app\n.env\n**/node_modules/\n');
  expect(docker.decide('src/a.ts')).toBe(true);
  expect(docker.decide('dist/app/a.js')).toBe(false);
  const plain = dockerMatcher('.env\nlogs/\n**/*.pem');
  expect(plain.decide('.env')).toBe(true);
  expect(plain.decide('api/.env')).toBeUndefined();
  expect(plain.decide('logs/a.log')).toBe(true);
  expect(plain.decide('a/b/c.pem')).toBe(true);
});
