import type { Rule, RuleScope } from '../../server/src/engine/rule';
import { DEFAULT_KINDS, EXCLUDED_ROLES } from '../../server/src/engine/scope';
import { PACKAGE_KINDS, type PackageKind } from '../../server/src/project/map/kinds';

/**
 * Where a rule looks and how loudly it speaks there, from its scope.
 * @returns Markdown: a list, one line for each of packages, source files, manifests and deploys that there is something to say of
 */
export function scopeText(rule: Rule): string {
  const { kinds = DEFAULT_KINDS, manifests, deployment } = rule.scope ?? {};
  const lines = [
    packagesLine(kinds),
    ...(readsSources(rule) ? [modulesLine(rule)] : []),
    ...(manifests === undefined ? [] : [WORDS.manifests[manifests]]),
    ...(deployment === undefined ? [] : [WORDS.deployment[deployment]]),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

type Role = NonNullable<RuleScope['roles']>[number];

/** Everything that a scope can say, in words. */
const WORDS = {
  kinds: {
    app: 'apps',
    library: 'libraries',
    tool: 'tools',
    example: 'examples',
    template: 'templates',
    test: 'packages of tests',
  } satisfies Record<PackageKind, string>,
  roles: {
    web: 'web processes',
    worker: 'workers',
    clock: 'clocks',
    serverless: 'functions',
    admin: 'one-off scripts',
    cli: 'commands',
    library: 'published packages',
    test: 'tests',
    build: 'builds',
    development: 'processes that only development scripts start',
    browser: 'browsers',
  } satisfies Record<Role, string>,
  modules: {
    server:
      'Source files of servers, workers and clocks, not those of commands, one-off scripts and what is published',
    settings:
      'Source files whose settings are those of a deploy, or of what others install; not those of commands and one-off scripts',
  },
  manifests: { product: 'No manifests and scripts among tests and documentation.' },
  deployment: {
    'hint-where-unlikely': 'Code that production does not start: as hints.',
    'silent-where-unlikely': 'No code that production does not start.',
    graded:
      'Code that production does not start: as hints. Where no manifest says what it starts: as information.',
  },
} as const;

function packagesLine(kinds: readonly PackageKind[]): string {
  if (kinds.length === PACKAGE_KINDS.length) return 'Packages of every kind.';
  const named = listed(kinds.map((kind) => WORDS.kinds[kind]));
  const others =
    kinds.includes('library') || !kinds.includes('app') ? '' : ' and what they load of libraries';
  const copied = kinds.includes('app') ? '; in templates as hints' : '';
  return `${named.charAt(0).toUpperCase()}${named.slice(1)}${others}${copied}.`;
}

function modulesLine({ scope }: Rule): string {
  const { roles, include = [], modules } = scope ?? {};
  const out = EXCLUDED_ROLES.filter((role) => !include.includes(role));
  const only =
    roles &&
    `of ${listed(
      roles.map((role) => WORDS.roles[role]),
      'or',
    )}`;
  const start = modules === undefined ? 'Source files' : WORDS.modules[modules];
  const narrowed =
    only === undefined ? [start] : modules ? [start, `only ${only}`] : [`${start} ${only}`];
  const none = `none of ${listed(
    out.map((role) => WORDS.roles[role]),
    'or',
  )}`;
  return `${[...narrowed, none].join('; ')}.`;
}

function readsSources(rule: Rule): boolean {
  return [rule.judge, rule.meaning, rule.call, rule.file].some((handler) => handler !== undefined);
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  const all = [...words];
  const end = all.pop() ?? '';
  return all.length === 0 ? end : `${all.join(', ')} ${last} ${end}`;
}
