import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

/**
 * Bundles what is measured: the command line as it ships, the bare parse with TypeScript as published.
 * @param root of this project
 */
export async function bundleChildren(root: string, outdir: string): Promise<void> {
  const product = spawnSync(
    process.execPath,
    [join(root, 'esbuild.mjs'), '--production', `--outdir=${outdir}`],
    { stdio: 'inherit' },
  );
  if (product.status !== 0) throw new Error('the bundles could not be built');
  const common: BuildOptions = {
    absWorkingDir: root,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // As the product is bundled.
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  };
  await build({ ...common, entryPoints: ['scripts/bench/parse.ts'], external: ['typescript'] });
}
