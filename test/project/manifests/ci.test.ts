import { describe, expect, it } from 'vitest';
import { ciJobs } from '../../../server/src/project/manifests/ci';
import type { CiJob } from '../../../server/src/project/manifests/ci-job';
import { dockerRunImages } from '../../../server/src/rules/dev-prod-parity/service-version-drift/docker-run';
import { filesOf } from '../memory-files';

function jobs(path: string, text: string): CiJob[] {
  return ciJobs(filesOf({ [path]: text }));
}

function images(job: CiJob | undefined): unknown[] {
  return (job?.images ?? []).map((one) => [one.role, one.image.value]);
}

describe('GitHub Actions', () => {
  const text = `name: CI
env:
  SHARED: 1
jobs:
  test:
    runs-on: ubuntu-latest
    container: node:20
    strategy:
      matrix:
        node-version: [18, "20.x"]
        include:
          - node-version: 22
    env:
      A: \${{ secrets.A }}
      B: plain
    services:
      db:
        image: postgres:16 # keep
        env:
          POSTGRES_PASSWORD: x
    defaults:
      run:
        working-directory: api
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node-version }}
      - run: npm install
      - name: Run
        working-directory: web
        run: |
          npm ci
          npm test
  push:
    steps:
      - uses: docker/build-push-action@v5
      - uses: actions/setup-node@v4
        with: { node-version: 'lts/*' }
`;
  const [test, push] = jobs('.github/workflows/ci.yml', text);

  it('reads images, node versions and purposes', () => {
    expect(images(test)).toEqual([
      ['container', 'node:20'],
      ['service', 'postgres:16'],
    ]);
    expect(test?.nodeVersions.map((one) => one.value)).toEqual(['18', '20.x', '22']);
    expect(push?.nodeVersions.map((one) => one.value)).toEqual(['lts/*']);
    expect([test?.purpose, push?.purpose]).toEqual(['test', 'deploy']);
  });

  it('knows where variables come from', () => {
    expect(test?.environment.map((one) => [one.name, one.value, one.source])).toEqual([
      ['SHARED', '1', undefined],
      ['A', undefined, 'secret'],
      ['B', 'plain', undefined],
    ]);
  });

  it('gives the steps their text, folder and exact place', () => {
    const runs = (test?.steps ?? []).filter((step) => step.run);
    expect(runs.map((step) => [step.name, step.folder])).toEqual([
      [undefined, 'api'],
      ['Run', 'web'],
    ]);
    expect(runs.map((step) => text.slice(step.span.start, step.span.end))).toEqual([
      'npm install',
      'npm ci\n          npm test',
    ]);
    const image = test?.images[1]?.image;
    expect(image && text.slice(image.span.start, image.span.end)).toBe('postgres:16');
  });
});

it('reads GitLab CI with extends, defaults and services', () => {
  const [test, ship] = jobs(
    '.gitlab-ci.yml',
    'image: node:18\nvariables:\n  A: b\n.base:\n  services:\n    - name: redis:7\n      alias: r\ntest:\n  extends: .base\n  script:\n    - npm i\n    - npm test\ndeploy-prod:\n  stage: deploy\n  image:\n    name: alpine\n  script: kubectl apply -f k8s\n',
  );
  expect(images(test)).toEqual([
    ['container', 'node:18'],
    ['service', 'redis:7'],
  ]);
  expect(test?.nodeVersions.map((one) => one.value)).toEqual(['18']);
  expect(test?.steps.map((step) => step.run?.value)).toEqual(['npm i', 'npm test']);
  expect(test?.environment.map((one) => one.name)).toEqual(['A']);
  expect([test?.purpose, ship?.purpose]).toEqual(['test', 'deploy']);
  expect(images(ship)).toEqual([['container', 'alpine']]);
});

it('reads CircleCI with executors and commands', () => {
  const [build] = jobs(
    '.circleci/config.yml',
    'version: 2.1\nexecutors:\n  e:\n    docker:\n      - image: cimg/node:20.1\n      - image: circleci/mongo:latest\n        environment: { X: y }\ncommands:\n  setup:\n    steps:\n      - run: npm install\njobs:\n  build:\n    executor: e\n    steps:\n      - checkout\n      - setup\n      - run:\n          name: t\n          command: npm test\n',
  );
  expect(images(build)).toEqual([
    ['container', 'cimg/node:20.1'],
    ['service', 'circleci/mongo:latest'],
  ]);
  expect(build?.steps.map((step) => [step.name, step.run?.value])).toEqual([
    [undefined, 'npm install'],
    ['t', 'npm test'],
  ]);
  expect(build?.nodeVersions.map((one) => one.value)).toEqual(['20.1']);
});

it('reads Travis, AppVeyor, Bitbucket and Azure', () => {
  const travis =
    'node_js:\n  - v8\nenv:\n  - DB="sqlite" LOG=false\nbefore_script:\n  - docker run -d mongo:4.0\nscript: npm test\n';
  const [one] = jobs('.travis.yml', travis);
  expect(one?.nodeVersions.map((version) => version.value)).toEqual(['v8']);
  expect(
    one?.environment.map((entry) => [
      entry.name,
      entry.value,
      entry.valueSpan && travis.slice(entry.valueSpan.start, entry.valueSpan.end),
    ]),
  ).toEqual([
    ['DB', 'sqlite', 'sqlite'],
    ['LOG', 'false', 'false'],
  ]);
  expect(one?.steps.map((step) => step.run?.value)).toEqual([
    'docker run -d mongo:4.0',
    'npm test',
  ]);
  const [two] = jobs(
    'appveyor.yml',
    'environment:\n  nodejs_version: "8"\n  A: b\ninstall:\n  - ps: Install-Product node\n  - yarn install\n',
  );
  expect(two?.steps.map((step) => step.run?.value)).toEqual([
    'Install-Product node',
    'yarn install',
  ]);
  expect(two?.nodeVersions.map((version) => version.value)).toEqual(['8']);
  const [three, four] = jobs(
    'bitbucket-pipelines.yml',
    'image: node:20\ndefinitions:\n  services:\n    pg:\n      image: postgres\npipelines:\n  default:\n    - step:\n        name: test\n        services: [pg]\n        script: [npm ci]\n  branches:\n    main:\n      - step:\n          deployment: production\n          script: [./x.sh]\n',
  );
  expect(images(three)).toEqual([
    ['container', 'node:20'],
    ['service', 'postgres'],
  ]);
  expect([three?.purpose, four?.purpose]).toEqual(['test', 'deploy']);
  const [five] = jobs(
    'azure-pipelines.yml',
    'steps:\n  - task: NodeTool@0\n    inputs: { versionSpec: 18.x }\n  - script: npm install\n',
  );
  expect([five?.nodeVersions[0]?.value, five?.steps[0]?.run?.value]).toEqual([
    '18.x',
    'npm install',
  ]);
});

it('survives files that are no such configuration', () => {
  const paths = [
    '.github/workflows/a.yml',
    '.gitlab-ci.yml',
    '.circleci/config.yml',
    '.travis.yml',
    'appveyor.yml',
    'bitbucket-pipelines.yml',
    'azure-pipelines.yml',
  ];
  for (const path of paths) {
    for (const text of ['', '- a\n', 'jobs: x\nsteps: y\n', 'jobs:\n  a:\n  b: [1]\n', 'a: [1\n']) {
      expect(jobs(path, text).flatMap((job) => job.images)).toEqual([]);
    }
  }
});

it.each([
  ['docker run -d -p 27017:27017 --name mongo  mongo:4.0', ['mongo:4.0']],
  ['docker run --rm -it -e A=b --network=host redis redis-cli', ['redis']],
  ['docker container run postgres:16 && podman run alpine', ['postgres:16', 'alpine']],
  ['docker compose run web npm test', []],
  ['docker build . -t run', []],
  ['docker run $IMAGE', []],
])('finds the images of %s', (text, expected) => {
  const mapped = { text, pieces: [{ text, span: { start: 10, end: 10 + text.length } }] };
  const found = dockerRunImages(mapped);
  expect(found.map((one) => one.value)).toEqual(expected);
  expect(found.map((one) => text.slice(one.span.start - 10, one.span.end - 10))).toEqual(expected);
});
