import { describe, expect, it } from 'vitest';
import { check, type Files } from '../helpers/check';

const PAGE: Files = {
  'web/package.json':
    '{ "name": "web", "private": true, "dependencies": { "react": "^18.0.0", "react-dom": "^18.0.0" }, "devDependencies": { "vite": "^6.0.0" } }\n',
  'web/index.html': '<script type="module" src="/src/api.ts"></script>\n',
  'web/src/api.ts':
    "export const items = () => fetch('http://localhost:4000/items');\nexport const prices = () => fetch('http://localhost:4001/prices');\n",
};

async function fixed(files: Files): Promise<Files> {
  return (await check(files)).apply('env-default');
}

describe('a fix in code that Vite bundles', () => {
  it('refers to Vite’s types where nothing does, once', async () => {
    const files = await fixed(PAGE);
    expect(files['web/src/api.ts']).toContain('${import.meta.env.VITE_ITEMS_URL ??');
    expect(files['web/src/vite-env.d.ts']).toBe('/// <reference types="vite/client" />\n');
    expect(files['web/.env.example']).toContain('VITE_ITEMS_URL=http://localhost:4000\n');
  });

  it('adds nothing where the types are known, or not needed', async () => {
    const known: readonly Files[] = [
      { ...PAGE, 'web/src/env.d.ts': '/// <reference types="vite/client" />\n' },
      { ...PAGE, 'web/tsconfig.json': '{ "compilerOptions": { "types": ["vite/client"] } }\n' },
      { ...PAGE, 'web/src/mode.ts': 'export const mode = import.meta.env.MODE;\n' },
    ];
    const scripts = {
      'web/package.json': PAGE['web/package.json']!,
      'web/index.html': PAGE['web/index.html']!,
      'web/src/api.js': PAGE['web/src/api.ts']!,
    };
    for (const files of [...known, scripts]) {
      const result = await fixed(files);
      expect(Object.keys(result).filter((path) => path.endsWith('.d.ts'))).toEqual(
        Object.keys(files).filter((path) => path.endsWith('.d.ts')),
      );
    }
  });

  it('is not offered where a server has its pages bundled and hands settings to them itself', async () => {
    const { 'web/index.html': page, ...files } = PAGE;
    const { findings } = await check({ ...files, 'web/server/templates/index.html': page! });
    const urls = findings.filter(({ ruleId }) => ruleId === 'hardcoded-url');
    expect(urls.map(({ fixes }) => fixes)).toEqual([[], []]);
  });

  it('is not offered where Jest would have to read `import.meta`', async () => {
    const jest = PAGE['web/package.json']!.replace('"vite"', '"jest": "^29.0.0", "vite"');
    const { findings } = await check({ ...PAGE, 'web/package.json': jest });
    const urls = findings.filter(({ ruleId }) => ruleId === 'hardcoded-url');
    expect(urls.map(({ fixes }) => fixes)).toEqual([[], []]);
  });
});
