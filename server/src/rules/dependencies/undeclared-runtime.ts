import semver from 'semver';
import { folderOf, isInside } from '../../base/paths';
import type { Fix } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { setEngine } from '../../fixes/files/package-json';
import { isBesideProduct } from '../../project/files/paths';
import { imageUses } from '../../project/images/image-uses';
import { imageVersion } from '../../project/manifests/image';
import { foldersOfBun, majorsOf, runtimeVersions } from '../../project/manifests/runtime-versions';
import type { PackageInfo, ProjectModel } from '../../project/model';
import { nameSpan } from '../../project/packages/name-span';
import { stepTool } from '../../project/start/command-lines/tools';
import { runsProject } from '../../project/start/entry-files';

const REST = { scripts: { start: 'node server.js' }, dependencies: { express: '^5.0.0' } };
const pretty = (manifest: object): string => `${JSON.stringify(manifest, null, 2)}\n`;
const manifest = (extra: object = {}): string =>
  pretty({ name: 'app', private: true, ...REST, ...extra });
/** As the fix writes it. */
const declaring = (node: string): string =>
  pretty({ name: 'app', private: true, engines: { node }, ...REST });
const files = (
  extra: Readonly<Record<string, string>>,
  own: object = {},
): Readonly<Record<string, string>> => ({
  'package.json': manifest(own),
  'server.js': '',
  ...extra,
});

export default defineRule({
  id: 'undeclared-runtime',
  factor: 'dependencies',
  severity: 'information',
  since: '0.1.0',
  summary: 'Nothing says which Node version the app needs.',
  why: 'The run time is a dependency like any other, and the one everything else rests on. When no manifest names it, developers, CI and the platform each pick their own: what passes in one place fails in another, and a platform’s default moving to a new major changes production without a commit.',
  whenNotToUse: 'In libraries that run wherever their users run them.',
  fix: 'suggest',
  messages: {
    missing: 'No file states the Node version this app runs on; declare it in `engines.node`.',
    bun: 'No file states the Bun version this app runs on; declare it in `engines.bun`.',
  },
  project({ model, report }) {
    const stated = runtimeVersions(model).filter(
      ({ source }) => source !== 'types' && source !== 'ci',
    );
    for (const info of model.packages) {
      if (
        info.kind !== 'app' ||
        info.workspaceRoot ||
        info.dependencies.size === 0 ||
        !runsNode(model, info)
      )
        continue;
      if (isBesideProduct(info.dir)) continue;
      if (stated.some(({ folder }) => isInside(info.dir, folder) || isInside(folder, info.dir)))
        continue;
      // A container that runs the tree as it is: `image: node:22` in a compose file.
      if (
        imageUses(model).some(
          ({ path, image, from }) =>
            from === 'compose' &&
            image.shortName === 'node' &&
            imageVersion(image) !== undefined &&
            isInside(info.dir, folderOf(path)),
        )
      )
        continue;
      const at = { path: info.manifestPath, span: nameSpan(model, info) };
      if (!runsBun(model, info))
        report({ at, message: 'missing', fixes: () => declare(model, info) });
      else if (
        !foldersOfBun(model).some(
          (folder) => isInside(info.dir, folder) || isInside(folder, info.dir),
        )
      )
        report({ at, message: 'bun' });
    }
  },
  examples: {
    bad: [
      {
        title: 'an app of Bun’s on whatever is newest',
        files: files(
          { Dockerfile: 'FROM oven/bun\nCMD ["bun", "server.js"]\n' },
          { scripts: { start: 'bun server.js' } },
        ),
        findings: [
          {
            at: '"app"',
            path: 'package.json',
            message:
              'No file states the Bun version this app runs on; declare it in `engines.bun`.',
          },
        ],
      },
      { title: 'nowhere', files: files({}), findings: [{ at: '"app"', path: 'package.json' }] },
      {
        title: 'only CI knows',
        files: files({
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: 22\n',
        }),
        findings: [{ at: '"app"', path: 'package.json' }],
        fixed: {
          engines: {
            'package.json': declaring('22.x'),
          },
        },
      },
      {
        title: 'CI tries several versions',
        files: files({
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        node: [24, 22]\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: ${{ matrix.node }}\n',
        }),
        findings: [{ at: '"app"', path: 'package.json' }],
        fixed: {
          engines: {
            'package.json': declaring('22.x || 24.x'),
          },
        },
      },
      {
        title: 'an image without a version',
        files: files({ Dockerfile: 'FROM node:alpine\nCMD ["node", "server.js"]\n' }),
        findings: [{ at: '"app"', path: 'package.json' }],
      },
    ],
    good: [
      {
        title: 'an app of Bun’s that says so',
        files: files({}, { engines: { bun: '>=1.1' }, scripts: { start: 'bun server.js' } }),
      },
      {
        title: 'an image of Bun’s',
        files: files(
          { Dockerfile: 'FROM oven/bun:1.1.38\nCMD ["bun", "server.js"]\n' },
          { scripts: { start: 'bun server.js' } },
        ),
      },
      { title: 'engines', files: files({}, { engines: { node: '>=20' } }) },
      { title: 'a version file', files: files({ '.nvmrc': 'v22\n' }) },
      { title: 'asdf', files: files({ '.tool-versions': 'nodejs 22.11.0\n' }) },
      { title: 'volta', files: files({}, { volta: { node: '22.11.0' } }) },
      {
        title: 'the image',
        files: files({ Dockerfile: 'FROM node:22-alpine\nCMD ["node", "server.js"]\n' }),
      },
      {
        title: 'a container that runs the tree as it is',
        files: files({
          'compose.yaml':
            'services:\n  app:\n    image: node:22-alpine\n    volumes: [./:/app]\n    command: npm run dev\n',
        }),
      },
      {
        title: 'a library',
        files: {
          'package.json':
            '{ "name": "lib", "version": "1.0.0", "main": "index.js", "files": ["index.js"], "dependencies": { "ms": "^2.0.0" } }',
          'index.js': '',
        },
      },
    ],
  },
});

/** A front end that a static host serves needs Node to build only; the lockfile and CI settle that. */
/** Bun runs all that production starts of a package. */
function runsBun({ commands }: ProjectModel, info: PackageInfo): boolean {
  const starts = commands
    .filter((command) => command.package === info && command.production)
    .flatMap(({ steps }) => steps.filter((step) => runsProject(step)));
  return starts.length > 0 && starts.every((step) => /^bunx?$/.test(stepTool(step)));
}

function runsNode(model: ProjectModel, info: PackageInfo): boolean {
  return (
    model.entryPoints.some(
      (entry) => entry.package === info && (entry.intent === 'start' || entry.production),
    ) || model.commands.some((command) => command.package === info && command.production)
  );
}

/** From the best evidence there is: what CI runs, all of its versions or the one, else the types the code is checked with. */
function declare(model: ProjectModel, info: PackageInfo): readonly Fix[] {
  const evidence = runtimeVersions(model);
  const inCi = (kind: 'single' | 'matrix'): readonly number[] => {
    const majors = evidence
      .filter(({ source, matrix }) => source === 'ci' && matrix === (kind === 'matrix'))
      .flatMap((each) => (majorsOf(each).length === 1 ? majorsOf(each) : []));
    return [...new Set(majors)].sort((a, b) => a - b);
  };
  const types = evidence
    .filter(({ source, path }) => source === 'types' && path === info.manifestPath)
    .flatMap(({ text }) => semver.minVersion(text)?.major ?? []);
  const single = inCi('single');
  const majors =
    single.length > 0 ? single : inCi('matrix').length > 0 ? inCi('matrix') : types.slice(0, 1);
  // Jobs that disagree tell nothing; a matrix says on purpose what the app runs on.
  if (majors.length === 0 || single.length > 1) return [];
  return [
    {
      id: 'engines',
      kind: 'suggest',
      title: `Declare Node ${majors.join(' or ')} in \`engines\``,
      build: () => setEngine(model, info, 'node', majors.map((major) => `${major}.x`).join(' || ')),
    },
  ];
}
