import { parseShellSyntax } from '../../../languages/shell';
import type { CallMeaning, PackageInfo, ProjectModel } from '../../../project/model';
import { spawnedCommands } from '../../../project/processes/spawned-commands';
import { readRunner } from '../../../project/start/command-lines/runners';
import { migrationWork } from '../../../project/start/migration-steps';
import { scriptText } from '../../../project/start/scripts';

/** Does code run a migration as a process of its own: `execSync('npx prisma migrate deploy')`, `spawn('npm', ['run', 'migrate'])`? */
export function spawnsMigration(
  found: CallMeaning,
  owner: PackageInfo | undefined,
  model: ProjectModel,
): boolean {
  return spawnedCommands(found).some(({ argv }) => migrates(argv, owner, model));
}

function migrates(
  argv: readonly string[],
  owner: PackageInfo | undefined,
  model: ProjectModel,
): boolean {
  const call = readRunner(argv);
  if (call?.kind !== 'script')
    return (
      migrationWork({ argv: call?.kind === 'program' ? argv.slice(call.start) : argv }) !==
      undefined
    );
  const text = owner && scriptText(model.files, owner, call.name);
  if (!text)
    return call.orProgram && migrationWork({ argv: argv.slice(call.nameIndex) }) !== undefined;
  return parseShellSyntax(text.text).commands.some(({ words }) => {
    const inner = words.map((word) => word.text);
    const program = readRunner(inner);
    return (
      migrationWork({ argv: program?.kind === 'program' ? inner.slice(program.start) : inner }) !==
      undefined
    );
  });
}
