import { Command, CommanderError, Option } from 'commander';
import { version } from '../../../package.json';
import { SEVERITIES } from '../base/severity';
import type { Rule } from '../engine/rule';
import { visibleLines } from '../report/escape';
import { checkFolder, FORMATS, type CheckOptions } from './check';
import { explainRule, listRules } from './explain';
import { fixFolder, type FixOptions } from './fix';
import { MAP_FORMATS, mapFolder, type MapOptions } from './map';
import { collectNames } from './option-values';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** 0: nothing fails the check. 1: findings. 2: the command could not do its work. */
export type ExitCode = 0 | 1 | 2;

const EXIT_CODES = `
Exit code: 0 when nothing fails the check, 1 when findings do, 2 when the check itself failed.
Hints never fail a check unless --severity hint asks for it.`;

/**
 * Runs the command line.
 * @param args without `node` and the script
 * @returns the exit code; errors are written to standard error, never thrown
 */
export async function runCli(
  args: readonly string[],
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(rules, terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its own messages already; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.err.write(`twelve-factor: ${visibleLines(describe(error))}\n`);
    return 2;
  }
}

function createProgram(
  rules: readonly Rule[],
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): Command {
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
  addCheck(program, rules, terminal, finish);
  addFix(program, rules, terminal);
  addMap(program, rules, terminal);
  addDocumentation(program, rules, terminal);
  return program;
}

function addCheck(
  program: Command,
  rules: readonly Rule[],
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('check', { isDefault: true })
    .summary('analyse a folder and report')
    .description('Analyses a folder and reports. Nothing of the folder is executed or changed.')
    .argument('[dir]', 'the folder', '.')
    .addOption(
      new Option('-f, --format <format>', 'form of the report').choices(FORMATS).default('text'),
    )
    .option('-o, --output <file>', 'write the report to a file')
    .option('-c, --config <file>', 'configuration file (default: twelve-factor.json of the folder)')
    .option('-r, --rule <ids>', 'only these rules, separated by commas', collectNames)
    .addOption(
      new Option('--severity <level>', 'least severity that fails the check')
        .choices(SEVERITIES)
        .default('information'),
    )
    .option('--hints', 'show hints in text, github and markdown reports')
    .option('-q, --quiet', 'only what fails the check, no summary, no progress')
    .option('--no-cache', 'analyse again what was analysed before, and keep nothing')
    .option(
      '--cache-location <folder>',
      'where results are kept (default: the user’s cache folder)',
    )
    .option('--show-secrets', 'print credentials as they are; by default they are masked')
    .option('--color', 'colour the text report, terminal or not')
    .option('--no-color', 'never colour; so does the environment variable NO_COLOR')
    .addHelpText('after', EXIT_CODES)
    .action(async (dir: string, options: CheckOptions) => {
      finish(await checkFolder(dir, options, rules, terminal));
    });
}

function addFix(program: Command, rules: readonly Rule[], terminal: Terminal): void {
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
    .option('-c, --config <file>', 'configuration file (default: twelve-factor.json of the folder)')
    .action(async (dir: string, options: FixOptions) => {
      await fixFolder(dir, options, rules, terminal);
    });
}

function addMap(program: Command, rules: readonly Rule[], terminal: Terminal): void {
  program
    .command('map')
    .summary('print what the packages are to a deploy, and their processes')
    .description(
      'Prints every package of a folder: whether it is an app, a library, a tool, an example, a template or tests, what says so, and the processes of the apps.',
    )
    .argument('[dir]', 'the folder', '.')
    .addOption(
      new Option('-f, --format <format>', 'form of the map').choices(MAP_FORMATS).default('text'),
    )
    .option('-o, --output <file>', 'write the map to a file')
    .option('-c, --config <file>', 'configuration file (default: twelve-factor.json of the folder)')
    .option('--color', 'colour the text, terminal or not')
    .option('--no-color', 'never colour; so does the environment variable NO_COLOR')
    .action(async (dir: string, options: MapOptions) => {
      await mapFolder(dir, options, rules, terminal);
    });
}

/** What tells about the rules: `rules`, `explain`. */
function addDocumentation(program: Command, rules: readonly Rule[], terminal: Terminal): void {
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

function describe(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
