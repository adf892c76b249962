import { describe, expect, it } from 'vitest';
import type { ProjectModel } from '../../../server/src/project/model';
import type { Files } from '../../helpers/check';
import { MAP_PROJECT } from '../../helpers/map-project';
import { modelOf } from '../../helpers/model';

async function kindsOf(files: Files, ...paths: readonly string[]): Promise<readonly string[]> {
  const model: ProjectModel = await modelOf(files);
  return paths.map((path) => model.kindOf(path));
}

const APP =
  '{ "name": "a", "private": true, "scripts": { "start": "node s.js" }, "dependencies": { "express": "4" } }';
const IMAGE = 'FROM node:22\n';

describe('what a file belongs to', () => {
  it('is the package above it', async () => {
    const files = { ...MAP_PROJECT, 'examples/cart/Dockerfile': IMAGE };
    const paths = ['apps/shop/Procfile', 'packages/money/index.js', 'examples/cart/Dockerfile'];
    expect(await kindsOf(files, ...paths)).toEqual(['app', 'library', 'example']);
  });

  it('is an example or a test by its folder, for manifests without a package.json beside them', async () => {
    const files = {
      'package.json': APP,
      's.js': '',
      Dockerfile: IMAGE,
      'examples/Dockerfile': IMAGE,
      'deploy/Dockerfile': IMAGE,
      'test/docker-compose.yml': 'services: {}\n',
      'examples/use.js': '',
    };
    const paths = ['Dockerfile', 'examples/Dockerfile', 'deploy/Dockerfile'];
    expect(await kindsOf(files, ...paths)).toEqual(['app', 'example', 'app']);
    expect(await kindsOf(files, 'test/docker-compose.yml')).toEqual(['test']);
    // Source files have roles for that.
    expect(await kindsOf(files, 'examples/use.js')).toEqual(['app']);
  });

  it('is the apps, for manifests at the root of a workspace', async () => {
    const files = { ...MAP_PROJECT, Dockerfile: IMAGE, 'docker-compose.yml': 'services: {}\n' };
    expect(await kindsOf(files, 'Dockerfile', 'docker-compose.yml', 'package.json')).toEqual([
      'app',
      'app',
      'app',
    ]);
  });

  it('is the root itself, for the manifest of a library', async () => {
    const library =
      '{ "name": "a", "version": "1.0.0", "main": "i.js", "files": ["i.js"], "peerDependencies": {} }';
    const files = { 'package.json': library, 'i.js': '', Dockerfile: IMAGE };
    expect(await kindsOf(files, 'package.json', 'i.js', 'Dockerfile')).toEqual([
      'library',
      'library',
      'app',
    ]);
  });

  it('is a tool, for its source files', async () => {
    const tool = '{ "name": "tool", "version": "1.0.0", "bin": "cli.js" }';
    const files = { 'package.json': tool, 'cli.js': '', 'lib/run.js': '' };
    expect(await kindsOf(files, 'cli.js', 'lib/run.js')).toEqual(['tool', 'tool']);
  });

  it('is an app where there is no package at all', async () => {
    expect(await kindsOf({ 's.js': '' }, 's.js')).toEqual(['app']);
  });
});
