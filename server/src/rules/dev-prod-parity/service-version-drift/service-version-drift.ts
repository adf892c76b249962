import { defineRule } from '../../../engine/rule';
import type { ProjectModel } from '../../../project/model';
import { sameRelease, serviceVersions, type ServiceVersion } from './service-versions';

export default defineRule({
  id: 'service-version-drift',
  factor: 'dev-prod-parity',
  severity: 'information',
  since: '0.1.0',
  summary: 'Places that run one backing service disagree about its version.',
  why: 'Development, tests and production should use the same services in the same versions. A query that one release of a database takes and another does not, a default that changed, a client protocol that was dropped: such differences are found by whoever runs the other version, and that should not be production.',
  whenNotToUse:
    'While an upgrade is under way, or where several versions are supported and tested on purpose.',
  fix: 'none',
  messages: {
    drift: '{product} {version} here, but {other} runs {wanted}; run the same version everywhere.',
    unpinned: '{product} without a version here, but {other} runs {wanted}; name the version.',
  },
  project({ model, report }) {
    const all = serviceVersions(model);
    for (const each of all) {
      const others = all.filter(
        (one) => one.product === each.product && isSameApp(one.path, each.path, model),
      );
      const reference = best(others);
      if (!reference || reference.version === undefined || reference.path === each.path) continue;
      const isKnown = others.some((one) => one.path === reference.path && agrees(each, one));
      // A list of versions to test with that has the right one in it.
      const isMatrix = others.some(
        (one) => one.path === each.path && one.rank === 5 && agrees(one, reference) && one !== each,
      );
      if (isKnown || isMatrix || each.rank < reference.rank) continue;
      const data = { product: each.product, other: reference.path, wanted: reference.version };
      const at = { path: each.path, span: each.span };
      const related = [
        {
          path: reference.path,
          span: reference.span,
          message: `${each.product} ${reference.version}`,
        },
      ];
      if (each.version !== undefined)
        report({ at, message: 'drift', data: { ...data, version: each.version }, related });
      else if (!each.isImageUse) report({ at, message: 'unpinned', data, related });
    }
  },
  examples: {
    bad: [
      {
        title: 'CI tests with another version than compose runs',
        files: {
          'docker-compose.yml': `services:
  api:
    build: .
  db:
    image: postgres:16-alpine
`,
          '.github/workflows/ci.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    services:
      db:
        image: postgres:13
    steps:
      - run: npm test
`,
        },
        findings: [
          {
            at: 'postgres:13',
            path: '.github/workflows/ci.yml',
            message:
              'PostgreSQL 13 here, but docker-compose.yml runs 16; run the same version everywhere.',
          },
        ],
      },
      {
        title: 'started by a command of CI, and by a package script without version',
        files: {
          'compose.yaml': `services:
  mongo:
    image: mongo:4.4
`,
          'package.json': `{
  "name": "shop",
  "private": true,
  "scripts": { "db": "docker run -d -p 27017:27017 mongo:latest" }
}
`,
          '.travis.yml': `language: node_js
before_script:
  - docker run -d -p 27017:27017 mongo:4.0
`,
        },
        findings: [
          { at: 'mongo:4.0', path: '.travis.yml' },
          {
            at: 'mongo:latest',
            path: 'package.json',
            message: 'MongoDB without a version here, but compose.yaml runs 4.4; name the version.',
          },
        ],
      },
      {
        title: 'a part of the project, and the whole of it',
        files: {
          'docker-compose.yml': `services:
  queue:
    image: rabbitmq:3.13-management
`,
          'dispatch/docker-compose.yml': `services:
  queue:
    image: rabbitmq:3.7
`,
        },
        findings: [{ at: 'rabbitmq:3.7', path: 'dispatch/docker-compose.yml' }],
      },
      {
        title: 'compose files, and what Kubernetes runs',
        files: {
          'docker-compose.dev.yml': `services:
  cache:
    image: bitnami/redis:6.2
`,
          'deploy/redis.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: redis
spec:
  template:
    spec:
      containers:
        - name: redis
          image: redis:7.2-alpine
`,
          '.github/workflows/test.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: supercharge/redis-github-action@1.8.0
        with:
          redis-version: 5
      - run: npm test
`,
        },
        findings: [
          { at: '5', occurrence: 1, path: '.github/workflows/test.yml' },
          { at: 'bitnami/redis:6.2', path: 'docker-compose.dev.yml' },
        ],
      },
      {
        title: 'a Helm chart',
        files: {
          'docker-compose.yml':
            'services:\n  db:\n    image: postgres:16.2\n  cache:\n    image: redis:7.2\n',
          'charts/shop/Chart.yaml':
            'apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n  - name: postgresql\n    alias: database\n    version: 12.1.2\n    repository: https://charts.bitnami.com/bitnami\n',
          'charts/shop/values.yaml':
            'database:\n  image:\n    tag: 14.5.0\nredis:\n  image:\n    repository: bitnami/redis\n    tag: 7.2.4\n',
        },
        findings: [
          {
            at: 'postgres:16.2',
            path: 'docker-compose.yml',
            message:
              'PostgreSQL 16.2 here, but charts/shop/values.yaml runs 14.5.0; run the same version everywhere.',
          },
        ],
      },
    ],
    good: [
      {
        title: 'the same release line, as far as both say it',
        files: {
          'docker-compose.yml': `services:
  db:
    image: postgres:16.3-alpine
  cache:
    image: redis:7
`,
          '.github/workflows/ci.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    services:
      db:
        image: postgres:16
      cache:
        image: redis:7.2-alpine
    steps:
      - run: npm test
`,
        },
      },
      {
        title: 'different services',
        files: {
          'docker-compose.yml': `services:
  db:
    image: postgres:16
  legacy:
    image: mysql:5.7
`,
          'docker-compose.mariadb.yml': `services:
  db:
    image: mariadb:11
`,
        },
      },
      {
        title: 'tests with several versions, the right one among them',
        files: {
          'docker-compose.yml': `services:
  mongo:
    image: mongo:7.0
`,
          '.gitlab-ci.yml': `old:
  services: ['mongo:5.0']
  script: [npm test]
new:
  services: ['mongo:7.0']
  script: [npm test]
`,
        },
      },
      {
        title: 'two databases of one app',
        files: {
          'docker-compose.yml': `services:
  db:
    image: postgres:16
  kong-db:
    image: postgres:13
`,
          'docker-compose.test.yml': `services:
  kong-db:
    image: postgres:13
`,
        },
      },
      {
        title:
          'a version that a variable decides; images without version are another rule’s finding',
        files: {
          'docker-compose.yml': `services:
  db:
    image: mysql:8.4
  cache:
    image: redis
`,
          'docker-compose.test.yml': `services:
  db:
    image: mysql:\${MYSQL_VERSION}
  cache:
    image: redis:7
`,
        },
      },
      {
        title: 'apps of their own',
        files: {
          'apps/shop/package.json': `{ "name": "shop", "private": true }
`,
          'apps/shop/docker-compose.yml': `services:
  db:
    image: mongo:4.4
`,
          'apps/blog/package.json': `{ "name": "blog", "private": true }
`,
          'apps/blog/docker-compose.yml': `services:
  db:
    image: mongo:7.0
`,
        },
      },
    ],
  },
});

/** What speaks for production the most; of several the first that names a version. */
function best(all: readonly ServiceVersion[]): ServiceVersion | undefined {
  const named = all.filter(({ version }) => version !== undefined);
  return named.reduce<ServiceVersion | undefined>(
    (found, one) => (!found || speaksLouder(one, found) ? one : found),
    undefined,
  );
}

/** Of two that speak for production alike, the one nearer to the root is about more of the project. */
function speaksLouder(a: ServiceVersion, b: ServiceVersion): boolean {
  const depth = ({ path }: ServiceVersion): number => path.split('/').length;
  return a.rank < b.rank || (a.rank === b.rank && depth(a) < depth(b));
}

function agrees(a: ServiceVersion, b: ServiceVersion): boolean {
  return (
    a.version !== undefined &&
    b.version !== undefined &&
    sameRelease(a.product, a.version, b.version)
  );
}

/** Do two manifests speak of one app: the same package, or one of them of the whole repository? */
function isSameApp(a: string, b: string, model: ProjectModel): boolean {
  const [left, right] = [a, b].map((path) =>
    path.startsWith('.') ? '' : (model.packageOf(path)?.dir ?? ''),
  );
  return left === right || left === '' || right === '';
}
