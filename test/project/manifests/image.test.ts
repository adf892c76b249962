import { expect, it } from 'vitest';
import {
  imagePinning,
  imageVersion,
  parseImage,
} from '../../../server/src/project/manifests/image';

it.each([
  ['node', 'none', undefined],
  ['node:20-alpine', 'version', '20'],
  ['node:alpine', 'variant', undefined],
  ['node:lts', 'variant', undefined],
  ['node:latest', 'latest', undefined],
  ['node:latest-alpine', 'latest', undefined],
  ['node:alpine3.19', 'variant', undefined],
  ['node:20.11.1-alpine3.19', 'version', '20.11.1'],
  ['redis:7-alpine', 'version', '7'],
  ['postgres:16.2-bookworm', 'version', '16.2'],
  ['node@sha256:abc', 'digest', undefined],
  ['node:20@sha256:abc', 'digest', '20'],
  ['ghcr.io/a/b:v1.2', 'version', '1.2'],
  ['localhost:5000/x', 'none', undefined],
  ['postgres:${PG:-16}', 'version', '16'],
  ['postgres:${PG}', 'unknown', undefined],
  ['${IMAGE}', 'unknown', undefined],
])('%s is pinned by %s', (text, pinning, version) => {
  const image = parseImage(text);
  expect(imagePinning(image)).toBe(pinning);
  expect(imageVersion(image)).toBe(version);
});

it('takes references apart', () => {
  expect(parseImage('localhost:5000/team/app:1@sha256:x')).toMatchObject({
    registry: 'localhost:5000',
    name: 'team/app',
    shortName: 'app',
    tag: '1',
    digest: 'sha256:x',
  });
  expect(parseImage('docker.io/library/node')).toMatchObject({
    registry: 'docker.io',
    name: 'node',
    tag: undefined,
  });
  expect(parseImage('bitnami/redis')).toMatchObject({
    registry: undefined,
    name: 'bitnami/redis',
    shortName: 'redis',
  });
});
