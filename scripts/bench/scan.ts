// Child process: a cold scan of a folder, as the command line does it.
import { pathToFileURL } from 'node:url';
import { tuneForOneRun } from '../../server/src/cli/engine-flags';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { AT_ONCE, createNodeHost } from '../../server/src/host-node';
import { rules } from '../../server/src/rules';
import { createPace } from '../../server/src/workspace/pace';
import { scanRoot } from '../../server/src/workspace/scan-root';
import { reportRun } from './measure';

async function main(folder: string): Promise<void> {
  tuneForOneRun();
  const host = createNodeHost(AT_ONCE);
  const analyzer = createAnalyzer(rules, { error: (message) => console.error(message) });
  const root = pathToFileURL(folder).href;
  const ruleIds = rules.map(({ id }) => id);
  const scan = await scanRoot(host, root, DEFAULT_SETTINGS, analyzer, createPace(host), {
    ruleIds,
  });
  reportRun(scan.fileCount, 0);
}

void main(process.argv[2] ?? '.');
