import { baseName, isInside, joinPath } from '../../../base/paths';
import { existsPath } from '../../../project/files/file-index';
import { imagesOfPackage } from '../../../project/images/release-images';
import { appManifests } from '../../../project/manifests/app-json';
import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../../project/model';
import { packageNameOf } from '../../../project/modules/builtins';
import { declaredBinary } from '../../../project/packages/binaries';
import { stepTool } from '../../../project/start/command-lines/tools';
import { isAdminScript } from '../../../project/start/intent';
import { isMigrationTool, migrationWork } from '../../../project/start/migration-steps';
import { isDevelopmentName } from '../../../project/start/purpose';
import { scriptCommands, scriptTexts } from '../../../project/start/script-texts';
import { DEPLOYING } from '../../../vocabulary/processes';
import { developmentPackages } from './dev-packages';

/** A package script that brings a deployed database up to date. */
export interface MigrationTask {
  readonly owner: PackageInfo;
  /** The package script's name. */
  readonly script: string;
  readonly command: StartCommand;
  readonly step: CommandStep;
}

/**
 * The package scripts that migrate, of apps whose migrations are not run in some other way that ships: by the app itself, by
 * another script, by a release command, or from the checkout of a pipeline.
 */
export function migrationTasks(model: ProjectModel): readonly MigrationTask[] {
  const tasks = model.commands.flatMap((command) => tasksOf(command));
  const owners = new Set(tasks.map(({ owner }) => owner));
  for (const owner of owners)
    if (
      migratesOtherwise(
        model,
        owner,
        tasks.filter((task) => task.owner === owner),
      )
    )
      owners.delete(owner);
  return tasks.filter(({ owner }) => owners.has(owner));
}

function tasksOf(command: StartCommand): MigrationTask[] {
  const { package: owner, form, steps, production } = command;
  const script = command.origin.replace(/^package\.json scripts\./, '');
  if (!owner || owner.kind !== 'app' || form !== 'script' || production) return [];
  if (isDevelopmentName(script) || !isAdminScript(script)) return [];
  return steps
    .filter((step) => !step.hook && step.path === owner.manifestPath && isMigration(step))
    .map((step) => ({ owner, script, command, step }));
}

/** Brings a schema up to date; seeding, resetting and what developers do while they write a migration do not count. */
function isMigration(step: Pick<CommandStep, 'argv'>): boolean {
  if (migrationWork(step) !== 'migrate') return false;
  const words = step.argv.slice(1);
  if (isMigrationTool(stepTool(step)))
    return !words.some((word) =>
      /^(dev|push|seed\w*|db:seed.*|seed:.*|sync|make|schema:.*|rollback|undo.*|down|revert)$/.test(
        word,
      ),
    );
  return !/seed|sync|create|init|setup/i.test(
    baseName(words.find((word) => /\.\w+$/.test(word)) ?? ''),
  );
}

/** Only where all tasks of the package lean on development packages does another one that does not make up for them. */
function migratesOtherwise(
  model: ProjectModel,
  owner: PackageInfo,
  tasks: readonly MigrationTask[],
): boolean {
  const ships = (step: CommandStep): boolean => developmentTool(owner, step) === undefined;
  const lacking = tasks.filter(({ step }) => !ships(step));
  if (lacking.length > 0 && lacking.length < tasks.length) return true;
  const released = model.commands.some(
    (command) =>
      command.form !== 'script' && command.package === owner && command.steps.some(isMigration),
  );
  if (released && lacking.length > 0) return true;
  return migratesInCode(model, owner) || migratesInPipeline(model, owner, tasks);
}

function migratesInCode(model: ProjectModel, owner: PackageInfo): boolean {
  return [...model.modules.values()].some(
    (module) =>
      module.package === owner &&
      module.entryPoints.some((entry) => entry.production && entry.intent === 'start') &&
      model
        .meanings(module.path)
        .some(({ meaning }) => meaning.kind === 'migrate' && meaning.how === 'migrate'),
  );
}

function migratesInPipeline(
  model: ProjectModel,
  owner: PackageInfo,
  tasks: readonly MigrationTask[],
): boolean {
  const names = new Set(tasks.map(({ script }) => script));
  return scriptTexts(model).some(
    (script) =>
      (script.place === 'deploy' ||
        script.place === 'host' ||
        (script.place === 'shell' && DEPLOYING.isIn(script.path))) &&
      (script.package === owner || isInside(owner.dir, script.package?.dir ?? '')) &&
      scriptCommands(script).some(
        ({ argv }) =>
          argv.some((word) => names.has(word)) ||
          argv.some((_, at) => isMigration({ argv: argv.slice(at) })),
      ),
  );
}

/** The development dependency that a step cannot run without; undefined when there is none. */
export function developmentTool(owner: PackageInfo, step: CommandStep): string | undefined {
  const [program = ''] = step.argv;
  const tools = [program, stepTool(step), ...step.wrappers];
  if (/^typeorm-ts-node/.test(program)) tools.push('ts-node');
  for (const tool of tools) {
    const declared = declaredBinary(owner, baseName(tool));
    if (declared?.kind === 'devDependencies') return declared.name;
  }
  const loaded = step.argv.flatMap((word, index) =>
    /^(-r|--require|--import|--loader)$/.test(step.argv[index - 1] ?? '')
      ? (packageNameOf(word) ?? [])
      : [],
  );
  return loaded.find((name) => owner.dependencies.get(name)?.kind === 'devDependencies');
}

/**
 * Do releases of a package lack its development packages?
 * @returns `likely` where no manifest says how it is installed in production
 */
export function omitsDevelopmentPackages(
  model: ProjectModel,
  owner: PackageInfo,
): 'yes' | 'likely' | 'no' {
  const images = imagesOfPackage(model, owner);
  if (images.length > 0) {
    const answers = images.map(developmentPackages);
    return answers.every((answer) => answer === 'omitted') ? 'yes' : 'no';
  }
  // The process that serves needs development packages too: then they are there, which is another rule's business.
  const starts = model.commands.filter(
    (command) => command.package === owner && command.production,
  );
  if (
    starts.length === 0 ||
    starts.some(({ steps }) =>
      steps.slice(-1).some((step) => developmentTool(owner, step) !== undefined),
    )
  )
    return 'no';
  const isHeroku = starts.some(({ path }) => model.files.kind(path) === 'procfile');
  const keeps = appManifests(model.files).some(({ environment }) =>
    environment.some(
      ({ name, value }) =>
        /^(NPM_CONFIG_PRODUCTION|YARN_PRODUCTION)$/.test(name) && value === 'false',
    ),
  );
  return keeps ? 'no' : isHeroku ? 'yes' : 'likely';
}

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  knex: ['migrations', 'db/migrations'],
  prisma: ['prisma'],
  sequelize: ['migrations', 'db/migrations'],
  'sequelize-cli': ['migrations', 'db/migrations'],
  'node-pg-migrate': ['migrations'],
  'db-migrate': ['migrations'],
  'migrate-mongo': ['migrations'],
  'drizzle-kit': ['drizzle'],
};

/** Files of the tree that a step needs: the script it runs, the migrations that its tool looks for. */
export function requiredFiles(
  model: ProjectModel,
  owner: PackageInfo,
  step: CommandStep,
): readonly string[] {
  const scripts = (step.words ?? [])
    .slice(1)
    .flatMap(({ locations }) => locations.find((path) => model.files.kind(path) === 'source') ?? [])
    .filter((path) => model.files.has(path));
  const [folder] = (FOLDERS[stepTool(step)] ?? [])
    .flatMap((name) => joinPath(owner.dir, name) ?? [])
    .filter((path) => existsPath(model.files, path));
  const inFolder =
    folder === undefined
      ? undefined
      : // Beside the migrations may lie an env file or a `.gitkeep`, which no image needs.
        model.files.paths.find(
          (path) =>
            isInside(path, folder) &&
            !baseName(path).startsWith('.') &&
            model.files.kind(path) !== 'dotenv',
        );
  return [...scripts, ...(inFolder === undefined ? [] : [inFolder])];
}
