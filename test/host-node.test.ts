import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeHost } from '../server/src/host-node';
import { AT_ONCE, IN_BACKGROUND } from '../server/src/host-node-disk';

/** Nothing is unreadable for the superuser. */
const isSuperuser = process.getuid?.() === 0;

let folder = '';
let root = '';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'host-node-')));
  root = pathToFileURL(folder).href;
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** An index of git, version 2, that holds these paths. */
function gitIndex(...tracked: readonly string[]): Uint8Array {
  const header = Buffer.alloc(12);
  header.write('DIRC');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(tracked.length, 8);
  const entries = tracked.map((path) => {
    const entry = Buffer.alloc(Math.ceil((62 + path.length + 1) / 8) * 8);
    entry.writeUInt16BE(path.length, 60);
    entry.write(path, 62);
    return entry;
  });
  return Buffer.concat([header, ...entries]);
}

describe.each([
  ['in the background', IN_BACKGROUND],
  ['at once', AT_ONCE],
])('the disk, %s', (_how, disk) => {
  const host = createNodeHost(disk);

  async function paths(exclude: readonly string[] = []): Promise<string[]> {
    return (await host.list(root, exclude)).files.map(({ path }) => path);
  }

  describe('listing', () => {
    it('is sorted, and leaves out what nobody here wrote', async () => {
      for (const path of [
        'b.js',
        'a/c.js',
        'node_modules/x/i.js',
        '.git/config',
        'a/node_modules/y.js',
      ])
        await write(path, '');
      expect(await paths()).toEqual(['a/c.js', 'b.js']);
    });

    it('follows no link to a folder, so that a loop ends', async () => {
      await write('src/a.js', '');
      await symlink(folder, join(folder, 'src/up'));
      await symlink(join(folder, 'src'), join(folder, 'again'));
      // What they name is read where it lies: nothing is missing.
      expect(await host.list(root, [])).toMatchObject({
        files: [{ path: 'src/a.js' }],
        unreadable: [],
      });
    });

    it('says once which links to folders elsewhere are not followed, but for those that are left out anyway', async () => {
      await write('app/.gitignore', 'kept-out\n');
      await write('shared/a.js', '');
      for (const name of ['lib', 'kept-out', 'node_modules', 'vendor'])
        await symlink(join(folder, 'shared'), join(folder, 'app', name));
      const { files, unreadable } = await host.list(`${root}/app`, ['vendor/**', 'vendor']);
      expect(files.map(({ path }) => path)).toEqual(['.gitignore']);
      expect(unreadable).toEqual([
        { path: 'lib', reason: 'a symbolic link to a folder elsewhere, which is not followed' },
      ]);
    });

    it('takes links to files, and no broken ones', async () => {
      await write('a.js', '1');
      await symlink(join(folder, 'a.js'), join(folder, 'link.js'));
      await symlink(join(folder, 'nowhere.js'), join(folder, 'broken.js'));
      await symlink(join(folder, 'round.js'), join(folder, 'round.js'));
      expect(await paths()).toEqual(['a.js', 'link.js']);
      expect(await host.read(root, 'link.js')).toEqual({ kind: 'text', text: '1' });
    });

    it('takes no links to env and key files, which count where they lie', async () => {
      await write('.gitignore', '.env\n');
      await write('.env', 'SECRET=1\n');
      await mkdir(join(folder, 'api'));
      await symlink(join(folder, '.env'), join(folder, 'api/.env.production'));
      await symlink(join(folder, '.env'), join(folder, 'api/server.key'));
      const listed = (await host.list(root, [])).files;
      expect(listed.map(({ path, ignored }) => [path, ignored])).toEqual([
        ['.env', true],
        ['.gitignore', false],
      ]);
    });

    it('takes what git tracks for committed, though a pattern ignores it', async () => {
      await write('.gitignore', 'config.js\n.env\n');
      for (const path of ['config.js', 'other/config.js', 'api/config.js', '.env', 'api/.env'])
        await write(path, '');
      await write('.git/index', gitIndex('api/.env', 'api/config.js', 'config.js'));
      const listed = (await host.list(root, [])).files;
      expect(listed.filter(({ ignored }) => !ignored).map(({ path }) => path)).toEqual([
        '.gitignore',
        'api/.env',
        'api/config.js',
        'config.js',
      ]);
      expect(listed.filter(({ ignored }) => ignored).map(({ path }) => path)).toEqual(['.env']);
      const below = (await host.list(pathToFileURL(join(folder, 'api')).href, [])).files;
      expect(below.map(({ path, tracked }) => [path, tracked])).toEqual([
        ['.env', true],
        ['config.js', true],
      ]);
    });

    it('keeps git-ignored files away, but for those that matter all the same', async () => {
      await write('.gitignore', 'dist/\n*.log\n.env\n');
      for (const path of ['dist/a.js', 'app.log', '.env', 'a.js']) await write(path, '');
      const { files } = await host.list(root, []);
      expect(files.filter(({ path }) => path !== '.gitignore')).toEqual([
        { path: '.env', size: 0, ignored: true },
        { path: 'a.js', size: 0, ignored: false },
      ]);
    });

    it('knows the ignore files above, within the repository', async () => {
      await write('.git/HEAD', '');
      await write('.gitignore', 'packages/api/generated/\n');
      await write('packages/api/generated/a.js', '');
      await write('packages/api/b.js', '');
      const inner = pathToFileURL(join(folder, 'packages/api')).href;
      const { files } = await host.list(inner, []);
      expect(files.map(({ path }) => path)).toEqual(['b.js']);
    });

    it('says why a folder is not there', async () => {
      const { files, unreadable } = await host.list(`${root}/nowhere`, []);
      expect(files).toEqual([]);
      expect(unreadable).toEqual([{ path: '.', reason: 'no such file or folder' }]);
    });

    it.skipIf(isSuperuser)('says why a folder cannot be read, and lists the rest', async () => {
      await write('closed/a.js', '');
      await write('b.js', '');
      await chmod(join(folder, 'closed'), 0o000);
      const { files, unreadable } = await host.list(root, []);
      await chmod(join(folder, 'closed'), 0o755);
      expect(files.map(({ path }) => path)).toEqual(['b.js']);
      expect(unreadable).toEqual([{ path: 'closed', reason: 'permission denied' }]);
    });
  });

  describe('reading', () => {
    it.each([
      ['a NUL byte', Buffer.from([0x61, 0x00, 0x62]), 'binary file'],
      ['UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0x00]), 'UTF-16 text; only UTF-8 is read'],
      ['more than a megabyte', Buffer.alloc(1024 * 1024 + 1, 0x20), 'larger than 1 MiB'],
    ])('refuses %s, with a reason', async (_, content, reason) => {
      await write('a.js', content);
      expect(await host.read(root, 'a.js')).toEqual({ kind: 'unreadable', reason });
    });

    it('takes lockfiles of any ordinary size', async () => {
      await write('package-lock.json', Buffer.alloc(2 * 1024 * 1024, 0x20));
      expect(await host.read(root, 'package-lock.json')).toMatchObject({ kind: 'text' });
    });

    it('drops the byte order mark, as editors do', async () => {
      await write('a.js', '\uFEFFlet a;');
      expect(await host.read(root, 'a.js')).toEqual({ kind: 'text', text: 'let a;' });
    });

    it('reads nothing outside, by whichever link', async () => {
      await write('outside/a.js', 'SECRET');
      await write('app/b.js', '1');
      await symlink(join(folder, 'outside/a.js'), join(folder, 'app/a.js'));
      await symlink(join(folder, 'outside'), join(folder, 'app/all'));
      await symlink('b.js', join(folder, 'app/c.js'));
      const app = `${root}/app`;
      const refused = {
        kind: 'unreadable',
        reason: 'a symbolic link that leads out of the folder',
        isOutside: true,
      };
      for (const when of ['before', 'after']) {
        for (const path of ['a.js', 'all/a.js', '../outside/a.js'])
          expect(await host.read(app, path), when).toEqual(refused);
        expect(await host.read(app, 'c.js'), when).toEqual({ kind: 'text', text: '1' });
        const { files } = await host.list(app, []);
        expect(files.map(({ path }) => path)).toEqual(['a.js', 'b.js', 'c.js']);
      }
    });

    it('reads a root that is itself a link', async () => {
      await write('app/a.js', '1');
      await symlink(join(folder, 'app'), join(folder, 'current'));
      const current = `${root}/current`;
      expect((await host.list(current, [])).files).toMatchObject([{ path: 'a.js' }]);
      expect(await host.read(current, 'a.js')).toEqual({ kind: 'text', text: '1' });
    });

    it.skipIf(process.platform === 'win32')(
      'waits for no pipe, wherever a file is expected',
      async () => {
        const pipes = [
          '.gitignore',
          '.git/index',
          'app/.gitignore',
          'app/package.json',
          'app/.env',
          'app/twelve-factor.json',
          'app/pipe',
        ];
        await write('app/a.js', '');
        await mkdir(join(folder, '.git'));
        for (const path of pipes) execFileSync('mkfifo', [join(folder, path)]);
        await symlink('/dev/zero', join(folder, 'app/b.js'));
        const { files } = await host.list(`${root}/app`, []);
        const read = ['.env', '.gitignore', 'b.js', 'package.json', 'twelve-factor.json'];
        expect(files.map(({ path }) => path)).toEqual([
          ...read.slice(0, 2),
          'a.js',
          ...read.slice(2),
        ]);
        for (const path of read)
          expect(await host.read(`${root}/app`, path)).toMatchObject({ kind: 'unreadable' });
      },
    );

    it.skipIf(process.platform !== 'linux')('says which names are not UTF-8', async () => {
      const named = (text: string, end: string) =>
        Buffer.concat([Buffer.from(join(folder, text)), Buffer.from([0xe9]), Buffer.from(end)]);
      await writeFile(named('caf', '.js'), 'let a;');
      await writeFile(named('caf', '.txt'), 'text');
      await mkdir(named('dossier', ''));
      await write('\uFFFD.js', '1');
      const { files, unreadable } = await host.list(root, []);
      expect(files.map(({ path }) => path)).toEqual(['caf\uFFFD.js', '\uFFFD.js']);
      expect(unreadable).toEqual([{ path: 'dossier\uFFFD', reason: 'its name is not UTF-8' }]);
      expect(await host.read(root, 'caf\uFFFD.js')).toEqual({
        kind: 'unreadable',
        reason: 'its name is not UTF-8',
      });
      expect(await host.read(root, '\uFFFD.js')).toEqual({ kind: 'text', text: '1' });
    });

    it('tells what is missing from what is no file', async () => {
      await mkdir(join(folder, 'folder.js'));
      await symlink(join(folder, 'round.js'), join(folder, 'round.js'));
      expect(await host.read(root, 'nowhere.js')).toEqual({ kind: 'missing' });
      expect(await host.read(root, 'folder.js')).toEqual({
        kind: 'unreadable',
        reason: 'not a file',
      });
      expect(await host.read(root, 'round.js')).toEqual({
        kind: 'unreadable',
        reason: 'too many symbolic links',
      });
    });
  });
});
