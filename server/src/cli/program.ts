import { Command, CommanderError, Option } from 'commander';
import { version } from '../../../package.json';
import { SEVERITIES } from '../base/severity';
import { closestName } from '../base/closest-name';
import type { Rule } from '../engine/rule';
import { visibleLines } from '../report/escape';
import { FORMATS } from '../report/formats';
import { writeBaseline, type BaselineOptions } from './baseline';
import { checkFolder, type CheckOptions } from './check';
import { completionScript, SHELLS, type Shell } from './completion';
import { explainRule, listRules } from './explain';
import { fixFolder, type FixOptions } from './fix';
import { CI_SYSTEMS, initFolder, type InitOptions } from './init';
import { MAP_FORMATS, mapFolder, type MapOptions } from './map';
import { serveAgents } from './mcp/mcp';
import { collect, collectFactors, collectNames, oneOf, wholeNumber } from './option-values';
import { REPORT_COMMAND_FORMATS, reportFolder, type ReportOptions } from './report';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** 0: nothing fails the check. 1: findings. 2: the command could not do its work. */
export type ExitCode = 0 | 1 | 2;

const EXIT_CODES = `
Exit code: 0 when nothing fails the check, 1 when findings do, 2 when the check itself failed.
Hints never fail a check unless --severity hint asks for it; what the baseline lists never does.`;

/** What every command needs. */
interface Context {
  readonly rules: readonly Rule[];
  readonly terminal: Terminal;
  /** Starts the language server on standard input and output. */
  readonly serve: () => void;
  finish(code: ExitCode): void;
}

/**
 * Runs the command line.
 * @param args without `node` and the script
 * @param serve starts the language server; absent where it is not shipped along
 * @returns the exit code; errors are written to standard error, never thrown
 */
export async function runCli(
  args: readonly string[],
  rules: readonly Rule[],
  terminal: Terminal,
  serve?: () => void,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram({
    ...{ rules, terminal },
    finish: (result) => (code = result),
    serve() {
      if (!serve) throw new UsageError('The language server does not come with this build');
      serve();
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its own messages already; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const closest = misspeltCommand(args[0], error, program);
    const hint = closest === undefined ? '' : `; did you mean the command ${closest}?`;
    terminal.err.write(`twelve-factor: ${visibleLines(describe(error))}${hint}\n`);
    return 2;
  }
}

/** A word that is no folder may have been meant to be a command. */
function misspeltCommand(
  word: string | undefined,
  error: unknown,
  program: Command,
): string | undefined {
  if (word === undefined || !(error instanceof UsageError)) return undefined;
  if (error.message !== `There is no folder ${word}`) return undefined;
  return closestName(
    word,
    program.commands.map((command) => command.name()),
  );
}

/** All commands and options, to be described: nothing of it can be run. */
export function describedProgram(): Command {
  const nothing = (): never => {
    throw new Error('only described');
  };
  const stream = { write: nothing, isTerminal: false };
  return createProgram({
    rules: [],
    terminal: {
      ...{ cwd: '.', env: {}, out: stream, err: stream, ask: undefined },
      ...{ readInput: nothing, program: nothing, shipped: nothing },
    },
    serve: nothing,
    finish: nothing,
  });
}

function createProgram(context: Context): Command {
  const { terminal } = context;
  const program = new Command('twelve-factor')
    .description(
      'Shows where a Node.js or TypeScript app breaks the twelve factors (12factor.net).',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addCheck(program, context);
  addFix(program, context);
  addMap(program, context);
  addReport(program, context);
  addBaseline(program, context);
  addInit(program, context);
  addDocumentation(program, context);
  addTools(program, context);
  return program;
}

const CONFIG = [
  '-c, --config <file>',
  'configuration file (default: twelve-factor.json of the folder)',
] as const;
const COLORS = [
  ['--color', 'colour the text, terminal or not'],
  ['--no-color', 'never colour; so does the environment variable NO_COLOR'],
] as const;

/** An option with a few values. */
function choice(flags: string, text: string, choices: readonly string[]): Option {
  return new Option(flags, text).choices(choices).argParser(oneOf(choices));
}

function withColors(command: Command): Command {
  for (const [flags, text] of COLORS) command.option(flags, text);
  return command;
}

function addCheck(program: Command, { rules, terminal, finish }: Context): void {
  const command = program
    .command('check', { isDefault: true })
    .summary('analyse a folder and report')
    .description('Analyses a folder and reports. Nothing of the folder is executed or changed.')
    .argument('[dir]', 'the folder', '.')
    .addOption(choice('-f, --format <format>', 'form of the report', FORMATS).default('text'))
    .option(
      '-o, --output <file>',
      'write the report to a file; with `format=file`, one more in that form; `{app}` in the name makes it one for each app; may be repeated',
      collect,
    )
    .option(...CONFIG)
    .option('-r, --rule <ids>', 'only these rules, separated by commas', collectNames)
    .option('--factor <names>', 'only these factors, separated by commas', collectFactors)
    .option('--path <globs>', 'only files that match, separated by commas', collectNames)
    .option(
      '--app <package>',
      'analyse one package, by name or folder, with what it depends on; only its findings',
    )
    .option(
      '--changed [ref]',
      'only findings on lines that changed since the last commit, or since HEAD and the ref parted',
    )
    .option(
      '--baseline [file]',
      'the baseline must be there (default: it counts where it is there)',
    )
    .option('--no-baseline', 'accept nothing')
    .addOption(
      choice('--severity <level>', 'least severity that fails the check', SEVERITIES).default(
        'information',
      ),
    )
    .addOption(
      new Option('--max-warnings <number>', 'how many findings, errors aside, do not fail it')
        .argParser(wholeNumber)
        .default(0),
    )
    .option('--stdin', 'the text of one file comes on standard input; only its findings')
    .option('--stdin-filename <file>', 'which file of the folder that is')
    .option('--hints', 'show hints in reports that people read')
    .option('-q, --quiet', 'only what fails the check, no summary, no progress')
    .option('--no-cache', 'analyse again what was analysed before, and keep nothing')
    .option(
      '--cache-location <folder>',
      'where results are kept (default: the user’s cache folder)',
    )
    .option('--show-secrets', 'print credentials as they are; by default they are masked')
    .addHelpText('after', EXIT_CODES)
    .action(async (dir: string, options: CheckOptions) => {
      finish(await checkFolder(dir, options, rules, terminal));
    });
  withColors(command);
}

function addFix(program: Command, { rules, terminal }: Context): void {
  program
    .command('fix')
    .summary('apply quick fixes to a folder')
    .description(
      'Applies the safe fixes of all rules, which keep today’s behaviour, to a folder. Hints are left alone unless --rule names their rule.',
    )
    .argument('[dir]', 'the folder', '.')
    .option('-r, --rule <ids>', 'only these rules, separated by commas', collectNames)
    .option('--suggestions', 'apply suggestions too, which may change behaviour; needs --rule')
    .option('-n, --dry-run', 'print the changes as a diff, write nothing')
    .option('--show-secrets', 'print credentials in the diff as they are')
    .option(...CONFIG)
    .action(async (dir: string, options: FixOptions) => {
      await fixFolder(dir, options, rules, terminal);
    });
}

function addMap(program: Command, { rules, terminal }: Context): void {
  const command = program
    .command('map')
    .summary('print what the packages are to a deploy, and their processes')
    .description(
      'Prints every package of a folder: whether it is an app, a library, a tool, an example, a template or tests, what says so, and the processes of the apps.',
    )
    .argument('[dir]', 'the folder', '.')
    .addOption(choice('-f, --format <format>', 'form of the map', MAP_FORMATS).default('text'))
    .option('-o, --output <file>', 'write the map to a file')
    .option(...CONFIG)
    .action(async (dir: string, options: MapOptions) => {
      await mapFolder(dir, options, rules, terminal);
    });
  withColors(command);
}

function addReport(program: Command, { rules, terminal }: Context): void {
  program
    .command('report')
    .summary('write the scorecard of the apps: factor by factor, with evidence')
    .description(
      'Writes a page for people: for each app the twelve factors with what speaks for and against them, its processes, its variables, and what changed since the baseline.',
    )
    .argument('[dir]', 'the folder', '.')
    .addOption(
      choice('-f, --format <format>', 'form of the page', REPORT_COMMAND_FORMATS).default('html'),
    )
    .option(
      '-o, --output <file>',
      'write the page to a file; `{app}` in its name: one for each app',
    )
    .option(
      '--links <address>',
      'where places lead: an address with `{path}` and `{line}`, such as https://host/repository/blob/main/{path}#L{line}',
    )
    .option(...CONFIG)
    .action(async (dir: string, options: ReportOptions) => {
      await reportFolder(dir, options, rules, terminal);
    });
}

function addBaseline(program: Command, { rules, terminal }: Context): void {
  program
    .command('baseline')
    .summary('accept what exists')
    .description(
      'Writes the file that lists accepted findings. Where there is one, takes out what is gone; what is new stays new.',
    )
    .argument('[dir]', 'the folder', '.')
    .option('-o, --output <file>', 'write it to another file')
    .option('--accept-new', 'accept what is new, too')
    .option(...CONFIG)
    .action(async (dir: string, options: BaselineOptions) => {
      await writeBaseline(dir, options, rules, terminal);
    });
}

function addInit(program: Command, { rules, terminal }: Context): void {
  program
    .command('init')
    .summary('write configuration, baseline and a CI job')
    .description('Writes what a folder needs to be checked. Overwrites nothing.')
    .argument('[dir]', 'the folder', '.')
    .option('-y, --yes', 'ask nothing')
    .addOption(choice('--ci <system>', 'whose job is written', CI_SYSTEMS))
    .option('--no-baseline', 'accept nothing of what is found today')
    .action(async (dir: string, options: InitOptions) => {
      await initFolder(dir, options, rules, terminal);
    });
}

/** What tells about the rules: `rules`, `explain`. */
function addDocumentation(program: Command, { rules, terminal }: Context): void {
  program
    .command('rules')
    .summary('list the rules')
    .description('Lists the rules by factor.')
    .action(() => {
      terminal.out.write(listRules(rules));
    });
  program
    .command('explain')
    .summary('print the documentation of a rule')
    .description('Prints the documentation of a rule: the reason, examples, when not to use it.')
    .argument('<rule>', 'its id')
    .action(async (id: string) => {
      terminal.out.write(await explainRule(id, rules, terminal));
    });
}

/** What serves other programs: `lsp`, `mcp`, `completion`. */
function addTools(program: Command, { rules, terminal, serve }: Context): void {
  program
    .command('lsp')
    .summary('serve editors (Language Server Protocol)')
    .description('Serves an editor over standard input and output until it says to stop.')
    .option('--stdio', 'over standard input and output, which is the only way there is')
    .action(() => serve());
  program
    .command('mcp')
    .summary('serve agents (Model Context Protocol)')
    .description(
      'Serves an agent over standard input and output until it says to stop: it may list findings, explain rules, show the map, preview fixes and apply them, in this folder and nowhere else.',
    )
    .argument('[dir]', 'the folder', '.')
    .action(async (dir: string) => {
      await serveAgents(dir, rules, terminal);
    });
  program
    .command('completion')
    .summary('print the completions of a shell')
    .description('Prints a script that completes commands, options and their values.')
    .addArgument(program.createArgument('<shell>', SHELLS.join(', ')).choices(SHELLS))
    .action((shell: Shell) => {
      terminal.out.write(completionScript(shell, program, rules));
    });
}

function describe(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
