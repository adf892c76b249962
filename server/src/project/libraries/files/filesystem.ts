import { defineLibrary, each, type Library } from '../library';
import type { Meaning } from '../meaning';

type Entries = Record<string, Meaning | readonly Meaning[]>;

const write = (path = '0', data = '1'): Meaning => ({
  kind: 'file-write',
  path,
  how: 'write',
  data,
});
const append: Meaning = { kind: 'file-write', path: '0', how: 'append', data: '1' };
const copy: Meaning = { kind: 'file-write', path: '1', how: 'copy' };
const read: Meaning = { kind: 'file-read', path: '0', how: 'async' };
const remove: Meaning = { kind: 'file-delete', path: '0' };
const blocking: Meaning = { kind: 'blocking' };

/** The functions of `fs` that matter, by what they do; each has a synchronous twin. */
const FUNCTIONS: Readonly<Record<string, Meaning | undefined>> = {
  writeFile: write(),
  appendFile: append,
  copyFile: copy,
  cp: copy,
  rename: copy,
  readFile: read,
  unlink: remove,
  rm: remove,
  rmdir: remove,
  readdir: undefined,
  stat: undefined,
  lstat: undefined,
  truncate: undefined,
  chmod: undefined,
  realpath: undefined,
  symlink: undefined,
  link: undefined,
  utimes: undefined,
  opendir: undefined,
};
/** What fs-extra and the like add. */
const EXTRA: Readonly<Record<string, Meaning>> = {
  outputFile: write(),
  outputJson: write(),
  outputJSON: write(),
  writeJson: write(),
  writeJSON: write(),
  readJson: read,
  readJSON: read,
  copy,
  move: copy,
  remove,
  emptyDir: remove,
};
/** Synchronous, but over in no time: worth knowing at most. */
const CHEAP = ['exists', 'access', 'mkdir', 'mkdirp', 'ensureDir', 'pathExists'] as const;

const sync = (name: string, meaning: Meaning | undefined, asynchronous: string): Entries => ({
  [`fs.${name}Sync`]: [
    { kind: 'blocking', asynchronous },
    ...(meaning
      ? [meaning.kind === 'file-read' ? { ...meaning, how: 'sync' as const } : meaning]
      : []),
  ],
});

function joined(parts: readonly Entries[]): Entries {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

const fileFunctions: Entries = {
  ...Object.fromEntries(
    Object.entries({ ...FUNCTIONS, ...EXTRA }).flatMap(([name, meaning]) =>
      meaning ? [[`fs.${name}`, meaning] as const] : [],
    ),
  ),
  ...joined(
    Object.entries(FUNCTIONS).map(([name, meaning]) => sync(name, meaning, `promises.${name}`)),
  ),
  ...joined(Object.entries(EXTRA).map(([name, meaning]) => sync(name, meaning, name))),
  ...Object.fromEntries(CHEAP.map((name) => [`fs.${name}Sync`, { kind: 'blocking', cheap: true }])),
  'fs.createWriteStream': { kind: 'file-write', path: '0', how: 'stream' },
  'fs.createReadStream': read,
};

/** Blocks, and has a twin that takes a callback with the same result. */
const withCallback = (callback: string, more: { readonly output?: true } = {}): Meaning => ({
  kind: 'blocking',
  callback,
  ...more,
});

const shell = (extra: Partial<Extract<Meaning, { kind: 'spawn' }>> = {}): Meaning => ({
  kind: 'spawn',
  command: '0',
  how: 'shell',
  options: '1',
  ...extra,
});
const exec = (extra: Partial<Extract<Meaning, { kind: 'spawn' }>> = {}): Meaning => ({
  kind: 'spawn',
  command: '0',
  how: 'exec',
  options: '2',
  ...extra,
});

/** Files, child processes, and what else keeps the one thread from serving. */
export const filesystemLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['fs', 'fs/promises', 'fs-extra', 'graceful-fs', 'mz/fs', 'fs-jetpack'],
    objects: { fs: ['fs', 'fs/promises', 'fs-extra', 'graceful-fs', 'mz/fs'] },
    calls: {
      ...fileFunctions,
      'fs-jetpack.write': write(),
      'fs-jetpack.append': append,
    },
  }),
  defineLibrary({
    packages: ['replace-in-file'],
    calls: each(
      [
        'replace-in-file',
        'replace-in-file.replaceInFile',
        'replace-in-file.replaceInFileSync',
        'replace-in-file.sync',
        'replace-in-file.replaceInFile.sync',
      ],
      write('0.files'),
    ),
  }),
  defineLibrary({
    packages: [
      'write-file-atomic',
      'jsonfile',
      'write',
      'write-json-file',
      'load-json-file',
      'del',
      'rimraf',
      'tar',
      'xlsx',
      'exceljs',
    ],
    objects: { workbook: ['new exceljs.Workbook()', '<exceljs.Workbook>'] },
    calls: {
      'write-file-atomic': write(),
      'write-file-atomic.sync': [write(), blocking],
      'jsonfile.writeFile': write(),
      'jsonfile.writeFileSync': [write(), { kind: 'blocking', asynchronous: 'writeFile' }],
      'jsonfile.readFileSync': [
        { kind: 'file-read', path: '0', how: 'sync' },
        { kind: 'blocking', asynchronous: 'readFile' },
      ],
      'write-json-file': write(),
      'write-json-file.writeJsonFile': write(),
      del: remove,
      rimraf: remove,
      'rimraf.sync': [remove, blocking],
      'xlsx.writeFile': [write('1', '0'), blocking],
      'xlsx.readFile': blocking,
      'workbook.xlsx.writeFile': write('0', '0'),
      'workbook.csv.writeFile': write('0', '0'),
    },
  }),
  defineLibrary({
    packages: ['child_process', 'cross-spawn', 'execa', 'shelljs', 'zx', 'node-cmd'],
    calls: {
      'child_process.exec': shell(),
      'child_process.execSync': [shell({ sync: true }), withCallback('exec', { output: true })],
      'child_process.execFile': exec(),
      'child_process.execFileSync': [
        exec({ sync: true }),
        withCallback('execFile', { output: true }),
      ],
      'child_process.spawn': exec(),
      'child_process.spawnSync': [exec({ sync: true }), blocking],
      'cross-spawn': exec(),
      'cross-spawn.spawn': exec(),
      'cross-spawn.sync': [exec({ sync: true }), blocking],
      execa: exec(),
      'execa.execa': exec(),
      'execa.sync': [exec({ sync: true }), { kind: 'blocking', asynchronous: '' }],
      'execa.execaSync': [exec({ sync: true }), blocking],
      'execa.command': shell(),
      'execa.execaCommand': shell(),
      'execa.commandSync': [shell({ sync: true }), { kind: 'blocking', asynchronous: 'command' }],
      'execa.execaCommandSync': [shell({ sync: true }), blocking],
      'shelljs.exec': [shell(), blocking],
      'zx.$': { kind: 'spawn', command: '0', how: 'shell' },
      'node-cmd.run': shell(),
      'node-cmd.runSync': [shell({ sync: true }), blocking],
    },
  }),
  defineLibrary({
    packages: [
      'cluster',
      'throng',
      'recluster',
      'express-cluster',
      'cluster-service',
      'sticky-cluster',
    ],
    calls: {
      'cluster.fork': { kind: 'cluster' },
      throng: { kind: 'cluster' },
      'cluster-service.start': { kind: 'cluster' },
      'sticky-cluster': { kind: 'cluster' },
      recluster: { kind: 'cluster' },
      'express-cluster': { kind: 'cluster' },
    },
  }),
  defineLibrary({
    packages: [
      'daemon',
      'daemonize2',
      'daemonize-process',
      'forever',
      'forever-monitor',
      'pm2',
      'node-daemon',
    ],
    calls: {
      daemon: { kind: 'daemonize' },
      'daemon.daemon': { kind: 'daemonize' },
      'daemonize2.setup': { kind: 'daemonize' },
      'daemonize-process': { kind: 'daemonize' },
      'forever.startDaemon': { kind: 'daemonize' },
      'new forever-monitor.Monitor': { kind: 'daemonize' },
      'node-daemon': { kind: 'daemonize' },
      'pm2.start': { kind: 'daemonize' },
    },
  }),
  defineLibrary({
    packages: [
      'crypto',
      'bcrypt',
      'bcryptjs',
      'bcrypt-nodejs',
      'scrypt-js',
      'zlib',
      'glob',
      'fast-glob',
      'globby',
      'sync-request',
      'sync-fetch',
      'deasync',
      'readline-sync',
      'image-size',
      'node-gzip',
    ],
    calls: {
      'crypto.pbkdf2Sync': withCallback('pbkdf2'),
      'crypto.scryptSync': withCallback('scrypt'),
      'crypto.generateKeyPairSync': withCallback('generateKeyPair'),
      'crypto.generatePrimeSync': withCallback('generatePrime'),
      ...Object.fromEntries(
        ['bcrypt', 'bcryptjs'].flatMap((name) => [
          [`${name}.hashSync`, { kind: 'blocking', asynchronous: 'hash' }],
          [`${name}.compareSync`, { kind: 'blocking', asynchronous: 'compare' }],
          [`${name}.genSaltSync`, { kind: 'blocking', asynchronous: 'genSalt', cheap: true }],
        ]),
      ),
      'bcrypt-nodejs.hashSync': blocking,
      'bcrypt-nodejs.compareSync': blocking,
      'scrypt-js.syncScrypt': blocking,
      ...Object.fromEntries(
        [
          'gzip',
          'gunzip',
          'deflate',
          'inflate',
          'deflateRaw',
          'inflateRaw',
          'brotliCompress',
          'brotliDecompress',
          'unzip',
        ].map((name) => [`zlib.${name}Sync`, withCallback(name)]),
      ),
      'glob.sync': blocking,
      'glob.globSync': { kind: 'blocking' },
      'fast-glob.sync': { kind: 'blocking', asynchronous: '' },
      'globby.sync': { kind: 'blocking', asynchronous: '' },
      'globby.globbySync': blocking,
      'sync-request': blocking,
      'sync-fetch': blocking,
      'deasync.sleep': blocking,
      'deasync.loopWhile': blocking,
      'readline-sync.question': blocking,
      'Atomics.wait': blocking,
    },
  }),
  defineLibrary({
    packages: ['type-graphql', '@nestjs/graphql', 'nexus', 'pothos'],
    calls: {
      'type-graphql.buildSchema': { kind: 'file-write', path: '0.emitSchemaFile', how: 'write' },
      'type-graphql.buildSchemaSync': {
        kind: 'file-write',
        path: '0.emitSchemaFile',
        how: 'write',
      },
      'type-graphql.emitSchemaDefinitionFile': { kind: 'file-write', path: '0', how: 'write' },
      '@nestjs/graphql.GraphQLModule.forRoot': {
        kind: 'file-write',
        path: '0.autoSchemaFile',
        how: 'write',
      },
    },
  }),
  defineLibrary({
    packages: [
      'sharp',
      'qrcode',
      'jimp',
      'puppeteer',
      'puppeteer-core',
      'playwright',
      'pdfkit',
      'html-pdf',
    ],
    objects: {
      picture: ['jimp.read()', 'jimp.Jimp.read()', 'new jimp()', 'new jimp.Jimp()', '<jimp.Jimp>'],
    },
    calls: {
      'qrcode.toFile': write('0', '1'),
      'sharp().toFile': write('0', '1'),
      'picture.write': write('0', '0'),
    },
    methods: {
      // Of Jimp before version 1.
      writeAsync: write('0', '0'),
      toFile: write('0', '1'),
      screenshot: write('0.path', '0'),
      pdf: write('0.path', '0'),
    },
  }),
  defineLibrary({
    packages: ['npid', 'pidfile', 'pid-from-port'],
    calls: { 'npid.create': { kind: 'file-write', path: '0', how: 'write' } },
  }),
];
