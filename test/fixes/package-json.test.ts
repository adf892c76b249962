import { describe, expect, it } from 'vitest';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import type { FileChange } from '../../server/src/engine/finding';
import {
  addDependencies,
  moveDependency,
  removeDependency,
  setEngine,
  setRange,
  setScript,
} from '../../server/src/fixes/files/package-json';
import type { ProjectModel } from '../../server/src/project/model';
import { after } from './after';
import { project } from './harness';

describe('package.json', () => {
  const at = (
    text: string,
    change: (model: ProjectModel, owner: ProjectModel['packages'][number]) => FileChange[],
  ) =>
    after({ 'package.json': text }, 'package.json', (model) =>
      change(model, model.packages[0] ?? expect.fail()),
    );
  const add =
    (...names: string[]) =>
    (model: ProjectModel, owner: ProjectModel['packages'][number]) =>
      addDependencies(
        model,
        owner,
        names.map((name) => ({ name, range: '^1.0.0' })),
      );

  it.each([
    [
      '{\n  "dependencies": {\n    "a": "1",\n    "c": "1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "a": "1",\n    "b": "^1.0.0",\n    "c": "1"\n  }\n}\n',
    ],
    [
      '{\n\t"dependencies": {\n\t\t"c": "1"\n\t}\n}',
      '{\n\t"dependencies": {\n\t\t"b": "^1.0.0",\n\t\t"c": "1"\n\t}\n}',
    ],
    [
      '{\r\n  "dependencies": {\r\n    "a": "1"\r\n  }\r\n}\r\n',
      '{\r\n  "dependencies": {\r\n    "a": "1",\r\n    "b": "^1.0.0"\r\n  }\r\n}\r\n',
    ],
    [
      '{ "dependencies": { "a": "1", "c": "1" } }',
      '{ "dependencies": { "a": "1", "b": "^1.0.0", "c": "1" } }',
    ],
    ['{ "name": "x" }', '{ "name": "x", "dependencies": { "b": "^1.0.0" } }'],
    [
      '{\n  "name": "x",\n  "dependencies": {}\n}',
      '{\n  "name": "x",\n  "dependencies": {\n    "b": "^1.0.0"\n  }\n}',
    ],
    [
      '{\n    "name": "x",\n    "devDependencies": {\n        "z": "1"\n    }\n}\n',
      '{\n    "name": "x",\n    "dependencies": {\n        "b": "^1.0.0"\n    },\n    "devDependencies": {\n        "z": "1"\n    }\n}\n',
    ],
    [
      '{\n  "name": "x"\n}\n',
      '{\n  "name": "x",\n  "dependencies": {\n    "b": "^1.0.0"\n  }\n}\n',
    ],
    [
      '{\n  "dependencies": {\n    "z": "1",\n    "a": "1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "z": "1",\n    "a": "1",\n    "b": "^1.0.0"\n  }\n}\n',
    ],
    [
      '{ "devDependencies": { "a": "1", "b": "^2.0.0" }, "dependencies": { "c": "1" } }',
      '{ "devDependencies": { "a": "1" }, "dependencies": { "b": "^2.0.0", "c": "1" } }',
    ],
    ['{ "peerDependencies": { "b": "^2.0.0" } }', '{ "peerDependencies": { "b": "^2.0.0" } }'],
  ])('adds a dependency to %j', async (text, expected) => {
    expect(await at(text, add('b'))).toBe(expected);
  });

  it('adds several at once', async () => {
    expect(await at('{ "dependencies": { "a": "1" } }', add('c', 'b'))).toBe(
      '{ "dependencies": { "a": "1", "b": "^1.0.0", "c": "^1.0.0" } }',
    );
    expect(await at('{}', add('c', 'b'))).toBe(
      '{ "dependencies": { "b": "^1.0.0", "c": "^1.0.0" } }',
    );
  });

  it('does not let two fixes add one section twice', async () => {
    const model = await project({ 'package.json': '{ "name": "x" }' });
    const owner = model.packages[0] ?? expect.fail();
    const fixes = ['a', 'b', 'a'].map((name) => ({ build: () => add(name)(model, owner) }));
    expect(mergeFixes(fixes)).toMatchObject({ applied: [0, 2], dropped: [1] });
  });

  it('moves, removes, and changes ranges', async () => {
    const text =
      '{\n  "dependencies": {\n    "a": "1"\n  },\n  "devDependencies": {\n    "tsx": "4",\n    "vitest": "3"\n  }\n}\n';
    expect(
      await at(text, (model, owner) =>
        moveDependency(model, owner, 'tsx', 'devDependencies', 'dependencies'),
      ),
    ).toBe(
      '{\n  "dependencies": {\n    "a": "1",\n    "tsx": "4"\n  },\n  "devDependencies": {\n    "vitest": "3"\n  }\n}\n',
    );
    expect(await at(text, (model, owner) => removeDependency(model, owner, 'vitest'))).toBe(
      '{\n  "dependencies": {\n    "a": "1"\n  },\n  "devDependencies": {\n    "tsx": "4"\n  }\n}\n',
    );
    expect(
      await at('{"dependencies":{"a":"*"}}', (model, owner) =>
        setRange(model, owner, 'a', '^1.2.3'),
      ),
    ).toBe('{"dependencies":{"a":"^1.2.3"}}');
  });

  it('sets engines and scripts', async () => {
    expect(
      await at('{\n  "name": "x",\n  "scripts": {}\n}\n', (model, owner) =>
        setEngine(model, owner, 'node', '>=20'),
      ),
    ).toBe('{\n  "name": "x",\n  "engines": {\n    "node": ">=20"\n  },\n  "scripts": {}\n}\n');
    const scripts =
      '{\n  "scripts": {\n    "start": "tsc && node dist", // run\n    "test": "vitest"\n  }\n}\n';
    expect(await at(scripts, (model, owner) => setScript(model, owner, 'start', 'node dist'))).toBe(
      scripts.replace('tsc && node dist', 'node dist'),
    );
    expect(await at(scripts, (model, owner) => setScript(model, owner, 'test', undefined))).toBe(
      '{\n  "scripts": {\n    "start": "tsc && node dist" // run\n  }\n}\n',
    );
  });
});
