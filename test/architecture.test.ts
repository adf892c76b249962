import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** Where a name in the document may stand: it shortens paths to what a reader needs. */
const BASES = [
  '',
  'server/src',
  'server/src/project',
  'server/src/session',
  'server/src/project/secrets',
  'test',
];

describe('ARCHITECTURE.md', () => {
  it('names files and folders that exist', () => {
    const files = text.matchAll(/`([\w./-]+(?:\.(?:ts|mts|mjs|md|json)|\/))`/g);
    const missing = [...files].flatMap(([, name = '']) => (found(name) ? [] : [name]));
    expect(missing).toEqual([]);
  });

  it('answers questions about the project with files that exist', () => {
    const table = /^What else is in `project\/`[^|]*(\|[\s\S]*?)\n\n/m.exec(text)?.[1] ?? '';
    const names = [...table.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !found(`project/${name}.ts`))).toEqual([]);
  });

  it('describes every folder of the server', () => {
    const paths = readdirSync(join(root, 'server/src'), { recursive: true, encoding: 'utf8' });
    const folders = paths.map((path) => path.replaceAll('\\', '/')).filter(isDescribedByName);
    expect(folders.filter((path) => !text.includes(`${basename(path)}/`))).toEqual([]);
  });
});

function found(name: string): boolean {
  return BASES.some((base) => existsSync(join(root, base, name)));
}

/** Folders, but those of the factors, which stand for each other. */
function isDescribedByName(path: string): boolean {
  return !basename(path).includes('.') && !path.startsWith('rules/');
}
