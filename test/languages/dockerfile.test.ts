import { describe, expect, it } from 'vitest';
import { dockerFlag, parseDockerfileSyntax } from '../../server/src/languages/dockerfile';
import {
  copyPaths,
  runScript,
  stageDirectory,
  stageProcess,
  stageVariables,
  targetStage,
} from '../../server/src/languages/dockerfile-stages';
import { sourceSpan } from '../../server/src/languages/mapped-text';

const FILE = [
  '\uFEFFARG NODE=20',
  'FROM --platform=linux/amd64 node:${NODE}-alpine AS build',
  'ENV HOME_DIR /usr/src/app/',
  'WORKDIR $HOME_DIR',
  'RUN npm ci \\',
  '  # a comment',
  '',
  '  && npm run build',
  'FROM build',
  'ENV A=b C="d e"',
  'WORKDIR sub',
  'COPY --chown=node --from=build /app/dist ./dist',
  'ENTRYPOINT ["tini", "--"]',
  'CMD ["node", "a\\"b.js"]',
  '',
].join('\r\n');

describe('parseDockerfileSyntax', () => {
  const syntax = parseDockerfileSyntax(FILE);
  const at = (span: { start: number; end: number }): string => FILE.slice(span.start, span.end);

  it('reads stages, images and their spans', () => {
    const [build, final] = syntax.stages;
    expect(build).toMatchObject({
      name: 'build',
      image: 'node:${NODE}-alpine',
      resolvedImage: 'node:20-alpine',
      platform: 'linux/amd64',
    });
    expect(build && at(build.imageSpan)).toBe('node:${NODE}-alpine');
    expect(build?.nameSpan && at(build.nameSpan)).toBe('build');
    expect(final).toMatchObject({ base: 0, name: undefined });
    expect(targetStage(syntax)?.index).toBe(1);
    expect(targetStage(syntax, 'BUILD')?.index).toBe(0);
  });

  it('drops continuations and comments of a command but keeps its places', () => {
    const run = syntax.stages[0]?.instructions.find((one) => one.keyword === 'RUN');
    expect(run?.body.text.replace(/\s+/g, ' ')).toBe('npm ci && npm run build');
    const start = run?.body.text.indexOf('npm run') ?? 0;
    expect(run && at(sourceSpan(run.body, start, start + 7))).toBe('npm run');
  });

  it('reads exec form with escapes, flags, pairs and copy paths', () => {
    const [, final] = syntax.stages;
    if (!final) throw new Error('no final stage');
    const { entrypoint, cmd } = stageProcess(syntax, final);
    expect(entrypoint?.words.map((word) => word.text)).toEqual(['tini', '--']);
    expect(cmd?.form).toBe('exec');
    expect(cmd?.words.map((word) => [word.text, at(word.span)])).toEqual([
      ['node', 'node'],
      ['a"b.js', 'a\\"b.js'],
    ]);
    const env = final.instructions.find((one) => one.keyword === 'ENV');
    expect(
      env?.pairs.map((pair) => [pair.name, pair.value, pair.valueSpan && at(pair.valueSpan)]),
    ).toEqual([
      ['A', 'b', 'b'],
      ['C', 'd e', '"d e"'],
    ]);
    const copy = final.instructions.find((one) => one.keyword === 'COPY');
    expect(copy && dockerFlag(copy, 'from')).toBe('build');
    expect(copy && copyPaths(copy)?.sources.map((word) => word.text)).toEqual(['/app/dist']);
    expect(copy && copyPaths(copy)?.destination.text).toBe('./dist');
  });

  it('follows variables and working directories through the stages', () => {
    const [, final] = syntax.stages;
    expect(final && stageDirectory(syntax, final)).toBe('/usr/src/app/sub');
    expect(final && stageVariables(syntax, final).get('HOME_DIR')).toBe('/usr/src/app/');
  });

  it('takes a broken JSON array for shell form, as Docker does', () => {
    const { stages } = parseDockerfileSyntax('FROM x\nCMD [ "node" "x" ]\nENTRYPOINT npm start\n');
    expect(stages[0]?.instructions.map((one) => one.form)).toEqual(['shell', 'shell']);
    expect(stages[0]?.instructions[1]?.words.map((word) => word.text)).toEqual(['npm', 'start']);
  });

  it('resets an inherited CMD when a later stage sets an ENTRYPOINT', () => {
    const one = parseDockerfileSyntax('FROM a AS b\nCMD ["x"]\nFROM b\nENTRYPOINT ["y"]\n');
    const [, final] = one.stages;
    expect(final && stageProcess(one, final)).toMatchObject({
      cmd: undefined,
      entrypoint: { keyword: 'ENTRYPOINT' },
    });
  });

  it('reads the script of a here-document', () => {
    const one = parseDockerfileSyntax('FROM a\nRUN <<EOF\nnpm install\nEOF\nUSER node\n');
    const [run, user] = one.stages[0]?.instructions ?? [];
    expect(run && runScript(run).text).toBe('npm install\n');
    expect(user?.keyword).toBe('USER');
  });

  it('survives an empty file and text that is no Dockerfile', () => {
    expect(parseDockerfileSyntax('').stages).toEqual([]);
    expect(parseDockerfileSyntax('hello\n[').stages).toEqual([]);
  });
});
