import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/src/engine/edits';
import { execForm, replaceInstruction } from '../../../server/src/engine/fixes/dockerfile-edit';
import { parseDockerfileSyntax } from '../../../server/src/languages/dockerfile';

describe('dockerfile', () => {
  it('replaces an instruction with its continuation lines', () => {
    const text = 'FROM node:20\r\n# start\r\nCMD npm \\\r\n  start\r\n';
    const syntax = parseDockerfileSyntax(text);
    const cmd = syntax.dockerfile.getInstructions()[1] ?? expect.fail();
    expect(
      applyEdits(text, [replaceInstruction(syntax, cmd, execForm('CMD', ['node', 'a "b".js']))]),
    ).toBe('FROM node:20\r\n# start\r\nCMD ["node", "a \\"b\\".js"]\r\n');
  });
});
