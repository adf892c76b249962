import { baseName, folderOf } from '../../../base/paths';
import { plainText } from '../../../languages/mapped-text';
import { MIGRATIONS, TEST_JOBS } from '../../../vocabulary/processes';
import { filesOfKind } from '../../files/file-index';
import { isDocumentPath, isTestPath, isVendoredPath } from '../../files/paths';
import type { CommandStep, StartCommand } from '../../model';
import { nearestPackage } from '../../packages/packages';
import { expandText } from '../expand';
import { folderPlace } from '../place';
import { isDevelopmentPath, processByName } from '../purpose';
import { rootScope, type Project } from '../scope';

/**
 * Shell scripts that start the app by themselves: `start.sh`, `run_local.sh`, `bin/serve`. Those that another command runs are
 * part of that command; they are production only where nothing else of their package is.
 * @param others the commands of all manifests
 */
export function commandsFromShell(
  project: Project,
  others: readonly StartCommand[],
): StartCommand[] {
  const { files, packages } = project;
  const run = new Set(
    others.flatMap(({ steps }) =>
      steps.flatMap(({ path, words = [] }) => [path, ...words.map((word) => word.path)]),
    ),
  );
  return filesOfKind(files, 'shell').flatMap((path): StartCommand[] => {
    if (!isStartName(path) || run.has(path)) return [];
    // A script in `bin` or `scripts` is run from the folder above.
    const folder = folderOf(path).replace(/(^|\/)(bin|scripts?|deploy)$/, '');
    const place = folderPlace(packages, folder);
    const text = files.text(path) ?? '';
    const steps = expandText(project, plainText(text, 0), rootScope(path, place));
    if (!steps.some(startsApp)) return [];
    const owner = nearestPackage(packages, folder);
    const isOnly = !others.some((other) => other.production && other.package === owner);
    return [
      {
        path,
        span: { start: 0, end: text.length },
        origin: baseName(path),
        process: processByName(baseName(path).replace(/\.\w+$/, ''), 'web'),
        production: isOnly && !isDevelopmentPath(path),
        form: 'shell',
        package: owner,
        steps,
      },
    ];
  });
}

/** Does a step start an interpreter on a file, rather than ask it something? */
export function startsApp({ argv }: Pick<CommandStep, 'argv'>): boolean {
  const [program = '', first = ''] = argv;
  if (
    /^(gunicorn|uvicorn|hypercorn|puma|unicorn|rackup|flask|daphne|pm2-runtime|next|nest|fastify|remix-serve)$/.test(
      baseName(program),
    )
  )
    return true;
  return (
    /^(node|nodejs|ts-node|tsx|bun|deno|python[\d.]*|ruby|java|php|perl)$/.test(
      baseName(program),
    ) &&
    argv.slice(1).some((word) => /\.(c|m)?[jt]s$|\.(py|rb|jar|php|pl)$/.test(word)) &&
    !/^(-e|-c|-m)$/.test(first)
  );
}

function isStartName(path: string): boolean {
  return (
    /^(start|run|serve|boot|launch|entrypoint|docker-entrypoint)([-_.][\w.-]*)?$/i.test(
      baseName(path),
    ) &&
    !isTestPath(path) &&
    !isDocumentPath(path) &&
    !isVendoredPath(path) &&
    !TEST_JOBS.isIn(baseName(path)) &&
    !MIGRATIONS.isIn(baseName(path)) &&
    !/example/.test(baseName(path))
  );
}
