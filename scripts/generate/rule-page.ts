import { factorInfo } from '../../server/src/base/factors';
import { fileKind } from '../../server/src/base/file-names';
import { baseName } from '../../server/src/base/paths';
import type { BadExample, GoodExample, Rule } from '../../server/src/engine/rule';
import { scopeText } from './rule-scope';

const FIX_LINES = {
  safe: 'It has a quick fix that keeps today’s behaviour; fix-all applies it.',
  suggest: 'It suggests a quick fix; check the result, as it may change behaviour.',
  none: 'It has no quick fix.',
} as const;

const EXAMPLES_SHOWN = 3;

/**
 * A rule's documentation page, made of what the rule says of itself: the reason, where it looks, examples, when not to use it.
 * @returns Markdown that ends with a line break
 */
export function rulePage(rule: Rule): string {
  const { numeral, title, url } = factorInfo(rule.factor);
  const sections = [
    `# ${rule.id}`,
    rule.summary,
    `Factor [${numeral}. ${title}](${url}) · ${rule.severity} · since ${rule.since}. ${FIX_LINES[rule.fix]}`,
    '## Why',
    rule.why.trim(),
    '## Where it looks',
    scopeText(rule),
    '## Reported',
    ...plain(rule.examples.bad).flatMap(badSections),
    '## Not reported',
    ...plain(rule.examples.good).flatMap((example) => exampleSections(example)),
    '## When not to use it',
    rule.whenNotToUse.trim(),
    ...optionSections(rule),
    suppressionHelp(rule),
    '## Further reading',
    `- [The Twelve-Factor App: ${numeral}. ${title}](${url})`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The first examples, without those that show what an option does. */
function plain<Example extends GoodExample>(examples: readonly Example[]): readonly Example[] {
  return examples.filter(({ options }) => !options).slice(0, EXAMPLES_SHOWN);
}

function badSections(example: BadExample): readonly string[] {
  const sections = [...exampleSections(example)];
  for (const fixed of Object.values(example.fixed ?? {})) {
    const files = typeof fixed === 'string' ? { [example.path ?? 'src/server.ts']: fixed } : fixed;
    sections.push('After the quick fix:');
    for (const [path, text] of Object.entries(files)) sections.push(fence(path, text));
    // Further fixes of the same finding are variations; the first is the preferred one.
    break;
  }
  return sections;
}

function exampleSections(example: GoodExample): readonly string[] {
  const files = example.files ?? { [example.path ?? 'src/server.ts']: example.code ?? '' };
  return [
    ...(example.title === undefined ? [] : [`**${example.title}**`]),
    ...Object.entries(files).map(([path, text]) => fence(path, text)),
  ];
}

const ENTRIES = {
  names: 'names, in which `*` stands for any characters',
  paths: 'glob patterns of paths',
  patterns: 'regular expressions',
} as const;

function optionSections({ id, options = {} }: Rule): readonly string[] {
  const all = Object.entries(options);
  if (all.length === 0) return [];
  const examples = Object.fromEntries(all.map(([name, { example }]) => [name, example]));
  return [
    '## Options',
    all
      .map(([name, { lists, description }]) => `- \`${name}\` (${ENTRIES[lists]}): ${description}`)
      .join('\n'),
    'In `twelve-factor.json`, or in the editor’s settings:',
    fence('x.json', JSON.stringify({ options: { [id]: examples } }, undefined, 2)),
  ];
}

function suppressionHelp(rule: Rule): string {
  return [
    'To accept one place, say why in a comment above it:',
    fence('x.ts', `// twelve-factor-disable-next-line ${rule.id} -- the reason`),
    `To change it everywhere, set it in \`twelve-factor.json\`:`,
    fence('x.json', `{ "rules": { "${rule.id}": "off" } }`),
  ].join('\n\n');
}

function fence(path: string, text: string): string {
  const label = /^x\./.test(path) ? '' : `\`${path}\`\n\n`;
  const ticks = '`'.repeat(Math.max(3, longestRunOfTicks(text) + 1));
  return `${label}${ticks}${fenceLanguage(path)}\n${text.replace(/\n$/, '')}\n${ticks}`;
}

function longestRunOfTicks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
}

function fenceLanguage(path: string): string {
  const kind = fileKind(path);
  if (kind === 'dockerfile') return kind;
  if (kind === 'dotenv' || kind === 'procfile') return 'sh';
  const name = baseName(path);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const languages: Readonly<Record<string, string>> = {
    cts: 'ts',
    mts: 'ts',
    cjs: 'js',
    mjs: 'js',
    yml: 'yaml',
  };
  return languages[extension] ?? extension;
}
