import type { Random } from '../helpers/random';

/** Makes one text of another. */
type Mutation = (text: string, random: Random) => string;

/** What languages give a meaning to. */
const TOKENS = [
  ...'(){}[]<>,;:.=+-*/%&|^!?~#@$\\\'"`\n\t \r'.split(''),
  ...[
    '${',
    '{{',
    '}}',
    '<<:',
    '&a ',
    '*a',
    '- ',
    '? ',
    '|\n',
    '>-\n',
    '---\n',
    '<<EOF',
    '$(',
    '&&',
    '||',
    '=>',
    '...',
    '?.',
  ],
  ...[
    '<script>',
    '</script>',
    '//',
    '/*',
    '*/',
    '#',
    '\\\n',
    '\r\n',
    '\uFEFF',
    '\u0000',
    '\u001B[0m',
    '\u2028',
    '\uD83D',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    '1e999',
    '-0',
    '0x',
    'async ',
    'await ',
    'import ',
    'export ',
    'from ',
  ],
  ...[
    'process.env.',
    'require(',
    'new ',
    'class ',
    'function ',
    'FROM ',
    'RUN ',
    'ENV ',
    'COPY --from=',
    'services:\n',
    'twelve-factor-disable ',
  ],
  ...['é', '漢', '👍🏽', '\u202E', 'http://', 'postgres://a:b@c/d', '../', './', '*', '**/', '{a,b}'],
];

/** Pairs that nest, by the depth that is tried. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['{"a":', '}'],
  ['[[', ']]'],
  ['`${', '}`'],
  ['$(', ')'],
  ['${a:-', '}'],
  ['<a>', '</a>'],
  ['a(', ')'],
  ['()=>', ''],
  ['a+', ''],
  ['!', ''],
  ['- ', ''],
  ['if(a)', ''],
  ['a?b:', ''],
  ['a.', ''],
  ['{a:{b:[', ']}}'],
];

const DEPTHS = [3, 30, 300];

function at(text: string, random: Random): number {
  return random.below(text.length + 1);
}

function lines(text: string): string[] {
  return text.split('\n');
}

const MUTATIONS: readonly Mutation[] = [
  // Texts.
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(at(text, random)),
  function insert(text, random) {
    const place = at(text, random);
    return text.slice(0, place) + random.of(TOKENS) + text.slice(place);
  },
  function insertMany(text, random) {
    const place = at(text, random);
    return (
      text.slice(0, place) + random.of(TOKENS).repeat(random.of([2, 20, 200])) + text.slice(place)
    );
  },
  function remove(text, random) {
    const place = at(text, random);
    return text.slice(0, place) + text.slice(place + 1 + random.below(8));
  },
  function swap(text, random) {
    const [a = 0, b = 0] = [at(text, random), at(text, random)].sort((x, y) => x - y);
    return text.slice(0, a) + text.slice(b) + text.slice(a, b);
  },
  function repeat(text, random) {
    const [a = 0, b = 0] = [at(text, random), at(text, random)].sort((x, y) => x - y);
    return text.slice(0, b) + text.slice(a, b).repeat(1 + random.below(4)) + text.slice(b);
  },
  // Structure: words, lines, blocks.
  function exchangeWords(text, random) {
    const words = text.match(/[\w$-]+/g) ?? [];
    if (words.length < 2) return text;
    const [one, other] = [random.of(words), random.of(words)];
    return text.replace(one, other);
  },
  function exchangeLines(text, random) {
    const all = lines(text);
    const [a, b] = [random.below(all.length), random.below(all.length)];
    [all[a], all[b]] = [all[b] ?? '', all[a] ?? ''];
    return all.join('\n');
  },
  function indentLine(text, random) {
    const all = lines(text);
    const index = random.below(all.length);
    all[index] = random.of(['  ', '\t', '- ', '']) + (all[index] ?? '').replace(/^ {1,2}/, '');
    return all.join('\n');
  },
  function exchangeValue(text, random) {
    const value = random.of([
      'null',
      '[]',
      '{}',
      '""',
      '1',
      'true',
      '[[]]',
      '{"a":{}}',
      '*base',
      '!!binary x',
      '"',
      "'",
    ]);
    const values = text.match(/(?<=[:=]\s?)[\w"'./$-]+/g) ?? [];
    return values.length === 0 ? text : text.replace(random.of(values), value);
  },
  // Depth and width.
  function nest(text, random) {
    const [open, close] = random.of(PAIRS);
    const depth = random.of(DEPTHS);
    const [a = 0, b = 0] = [at(text, random), at(text, random)].sort((x, y) => x - y);
    const end = random.below(4) === 0 ? '' : close.repeat(depth);
    return text.slice(0, a) + open.repeat(depth) + text.slice(a, b) + end + text.slice(b);
  },
  function widen(text, random) {
    const all = lines(text);
    const index = random.below(all.length);
    const line = all[index] ?? '';
    all.splice(
      index,
      0,
      ...Array.from({ length: random.of([3, 40]) }, (_, n) => line.replace(/\w+/, `$&${n}`)),
    );
    return all.join('\n');
  },
  function deepen(text) {
    return lines(text)
      .map((line, index) => ' '.repeat(index) + line)
      .join('\n');
  },
  // Encodings, as far as they survive decoding.
  (text) => `\uFEFF${text}`,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\r'),
  (text, random) => text.slice(0, at(text, random)) + '\uFFFD\u0000' + text,
  (text) => text.replace(/[^]/g, '$&\u0000'),
  (text) => text.replace(/e/g, '\uD83D'),
  (text) => text.replaceAll(' ', '\u00A0'),
];

/** One to four mutations of a text, which may be put together with another of the same kind. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  let result = text;
  if (random.below(5) === 0) {
    const other = random.of(others);
    result = result.slice(0, at(result, random)) + other.slice(at(other, random));
  }
  for (let count = 1 + random.below(4); count > 0; count -= 1)
    result = random.of(MUTATIONS)(result, random).slice(0, 20_000);
  return result;
}

const ODD_NAMES = [
  'a b',
  'é漢👍',
  "it's",
  '[id]',
  '__proto__',
  'constructor',
  '-',
  '%20#?',
  'a\nb',
  '\u202Ea',
  'x'.repeat(200),
  '$(x)',
  '*',
  '{a,b}',
  ' ',
  '.',
  '::error::',
];

/** The path of a mutated file: most often its own, else one of an odd name or folder that is of the same kind. */
export function mutatePath(path: string, random: Random): string {
  if (random.below(4) !== 0) return path;
  const slash = path.lastIndexOf('/') + 1;
  const folder = random.of([`${random.of(ODD_NAMES)}/`, 'test/', 'packages/api/', 'a/b/c/d/e/']);
  const name = path.slice(slash);
  const isByExtension = /^\w+\.(?:tsx?|js|vue|astro|svelte|sh|ya?ml|json|toml)$/.test(name);
  return isByExtension && random.below(2) === 0
    ? path.slice(0, slash) + random.of(ODD_NAMES).replaceAll('/', '') + name.replace(/^\w+/, '')
    : folder + path;
}
