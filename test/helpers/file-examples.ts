import { FILE_KINDS, type FileKindRow } from '../../server/src/base/file-kinds';

/** A file that a row of the table of file kinds is about. */
export interface FileExample {
  readonly row: FileKindRow;
  readonly path: string;
  /** What it has to begin with, to be what it is. */
  readonly start: string;
}

/** Scripts, by kind: no name says what they are. */
const SCRIPT_STARTS: Readonly<Record<string, string>> = {
  source: '#!/usr/bin/env node\n',
  shell: '#!/bin/sh\n',
};

/** An example for every name, extension, glob and first line of the table: a new entry has one without being told. */
export const FILE_EXAMPLES: readonly FileExample[] = FILE_KINDS.flatMap((row) => [
  ...[
    ...(row.names ?? []),
    ...(row.extensions ?? []).map((extension) => `some.${extension}`),
    ...(row.globs ?? []).map((glob) => glob.replaceAll('**/', 'deep/er/').replaceAll('*', 'x')),
  ].map((path) => ({ row, path, start: '' })),
  ...(row.script ? [{ row, path: `bin/${row.kind}`, start: SCRIPT_STARTS[row.kind] ?? '' }] : []),
]);
