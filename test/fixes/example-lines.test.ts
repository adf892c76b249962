import { describe, expect, it } from 'vitest';
import { mergeFixes } from '../../server/src/engine/edits/edits';
import { documentInExample, keepValueLocally } from '../../server/src/fixes/files/example-file';
import type { ProjectModel } from '../../server/src/project/model';
import { after } from './after';
import { project } from './harness';

describe('example file', () => {
  const url = { name: 'API_URL', value: 'http://localhost:3000', isSecret: false };
  const secret = { name: 'JWT_SECRET', value: 's3cret', isSecret: true };
  const document = (variable: typeof url) => (model: ProjectModel) =>
    documentInExample(model, 'src/a.ts', variable);

  it('adds a line, to whichever file is the example', async () => {
    expect(await after({ '.env.sample': 'A=1' }, '.env.sample', document(url))).toBe(
      'A=1\nAPI_URL=http://localhost:3000',
    );
    expect(await after({ '.example.env': 'A=1\n' }, '.example.env', document(secret))).toBe(
      'A=1\nJWT_SECRET=\n',
    );
    expect(await after({}, '.env.example', document(url))).toBe('API_URL=http://localhost:3000\n');
  });

  it('prefers the package, then the root', async () => {
    const change = (model: ProjectModel) => documentInExample(model, 'apps/api/src/a.ts', url);
    const files = { 'apps/api/package.json': '{}', '.env.example': 'A=1\n' };
    expect(await after(files, '.env.example', change)).toBe('A=1\nAPI_URL=http://localhost:3000\n');
    expect(
      await after({ ...files, 'apps/api/.env.example': '' }, 'apps/api/.env.example', change),
    ).toBe('API_URL=http://localhost:3000\n');
    expect(await after({ 'apps/api/package.json': '{}' }, 'apps/api/.env.example', change)).toBe(
      'API_URL=http://localhost:3000\n',
    );
  });

  it('creates nothing that git ignores', async () => {
    expect(await after({ '.gitignore': '.env*\n' }, '.env.example', document(url))).toBeUndefined();
  });

  it('joins the lines of several fixes', async () => {
    const model = await project({});
    const merged = mergeFixes(
      [url, secret, url].map((one) => ({ build: () => documentInExample(model, 'a.ts', one) })),
    );
    expect(merged.changes).toEqual([
      {
        kind: 'create',
        path: '.env.example',
        text: 'API_URL=http://localhost:3000\nJWT_SECRET=\n',
      },
    ]);
  });

  it('keeps the real value only where git ignores it', async () => {
    const keep = (model: ProjectModel) => keepValueLocally(model, 'src/a.ts', secret);
    const gitignore = { '.gitignore': '.env\n' };
    const dotenv = { ...gitignore, 'package.json': '{ "dependencies": { "dotenv": "^16.0.0" } }' };
    expect(await after(dotenv, '.env', keep)).toBe('JWT_SECRET=s3cret\n');
    expect(await after(gitignore, '.env', keep), 'nothing would read it').toBeUndefined();
    expect(
      await after({ ...gitignore, '.env': 'A=1\n' }, '.env', keep, { ignored: ['.env'] }),
    ).toBe('A=1\nJWT_SECRET=s3cret\n');
    expect(
      await after({ ...gitignore, '.env': 'JWT_SECRET=x\n' }, '.env', keep, { ignored: ['.env'] }),
    ).toBe('JWT_SECRET=x\n');
    expect(await after({}, '.env', keep)).toBeUndefined();
    expect(await after({ '.env': 'A=1\n' }, '.env', keep)).toBe('A=1\n');
  });
});
