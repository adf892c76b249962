import { expect, it } from 'vitest';
import { composeFiles, isComposePath } from '../../../server/src/project/manifests/compose';
import { kubernetesObjects } from '../../../server/src/project/manifests/kubernetes';
import { filesOf } from '../memory-files';

it.each([
  ['docker-compose.yml', true],
  ['compose.yaml', true],
  ['docker/docker-compose.prod.yml', true],
  ['docker-compose-dev.yml', true],
  ['api.compose.yml', true],
  ['composer.yml', false],
  ['compose.json', false],
])('%s is a compose file: %s', (path, expected) => {
  expect(isComposePath(path)).toBe(expected);
});

it('reads a service with the places of its parts', () => {
  const text = `x-env: &env
  SHARED: "1"
services:
  web:
    image: 'me/web:1'
    build:
      context: ./api
      dockerfile: docker/Dockerfile
      target: prod
      args:
        - VERSION=2
    environment:
      <<: *env
      PASS:
      URL: "postgres://u:p@db/x"
    env_file:
      - .env
      - path: extra.env
        required: false
    volumes:
      - ./src:/app/src:ro
      - data:/data
      - type: bind
        source: .
        target: /x
    ports: ["3000:3000"]
    depends_on:
      db: { condition: service_healthy }
    init: true
    deploy: { replicas: 3 }
    healthcheck: { test: [CMD, curl, x] }
  db:
    image: postgres
    depends_on: [web]
`;
  const files = filesOf({ 'docker-compose.yml': text, 'api/docker/Dockerfile': '' });
  const [file] = composeFiles(files);
  const [web, db] = file?.services ?? [];
  const at = (span: { start: number; end: number } | undefined): string | undefined =>
    span && text.slice(span.start, span.end);
  expect([web?.image?.value, at(web?.image?.span)]).toEqual(['me/web:1', 'me/web:1']);
  expect(web?.build).toMatchObject({
    context: 'api',
    dockerfile: 'api/docker/Dockerfile',
    target: 'prod',
  });
  expect(web?.build?.args.map((entry) => [entry.name, entry.value])).toEqual([['VERSION', '2']]);
  expect(web?.environment.map((entry) => [entry.name, entry.value, at(entry.valueSpan)])).toEqual([
    ['PASS', undefined, undefined],
    ['URL', 'postgres://u:p@db/x', 'postgres://u:p@db/x'],
    ['SHARED', '1', '1'],
  ]);
  expect(web?.envFiles.map(({ path, required }) => [path, required])).toEqual([
    ['.env', true],
    ['extra.env', false],
  ]);
  expect(
    web?.volumes.map(({ source, target, bind, readOnly }) => [source, target, bind, readOnly]),
  ).toEqual([
    ['./src', '/app/src', true, true],
    ['data', '/data', false, false],
    ['.', '/x', true, false],
  ]);
  expect(web).toMatchObject({
    init: true,
    replicas: 3,
    dependsOn: [{ service: 'db', condition: 'service_healthy' }],
  });
  expect(web?.healthcheck?.words.map((word) => word.value)).toEqual(['CMD', 'curl', 'x']);
  expect(db?.dependsOn.map((one) => [one.service, one.condition])).toEqual([['web', undefined]]);
});

it('reads Kubernetes objects: variables, data, affinity', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: cfg}
data:
  db.password: mytest
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec:
  sessionAffinity: ClientIP
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: d
  annotations: {a/b: "c"}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: app
          image: nginx
          envFrom: [{configMapRef: {name: cfg}}]
          env:
            - name: A
              value: "1"
            - name: B
              valueFrom: {secretKeyRef: {name: s, key: k}}
`;
  const [config, service, deployment] = kubernetesObjects(
    filesOf({ 'k8s/a.yml': text, 'k8s/helm.yaml': 'apiVersion: v1\nkind: X\n{{ if .x }}\n' }),
  );
  const [entry] = config?.data ?? [];
  expect([
    entry?.name,
    entry?.value,
    entry?.valueSpan && text.slice(entry.valueSpan.start, entry.valueSpan.end),
  ]).toEqual(['db.password', 'mytest', 'mytest']);
  expect(service?.sessionAffinity?.value).toBe('ClientIP');
  expect(deployment?.replicas).toBe(2);
  expect(deployment?.annotations.map((one) => one.name)).toEqual(['a/b']);
  const [app] = deployment?.containers ?? [];
  expect(app?.image?.value).toBe('nginx');
  expect(app?.env.map((one) => [one.name, one.value, one.source])).toEqual([
    ['A', '1', undefined],
    ['B', undefined, 'secret'],
  ]);
  expect(app?.envFrom.map((one) => [one.kind, one.name])).toEqual([['config', 'cfg']]);
});
