import { afterEach, describe, expect, it } from 'vitest';
import { connect, disconnect } from '../client';
import { Asking, behind, FILES, shown, uri } from './editor';

afterEach(disconnect);

const USER = `import { env } from './env';
import { other } from './other';
export const url = 'http://localhost:' + env.HTTP_PORT;
const { HTTP_PORT } = env;
export const no = other.HTTP_PORT;
`;

async function ask() {
  const { client } = await connect({
    ...FILES,
    'src/env.ts': `import { cleanEnv, port } from 'envalid';\nexport const env = cleanEnv(process.env, { HTTP_PORT: port() });\n`,
    'src/other.ts': 'export const other = { HTTP_PORT: 1 };\n',
    'src/user.ts': USER,
    'server.js': `require('./src/user');\n${FILES['server.js']!}`,
  });
  await client.ready();
  await client.open(uri('src/user.ts'), USER);
  return new Asking(client);
}

describe('what a schema made of a variable', () => {
  it('tells about the variable on hover', async () => {
    const asking = await ask();
    const card = await asking.hover('src/user.ts', behind(USER, 'env.HTTP_'));
    expect(card).toContain('HTTP_PORT');
    expect(card).toContain('.env.example');
  });

  it('leads to where it is documented; to the schema, TypeScript does', async () => {
    const asking = await ask();
    const found = shown(await asking.definition('src/user.ts', behind(USER, 'env.HTTP_')));
    expect(found).toEqual(['.env.example:1:1']);
  });

  it('is referred to in manifests; in code, TypeScript finds it', async () => {
    const asking = await ask();
    const found = shown(await asking.references('src/user.ts', behind(USER, 'env.HTTP_')));
    expect(found).toContain('docker-compose.yml:6:7');
    expect(found.filter((place) => place.startsWith('src/'))).toEqual([]);
  });

  it('is not what only has its name', async () => {
    const asking = await ask();
    expect(await asking.hover('src/user.ts', behind(USER, 'other.HTTP_'))).toBeUndefined();
    expect(shown(await asking.definition('src/user.ts', behind(USER, 'other.HTTP_')))).toEqual([]);
  });
});
