import { describe, expect, it } from 'vitest';
import { sourceSpan } from '../../server/src/languages/mapped-text';
import { parseShellSyntax, shellWordText } from '../../server/src/languages/shell';

function read(text: string): string[] {
  return parseShellSyntax(text).commands.map((command) => {
    const words = command.words.map((word) => word.text).join(' ');
    const redirects = command.redirects
      .map((redirect) => ` [${redirect.operator} ${redirect.target}]`)
      .join('');
    const marks = `${command.conditional ? '?' : ''}${command.looped ? '@' : ''}${command.background ? '&' : ''}`;
    return `${command.joint}|${marks}|${words}${redirects}`;
  });
}

describe('parseShellSyntax', () => {
  it('splits a command line at its operators', () => {
    expect(read('a && b || c; d | e & f')).toEqual([
      '||a',
      '&&||b',
      '||||c',
      ';|&|d',
      '||&|e',
      '&||f',
    ]);
  });

  it('keeps assignments, redirections and expansions', () => {
    const [command] = parseShellSyntax(
      'NODE_ENV=production X="a b" node "dist/$F.js" 2>&1 >> app.log',
    ).commands;
    expect(command?.assignments.map(({ name, value }) => [name, value])).toEqual([
      ['NODE_ENV', 'production'],
      ['X', 'a b'],
    ]);
    expect(command?.words.map(({ text, literal }) => [text, literal])).toEqual([
      ['node', true],
      ['dist/$F.js', false],
    ]);
    expect(command?.redirects.map(({ operator, target }) => [operator, target])).toEqual([
      ['2>&', '1'],
      ['>>', 'app.log'],
    ]);
  });

  it('marks what may not run', () => {
    expect(
      read('if test -f x; then a; else b; fi; f() { c; }\nuntil nc -z db 1 && d; do sleep 1; done'),
    ).toEqual([
      '||test -f x',
      ';|?|a',
      ';|?|b',
      ';|?|c',
      ';|@|nc -z db 1',
      '&&|@|d',
      ';|?@|sleep 1',
    ]);
  });

  it('finds every word at its offset, with CRLF and a byte order mark', () => {
    const text = '\uFEFF#!/bin/sh\r\nnode \\\r\n  "a b.js"\r\nexec "$@"\r\n';
    const syntax = parseShellSyntax(text);
    expect(syntax.errors).toEqual([]);
    expect(
      syntax.commands.map((command) =>
        command.words.map((word) => text.slice(word.span.start, word.span.end)),
      ),
    ).toEqual([
      ['node', '"a b.js"'],
      ['exec', '"$@"'],
    ]);
    expect(syntax.commands.flatMap((command) => command.words.map((word) => word.text))).toEqual([
      'node',
      'a b.js',
      'exec',
      '$@',
    ]);
  });

  it('maps a quoted script back to where it stands', () => {
    const text = 'sh -c "echo \\"hi\\" && node a.js"';
    const syntax = parseShellSyntax(text);
    const word = syntax.commands[0]?.words[2];
    const mapped = word && shellWordText(syntax, word);
    expect(mapped?.text).toBe('echo "hi" && node a.js');
    const at = mapped?.text.indexOf('node') ?? 0;
    const span = mapped && sourceSpan(mapped, at, at + 4);
    expect(span?.start).toBe(text.indexOf('node'));
  });

  it('reads here-documents as input and reports errors instead of throwing', () => {
    const [command] = parseShellSyntax('cat > c.json <<EOF\n{"a":"$A"}\nEOF\n').commands;
    expect(command?.input?.text).toBe('{"a":"$A"}\n');
    expect(command?.redirects[0]).toMatchObject({ operator: '>', target: 'c.json' });
    expect(parseShellSyntax('echo "open').errors).toHaveLength(1);
  });
});
