import { fileKind, fileRow, mayBeScript } from '../base/file-names';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Larger files are no source that anybody edits, unless the table of file kinds knows better. */
const MAX_BYTES = MIB;
/** A script without extension is known by its first line; what is larger is data. */
const MAX_SCRIPT_BYTES = 64 * KIB;

/** How far into a file a NUL byte says that it is binary. */
export const BINARY_PROBE_BYTES = 8 * KIB;

export const BINARY_REASON = 'binary file';
export const UTF_16_REASON = 'UTF-16 text; only UTF-8 is read';

/** Does the product read this file? */
export function isReadable(path: string, size: number): boolean {
  return fileKind(path) !== undefined || (mayBeScript(path) && size <= MAX_SCRIPT_BYTES);
}

/** How large a file may be to be read, in bytes; by its path alone. */
export function maxBytes(path: string): number {
  return fileRow(path)?.maxBytes ?? MAX_BYTES;
}

/** Why a file over its limit is not read. */
export function tooLargeReason(path: string): string {
  return `larger than ${maxBytes(path) / MIB} MiB`;
}

/** Does git's ignoring not matter for this file? */
export function mattersThoughIgnored(path: string): boolean {
  return fileRow(path)?.ignoring === 'does not matter';
}
