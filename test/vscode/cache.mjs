import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where VS Code is kept between runs; several working copies can share one with `TWELVE_FACTOR_VSCODE_CACHE`. */
export const cache = process.env.TWELVE_FACTOR_VSCODE_CACHE
  ? resolve(process.env.TWELVE_FACTOR_VSCODE_CACHE)
  : join(root, '.vscode-test');
