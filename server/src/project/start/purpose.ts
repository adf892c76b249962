import type { CommandStep, StartCommand } from '../model';

const DEVELOPMENT =
  /(^|[/._-])(dev|devel|develop|development|local|debug|test|tests|testing|e2e|ci|integration|unit|example|sample|override|devcontainer|gitpod|minikube|skaffold-dev|kind|watch|playground)([/._-]|$)/i;

/** Does a path say that it is about development or tests (`docker-compose.dev.yml`, `k8s/overlays/local/…`)? */
export function isDevelopmentPath(path: string): boolean {
  return DEVELOPMENT.test(path.replace(/\.(ya?ml|json|toml|dockerfile)$/i, ''));
}

/** Does a name (of a script, stage, service or profile) say that it is about development or tests? */
export function isDevelopmentName(name: string): boolean {
  return /(^|[:._-])(dev|devel|develop|development|local|debug|inspect|inspector|watch|test|tests|testing|e2e|cypress|storybook|mock|mocks|hot|hmr|preview|sandbox|ci|lint|docs?|coverage|devserver|repl|console)([:._-]|\d*$)/i.test(
    name.replace(/([a-z])([A-Z])/g, '$1-$2'),
  );
}

/** Does a name say that it is what runs in production? */
export function isProductionName(name: string): boolean {
  return /(^|[:._-])(prod|production|release|runner|runtime|final|live|deploy)([:._-]|$)/i.test(
    name,
  );
}

/**
 * What a process is for, by the name it was given (a Procfile type, a service, a script).
 * @param name the name
 * @param otherwise what it is when the name says nothing
 */
export function processByName(
  name: string,
  otherwise: StartCommand['process'],
): StartCommand['process'] {
  const words = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  if (
    /(^|[:._/-])(release|migrate|migrations?|migrator|db-?init|init-?db|db-?loader|db-?setup|seed|seeds|seeder|postdeploy)([:._/-]|$)/.test(
      words,
    )
  )
    return 'release';
  if (/(^|[:._/-])(clock|cron|crons|cronjobs?|scheduler|schedules?|beat)([:._/-]|\d*$)/.test(words))
    return 'clock';
  if (
    /(^|[:._/-])(workers?|queues?|consumers?|jobs?|processor|background|sidekiq|bull)([:._/-]|\d*$)/.test(
      words,
    )
  )
    return 'worker';
  if (/(^|[:._/-])(web|server|api|app|backend|http|gateway|www)([:._/-]|\d*$)/.test(words))
    return 'web';
  return otherwise;
}

/** Whether one of the steps comes out of a script that says by its name that it is for development. */
export function runsDevelopmentScript(steps: readonly CommandStep[]): boolean {
  return steps.some((step) => step.via.some(isDevelopmentName));
}
