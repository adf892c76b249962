import type { Severity } from '../../base/severity';
import type { Span } from '../../base/span';
import type { Value } from '../../base/value';
import { argumentAt } from '../../base/values';
import { defineRule, type FileContext } from '../../engine/rule';
import { diskPlace } from '../../project/disk/disk-places';
import { fileText } from '../../project/disk/file-text';
import {
  deletesUploads,
  isDeletedAgain,
  movesUpload,
  takesUploads,
  writesUpload,
} from '../../project/disk/upload-writes';
import type { CallMeaning } from '../../project/model';

export default defineRule({
  id: 'local-upload',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Uploads are kept on the local disk.',
  why: 'The file system of a process is scratch space for one request: it vanishes with the container, and no other process sees it. A picture that was uploaded to one process is missing when the next request is answered by another, and gone after the next deploy. Files that people give to the app belong into a backing service, such as an object store, by its address in the configuration; the local disk may hold them only until they are there.',
  whenNotToUse:
    'Where the folder is a network volume that all processes mount, or the app runs as one process on one machine for good.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  options: {
    volumes: {
      lists: 'paths',
      exempts: 'subject',
      description: 'Folders on volumes that all processes mount and that outlive them.',
      example: ['/data/**', 'storage/**'],
    },
  },
  messages: {
    upload:
      'Uploads stay on this machine’s disk, which other processes do not see; send them to an object store.',
  },
  hints: [/\.mv\(/],
  meaning(found, context) {
    if (found.call.context.includes('development')) return;
    const place = keptPlace(found, context);
    if (place === undefined) return;
    const isDeleted =
      found.meaning.kind === 'upload' && deletesUploads(context.model, context.module);
    report(context, found.call.nameSpan, place, isDeleted ? 'hint' : undefined);
  },
  call(call, context) {
    if (!movesUpload(call) || !takesUploads(context.module)) return;
    const [target] = call.args;
    if (target && !isDeletedAgain(context.path, call.fn, context.model))
      report(context, call.nameSpan, context.resolve(target));
  },
  examples: {
    bad: [
      {
        title: 'a folder that Remix puts files into',
        files: {
          'app/routes/upload.js': `import { unstable_createFileUploadHandler, unstable_parseMultipartFormData } from '@remix-run/node';
export const action = ({ request }) =>
  unstable_parseMultipartFormData(
    request,
    unstable_createFileUploadHandler({ directory: './public/uploads' }),
  );
`,
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "remix-serve build/server/index.js" }, "dependencies": { "@remix-run/node": "2", "@remix-run/serve": "2" } }',
        },
        findings: [
          { at: 'unstable_createFileUploadHandler', occurrence: 2, path: 'app/routes/upload.js' },
        ],
      },
      {
        title: 'multer with a folder',
        path: 'app.js',
        code: `const express = require('express');
const multer = require('multer');
const path = require('path');
const app = express();
const upload = multer({ dest: path.join(__dirname, '../uploads'), limits: { fileSize: 1e6 } });
app.post('/photos', upload.single('photo'), (req, res) => res.json({ url: '/uploads/' + req.file.filename }));
app.listen(process.env.PORT);
`,
        findings: [{ at: 'multer', occurrence: 3 }],
      },
      {
        title: 'disk storage with a function, and an interceptor of Nest',
        files: {
          'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { PhotosController } from './photos.controller';
const app = await NestFactory.create(PhotosController);
await app.listen(process.env.PORT ?? 3000);
`,
          'src/photos.controller.ts': `import { Controller, Post, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { diskStorage } from 'multer';
@Controller('photos')
export class PhotosController {
  @Post()
  @UseInterceptors(FileInterceptor('file', {
    storage: diskStorage({
      destination: (req, file, cb) => cb(null, './uploads'),
      filename: (req, file, cb) => cb(null, Date.now() + file.originalname),
    }),
  }))
  add() {}
  @Post('avatar')
  @UseInterceptors(FileInterceptor('avatar', { dest: 'public/avatars' }))
  avatar() {}
}
`,
        },
        findings: [
          { at: 'diskStorage', occurrence: 2, path: 'src/photos.controller.ts' },
          { at: 'FileInterceptor', occurrence: 3, path: 'src/photos.controller.ts' },
        ],
      },
      {
        title: 'a stream of fastify written to a file by a helper',
        files: {
          'src/app.ts': `import Fastify from 'fastify';
import multipart from '@fastify/multipart';
import { save } from './files';
const app = Fastify();
app.register(multipart);
app.post('/files', async (request) => {
  const data = await request.file();
  await save(data, 'files/' + data.filename);
  return { ok: true };
});
await app.listen({ port: Number(process.env.PORT) });
`,
          'src/files.ts': `import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
export async function save(file: MultipartFile, target: string) {
  await pipeline(file.file, fs.createWriteStream(target));
}
`,
        },
        findings: [{ at: 'createWriteStream', path: 'src/files.ts' }],
      },
      {
        title: 'express-fileupload, formidable and busboy',
        path: 'app.js',
        code: `const app = require('express')();
const fileUpload = require('express-fileupload');
const formidable = require('formidable');
const Busboy = require('busboy');
const fs = require('fs');
const path = require('path');
app.use(fileUpload());
app.post('/a', (req, res) => {
  const { photo } = req.files;
  photo.mv(path.join(__dirname, 'public', photo.name), () => res.end());
});
app.post('/b', (req, res) => {
  const form = formidable({ uploadDir: './public/files', keepExtensions: true });
  form.parse(req, () => res.end());
});
app.post('/c', (req, res) => {
  const busboy = Busboy({ headers: req.headers });
  busboy.on('file', (name, file, info) => {
    file.pipe(fs.createWriteStream(path.join('uploads', info.filename)));
  });
  req.pipe(busboy);
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'mv' }, { at: 'formidable', occurrence: 3 }, { at: 'createWriteStream' }],
      },
      {
        title: 'a buffer written to a file',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const multer = require('multer');
const upload = multer({ storage: multer.memoryStorage() });
app.post('/logo', upload.single('logo'), async (req, res) => {
  await fs.promises.writeFile('public/logo.png', req.file.buffer);
  res.end();
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'writeFile' }],
      },
      {
        title: 'a folder of the environment, and files that are taken away again',
        files: {
          'a/package.json':
            '{ "name": "a", "scripts": { "start": "node app.js" }, "dependencies": { "express": "4.18.2", "multer": "1.4.4" } }',
          'a/app.js': `const app = require('express')();
const multer = require('multer');
app.post('/', multer({ dest: process.env.UPLOADS || 'uploads' }).single('file'), (req, res) => res.end());
app.listen(process.env.PORT);
`,
          'b/package.json':
            '{ "name": "b", "scripts": { "start": "node app.js" }, "dependencies": { "express": "4.18.2", "multer": "1.4.4" } }',
          'b/app.js': `const app = require('express')();
const multer = require('multer');
const fs = require('fs');
app.post('/', multer({ dest: 'uploads' }).single('file'), async (req, res) => {
  await require('./store').put(req.file.path);
  fs.unlink(req.file.path, () => res.end());
});
app.listen(process.env.PORT);
`,
        },
        findings: [
          { at: 'multer', occurrence: 3, path: 'a/app.js', severity: 'hint' },
          { at: 'multer', occurrence: 3, path: 'b/app.js', severity: 'hint' },
        ],
      },
    ],
    good: [
      {
        title: 'a folder that the user says all processes mount',
        code: `import express from 'express';
import multer from 'multer';
const app = express();
const upload = multer({ dest: '/data/uploads' });
app.post('/photos', upload.single('photo'), (req, res) => res.end());
app.listen(process.env.PORT);
`,
        options: { volumes: ['/data/**'] },
      },
      {
        title: 'kept in memory for one request',
        path: 'app.js',
        code: `const app = require('express')();
const multer = require('multer');
const upload = multer({ storage: multer.memoryStorage() });
const plain = multer();
app.post('/a', upload.single('file'), (req, res) => require('./s3').put(req.file.buffer).then(() => res.end()));
app.post('/b', plain.none(), (req, res) => res.end());
app.listen(process.env.PORT);
`,
      },
      {
        title: 'the folder for temporary files',
        path: 'app.js',
        code: `const app = require('express')();
const os = require('os');
const path = require('path');
const multer = require('multer');
const formidable = require('formidable');
const upload = multer({ dest: path.join(os.tmpdir(), 'shop') });
const storage = multer.diskStorage({ destination: (req, file, cb) => cb(null, '/tmp'), filename: (req, file, cb) => cb(null, file.originalname) });
const other = multer({ storage: multer.diskStorage({}) });
app.post('/', upload.single('file'), multer({ storage }).any(), other.any(), (req, res) => {
  formidable({ multiples: true }).parse(req, () => res.end());
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'an object store',
        path: 'app.js',
        code: `const app = require('express')();
const multer = require('multer');
const multerS3 = require('multer-s3');
const { s3 } = require('./s3');
const upload = multer({ storage: multerS3({ s3, bucket: process.env.BUCKET }) });
app.post('/', upload.single('file'), (req, res) => res.json(req.file.location));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a file that is taken away in the same function',
        path: 'app.js',
        code: `const app = require('express')();
const fs = require('fs');
const fileUpload = require('express-fileupload');
app.use(fileUpload());
app.post('/import', async (req, res) => {
  const place = './incoming-' + Date.now();
  await req.files.sheet.mv(place);
  await require('./import')(place);
  fs.unlinkSync(place);
  res.end();
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'limits of a parser that streams, and a stream that is sent on',
        path: 'app.js',
        code: `import Fastify from 'fastify';
import multipart from '@fastify/multipart';
import { store } from './store.js';
const app = Fastify();
app.register(multipart, { limits: { fileSize: 1e6 } });
app.post('/', async (request) => store.put((await request.file()).file));
await app.listen({ port: process.env.PORT });
`,
      },
      {
        title: 'a test',
        path: 'test/upload.test.js',
        code: `const multer = require('multer');
const app = require('express')();
app.post('/', multer({ dest: 'uploads' }).single('file'), (req, res) => res.end());
`,
      },
    ],
  },
});

type Context = FileContext<{ readonly upload: string }>;

function report(context: Context, at: Span, place: Value | 'unknown', atMost?: Severity): void {
  const kind = place === 'unknown' ? 'local' : diskPlace(place);
  if (kind === 'temporary' || kind === 'device') return;
  const severity = kind === 'environment' ? 'hint' : atMost;
  context.report({
    at,
    message: 'upload',
    subject: place === 'unknown' ? undefined : fileText(place),
    ...(severity ? { severity } : {}),
  });
}

/** Where a call keeps uploads; undefined when it does not keep them, or its settings are not known. */
function keptPlace(found: CallMeaning, context: Context): Value | 'unknown' | undefined {
  const { meaning, args, call, path } = found;
  const { model } = context;
  if (meaning.kind === 'file-write') {
    if (!writesUpload(found, model) || !model.requestReach.way(path, call.fn)) return undefined;
    if (isDeletedAgain(path, call.fn, model)) return undefined;
    return argumentAt(args, meaning.path) ?? 'unknown';
  }
  if (meaning.kind !== 'upload') return undefined;
  // A storage is reported where it is made.
  if (meaning.storage !== undefined && argumentAt(args, meaning.storage)) return undefined;
  const folder = meaning.directory === undefined ? undefined : argumentAt(args, meaning.directory);
  if (!folder) return undefined;
  return folder.kind === 'function'
    ? chosenFolder(folder.id, folder.path ?? path, context)
    : folder;
}

/** `destination: (req, file, cb) => cb(null, folder)`: what the callback is given; the first that is no temporary folder. */
function chosenFolder(fn: number, path: string, { model }: Context): Value | 'unknown' {
  const folders = (model.facts.get(path)?.calls ?? []).flatMap(({ callee, args, fn: at }) => {
    const isAnswer = callee.kind === 'parameter' && callee.functionId === fn && callee.index === 2;
    const folder = args[1];
    return isAnswer && folder && at !== 0 ? [model.resolve(folder, path)] : [];
  });
  return folders.find((folder) => diskPlace(folder) !== 'temporary') ?? folders[0] ?? 'unknown';
}
