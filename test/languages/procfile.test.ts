import { expect, it } from 'vitest';
import { parseProcfileSyntax } from '../../server/src/languages/procfile';

it('reads process types and commands with exact spans', () => {
  const text =
    '\uFEFFweb: node build/app.js --x:y \r\n# comment\r\n\r\nrelease:   npm run migrate\r\nnot a line';
  const { entries } = parseProcfileSyntax(text);
  expect(entries.map((entry) => [entry.type, entry.command])).toEqual([
    ['web', 'node build/app.js --x:y'],
    ['release', 'npm run migrate'],
  ]);
  for (const entry of entries) {
    expect(text.slice(entry.typeSpan.start, entry.typeSpan.end)).toBe(entry.type);
    expect(text.slice(entry.commandSpan.start, entry.commandSpan.end)).toBe(entry.command);
  }
});
