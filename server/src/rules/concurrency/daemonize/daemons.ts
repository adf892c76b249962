import type { CommandStep, StartCommand } from '../../../project/model';
import { stepTool } from '../../../project/start/command-lines/tools';
import { runsProject } from '../../../project/start/entry-files';

/** How a step sends the app into the background, for people: `pm2 start`, `forever`, `&`; undefined where it stays in front. */
export function daemonOf(step: CommandStep, command: StartCommand): string | undefined {
  const tool = stepTool(step);
  const words = step.argv.slice(1);
  const sub = words.find((word) => /^[a-zA-Z]+$/.test(word));
  switch (tool) {
    case 'pm2':
      return words.includes('--no-daemon') ||
        sub === undefined ||
        !/^(start|restart|reload|startOrRestart|startOrReload|startOrGracefulReload|resurrect)$/.test(
          sub,
        )
        ? undefined
        : `pm2 ${sub}`;
    case 'forever':
      return sub !== undefined && /^(stop|stopall|list|logs|cleanlogs|columns|config)$/.test(sub)
        ? undefined
        : sub === 'start' || sub === 'restart'
          ? `forever ${sub}`
          : 'forever';
    case 'daemon':
    case 'daemonize':
    case 'start-stop-daemon':
    case 'naught':
      return tool;
    default:
      return step.wrappers.includes('nohup') || tool === 'nohup'
        ? 'nohup'
        : leavesNothing(step, command)
          ? '&'
          : undefined;
  }
}

/** The app is put into the background and nothing stays in front to wait for it. */
function leavesNothing(step: CommandStep, { steps }: StartCommand): boolean {
  return (
    step.background === true &&
    step === steps.at(-1) &&
    runsProject(step) &&
    // It waits for those that it starts side by side.
    !step.wrappers.some((name) => /^(concurrently|conc|run-p|npm-run-all2?)$/.test(name)) &&
    steps.every((each) => !runsProject(each) || each.background === true)
  );
}
