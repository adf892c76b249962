import { isInside } from '../../../base/paths';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import {
  installingStages,
  majorsOf,
  runtimeVersions,
  type RuntimeVersion,
} from '../../../project/manifests/runtime-versions';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { alignFixes } from './align';

interface Drift {
  readonly each: RuntimeVersion;
  readonly reference: RuntimeVersion;
}

const manifest = (extra: object = {}): string =>
  JSON.stringify(
    { name: 'app', private: true, scripts: { start: 'node server.js' }, ...extra },
    null,
    2,
  ) + '\n';
const image = (version: string): string =>
  `FROM node:${version}\nCOPY . .\nCMD ["node", "server.js"]\n`;
const workflow = (version: string): string =>
  `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: ${version}\n      - run: npm test\n`;

export default defineRule({
  id: 'runtime-version-drift',
  factor: 'dev-prod-parity',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Places that state the Node version disagree.',
  why: 'Development, CI and production should be as alike as possible. When the image runs one major of Node and CI or the version file names another, what was tested is not what runs: syntax, defaults and built-in modules differ between majors, and the difference shows in production first.',
  whenNotToUse: 'While a migration from one major to the next is under way.',
  fix: 'suggest',
  messages: {
    drift: 'Node {text} here, but {other} says {wanted}; run the same major everywhere.',
    types: 'The types are those of Node {text}, but {other} says {wanted}.',
  },
  project({ model, report }) {
    const all = runtimeVersions(model).filter((each) => majorsOf(each).length > 0);
    const references = all.filter(({ source }) => source === 'image');
    const [fallback] = [
      ...all.filter(({ source }) => source === 'version-file' || source === 'volta'),
      // A range that lets in a single major says which one is meant.
      ...all.filter((each) => each.source === 'engines' && majorsOf(each).length === 1),
    ];
    const strays = strayImages(references, all, model);
    // What an image is to become counts, where it is itself the one that strays.
    const settled = (reference: RuntimeVersion): RuntimeVersion =>
      strays.find(({ each }) => each === reference)?.reference ?? reference;
    const drifts: Drift[] = [];
    for (const each of all) {
      if (each.source === 'image') continue;
      const stated =
        nearest(each, references) ??
        (fallback && fallback !== each && isInside(each.path, fallback.folder)
          ? fallback
          : undefined);
      if (!stated || overlaps(each, stated)) continue;
      const reference = settled(stated);
      if (overlaps(each, reference)) continue;
      if (
        each.source === 'ci' &&
        all.some(
          (other) =>
            other.source === 'ci' &&
            !other.toolOnly &&
            other !== each &&
            overlaps(other, reference),
        )
      )
        continue;
      // Of a matrix that misses the version altogether the first entry says it all.
      if (each.matrix && drifts.some((drift) => drift.each.path === each.path)) continue;
      drifts.push({ each, reference });
    }
    drifts.push(
      ...strays,
      ...installingStages(model).filter(({ each, reference }) => !overlaps(each, reference)),
    );
    for (const { each, reference } of drifts) {
      if (each.source !== 'types' && isOddOneOut(reference, drifts, all)) continue;
      const data = { text: each.text, other: reference.path, wanted: reference.text };
      const at = { path: each.path, span: each.span };
      const related = [
        { path: reference.path, span: reference.span, message: `Node ${reference.text}` },
      ];
      const fixes = (): readonly Fix[] => alignFixes(model, each, reference);
      if (each.source === 'types')
        report({ at, message: 'types', data, related, severity: 'hint', fixes });
      else report({ at, message: 'drift', data, related, fixes });
    }
    for (const image of references.filter((each) => isOddOneOut(each, drifts, all))) {
      const others = placesAgainst(image, drifts);
      const [first] = others;
      if (!first) continue;
      report({
        at: { path: image.path, span: image.span },
        message: 'drift',
        data: { text: image.text, other: first.path, wanted: first.text },
        related: others.map(({ path, span, text }) => ({ path, span, message: `Node ${text}` })),
        fixes: () => alignFixes(model, image, first),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'an image that everything else has left behind',
        files: {
          'package.json': manifest(),
          '.nvmrc': '22\n',
          Dockerfile: image('16'),
          '.github/workflows/test.yml': workflow('22'),
          '.github/workflows/docs.yml': workflow('22'),
        },
        findings: [
          {
            at: 'node:16',
            path: 'Dockerfile',
            message: 'Node 16 here, but .nvmrc says 22; run the same major everywhere.',
          },
        ],
        fixed: { align: { Dockerfile: image('22') } },
      },
      {
        title: 'the version file',
        files: { 'package.json': manifest(), '.nvmrc': 'v18\n', Dockerfile: image('22-alpine') },
        findings: [{ at: 'v18', path: '.nvmrc' }],
        fixed: { align: { '.nvmrc': 'v22\n' } },
      },
      {
        title: 'engines',
        files: {
          'package.json': manifest({ engines: { node: '^16.0.0' } }),
          Dockerfile: image('20'),
        },
        findings: [{ at: '^16.0.0', path: 'package.json' }],
        fixed: { align: { 'package.json': manifest({ engines: { node: '^20.0.0' } }) } },
      },
      {
        title: 'CI',
        files: {
          'package.json': manifest(),
          '.github/workflows/ci.yml': workflow('18'),
          Dockerfile: image('22'),
        },
        findings: [{ at: '18', path: '.github/workflows/ci.yml' }],
        fixed: { align: { '.github/workflows/ci.yml': workflow('22') } },
      },
      {
        title: 'CI that never tries the only major which the app allows',
        files: {
          'package.json': manifest({ engines: { node: '18.x' } }),
          '.github/workflows/ci.yml': workflow('22'),
        },
        findings: [{ at: '22', path: '.github/workflows/ci.yml' }],
      },
      {
        title: 'CI, with a major that the package does not run on',
        files: {
          'package.json': manifest({ engines: { node: '22.x' } }),
          '.travis.yml': 'language: node_js\nnode_js:\n  - 12\n  - 14\nscript:\n  - npm test\n',
        },
        findings: [
          {
            at: '12',
            path: '.travis.yml',
            message: 'Node 12 here, but package.json says 22.x; run the same major everywhere.',
          },
        ],
      },
      {
        title: 'another job that only runs a tool',
        files: {
          'package.json': manifest(),
          '.github/workflows/ci.yml': workflow('18').replace('npm test', 'npm ci && npm test'),
          '.github/workflows/api.yml': workflow('22').replace(
            'npm test',
            'npm install -g newman && npm run test:api',
          ),
          Dockerfile: image('22'),
        },
        findings: [{ at: '18', path: '.github/workflows/ci.yml' }],
      },
      {
        title: 'images of the processes of one app',
        files: {
          'package.json': manifest(),
          Dockerfile: image('22-alpine'),
          'Dockerfile.worker': image('18-alpine'),
        },
        findings: [
          {
            at: 'node:18-alpine',
            path: 'Dockerfile.worker',
            message: 'Node 18 here, but Dockerfile says 22; run the same major everywhere.',
          },
        ],
        fixed: { align: { 'Dockerfile.worker': image('22-alpine') } },
      },
      {
        title: 'an image that another of the workspace has overtaken, and all beside it, too',
        files: {
          'package.json': manifest({ workspaces: ['shop', 'blog'] }),
          'shop/package.json': manifest({ name: 'shop', engines: { node: '>=24.15.0' } }),
          'shop/Dockerfile': image('24.15.0-alpine'),
          'blog/package.json': manifest({ name: 'blog', engines: { node: '>=24.15.0' } }),
          'blog/Dockerfile': image('22.17.0-alpine'),
        },
        findings: [
          {
            at: 'node:22.17.0-alpine',
            path: 'blog/Dockerfile',
            message:
              'Node 22.17.0 here, but shop/Dockerfile says 24.15.0; run the same major everywhere.',
          },
        ],
        fixed: { align: { 'blog/Dockerfile': image('24.15.0-alpine') } },
      },
      {
        title: 'packages that another major installed',
        files: {
          'package.json': manifest(),
          Dockerfile:
            'FROM node:20 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app/node_modules ./node_modules\nCMD ["node", "server.js"]\n',
        },
        findings: [{ at: 'node:20', path: 'Dockerfile' }],
        fixed: {
          align: {
            Dockerfile:
              'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app/node_modules ./node_modules\nCMD ["node", "server.js"]\n',
          },
        },
      },
      {
        title: 'types',
        files: {
          'package.json': manifest({ devDependencies: { '@types/node': '^18.0.0' } }),
          Dockerfile: image('22'),
        },
        findings: [{ at: '^18.0.0', path: 'package.json', severity: 'hint' }],
        fixed: {
          align: {
            'package.json': manifest({ devDependencies: { '@types/node': '^22.0.0' } }),
          },
        },
      },
      {
        title: 'the least that the app asks for',
        files: {
          'package.json': manifest({ engines: { node: '>=24.1.0' } }),
          Dockerfile: image('22-bookworm-slim'),
        },
        findings: [{ at: '>=24.1.0', path: 'package.json' }],
        fixed: { align: { 'package.json': manifest({ engines: { node: '>=22' } }) } },
      },
    ],
    good: [
      {
        title: 'ranges that contain each other',
        files: {
          'package.json': manifest({ engines: { node: '>=18' } }),
          '.nvmrc': '22\n',
          Dockerfile: image('22.11'),
        },
      },
      {
        title: 'a matrix with the image’s major',
        files: {
          'package.json': manifest(),
          '.github/workflows/ci.yml': workflow('[18, 20, 22]'),
          Dockerfile: image('22'),
        },
      },
      {
        title: 'one workflow tests what the image runs',
        files: {
          'package.json': manifest(),
          '.github/workflows/ci.yml': workflow('22'),
          '.github/workflows/lint.yml': workflow('20'),
          Dockerfile: image('22'),
        },
      },
      {
        title: 'CI with one of the majors that the package runs on',
        files: {
          'package.json': manifest({ engines: { node: '>=18' } }),
          '.github/workflows/ci.yml': workflow('[16, 18, 22]'),
        },
      },
      {
        title: 'aliases name no version',
        files: { 'package.json': manifest(), '.nvmrc': 'lts/*\n', Dockerfile: image('22') },
      },
      {
        title: 'apps of their own, and assets that another major built',
        files: {
          'api/package.json': manifest(),
          'api/Dockerfile':
            'FROM node:20 AS assets\nRUN npm run build\nFROM node:22\nCOPY --from=assets /app/dist ./public\nCMD ["node", "server.js"]\n',
          'mailer/package.json': manifest(),
          'mailer/Dockerfile': image('18'),
        },
      },
      {
        title: 'other software’s image',
        files: {
          'package.json': manifest(),
          '.nvmrc': '22\n',
          Dockerfile: 'FROM nginx:1.27\nCOPY dist /usr/share/nginx/html\n',
        },
      },
      {
        title: 'only one place',
        files: { 'package.json': manifest({ engines: { node: '20.x' } }) },
      },
    ],
  },
});

function overlaps(a: RuntimeVersion, b: RuntimeVersion): boolean {
  const majors = majorsOf(b);
  return majorsOf(a).some((major) => majors.includes(major));
}

/** The image that speaks for the same part of the repository; undefined when several disagree among themselves. */
function nearest(
  version: RuntimeVersion,
  references: readonly RuntimeVersion[],
): RuntimeVersion | undefined {
  const close = references.filter(
    ({ folder }) =>
      isInside(version.folder, folder) ||
      isInside(folder, version.folder) ||
      version.source === 'ci',
  );
  const [first] = close;
  return first && close.every((each) => overlaps(each, first)) ? first : undefined;
}

/**
 * Images of one app, or of the apps of one workspace, that run another major than the others: each with one of the others. What
 * most images run, or what else is stated, is right; else the newest.
 */
function strayImages(
  images: readonly RuntimeVersion[],
  all: readonly RuntimeVersion[],
  model: ProjectModel,
): readonly Drift[] {
  const groups = new Map<PackageInfo | undefined, RuntimeVersion[]>();
  for (const image of images) {
    const info = model.packageOf(image.path);
    const owner = info?.workspaceRoot ?? info;
    if (owner) groups.set(owner, [...(groups.get(owner) ?? []), image]);
  }
  return [...groups.values()].flatMap((group) => {
    const support = (image: RuntimeVersion): number =>
      all.filter((each) => each.source !== 'types' && overlaps(each, image)).length;
    const [reference, ...rest] = [...group].sort(
      (a, b) => support(b) - support(a) || (majorsOf(b)[0] ?? 0) - (majorsOf(a)[0] ?? 0),
    );
    return reference
      ? rest.flatMap((each) => (overlaps(each, reference) ? [] : [{ each, reference }]))
      : [];
  });
}

/** Do three files or more agree on another version than an image, and none with it? Then one word at the image says it all. */
function isOddOneOut(
  image: RuntimeVersion,
  drifts: readonly Drift[],
  all: readonly RuntimeVersion[],
): boolean {
  const others = placesAgainst(image, drifts);
  return (
    image.source === 'image' &&
    new Set(others.map(({ path }) => path)).size >= 3 &&
    !all.some((each) => each !== image && each.source !== 'types' && overlaps(each, image))
  );
}

function placesAgainst(image: RuntimeVersion, drifts: readonly Drift[]): readonly RuntimeVersion[] {
  return drifts
    .filter(({ each, reference }) => reference === image && each.source !== 'types')
    .map(({ each }) => each);
}
