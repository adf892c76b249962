import { baseName } from '../../../base/paths';
import type { Severity } from '../../../base/severity';
import type { Location } from '../../../base/span';
import type { ObjectValue, Value } from '../../../base/value';
import { calledName } from '../../../base/value-names';
import { someValue } from '../../../base/value-visitor';
import { memberAt, possibleValues, propertyOf, readsEnvironment } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import type { CallFact } from '../../../project/facts/facts';
import type { CommandStep, ProjectModel, StartCommand } from '../../../project/model';
import { blamed, startPlaces } from '../../../project/start/blame';
import { startsApp } from '../../../project/start/from/shell';
import { isOffByDefault } from '../../../project/start/off-by-default';
import { migrationWork } from '../../../project/start/migration-steps';
import { replacesShell } from '../../../project/start/command-lines/wrappers';
import { argumentValues } from '../../../project/values/argument-values';
import { SQL_METHODS } from '../../../vocabulary/work-words';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';
import { releasePhaseFixes } from './release-phase';
import { spawnsMigration } from './spawned-migrations';

export default defineRule({
  id: 'migrate-on-start',
  factor: 'admin-processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Starting the app migrates, synchronises or reseeds the database.',
  why: 'Changing the schema is a one-off task for the release, run once against the same code and configuration. When every start does it, several instances race to change the same tables, a slow migration keeps the app from answering, a restart of an earlier release runs against a newer schema, and a destructive sync loses data without anybody having decided to.',
  whenNotToUse:
    'In tools with a private database, and while there is nothing in the database that matters.',
  fix: 'suggest',
  messages: {
    command:
      'Starting the app first runs `{step}`; migrate in the release phase, or as a job of its own.',
    reset: 'Starting the app first runs `{step}`, which resets data; take it out of the start.',
    sync: 'The schema is synchronised whenever the app starts (`{what}`); use migrations, run before the release.',
    migrate:
      'Migrations run whenever the app starts; run them in the release phase, or as a job of its own.',
    alter:
      'This statement changes the schema whenever the app starts; make it a migration of the release phase.',
  },
  hints: [/\balter\s+table\b/i, /igration\.up\(/],
  scope: { roles: ['web', 'worker', 'clock', 'serverless'] },
  command(command, { model, report }) {
    const isScript = model.files.kind(command.path) === 'shell';
    if ((!command.production && !isScript) || command.process === 'release') return;
    if (isScript && !command.production && OF_DEVELOPERS.test(baseName(command.path))) return;
    const serving = command.steps.filter((step) => !migrationWork(step));
    for (const step of command.steps) {
      const work = migrationWork(step) ?? workOfScript(command, step, model);
      const after = command.steps.slice(command.steps.indexOf(step) + 1);
      // After `exec` the script is no more.
      if (replacesShell(step)) continue;
      if (!work || !(isScript ? after.some(startsApp) : serving.some(isServing))) continue;
      const at = culprit(command, step, model);
      report({
        at,
        related: startPlaces(at, command, step),
        message: work === 'reset' ? 'reset' : 'command',
        // A script that developers start the app with; a deploy decides whether it migrates.
        ...(isOffByDefault(step, command.steps, model)
          ? { severity: 'hint' as const }
          : command.production
            ? {}
            : { severity: 'information' as const }),
        data: { step: step.argv.join(' ') },
        fixes: () => (work === 'reset' ? [] : releasePhaseFixes(model, command, step)),
      });
    }
  },
  meaning(one, { model, module, report }) {
    const { meaning, call, args, path } = one;
    if (call.context.includes('development')) return;
    if (meaning.kind === 'spawn') {
      if (
        !call.context.includes('main-guard') &&
        model.requestReach.way(path, call.fn) === undefined &&
        spawnsMigration(one, module.package, model)
      )
        report({ at: call.nameSpan, message: 'migrate' });
      return;
    }
    if (meaning.kind !== 'migrate') return;
    if (args.some(isInMemory)) return;
    // `if (require.main === module)`: only where the module itself is started.
    const isStarted = model.entryPoints.some((entry) => entry.path === path && entry.production);
    if (call.context.includes('main-guard') && !isStarted) return;
    if (meaning.how !== 'sync') {
      if (meaning.how !== 'seed') report({ at: call.nameSpan, message: 'migrate' });
      return;
    }
    if (meaning.option === undefined) {
      const what = `${memberPath(call.callee).split('.').at(-1) ?? ''}()`;
      return report({ at: call.nameSpan, message: 'sync', data: { what } });
    }
    const found = argumentValues(args, meaning.option, model, path).flatMap(switches);
    if (found.length === 0 && /(^|\.)sync$/.test(memberPath(call.callee)))
      report({ ...PLAIN_SYNC, at: call.nameSpan });
    for (const { at, key, what, severity } of found) {
      const quieter = severity ? { severity } : {};
      if (key === 'migrationsRun') report({ at, message: 'migrate', ...quieter });
      else report({ at, message: 'sync', data: { what }, ...quieter });
    }
  },
  call(call, { report, model, path }) {
    if (altersSchema(call, path, model)) report({ at: call.nameSpan, message: 'alter' });
    if (runsOwnMigration(call, path, model)) report({ at: call.nameSpan, message: 'migrate' });
    // `db.sequelize.sync({ force: true })`: models are gathered at run time, so the instance cannot be followed.
    const { callee } = call;
    // `R.knex.migrate.latest()`: nothing but knex is called like this.
    if (/\bmigrate\.latest$/.test(memberPath(callee)) && !call.context.includes('development'))
      report({ at: call.nameSpan, message: 'migrate' });
    if (
      callee.kind !== 'member' ||
      callee.name !== 'sync' ||
      callee.object.kind !== 'member' ||
      callee.object.name !== 'sequelize' ||
      call.context.includes('development')
    )
      return;
    const found = call.args.slice(0, 1).flatMap(switches);
    if (found.length === 0) report({ ...PLAIN_SYNC, at: call.nameSpan });
    for (const { at, what, severity } of found)
      report({ at, message: 'sync', data: { what }, ...(severity ? { severity } : {}) });
  },
  examples: { bad: badExamples, good: goodExamples },
});

/** `start-dev.sh`: one's own database, brought up to date while one develops. */
const OF_DEVELOPERS = /(^|[_.-])dev(el(opment)?)?([_.-]|$)/i;

/** `migrate(drizzle(new Database(':memory:')))`: a database that begins with the process, mostly a test's. */
function isInMemory(database: Value): boolean {
  return someValue(database, (part) => part.kind === 'literal' && part.value === ':memory:');
}

/** Partitions come and go with the data; what else `ALTER TABLE` may do in some databases, changes rows. */
const ALTERS =
  /^\s*alter\s+table\s+(if\s+exists\s+)?[\w."`$\]\[]+\s+(add|drop|rename|modify|alter|change)\s+(?!partition\b)/i;
/** Steps of migrations, which whoever runs them decides about. */
const MIGRATION = /migrat|^(up|down)$/i;

/** SQL that changes tables, outside of requests and of migrations: `await client.exec({ query: 'ALTER TABLE …' })`. */
function altersSchema(call: CallFact, path: string, model: ProjectModel): boolean {
  const name = calledName(call.callee);
  const [first] = call.args;
  if (!first || !(SQL_METHODS.has(name) || name === 'command')) return false;
  if (call.context.includes('development') || MIGRATION.test(path)) return false;
  const text = model.resolve(
    first.kind === 'object'
      ? (memberAt(first, ['query']) ?? memberAt(first, ['sql']) ?? first)
      : first,
    path,
  );
  const start = text.kind === 'template' ? text.parts[0] : text;
  return (
    start?.kind === 'literal' &&
    typeof start.value === 'string' &&
    ALTERS.test(start.value) &&
    !MIGRATION.test(model.facts.get(path)?.functions[call.fn]?.name ?? '') &&
    model.requestReach.way(path, call.fn) === undefined
  );
}

/** `for (const migration of migrations) await migration.up(db)`: a runner that the app has written for itself. */
function runsOwnMigration(
  { span, nameSpan, context, fn }: CallFact,
  path: string,
  model: ProjectModel,
): boolean {
  // Elements of a list that stands beside it are known as what they are: the name is left in the text alone.
  const written = model.files.piece(path, { start: span.start, end: nameSpan.end });
  return (
    /\b(\w+M|m)igration\.up$/.test(written) &&
    // `{ up: () => migration.up(db) }` tells a runner what a step is.
    !/^(up|down)$/.test(model.facts.get(path)?.functions[fn]?.name ?? '') &&
    !context.includes('development') &&
    model.requestReach.way(path, fn) === undefined
  );
}

/** Without options, it makes the tables that are missing, and leaves those that are out of date. */
const PLAIN_SYNC = {
  message: 'sync',
  data: { what: 'sync()' },
  severity: 'information',
} as const;

/** Where migration and serving are put together: the script that does both, else the command line itself. */
function culprit(command: StartCommand, step: CommandStep, model: ProjectModel): Location {
  if (model.files.kind(command.path) === 'shell') return inScript(command, step, model);
  // What an entrypoint does stands in it, not where it is called.
  if (step.path !== command.path && model.files.kind(step.path) === 'shell')
    return { path: step.path, span: step.span };
  const script = outermost(step);
  const caller = script === undefined ? undefined : callerInScript(script, command, model);
  if (caller) return caller;
  const isOneScript =
    script !== undefined && command.steps.every((each) => outermost(each) === script);
  return isOneScript || (command.form === 'script' && step.path === command.path)
    ? blamed(command, step, model)
    : { path: command.path, span: command.span };
}

/** What a script that runs before the app does: `node scripts/check-db.js && node server.js`, where it spawns the migration. */
function workOfScript(
  command: StartCommand,
  step: CommandStep,
  model: ProjectModel,
): 'migrate' | undefined {
  if (command.steps.at(-1) === step || step.background === true) return undefined;
  const paths = (step.words ?? [])
    .slice(1)
    .flatMap(({ locations }) => locations.find((path) => model.facts.has(path)) ?? []);
  const found = paths
    .flatMap((path) => model.meanings(path))
    .some((one) =>
      one.meaning.kind === 'migrate'
        ? one.meaning.how === 'migrate'
        : spawnsMigration(one, model.packageOf(one.path), model),
    );
  return found ? 'migrate' : undefined;
}

/** The line of a start script that takes a step, itself or through another script. */
function inScript(command: StartCommand, step: CommandStep, model: ProjectModel): Location {
  if (step.path === command.path) return { path: step.path, span: step.span };
  const called = model.files
    .shell(command.path)
    ?.commands.find(({ words }) =>
      words.some(({ text }) => baseName(text) === baseName(step.path)),
    );
  if (called) return { path: command.path, span: called.span };
  // What prepares the way for a service is called by its supervisor.
  return model.files.kind(step.path) === 'shell'
    ? { path: step.path, span: step.span }
    : { path: command.path, span: command.span };
}

/** The line of an entrypoint that runs a package script. */
function callerInScript(
  script: string,
  command: StartCommand,
  model: ProjectModel,
): Location | undefined {
  for (const path of new Set(command.steps.map((step) => step.path))) {
    if (path === command.path || model.files.kind(path) !== 'shell') continue;
    const written = model.files
      .shell(path)
      ?.commands.find(({ words }) => words.slice(1).some(({ text }) => text === script));
    if (written) return { path, span: written.span };
  }
  return undefined;
}

/** The package script that a step comes from; what a hook does belongs to its script. */
function outermost({ via, hook }: CommandStep): string | undefined {
  return hook ? via[0]?.replace(/^(pre|post)/, '') : via[0];
}

function isServing(step: CommandStep): boolean {
  return !/^(echo|sleep|wait-on|wait-for-it\.sh|wait-for|nc|set|export|cd|mkdir|true|test|\[|dockerize|tsc|printenv|env)$/.test(
    step.argv[0] ?? '',
  );
}

/** The names behind a callee's root: `R.knex.migrate.latest` → `knex.migrate.latest`. */
function memberPath(callee: Value): string {
  if (callee.kind === 'import') return callee.members.join('.');
  return callee.kind === 'member' ? `${memberPath(callee.object)}.${callee.name}` : '';
}

interface Switch {
  readonly at: Location | Value['span'];
  readonly key: string;
  readonly what: string;
  readonly severity?: Severity;
}

/** The options that make a connection change the schema, where they are on; from the environment they are a hint. */
function switches(option: Value): readonly Switch[] {
  const objects = possibleValues(option).filter(
    (value): value is ObjectValue => value.kind === 'object',
  );
  return objects.flatMap((object) =>
    ['synchronize', 'migrationsRun', 'dropSchema', 'alter', 'force'].flatMap((key): Switch[] => {
      const value = propertyOf(object, key);
      if (!value) return [];
      const at = value.path === undefined ? value.span : { path: value.path, span: value.span };
      if (value.kind === 'literal' && value.value === true)
        return [{ at, key, what: `${key}: true` }];
      const isOptIn =
        readsEnvironment(value) &&
        possibleValues(value).some((each) => each.kind === 'literal' && each.value === true);
      return isOptIn ? [{ at, key, what: key, severity: 'hint' }] : [];
    }),
  );
}
