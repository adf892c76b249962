import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    sequence: { sequencer: LongestFirst },
    setupFiles: ['test/yield-between-tests.ts'],
    // Tests are driven by events; a test that takes longer than this hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
