import type { CommandStep, ProjectModel } from '../../../project/model';
import { stepTool } from '../../../project/start/command-lines/tools';

const CONFIG_FILE =
  /\.(json5?|ya?ml|toml|ini|conf|cnf|cfg|properties|env|xml|php|js)$|(^|\/)\.env(\.\w+)?$|(^|\/)config(uration)?\/|^\/etc\/environment$/i;
/** What is served to browsers, what belongs to other programs, and what is no configuration of the app. */
const OTHERS =
  /(^|\/)(html|www|public|static|dist|build|assets)\/|nginx|apache|httpd|haproxy|envoy|caddy|traefik|supervisor|cron|logrotate|resolv\.conf|hosts$|passwd$|\.ssh\/|\.npmrc|\.pgpass|\.aws\/|kube\/|^\/(dev|proc|tmp)\//i;
const WRITERS = /^(cat|echo|printf|envsubst|sed|awk|jq|yq|env|printenv|gomplate|j2|mustache|tee)$/;

/**
 * The file of settings that a step of a start command writes from environment variables.
 * @returns undefined when it writes none
 */
export function renderedConfig(step: CommandStep, model: ProjectModel): string | undefined {
  const tool = stepTool(step);
  const target = targetOf(step, tool, model);
  if (target === undefined || !CONFIG_FILE.test(target) || OTHERS.test(target)) return undefined;
  if (isForBrowsers(step, target, model)) return undefined;
  return usesEnvironment(step, tool, model) ? target : undefined;
}

/** `window._env_ = …` in a script that pages load: a built page has no environment to read, so that somebody has to write it. */
function isForBrowsers(step: CommandStep, target: string, model: ProjectModel): boolean {
  return (
    /\.[cm]?js$/.test(target) &&
    /\b(?:window|globalThis|self)\s*(?:\.|\[)/.test(model.files.text(step.path) ?? '')
  );
}

/** `${FILE}`, where the script itself says `FILE=/app/settings.json`. */
function expanded(target: string, { path }: CommandStep, model: ProjectModel): string {
  const [, name] = /^\$\{?(\w+)\}?$/.exec(target) ?? [];
  if (name === undefined) return target;
  const set = (model.files.shell(path)?.commands ?? []).flatMap(({ assignments }) => assignments);
  return set.find((assignment) => assignment.name === name)?.value ?? target;
}

function targetOf(step: CommandStep, tool: string, model: ProjectModel): string | undefined {
  const redirect = step.redirects.find(({ operator }) => /^1?>{1,2}\|?$/.test(operator));
  if (redirect && WRITERS.test(tool)) return expanded(redirect.target, step, model);
  const words = step.argv.slice(1);
  const files = words.filter((word) => !word.startsWith('-'));
  switch (tool) {
    case 'tee':
      return files[0];
    case 'sed':
      return words.some((word) => /^(-\w*i|--in-place)/.test(word)) ? files.at(-1) : undefined;
    case 'gomplate':
      return words[words.findIndex((word) => /^(-o|--out)$/.test(word)) + 1];
    case 'dockerize':
      return words[words.indexOf('-template') + 1]?.split(':')[1];
    default:
      return undefined;
  }
}

function usesEnvironment(step: CommandStep, tool: string, model: ProjectModel): boolean {
  if (/^(envsubst|env|printenv|gomplate|dockerize|j2)$/.test(tool)) return true;
  if (step.argv.some((word) => /\$\{?[A-Za-z_]/.test(word))) return true;
  const heredoc = step.redirects.find(({ operator }) => operator.startsWith('<<'));
  if (!heredoc) return false;
  if (heredoc.operator === '<<<') return /\$\{?[A-Za-z_]/.test(heredoc.target);
  const text = model.files.text(heredoc.path ?? step.path) ?? '';
  const body = text.slice(heredoc.span.end);
  const lines = body.split('\n');
  const last = lines.findIndex((line) => line.trim() === heredoc.target);
  const end = lines.slice(0, last).join('\n').length;
  return /\$\{?[A-Za-z_]/.test(last === -1 ? body : body.slice(0, end));
}
