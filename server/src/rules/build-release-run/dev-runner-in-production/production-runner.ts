import { isInside } from '../../../base/paths';
import type { Span } from '../../../base/span';
import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { execForm } from '../../../fixes/files/dockerfile-edit';
import { instructionOf } from '../../../fixes/files/start-command';
import type { DockerInstruction } from '../../../languages/dockerfile';
import type {
  CommandStep,
  CommandWord,
  PackageInfo,
  ProjectModel,
  StartCommand,
} from '../../../project/model';
import { buildWork } from '../../../project/start/build-steps';
import { isCompilingRunner, stepTool } from '../../../project/start/command-lines/tools';
import { startedFiles } from '../../../project/start/entry-files';
import { isDevelopmentName } from '../../../project/start/purpose';
import { DEVELOPMENT } from '../../../vocabulary/environments';

/**
 * Starts what the development runner starts without the runner: `nodemon server.js` → `node server.js`, `ts-node src/main.ts` →
 * `node dist/main.js` where a build makes that, `next dev` → `next start`.
 */
export function productionRunnerFixes(
  model: ProjectModel,
  command: StartCommand,
  step: CommandStep,
): readonly Fix[] {
  const owner = command.package;
  // Scripts that are made by code are changed there; those for developers stay as they are.
  if (
    !owner ||
    model.files.kind(step.path) === 'source' ||
    (step.path === owner.manifestPath && step.via.some(isDevelopmentName))
  )
    return [];
  const served = frameworkStart(model, owner, step);
  if (served)
    return [
      {
        id: 'built',
        kind: 'suggest',
        title: `Start \`${stepTool(step)} start\``,
        build: () => [fileEdit(served.path, [replacement(served.span, 'start')])],
      },
    ];
  const argv = nodeArgv(model, owner, step);
  if (!argv?.every((word) => /^[\w./:@=,-]+$/.test(word))) return [];
  const instruction = instructionOf(model, command);
  const change =
    instruction && step.path === command.path
      ? inInstruction(command, instruction, argv)
      : inPlace(model, step, argv);
  if (!change) return [];
  return [
    {
      id: 'built',
      kind: 'suggest',
      title: `Start \`${argv.join(' ')}\``,
      build: () => [fileEdit(step.path, [replacement(change.span, change.newText)])],
    },
  ];
}

/** The word of a framework's development mode, where the framework has a production mode beside its build. */
function frameworkStart(
  model: ProjectModel,
  owner: PackageInfo,
  step: CommandStep,
): CommandWord | undefined {
  if (
    !/^(next|strapi|keystone|payload|medusa|directus)$/.test(stepTool(step)) ||
    !builds(owner, model)
  )
    return undefined;
  const mode = step.words?.find(({ text }) => DEVELOPMENT.is(text));
  if (step.words?.some(({ text }) => /^--(turbo|turbopack|watch|debug|inspect)/.test(text)))
    return undefined;
  return mode && model.files.text(mode.path)?.slice(mode.span.start, mode.span.end) === mode.text
    ? mode
    : undefined;
}

function nodeArgv(
  model: ProjectModel,
  owner: PackageInfo,
  step: CommandStep,
): readonly string[] | undefined {
  const tool = stepTool(step);
  // What is loaded first, or decides what runs, would be lost.
  if (
    step.argv.some((word) =>
      /^(-r|--require|--import|--loader|--env-file|--inspect|-x|--exec)(=|$)/.test(word),
    )
  )
    return undefined;
  const files = startedFiles(model, step, (locations) =>
    locations.find((path) => model.files.kind(path) === 'source'),
  ).filter((file) => !file.preloaded);
  const [file] = files;
  const path = file?.locations.find((location) => model.files.kind(location) === 'source');
  const folder = step.folder;
  if (path === undefined || files.length !== 1 || folder === undefined || tool === 'nest')
    return undefined;
  if (tool === 'nodemon' && !/\.[cm]?tsx?$/.test(path) && configuresExec(model, owner))
    return undefined;
  const compiled = /\.[cm]?tsx?$/.test(path) || isCompilingRunner(step);
  const target = compiled ? (builds(owner, model) ? compiledPath(owner, path) : undefined) : path;
  if (target === undefined || !isInside(target, folder)) return undefined;
  return [
    'node',
    folder === '' ? target : target.slice(folder.length + 1),
    ...argumentsAfter(step, file?.declaredAt.span),
  ];
}

/** nodemon's own configuration may name another program than node. */
function configuresExec(model: ProjectModel, { dir, manifest }: PackageInfo): boolean {
  return (
    manifest['nodemonConfig'] !== undefined ||
    model.files.has(dir === '' ? 'nodemon.json' : `${dir}/nodemon.json`)
  );
}

/** Does the package have a script that compiles? Otherwise there is no output to run. */
function builds(owner: PackageInfo, model: ProjectModel): boolean {
  return model.commands.some(
    ({ package: info, origin, steps }) =>
      info === owner &&
      origin === 'package.json scripts.build' &&
      steps.some((step) => buildWork(step) === 'compile'),
  );
}

/** Only where the configuration says where the output goes. */
function compiledPath({ outputs }: PackageInfo, path: string): string | undefined {
  const output = outputs.find(({ source }) => isInside(path, source));
  if (!output) return undefined;
  const inside = output.source === '' ? path : path.slice(output.source.length + 1);
  return `${output.out}/${inside.replace(/\.([cm]?)[jt]sx?$/, '.$1js')}`;
}

/** The words that the script itself is given. */
function argumentsAfter({ words = [] }: CommandStep, file: Span | undefined): readonly string[] {
  const at = words.findIndex(
    (word) => word.span.start === file?.start && word.span.end === file.end,
  );
  return at < 0 ? [] : words.slice(at + 1).map((word) => word.text);
}

function inInstruction(
  command: StartCommand,
  instruction: DockerInstruction,
  argv: readonly string[],
): { readonly span: Span; readonly newText: string } | undefined {
  if (command.steps.length !== 1 || /^ENTRYPOINT$/.test(instruction.keyword)) return undefined;
  if (instruction.form === 'shell')
    return { span: instruction.span, newText: `${instruction.keyword} ${argv.join(' ')}` };
  return { span: instruction.span, newText: execForm(instruction.keyword, argv) };
}

/** The words of the step, with the npx before them; assignments and other wrappers in front stay. */
function inPlace(
  model: ProjectModel,
  { path, words = [], span }: CommandStep,
  argv: readonly string[],
): { readonly span: Span; readonly newText: string } | undefined {
  const text = model.files.text(path);
  const [first] = words;
  const last = words.at(-1);
  if (text === undefined || !first || !last || words.some((word) => word.path !== path))
    return undefined;
  if (words.some((word) => text.slice(word.span.start, word.span.end) !== word.text))
    return undefined;
  const runner = /(?:npx|pnpx|bunx|pnpm exec|yarn)(?:\s+(?:-y|--yes|--))*\s+$/.exec(
    text.slice(span.start, first.span.start),
  );
  return {
    span: { start: first.span.start - (runner?.[0].length ?? 0), end: last.span.end },
    newText: argv.join(' '),
  };
}
