import type { Span } from '../base/span';

/** A directive of an nginx configuration, with the directives of its block. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly string[];
  /** Name to last argument, without `;` and block. */
  readonly span: Span;
  readonly children: readonly NginxDirective[];
}

/** Parses an nginx configuration; never throws. What cannot be read is skipped. */
export function parseNginx(text: string): NginxDirective[] {
  const tokens = [
    ...text.matchAll(
      /#[^\r\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[;{}]|(?:\$\{[^{}\s;]{0,200}\}|\\.|[^\s;{}"'#])[^\s;{}]*/g,
    ),
  ]
    .filter((match) => !match[0].startsWith('#'))
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  let at = 0;
  const block = (depth: number): NginxDirective[] => {
    const directives: NginxDirective[] = [];
    let words: typeof tokens = [];
    for (; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (!token) break;
      if (token.text !== ';' && token.text !== '{' && token.text !== '}') {
        words.push(token);
        continue;
      }
      if (token.text === '}') return directives;
      let children: NginxDirective[] = [];
      if (token.text === '{') {
        at += 1;
        children = depth < 20 ? block(depth + 1) : [];
      }
      const [name] = words;
      if (name) {
        directives.push({
          name: name.text,
          args: words.slice(1).map((word) => word.text.replace(/^(["'])(.*)\1$/s, '$2')),
          span: { start: name.start, end: words.at(-1)?.end ?? name.end },
          children,
        });
      }
      words = [];
    }
    return directives;
  };
  const all: NginxDirective[] = [];
  while (at < tokens.length) {
    all.push(...block(0));
    at += 1;
  }
  return all;
}

/** All directives of a name, at any depth. */
export function nginxDirectives(
  directives: readonly NginxDirective[],
  name: string,
): NginxDirective[] {
  return directives.flatMap((one) => [
    ...(one.name === name ? [one] : []),
    ...nginxDirectives(one.children, name),
  ]);
}
