import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { imageUses, type ImageUse } from '../../../project/images/image-uses';
import { imagePinning } from '../../../project/manifests/image';
import type { ProjectModel } from '../../../project/model';
import { statedImage } from './stated-version';

export default defineRule({
  id: 'mutable-base-image',
  factor: 'build-release-run',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An image is named without a version.',
  why: 'A release is a build that never changes. An image without a version is whatever the registry serves on the day of the build: rebuilding last month’s commit yields another system, a rollback does not bring back what ran before, and a new major version of a database arrives unannounced.',
  whenNotToUse:
    'For images that are rebuilt from the newest base on purpose and tested on every build.',
  fix: 'suggest',
  messages: {
    none: '`{image}` has no tag, so that whatever is newest is pulled; name a version.',
    latest: '`{image}` follows the newest release; name a version.',
    variant:
      '`{image}` names a variant but no version, so it follows the newest release; name a version.',
  },
  project({ model, report }) {
    for (const use of imageUses(model)) {
      const { path, span, image, development, from } = use;
      const pinning = imagePinning(image);
      if (pinning !== 'none' && pinning !== 'latest' && pinning !== 'variant') continue;
      // An untagged image of the project's own registry is pushed and tagged by its pipeline.
      const isOwn = development || (from === 'compose' && image.registry === 'localhost');
      const severity = isOwn
        ? ('hint' as const)
        : pinning === 'variant' || namesVersion(image)
          ? ('information' as const)
          : ('warning' as const);
      report({
        at: { path, span },
        message: pinning,
        data: { image: image.text },
        severity,
        fixes: () => pin(model, use),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'a service that starts only where developers ask for it',
        files: {
          'docker-compose.yml':
            'services:\n  mail:\n    image: mailhog/mailhog\n    profiles: [dev]\n',
        },
        findings: [{ at: 'mailhog/mailhog', path: 'docker-compose.yml', severity: 'hint' }],
      },
      {
        title: 'no tag, in a Dockerfile',
        files: { Dockerfile: 'FROM node\nCMD ["node", "server.js"]\n' },
        findings: [{ at: 'node', path: 'Dockerfile' }],
        fixed: { pin: { Dockerfile: 'FROM node:26\nCMD ["node", "server.js"]\n' } },
      },
      {
        title: 'the newest release that engines and CI allow',
        files: {
          'package.json': JSON.stringify({ name: 'app', engines: { node: '>=20 <25' } }) + '\n',
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    strategy:\n      matrix:\n        node: [20, 22]\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: ${{ matrix.node }}\n      - run: npm test\n',
          Dockerfile: 'FROM node:lts-slim\nCMD ["node", "server.js"]\n',
        },
        findings: [{ at: 'node:lts-slim', path: 'Dockerfile', severity: 'information' }],
        fixed: { pin: { Dockerfile: 'FROM node:22-slim\nCMD ["node", "server.js"]\n' } },
      },
      {
        title: 'what is stated is past its end of life, so that no version is proposed',
        files: {
          '.travis.yml': 'language: node_js\nnode_js: 12\nscript:\n  - npm test\n',
          Dockerfile: 'FROM node:alpine\nCMD ["node", "server.js"]\n',
        },
        findings: [{ at: 'node:alpine', path: 'Dockerfile', severity: 'information' }],
      },
      {
        title: 'an image that lends its files',
        files: {
          Dockerfile:
            'FROM node:22.11 AS build\nRUN npm ci\nFROM node:22.11\nCOPY --from=build /app .\nCOPY --from=ghcr.io/acme/wait-for /wait-for /bin/\nCOPY --from=busybox:latest /bin/sh /bin/sh\nCOPY --from=composer /usr/bin/composer /bin/\n',
        },
        findings: [
          { at: 'ghcr.io/acme/wait-for', path: 'Dockerfile' },
          { at: 'busybox:latest', path: 'Dockerfile' },
          { at: 'composer', path: 'Dockerfile' },
        ],
      },
      {
        title: 'a version that the version file states',
        files: {
          '.nvmrc': 'v22.11.0\n',
          Dockerfile:
            'FROM node:lts-alpine AS build\nRUN npm ci\nFROM node:slim # small\nCOPY . .\n',
        },
        findings: [
          { at: 'node:lts-alpine', path: 'Dockerfile', severity: 'information' },
          { at: 'node:slim', path: 'Dockerfile', severity: 'information' },
        ],
        fixed: {
          pin: {
            Dockerfile:
              'FROM node:22.11.0-alpine AS build\nRUN npm ci\nFROM node:22.11.0-slim # small\nCOPY . .\n',
          },
        },
      },
      {
        title: 'a version that another manifest states',
        files: {
          'docker-compose.yml':
            'services:\n  db:\n    image: "postgres" # the newest\n  cache:\n    image: redis:alpine\n',
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    services:\n      db:\n        image: postgres:16.4\n    steps:\n      - run: npm test\n',
          'k8s/redis.yaml':
            'apiVersion: v1\nkind: Pod\nmetadata:\n  name: redis\nspec:\n  containers:\n    - name: redis\n      image: redis:7.4\n',
        },
        findings: [
          { at: 'postgres', path: 'docker-compose.yml' },
          { at: 'redis:alpine', path: 'docker-compose.yml', severity: 'information' },
        ],
        fixed: {
          pin: {
            'docker-compose.yml':
              'services:\n  db:\n    image: "postgres:16.4" # the newest\n  cache:\n    image: redis:7.4-alpine\n',
          },
        },
      },
      {
        title: 'latest, in an early stage',
        files: {
          Dockerfile:
            'FROM node:latest AS build\nRUN npm ci\nFROM node:22-alpine\nCOPY --from=build /app /app\n',
        },
        findings: [{ at: 'node:latest', path: 'Dockerfile' }],
      },
      {
        title: 'a variant only',
        files: {
          'docker-compose.yml':
            'services:\n  cache:\n    image: redis:alpine\n  db:\n    image: postgres\n',
        },
        findings: [
          { at: 'redis:alpine', path: 'docker-compose.yml', severity: 'information' },
          { at: 'postgres', path: 'docker-compose.yml' },
        ],
      },
      {
        title: 'the distribution’s version is not the software’s',
        files: { Dockerfile: 'FROM node:alpine3.19\n' },
        findings: [{ at: 'node:alpine3.19', path: 'Dockerfile', severity: 'information' }],
      },
      {
        title: 'a version in the name, none in the tag',
        files: { Dockerfile: 'FROM gcr.io/distroless/nodejs22-debian12\nCOPY . .\n' },
        findings: [
          {
            at: 'gcr.io/distroless/nodejs22-debian12',
            path: 'Dockerfile',
            severity: 'information',
          },
        ],
      },
      {
        title: 'Kubernetes',
        files: {
          'k8s/web.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ghcr.io/acme/web:latest\n',
        },
        findings: [{ at: 'ghcr.io/acme/web:latest', path: 'k8s/web.yaml' }],
      },
      {
        title: 'the values of a Helm chart',
        files: {
          'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
          'charts/shop/values.yaml':
            'image:\n  repository: acme/shop\n  tag: latest\nproxy:\n  image:\n    registry: ghcr.io\n    repository: acme/proxy\n    tag: alpine\n',
        },
        findings: [
          {
            at: 'latest',
            path: 'charts/shop/values.yaml',
            message: '`acme/shop:latest` follows the newest release; name a version.',
          },
          { at: 'alpine', path: 'charts/shop/values.yaml', severity: 'information' },
        ],
      },
      {
        title: 'long-term support moves more slowly',
        files: { Dockerfile: 'FROM node:lts-alpine\n' },
        findings: [{ at: 'node:lts-alpine', path: 'Dockerfile', severity: 'information' }],
      },
      {
        title: 'a development container',
        files: {
          '.devcontainer/Dockerfile': 'FROM mcr.microsoft.com/devcontainers/javascript-node\n',
        },
        findings: [
          {
            at: 'mcr.microsoft.com/devcontainers/javascript-node',
            path: '.devcontainer/Dockerfile',
            severity: 'hint',
          },
        ],
      },
    ],
    good: [
      {
        title: 'files of stages, by name and number, and of an image with a version',
        files: {
          Dockerfile:
            'FROM node:22.11 AS build\nRUN npm ci\nFROM node:22.11\nCOPY --from=build /app .\nCOPY --from=0 /app/package.json .\nCOPY --from=shared /lib lib\nCOPY --from=ghcr.io/acme/wait-for:2.1 /wait-for /bin/\n',
        },
      },
      {
        title: 'a major version',
        files: {
          Dockerfile: 'FROM node:22\n',
          'docker-compose.yml': 'services:\n  db:\n    image: postgres:16-alpine\n',
        },
      },
      {
        title: 'the name of a distribution’s release',
        files: { Dockerfile: 'FROM debian:bookworm-slim AS tools\nFROM ubuntu:noble\n' },
      },
      { title: 'a digest', files: { Dockerfile: `FROM node@sha256:${'a'.repeat(64)}\n` } },
      {
        title: 'a stage that an argument chooses',
        files: {
          Dockerfile:
            'ARG WITH_DB=false\nFROM node:22-slim AS base\nFROM base AS db_false\nFROM base AS db_true\nRUN mkdir /data\nFROM db_${WITH_DB}\nCMD ["node", "server.js"]\n',
        },
      },
      {
        title: 'stages built on each other, and scratch',
        files: {
          Dockerfile:
            'FROM node:22 AS base\nFROM base AS build\nFROM scratch\nCOPY --from=build /app /app\n',
        },
      },
      {
        title: 'a version from an argument with a default',
        files: { Dockerfile: 'ARG NODE_VERSION=22.11\nFROM node:${NODE_VERSION}-slim\n' },
      },
      {
        title: 'images that Skaffold builds, and one that kustomize gives its tag',
        files: {
          'skaffold.yaml':
            'apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artifacts:\n    - image: web\n      context: src/web\n    - image: ghcr.io/acme/worker\n',
          'k8s/kustomization.yaml':
            'resources:\n  - app.yaml\nimages:\n  - name: mailer\n    newTag: v1.4.2\n  - name: redis\n    newName: ghcr.io/acme/redis\n',
          'k8s/app.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web\n        - name: worker\n          image: ghcr.io/acme/worker\n        - name: mailer\n          image: mailer:latest\n',
        },
      },
      {
        title: 'the values of a Helm chart: a digest beside the tag, and the version of the app',
        files: {
          'charts/shop/Chart.yaml':
            'apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: 1.2.3\n',
          'charts/shop/values.yaml': `image:
  repository: acme/shop
  tag: ""
streams:
  image:
    registry: ghcr.io
    repository: acme/streams
    tag: "latest"
    digest: "sha256:${'a'.repeat(64)}"
cache:
  image:
    repository: valkey/valkey
`,
          'config/values.yaml': 'image:\n  repository: acme/shop\n  tag: latest\n',
        },
      },
      {
        title: 'an image built by the same compose file',
        files: {
          'docker-compose.yml':
            'services:\n  web:\n    build: .\n    image: acme/web\n  worker:\n    image: acme/web\n    command: node worker.js\n',
        },
      },
      {
        title: 'a version from the environment',
        files: { 'docker-compose.yml': 'services:\n  web:\n    image: ghcr.io/acme/web:${TAG}\n' },
      },
      {
        title: 'tags that something else fills in, or that are masked',
        files: {
          'docker-compose.yml':
            'services:\n  web:\n    image: ghcr.io/acme/web:__TAG__\n  api:\n    image: ghcr.io/acme/api:<version>\n  jobs:\n    image: ghcr.io/acme/jobs:IMAGE_TAG\n  mail:\n    image: acme/mail:***\n  db:\n    image: postgres:${PG_VERSION:?set it}\n',
        },
      },
      {
        title: 'a runner label is no image',
        files: {
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n',
        },
      },
    ],
  },
});

/** Some images have the major version in their name, and no tags but `latest` and variants (`distroless/nodejs22`). */
function namesVersion({ shortName }: ImageUse['image']): boolean {
  return /^(nodejs|node|python|java|dotnet|php|ruby|postgresql|mysql|mariadb|redis|nginx)-?\d+/.test(
    shortName,
  );
}

function pin(model: ProjectModel, use: ImageUse): readonly Fix[] {
  const stated = statedImage(model, use);
  if (!stated) return [];
  return [
    {
      id: 'pin',
      kind: 'suggest',
      title: `Use \`${stated.text}\`, ${stated.reason}`,
      build: () => [fileEdit(use.path, [replacement(use.span, stated.text)])],
    },
  ];
}
