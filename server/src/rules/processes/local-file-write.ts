import { argumentAt } from '../../base/values';
import { defineRule } from '../../engine/rule';
import { fileText } from '../../project/disk/file-text';
import { keptFile } from '../../project/disk/kept-files';
import { isDesktopApp } from '../../project/disk/local-databases';
import { wayLocations } from '../../project/requests/request-reach';

export default defineRule({
  id: 'local-file-write',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Requests leave files on the local disk that are meant to last.',
  why: 'The disk beside a process is scratch space for one operation: read a file, work on it, store the result elsewhere. It is not shared with other processes and does not outlive the container. An invoice that one process writes is not there when another one is asked for it, and none is left after the next deploy. What has to last belongs into a backing service: an object store, a database, a queue.',
  whenNotToUse:
    'Where the folder is a volume that all processes mount, or the file is needed by this very process only.',
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
    data: '{file} stays on one machine, where other processes do not see it; store it in a backing service.',
    cache: '{file} is made by each process for itself, and again after each deploy.',
    chosen:
      '{file} lasts only as long as the folder that the environment names; other processes may not see it.',
  },
  meaning(found, context) {
    const { model, package: owner } = context;
    if (found.meaning.kind !== 'file-write' || isDesktopApp(owner)) return;
    const kept = keptFile(found, model);
    // A JSON file that is the database is reported as such.
    if (!kept || kept.kind === 'records') return;
    const place = argumentAt(found.args, found.meaning.path);
    const text = place && fileText(place);
    context.report({
      at: found.call.nameSpan,
      message: kept.kind,
      data: { file: text === undefined ? 'The file' : `\`${text}\`` },
      subject: text,
      ...(kept.kind === 'data' ? {} : { severity: 'hint' }),
      related: wayLocations(kept.way),
    });
  },
  examples: {
    bad: [
      {
        title: 'an invoice for later',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const path = require('path');
const PDFDocument = require('pdfkit');
app.post('/orders/:id/invoice', (req, res) => {
  const doc = new PDFDocument();
  doc.pipe(fs.createWriteStream(path.join('data', 'invoices', req.params.id + '.pdf')));
  doc.end();
  res.status(201).end();
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'createWriteStream' }],
      },
      {
        title: 'settings written by a service that a controller calls',
        files: {
          'src/server.ts': `import express from 'express';
import { save } from './settings';
const app = express();
app.put('/settings', async (req, res) => {
  await save(req.body);
  res.end();
});
app.listen(process.env.PORT);
`,
          'src/settings.ts': `import { writeFile } from 'node:fs/promises';
export async function save(settings: object) {
  await writeFile('./settings.yaml', String(settings));
}
`,
        },
        findings: [{ at: 'writeFile', occurrence: 2, path: 'src/settings.ts' }],
      },
      {
        title: 'appended lines, and a picture made smaller',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs-extra');
const Jimp = require('jimp');
const sharp = require('sharp');
app.post('/subscribe', (req, res) => {
  fs.appendFileSync('subscribers.csv', req.body.mail + '\\n');
  res.end();
});
app.post('/photo', async (req, res) => {
  await sharp(req.body).resize(320).toFile('public/photos/' + req.query.name);
  res.end();
});
app.post('/avatar', async (req, res) => {
  const avatar = await Jimp.read(req.body);
  await avatar.resize(64, Jimp.AUTO);
  await avatar.write(\`./public/avatars/\${req.query.name}.png\`);
  res.end();
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'appendFileSync' }, { at: 'toFile' }, { at: 'write' }],
      },
      {
        title: 'a copy of an upload, made by a provider that a setting chooses',
        files: {
          'package.json': '{"name":"a","dependencies":{"express":"4","formidable":"2"}}',
          'app.js': `const fs = require('fs');
const formidable = require('formidable');
const app = require('express')();
app.post('/images', (req, res) => {
  formidable().parse(req, (err, fields, files) => {
    const provider = require('./images/' + process.env.IMAGE_PROVIDER);
    provider.uploadImage(files.image.filepath, (failed, url) => {
      fs.unlink(files.image.filepath, () => {});
      res.json({ url });
    });
  });
});
app.listen(process.env.PORT);
`,
          'images/disk.js': `const fs = require('fs');
const path = require('path');
exports.uploadImage = (image, done) => {
  const name = path.basename(image);
  fs.copyFile(image, path.join('public/uploads', name), (err) => done(err, '/uploads/' + name));
};
`,
        },
        findings: [{ at: 'copyFile', path: 'images/disk.js' }],
      },
      {
        title: 'caches and folders of the environment are only worth knowing',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const path = require('path');
app.get('/thumb/:id', async (req, res) => {
  fs.writeFileSync('.cache/' + req.params.id, await render(req.params.id));
  res.end();
});
app.post('/export', (req, res) => {
  fs.writeFile(path.join(process.env.DATA_DIR, 'export.csv'), req.body.text, () => res.end());
});
const render = async (id) => (await fetch(process.env.RENDERER + id)).text();
app.listen(process.env.PORT);
`,
        findings: [
          { at: 'writeFileSync', severity: 'hint' },
          { at: 'writeFile', occurrence: 2, severity: 'hint' },
        ],
      },
      {
        title: 'the disk behind an interface, which a container hands over',
        files: {
          'package.json':
            '{"name":"a","private":true,"scripts":{"start":"node dist/main.js"},"dependencies":{"@nestjs/common":"11","@nestjs/core":"11"}}',
          'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { DiskDriver } from './disk';
import { FilesController } from './files.controller';
export const driver = { provide: 'DRIVER', useFactory: () => new DiskDriver('data') };
NestFactory.create(FilesController).then((app) => app.listen(process.env.PORT!));
`,
          'src/files.controller.ts': `import { Body, Controller, Post } from '@nestjs/common';
import { Files } from './files';
@Controller('files')
export class FilesController {
  constructor(private readonly files: Files) {}
  @Post()
  save(@Body() body: { name: string; text: string }) {
    return this.files.save(body.name, body.text);
  }
}
`,
          'src/files.ts': `import { Inject, Injectable } from '@nestjs/common';
import { Driver } from './driver';
@Injectable()
export class Files {
  constructor(@Inject('DRIVER') private driver: Driver) {}
  save(name: string, text: string) {
    return this.driver.put(name, text);
  }
}
`,
          'src/driver.ts': `export interface Driver {
  put(name: string, text: string): Promise<void>;
}
`,
          'src/disk.ts': `import { outputFile } from 'fs-extra';
import { Driver } from './driver';
export class DiskDriver implements Driver {
  constructor(private readonly root: string) {}
  async put(name: string, text: string) {
    await outputFile(this.root + '/' + name, text);
  }
}
`,
          'src/other.ts': `import { outputFile } from 'fs-extra';
export class Exporter {
  async put(name: string, text: string) {
    await outputFile('exports/' + name, text);
  }
}
`,
        },
        findings: [{ at: 'outputFile', occurrence: 2, path: 'src/disk.ts' }],
      },
    ],
    good: [
      {
        title: 'a folder that the user says all processes mount',
        code: `import express from 'express';
import { writeFile } from 'node:fs/promises';
const app = express();
app.post('/invoices/:id', async (req, res) => {
  await writeFile(\`/data/invoices/\${req.params.id}.pdf\`, req.body);
  res.end();
});
app.get('/invoices/:id', (req, res) => res.sendFile(\`/data/invoices/\${req.params.id}.pdf\`));
app.listen(process.env.PORT);
`,
        options: { volumes: ['/data/**'] },
      },
      {
        title: 'temporary files',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const os = require('os');
const path = require('path');
app.post('/convert', async (req, res) => {
  const file = path.join(os.tmpdir(), 'in-' + Date.now());
  await fs.promises.writeFile(file, req.body);
  await fs.promises.writeFile('/tmp/out.txt', req.body);
  res.sendFile(file);
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a file that goes when it was sent',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
app.get('/report', async (req, res) => {
  const file = 'report-' + Date.now() + '.csv';
  await fs.promises.writeFile(file, 'a,b');
  res.download(file, () => fs.unlink(file, () => {}));
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'logs, which another rule reports',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
app.use((req, res, next) => {
  fs.appendFile('logs/access.log', req.url + '\\n', next);
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'written at start, by a script, and by a test',
        files: {
          'server.js': `const app = require('express')();
const fs = require('fs');
fs.writeFileSync('routes.txt', 'GET /');
app.get('/', (req, res) => res.end());
app.listen(process.env.PORT, () => fs.writeFileSync('ready', ''));
`,
          'scripts/generate.js': `const fs = require('fs');
fs.writeFileSync('openapi.yaml', 'openapi: 3.1.0');
`,
          'test/server.test.js': `const fs = require('fs');
const app = require('express')();
app.get('/', (req, res) => fs.writeFile('out.txt', '', () => res.end()));
`,
        },
      },
      {
        title: 'streams to elsewhere',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const PDFDocument = require('pdfkit');
app.get('/invoice', (req, res) => {
  const doc = new PDFDocument();
  doc.pipe(res);
  fs.createReadStream('logo.png').pipe(process.stdout);
  doc.end();
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a screenshot that is sent, not kept',
        path: 'server.js',
        code: `const app = require('express')();
const puppeteer = require('puppeteer');
app.get('/shot', async (req, res) => {
  const page = await (await puppeteer.launch()).newPage();
  res.send(await page.screenshot({ type: 'png' }));
});
app.listen(process.env.PORT);
`,
      },
    ],
  },
});
