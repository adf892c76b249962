import { describe, expect, it } from 'vitest';
import { query, queryEach } from '../../server/src/project/query';
import type { ProjectModel } from '../../server/src/project/model';
import { modelOf } from '../helpers/model';

const FILES = { 'package.json': '{ "name": "app" }', 'src/server.ts': 'export const a = 1;\n' };

/** The model as it is after a keystroke: another one, of the same files and modules. */
function afterKeystroke(model: ProjectModel): ProjectModel {
  return { ...model, facts: new Map(model.facts) };
}

describe('a query', () => {
  it('is answered once, and again when what it depends on is another', async () => {
    const model = await modelOf(FILES);
    let asked = 0;
    const byModules = query('modules', () => ++asked);
    expect([byModules(model), byModules(model), byModules(afterKeystroke(model))]).toEqual([
      1, 1, 1,
    ]);
    const byModel = query('model', () => ++asked);
    expect([byModel(model), byModel(model), byModel(afterKeystroke(model))]).toEqual([2, 2, 3]);
    expect(byModules(await modelOf(FILES))).toBe(4);
  });

  it('remembers that there is no answer', async () => {
    const model = await modelOf(FILES);
    let asked = 0;
    const nothing = query('files', () => {
      asked += 1;
      return undefined;
    });
    nothing(model);
    nothing(model);
    expect(asked).toBe(1);
  });

  it('is answered once for each part, by the key that tells them apart', async () => {
    const model = await modelOf(FILES);
    const asked: string[] = [];
    const each = queryEach(
      'model',
      (path: string) => {
        asked.push(path);
        return path;
      },
      (path) => path.toLowerCase(),
    );
    expect(['a', 'b', 'A'].map((path) => each(path, model))).toEqual(['a', 'b', 'a']);
    expect(asked).toEqual(['a', 'b']);
  });
});
