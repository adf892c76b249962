/** When the script of the extension began to run, in milliseconds of `performance.now()`. Imported before anything else. */
export const loadedAt = performance.now();
