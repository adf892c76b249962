import './activation';
import './findings';
import './environment';
import './fixes';
import './configuration';
import './server';
import './views';
import './scorecard';
import './rules';
import './sample';
import './agents';
import './virtual';
import './restricted';
// Tries everything that there is, and so comes last: what it leaves open is nobody's concern then.
import './commands';
import { restoreFiles } from './files';
import { runTests } from './runner';
import { revertAll } from './workbench';

/** Called by VS Code. */
export function run(): Promise<void> {
  return runTests(async () => {
    await revertAll();
    await restoreFiles();
  });
}
