import semver from 'semver';
import type { Fix } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { setRange } from '../../fixes/files/package-json';
import { jsonAt, jsonInnerSpan, jsonProperties, jsonString } from '../../languages/json';
import type { DependencyInfo, PackageInfo, ProjectModel } from '../../project/model';
import { lockedCommitOf, lockedVersionOf } from '../../project/packages/locked-version';

const manifest = (dependencies: object, extra: object = {}): string =>
  JSON.stringify({ name: 'app', private: true, dependencies, ...extra }, null, 2) + '\n';

export default defineRule({
  id: 'unpinned-range',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A dependency accepts any future release.',
  why: 'Declared dependencies are meant to make a build repeatable: the same commit yields the same app next month. `*`, `latest`, an open lower bound or a branch of a repository accept whatever is newest, so a release can change behaviour without any commit of yours.',
  whenNotToUse: 'In throwaway prototypes that are rebuilt from the newest packages on purpose.',
  fix: 'suggest',
  scope: { kinds: ['app', 'library'] },
  messages: {
    open: '`{name}` accepts any future release (`{range}`); pin it to the version you test with.',
    branch:
      '`{name}` follows a moving branch or file (`{range}`); pin a commit or a published version.',
  },
  manifest: {
    kinds: ['package-json'],
    check(context) {
      const owner = context.model.packages.find((info) => info.manifestPath === context.path);
      if (!owner) return;
      for (const dependency of owner.dependencies.values()) {
        if (dependency.kind === 'peerDependencies') continue;
        const message = looseness(dependency.range);
        if (!message || isSibling(dependency.name, owner, context.model)) continue;
        const { name, range, rangeSpan } = dependency;
        context.report({
          at: rangeSpan,
          message,
          data: { name, range },
          fixes: () => pin(context.model, owner, dependency),
        });
      }
      const syntax = context.model.files.json(context.path);
      for (const section of [['overrides'], ['resolutions'], ['pnpm', 'overrides']])
        for (const { key, value } of jsonProperties(syntax && jsonAt(syntax, section))) {
          const range = jsonString(value);
          // An override of a registry range is bounded by what asks for it; a moving git reference is not.
          if (range !== undefined && looseness(range) === 'branch')
            context.report({
              at: jsonInnerSpan(value),
              message: 'branch',
              data: { name: key, range },
            });
        }
    },
  },
  examples: {
    bad: [
      {
        title: 'any version, with the locked one at hand',
        files: {
          'package.json': manifest({ atob: '>=2.1.0', express: '*' }),
          'package-lock.json': JSON.stringify(
            {
              lockfileVersion: 3,
              packages: {
                'node_modules/atob': { version: '2.1.2' },
                'node_modules/express': { version: '5.1.0' },
              },
            },
            null,
            2,
          ),
        },
        findings: [
          { at: '>=2.1.0', path: 'package.json' },
          { at: '*', path: 'package.json' },
        ],
        fixed: { pin: { 'package.json': manifest({ atob: '^2.1.2', express: '^5.1.0' }) } },
      },
      {
        title: 'a dist-tag',
        files: { 'package.json': manifest({ next: 'latest', react: 'canary' }) },
        findings: [
          { at: 'latest', path: 'package.json' },
          { at: 'canary', path: 'package.json' },
        ],
      },
      {
        title: 'repositories and tarballs without a commit',
        files: {
          'package.json': manifest({
            a: 'github:acme/a',
            b: 'git+https://github.com/acme/b.git#main',
            c: 'https://github.com/acme/c/tarball/master',
          }),
        },
        findings: [
          { at: 'github:acme/a', path: 'package.json' },
          { at: 'git+https://github.com/acme/b.git#main', path: 'package.json' },
          { at: 'https://github.com/acme/c/tarball/master', path: 'package.json' },
        ],
      },
      {
        title: 'a branch, with the locked commit at hand',
        files: {
          'package.json': manifest({
            a: 'acme/a#main',
            b: 'https://github.com/acme/b/tarball/master',
          }),
          'yarn.lock': `"a@acme/a#main":\n  version "1.0.0"\n  resolved "https://codeload.github.com/acme/a/tar.gz/${'1a'.repeat(20)}"\n\n"b@https://github.com/acme/b/tarball/master":\n  version "2.0.0"\n  resolved "https://github.com/acme/b/tarball/master#${'2b'.repeat(20)}"\n`,
        },
        findings: [
          { at: 'acme/a#main', path: 'package.json' },
          { at: 'https://github.com/acme/b/tarball/master', path: 'package.json' },
        ],
        fixed: {
          pin: {
            'package.json': manifest({
              a: `acme/a#${'1a'.repeat(20)}`,
              b: `https://github.com/acme/b/tarball/${'2b'.repeat(20)}`,
            }),
          },
        },
      },
      {
        title: 'any version, where another package of the workspace says which',
        files: {
          'package.json': JSON.stringify({
            name: 'root',
            private: true,
            workspaces: ['packages/*'],
          }),
          'packages/a/package.json': manifest({ zod: '*' }, { main: 'index.js' }),
          'packages/b/package.json': manifest({ zod: '^3.23.0' }),
        },
        findings: [{ at: '*', path: 'packages/a/package.json' }],
        fixed: {
          pin: { 'packages/a/package.json': manifest({ zod: '^3.23.0' }, { main: 'index.js' }) },
        },
      },
      {
        title: 'an override that follows a branch',
        files: { 'package.json': manifest({ a: '^1.0.0' }, { overrides: { b: 'github:acme/b' } }) },
        findings: [{ at: 'github:acme/b', path: 'package.json' }],
      },
    ],
    good: [
      {
        title: 'a package of the same workspace',
        files: {
          'package.json': `{ "name": "shop", "private": true, "workspaces": ["apps/*", "packages/*"] }\n`,
          'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
          'apps/web/package.json': `{ "name": "@shop/web", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "@shop/prices": "*" } }\n`,
          'packages/prices/package.json': `{ "name": "@shop/prices", "version": "0.0.0", "private": true, "main": "index.js" }\n`,
        },
      },
      {
        title: 'bounded ranges',
        files: {
          'package.json': manifest({
            a: '^1.2.0',
            b: '~1.2.0',
            c: '1.2.3',
            d: '>=1.2.0 <2',
            e: '1.x',
            f: '1.2 - 1.4',
            g: '^1 || ^2',
          }),
        },
      },
      {
        title: 'workspace, catalog and files of the repository',
        files: {
          'package.json': manifest({
            a: 'workspace:*',
            b: 'catalog:',
            c: 'file:../c',
            d: 'link:../d',
            e: 'portal:../e',
          }),
        },
      },
      {
        title: 'a commit or a release of a repository',
        files: {
          'package.json': manifest({
            a: 'github:acme/a#5f3b1c2d9e',
            b: 'git+ssh://git@github.com/acme/b.git#v1.4.0',
            c: 'github:acme/c#semver:^2.0.0',
            d: 'https://registry.example.com/d/-/d-1.2.3.tgz',
          }),
        },
      },
      {
        title: 'peer dependencies',
        files: {
          'package.json': JSON.stringify({ name: 'lib', peerDependencies: { react: '*' } }),
        },
      },
      {
        title: 'engines, repository and an override to a bounded range',
        files: {
          'package.json': manifest(
            {},
            {
              engines: { node: '>=20' },
              repository: 'git+https://github.com/acme/app.git',
              overrides: { minimist: '>=1.2.6' },
            },
          ),
        },
      },
      {
        title: 'an alias with a bounded range',
        files: { 'package.json': manifest({ old: 'npm:new@^1.0.0' }) },
      },
    ],
  },
});

/** Whatever the range says, the workspace links its own package. */
function isSibling(name: string, owner: PackageInfo, model: ProjectModel): boolean {
  const root = owner.workspaceRoot ?? owner;
  return model.packages.some(
    (info) => info.name === name && (info.workspaceRoot === root || info === root),
  );
}

/** How a range lets in what nobody tested; undefined when it does not. */
function looseness(range: string): 'open' | 'branch' | undefined {
  const text = range.trim().replace(/^npm:(@?[^@]+)@?/, '');
  if (/^(workspace|catalog|file|link|portal|patch|exec):/.test(text)) return undefined;
  if (
    /^(git(\+\w+)?:|git@|github:|gitlab:|bitbucket:|gist:|https?:|[\w-]+\/[\w.-]+(#|$))/.test(text)
  )
    return isFixedReference(text) ? undefined : 'branch';
  if (text === '' || text === '*' || text === 'x' || text === 'X') return 'open';
  // What nearly all ranges look like.
  if (/^[~^]?\d+\.\d+\.\d+$/.test(text)) return undefined;
  const parsed = semver.validRange(text);
  if (parsed === null) return /^[a-z][\w.-]*$/i.test(text) ? 'open' : undefined;
  return parsed === '*' || parsed.split('||').some((part) => /^>=?[^<]*$/.test(part.trim()))
    ? 'open'
    : undefined;
}

/** A commit, a version tag, a semver range of tags, or an immutable tarball of a registry. */
function isFixedReference(text: string): boolean {
  const hash = /#(.+)/.exec(text)?.[1];
  if (hash !== undefined)
    return (
      /^[0-9a-f]{7,40}$/i.test(hash) ||
      hash.startsWith('semver:') ||
      /^v?\d+\.\d+(\.\d+)?([-+].*)?$/.test(hash) ||
      /@\d+\.\d+\.\d+/.test(hash)
    );
  return (
    /\d\.\d+\.\d[\w.-]*\.t(ar\.)?gz$/.test(text) ||
    /\/(archive|tarball|tar\.gz)\/(refs\/tags\/)?(v?\d+\.\d+\.\d+|[0-9a-f]{7,40})/.test(text)
  );
}

/** To what is installed: the locked version or commit, else the range that another package of the workspace states. */
function pin(
  model: ProjectModel,
  owner: PackageInfo,
  { name, range }: DependencyInfo,
): readonly Fix[] {
  const version = lockedVersionOf(model, owner, name, range);
  if (looseness(range) === 'branch') {
    const commit = lockedCommitOf(model, owner, name);
    const pinned = commit === undefined ? undefined : atCommit(range, commit);
    return pinned === undefined || commit === undefined
      ? []
      : toRange(pinned, `Pin \`${name}\` to the locked commit ${commit.slice(0, 7)}`);
  }
  if (version !== undefined && semver.valid(version) !== null)
    return toRange(`^${version}`, `Pin \`${name}\` to ^${version}, the locked version`);
  const others = model.packages.flatMap((info) => info.dependencies.get(name)?.range ?? []);
  const stated = [
    ...new Set(others.filter((one) => looseness(one) === undefined && /^[\^~]?\d/.test(one))),
  ];
  const [only] = stated;
  return only === undefined || stated.length > 1
    ? []
    : toRange(only, `Pin \`${name}\` to ${only}, as the workspace has it elsewhere`);

  function toRange(newRange: string, title: string): readonly Fix[] {
    return [
      { id: 'pin', kind: 'suggest', title, build: () => setRange(model, owner, name, newRange) },
    ];
  }
}

/** `acme/a#main` → `acme/a#<commit>`; a tarball's branch is the last part of its path. */
function atCommit(range: string, commit: string): string | undefined {
  if (!/^https?:/.test(range) || /\.git(#|$)/.test(range))
    return `${range.replace(/#.*/, '')}#${commit}`;
  return /\/(tarball|tar\.gz)\/[^/]+$/.test(range)
    ? range.replace(/(?<![^/])[^/]+$/, commit)
    : undefined;
}
