import { lineEndOf } from '../../../base/line-ends';
import { baseName, joinPath } from '../../../base/paths';
import { combineChanges, fileEdit, insertion } from '../../../engine/edits/edits';
import type { FileChange, Fix } from '../../../engine/finding';
import { lineStart } from '../../../fixes/code/text';
import { appendLines } from '../../../fixes/files/lines';
import { startWithout } from '../../../fixes/files/start-command';
import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../../project/model';
import { readRunner } from '../../../project/start/command-lines/runners';

/**
 * Takes a migration out of the start: it becomes a package script of its own, and the release phase of the Procfile where there
 * is one.
 */
export function releasePhaseFixes(
  model: ProjectModel,
  command: StartCommand,
  step: CommandStep,
): readonly Fix[] {
  const owner = command.package;
  const shorter = startWithout(model, command, step);
  if (!owner || !shorter) return [];
  if (baseName(command.path) === 'render.yaml')
    return [
      {
        id: 'release',
        kind: 'suggest',
        title: `Run \`${shorter.taken}\` before each deploy (\`preDeployCommand\`)`,
        build: () => shorter.changes({ before: `preDeployCommand: ${shorter.taken}` }),
      },
    ];
  const known = scriptCalled(owner, shorter.taken);
  const inProcfile = model.files.kind(command.path) === 'procfile';
  // A Procfile names the command itself; elsewhere a script does.
  const name = known ?? (inProcfile ? undefined : freeName(owner));
  if (name === undefined && !inProcfile) return [];
  const run =
    known === undefined && name !== undefined ? `${runner(owner)} ${name}` : shorter.taken;
  const procfile = joinPath(owner.dir, 'Procfile') ?? 'Procfile';
  const hasRelease =
    model.files.procfile(procfile)?.entries.some(({ type }) => type === 'release') === true;
  const releases = model.files.has(procfile) && !hasRelease;
  return [
    {
      id: 'release',
      kind: 'suggest',
      title: releases
        ? `Run \`${run}\` in the release phase`
        : `Start without \`${shorter.taken}\`, and run \`${run}\` once per release`,
      build: () => {
        const changes = shorter.changes({ script: known === undefined ? name : undefined });
        return changes && combineChanges(changes, releases ? addRelease(model, procfile, run) : []);
      },
    },
  ];
}

/** The package script that a command line runs. */
function scriptCalled(owner: PackageInfo, text: string): string | undefined {
  const call = readRunner(text.split(/\s+/));
  return call?.kind === 'script' && owner.scripts.has(call.name) ? call.name : undefined;
}

function freeName(owner: PackageInfo): string | undefined {
  return ['migrate', 'db:migrate', 'release'].find((name) => !owner.scripts.has(name));
}

function runner({ manager }: PackageInfo): string {
  return { npm: 'npm run', yarn: 'yarn', 'yarn-berry': 'yarn', pnpm: 'pnpm', bun: 'bun run' }[
    manager
  ];
}

function addRelease(model: ProjectModel, path: string, run: string): FileChange[] {
  const text = model.files.text(path);
  const [first] = model.files.procfile(path)?.entries ?? [];
  if (text === undefined) return [];
  const line = `release: ${run}`;
  return [
    fileEdit(
      path,
      first
        ? [insertion(lineStart(text, first.typeSpan.start), line + lineEndOf(text))]
        : appendLines(text, [line]),
    ),
  ];
}
