import { defineLibrary, type Library } from '../library';
import type { ArgumentPath, Meaning } from '../meaning';

/** Keeps files in memory where neither a directory nor a storage is given. */
const buffered = (directory: ArgumentPath, storage: ArgumentPath): Meaning => ({
  kind: 'upload',
  directory,
  storage,
  withoutOptions: 'memory',
});
/** Keeps files in the folder for temporary files where no directory is given. */
const temporary = (directory: ArgumentPath): Meaning => ({
  kind: 'upload',
  directory,
  withoutOptions: 'temporary',
});

/** What takes files from requests, and where it puts them. */
export const uploadLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'multer',
      'formidable',
      'busboy',
      'connect-busboy',
      'express-fileupload',
      '@fastify/multipart',
      'fastify-multipart',
      'multiparty',
      'koa-body',
      '@koa/multer',
      'koa-multer',
      '@nestjs/platform-express',
      'fastify-multer',
      'graphql-upload',
      'connect-multiparty',
      '@fastify/busboy',
      'graphql-upload-minimal',
      'graphql-upload-ts',
      'express-form-data',
    ],
    traits: ['uploads'],
    objects: { multer: ['multer', '@koa/multer', 'koa-multer', 'fastify-multer'] },
    calls: {
      multer: buffered('0.dest', '0.storage'),
      'multer.diskStorage': temporary('0.destination'),
      '@nestjs/platform-express.FileInterceptor': buffered('1.dest', '1.storage'),
      '@nestjs/platform-express.FilesInterceptor': buffered('2.dest|1.dest', '2.storage|1.storage'),
      '@nestjs/platform-express.AnyFilesInterceptor': buffered('0.dest', '0.storage'),
      '@nestjs/platform-express.FileFieldsInterceptor': buffered('1.dest', '1.storage'),
      '@nestjs/platform-express.MulterModule.register': buffered('0.dest', '0.storage'),
      formidable: temporary('0.uploadDir'),
      'formidable.formidable': temporary('0.uploadDir'),
      'new formidable.IncomingForm': temporary('0.uploadDir'),
      'formidable.IncomingForm': temporary('0.uploadDir'),
      'new formidable.Formidable': temporary('0.uploadDir'),
      'new multiparty.Form': temporary('0.uploadDir'),
      'connect-multiparty': temporary('0.uploadDir'),
      'koa-body': temporary('0.formidable.uploadDir'),
      'koa-body.koaBody': temporary('0.formidable.uploadDir'),
    },
  }),
  defineLibrary({
    packages: ['@remix-run/node', '@react-router/node'],
    traits: ['uploads'],
    calls: {
      '@remix-run/node.unstable_createFileUploadHandler': temporary('0.directory'),
      '@react-router/node.unstable_createFileUploadHandler': temporary('0.directory'),
    },
  }),
  // They keep what they take elsewhere.
  defineLibrary({ packages: ['multer-s3', 'skipper'] }),
];
