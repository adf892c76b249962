import { describe, expect, it } from 'vitest';
import { mapNodes, type MapNode, type NamedMap } from '../../client/src/views/map-nodes';

const SHOP: NamedMap = {
  uri: 'file:///work',
  name: 'work',
  packages: [
    {
      path: 'apps/shop',
      name: '@acme/shop',
      kind: 'app',
      evidence: [
        { path: 'Procfile', line: 1, says: 'Procfile web starts it', for: 'app' },
        { path: 'apps/shop/package.json', line: 3, says: 'it is published', for: 'library' },
      ],
      processes: [
        {
          name: 'web',
          role: 'web',
          entry: 'apps/shop/server.js',
          command: 'node server.js',
          ports: [{ variable: 'PORT', value: 3000 }, { value: 9000 }],
          signals: ['SIGTERM'],
          services: ['postgres'],
          variables: ['DATABASE_URL', 'PORT'],
        },
      ],
    },
    { path: '.', name: null, kind: 'tool', evidence: [], processes: [] },
  ],
  variables: { DATABASE_URL: { path: 'apps/shop/db.js', line: 7 } },
};

function outline(nodes: readonly MapNode[], indent = ''): string[] {
  return nodes.flatMap(({ label, description, place, children }) => [
    `${indent}${label} [${description}]${place ? ` -> ${place.path}:${place.line}` : ''}`,
    ...outline(children, `${indent}  `),
  ]);
}

describe('the process map', () => {
  it('shows apps with their processes, and what leads to the place', () => {
    expect(outline(mapNodes([SHOP]))).toEqual([
      '@acme/shop [1 process · apps/shop] -> apps/shop/package.json:1',
      '  web [web]',
      '    apps/shop/server.js [starts with] -> apps/shop/server.js:1',
      '    node server.js [runs]',
      '    PORT [port, else 3000]',
      '    9000 [fixed port]',
      '    postgres [service]',
      '    SIGTERM [handled]',
      '    Variables [2]',
      '      DATABASE_URL [apps/shop/db.js:7] -> apps/shop/db.js:7',
      '      PORT []',
      '  Why an app []',
      '    Procfile web starts it [] -> Procfile:1',
      '    it is published [speaks for library] -> apps/shop/package.json:3',
      'Libraries, tools and others [1]',
      '  . [tool] -> package.json:1',
    ]);
  });

  it('gives each folder a level of its own where there are several', () => {
    const empty: NamedMap = { uri: 'file:///docs', name: 'docs', packages: [], variables: {} };
    const nodes = mapNodes([SHOP, empty]);
    expect(nodes.map(({ kind, label }) => [kind, label])).toEqual([['folder', 'work']]);
    expect(mapNodes([empty])).toEqual([]);
  });

  it('has ids of their own', () => {
    const other = { ...SHOP, uri: 'file:///other', name: 'other' };
    const ids = (nodes: readonly MapNode[]): string[] =>
      nodes.flatMap(({ id, children }) => [id, ...ids(children)]);
    const all = ids(mapNodes([SHOP, other]));
    expect(new Set(all).size).toBe(all.length);
  });
});
