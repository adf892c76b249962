import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    setupFiles: ['test/yield-between-tests.ts'],
    // Tests are driven by events; a test that takes longer than this hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
