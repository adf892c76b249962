import { folderOf } from '../../base/paths';
import { defineRule } from '../../engine/rule';
import { lockfileManager, LOCKFILE_NAMES } from '../../languages/lockfile';
import { isBesideProduct } from '../../project/files/paths';
import type { PackageInfo, ProjectModel } from '../../project/model';
import { lockfilesIn } from '../../project/packages/packages';
import { nameSpan } from '../../project/packages/name-span';

const manifest = (extra: object = {}): string =>
  JSON.stringify({
    name: 'app',
    private: true,
    scripts: { start: 'node server.js' },
    dependencies: { express: '^5.0.0' },
    ...extra,
  });

export default defineRule({
  id: 'missing-lockfile',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'No lockfile says which versions the app was tested with.',
  why: 'package.json says which versions are acceptable; only the lockfile says which ones were built and tested. Without it every install is a fresh draw: two machines, or the same machine a week later, get different apps from one commit. Two lockfiles of different managers are as bad, because they drift apart.',
  whenNotToUse: 'In libraries, whose consumers resolve the versions (there it is only a hint).',
  fix: 'none',
  scope: { kinds: ['app', 'library'] },
  messages: {
    missing: 'No lockfile is committed, so every install may resolve other versions.',
    ignored: 'The lockfile is git-ignored ({where}), so every install may resolve other versions.',
    disabled:
      'The lockfile is switched off in {where}, so every install may resolve other versions.',
    several:
      'Lockfiles of {managers} lie side by side and drift apart; keep the one you install with.',
  },
  project(context) {
    for (const info of context.model.packages) {
      if (info.workspaceRoot || info.dependencies.size === 0 || isNestedExample(info)) continue;
      const at = { path: info.manifestPath, span: nameSpan(context.model, info) };
      const severity = info.kind === 'app' ? ('warning' as const) : ('hint' as const);
      const lockfiles = lockfilesNear(context.model, info);
      if (lockfiles.length === 0) {
        const disabled = switchedOff(context.model, info);
        const where = ignoredBy(context.model, info);
        if (disabled !== undefined)
          context.report({ at, message: 'disabled', data: { where: disabled }, severity });
        else if (where !== undefined)
          context.report({ at, message: 'ignored', data: { where }, severity });
        else context.report({ at, message: 'missing', severity });
        continue;
      }
      const own = lockfiles.filter((path) => folderOf(path) === folderOf(lockfiles[0] ?? ''));
      const managers = [...new Set(own.map((path) => lockfileManager(path)))];
      if (managers.length > 1 && !isNestedExample(info))
        context.report({
          at,
          message: 'several',
          data: { managers: managers.join(' and ') },
          severity: 'information',
        });
    }
  },
  examples: {
    bad: [
      {
        title: 'an app without any',
        files: { 'package.json': manifest(), 'server.js': '' },
        findings: [{ at: '"app"', path: 'package.json' }],
      },
      {
        title: 'git ignores them all',
        files: {
          'package.json': manifest(),
          '.gitignore': 'node_modules\npackage-lock.json\n',
          'server.js': '',
        },
        findings: [{ at: '"app"', path: 'package.json' }],
      },
      {
        title: 'switched off',
        files: { 'package.json': manifest(), '.npmrc': 'package-lock=false\n', 'server.js': '' },
        findings: [{ at: '"app"', path: 'package.json' }],
      },
      {
        title: 'two managers',
        files: {
          'package.json': manifest(),
          'package-lock.json': '{}',
          'yarn.lock': '',
          'server.js': '',
        },
        findings: [{ at: '"app"', path: 'package.json', severity: 'information' }],
      },
      {
        title: 'a library',
        files: {
          'package.json':
            '{ "name": "lib", "main": "index.js", "files": ["index.js"], "version": "1.0.0", "dependencies": { "a": "^1.0.0" } }',
          'index.js': '',
        },
        findings: [{ at: '"lib"', path: 'package.json', severity: 'hint' }],
      },
    ],
    good: [
      { title: 'npm', files: { 'package.json': manifest(), 'package-lock.json': '{}' } },
      {
        title: 'Rush keeps it elsewhere',
        files: {
          'rush.json': '{ "projects": [{ "packageName": "app", "projectFolder": "apps/app" }] }',
          'common/config/rush/pnpm-lock.yaml': 'lockfileVersion: "9.0"\n',
          'apps/app/package.json': manifest(),
          'apps/app/server.js': '',
        },
      },
      {
        title: 'pnpm',
        files: { 'package.json': manifest(), 'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n' },
      },
      {
        title: 'another manager’s lockfile is ignored',
        files: {
          'package.json': manifest(),
          '.gitignore': 'yarn.lock\n',
          'package-lock.json': '{}',
        },
      },
      {
        title: 'one lockfile for a workspace',
        files: {
          'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['apps/*'] }),
          'pnpm-lock.yaml': '',
          'apps/a/package.json': manifest(),
        },
      },
      {
        title: 'nothing to lock',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" } }',
        },
      },
      {
        title: 'a lockfile of a parent folder',
        files: {
          'package.json': manifest(),
          'package-lock.json': '{}',
          'functions/package.json': manifest({ name: 'functions' }),
        },
      },
    ],
  },
});

/** Lockfiles in the package's folder or the nearest folder above that has one. */
function lockfilesNear(model: ProjectModel, info: PackageInfo): readonly string[] {
  for (let folder = info.dir; ; folder = folderOf(folder)) {
    const found = lockfilesIn(model.files, folder);
    if (found.length > 0 || folder === '') return found;
  }
}

function switchedOff(model: ProjectModel, info: PackageInfo): string | undefined {
  const path = [info.dir === '' ? '.npmrc' : `${info.dir}/.npmrc`, '.npmrc'].find((candidate) =>
    model.files.has(candidate),
  );
  const text = path === undefined ? undefined : model.files.text(path);
  return text !== undefined &&
    /^[ \t\uFEFF]*(package-lock|shrinkwrap|lockfile)\s*=\s*false\b/m.test(text)
    ? path
    : undefined;
}

function ignoredBy(model: ProjectModel, info: PackageInfo): string | undefined {
  const ignored = LOCKFILE_NAMES.filter((name) =>
    model.files.wouldIgnore(info.dir === '' ? name : `${info.dir}/${name}`),
  );
  return ignored.length > 0 ? '.gitignore' : undefined;
}

/** Templates and examples inside a repository are installed by whoever copies them. */
function isNestedExample(info: PackageInfo): boolean {
  return isBesideProduct(info.dir);
}
