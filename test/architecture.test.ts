import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** A folder with more is two. */
const MOST_ENTRIES = 24;

describe('ARCHITECTURE.md', () => {
  it('names files and folders that exist', () => {
    const files = text.matchAll(/`([\w./-]+(?:\.(?:ts|mts|mjs|md|json)|\/))`/g);
    const missing = [...files].flatMap(([, name = '']) => (found(name) ? [] : [name]));
    expect(missing).toEqual([]);
  });

  it('shows every floor of the project, and where to begin there', () => {
    const table = /^The floors of `project\/`[^|]*(\|[\s\S]*?)\n\n/m.exec(text)?.[1] ?? '';
    const rows = table.split('\n').slice(2);
    const floors = rows.map((row) => /`([\w/-]+)\/`/.exec(row)?.[1] ?? row);
    const folders = readdirSync(join(root, 'server/src/project'), { withFileTypes: true });
    const expected = folders.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    expect(expected.filter((name) => !floors.includes(name))).toEqual([]);
    const missing = rows.flatMap((row, index) => {
      const names = [...(row.split('|')[3] ?? '').matchAll(/`([\w-]+\/?)`/g)];
      return names.flatMap(([, name = '']) => {
        const path = `project/${floors[index] ?? ''}/${name.endsWith('/') ? name : `${name}.ts`}`;
        return found(path) ? [] : [path];
      });
    });
    expect(missing).toEqual([]);
  });

  it('keeps every folder small enough to be read at a glance', () => {
    const paths = readdirSync(join(root, 'server/src'), { recursive: true, encoding: 'utf8' });
    const entries = new Map<string, number>();
    for (const path of paths) {
      const folder = dirname(path.replaceAll('\\', '/'));
      entries.set(folder, (entries.get(folder) ?? 0) + 1);
    }
    expect([...entries].filter(([, count]) => count > MOST_ENTRIES)).toEqual([]);
  });

  it('shows every floor in the picture, and in the order that the linter holds', () => {
    const picture = /```mermaid\n([^]*?)```/.exec(text)?.[1] ?? '';
    const floors = /^`base\/`.*$/m.exec(text)?.[0].match(/\w+(?=\/)/g) ?? [];
    expect(floors).toEqual(layers());
    // What words and values are is no step of an analysis.
    const steps = floors.filter((floor) => floor !== 'base' && floor !== 'vocabulary');
    expect(steps.filter((floor) => !picture.includes(`${floor}/`))).toEqual([]);
  });

  it('says where to change what, with names that exist', () => {
    const table = /^## Where do I change[^|]*(\|[^]*?)\n\n/m.exec(text)?.[1] ?? '';
    const rows = table.split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(20);
    // `project/secrets/` (`names`, `shapes`): names of files in the folder that stands in front.
    const missing = rows.flatMap((row) => {
      const [, folder, list] = /`([\w/]+\/)` \(([^)]*)\)/.exec(row) ?? [];
      const names = [...(list ?? '').matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
      return names.filter((name) => !found(`${folder ?? ''}${name}.ts`));
    });
    expect(missing).toEqual([]);
    expect(rows.filter((row) => !/`[^`]+`/.test(row))).toEqual([]);
  });

  it('describes every folder of the server', () => {
    const paths = readdirSync(join(root, 'server/src'), { recursive: true, encoding: 'utf8' });
    const folders = paths.map((path) => path.replaceAll('\\', '/')).filter(isDescribedByName);
    expect(folders.filter((path) => !text.includes(`${basename(path)}/`))).toEqual([]);
  });
});

/** As the linter knows them. */
function layers(): readonly string[] {
  const config = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
  const [, list = ''] = /^const LAYERS = \[([^\]]*)\]/m.exec(config) ?? [];
  return [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
}

function found(name: string): boolean {
  return BASES.some((base) => existsSync(join(root, base, name)));
}

/** Folders, but those of the factors, which stand for each other. */
function isDescribedByName(path: string): boolean {
  return !basename(path).includes('.') && !path.startsWith('rules/');
}
