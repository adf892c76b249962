import { baseName, folderOf } from '../../../base/paths';
import {
  composeFiles,
  type ComposeFile,
  type ComposeService,
} from '../../../project/manifests/compose';
import type { ProjectModel } from '../../../project/model';
import { isDevelopmentPath, isProductionName } from '../../../project/start/purpose';
import { scriptCommands, scriptTexts } from '../../../project/start/script-texts';
import { PRODUCTION } from '../../../vocabulary/environments';
import { DEPLOYING } from '../../../vocabulary/processes';

const DEFAULT_NAME = /^(docker-)?compose\.ya?ml$/;

/**
 * Is a service of a compose file deployed to production, as far as the repository says so: by the file's name, by the
 * environment it sets, because a deploy script or job starts it, or because other files override it for development?
 */
export function isDeployedService(
  model: ProjectModel,
  file: ComposeFile,
  service: ComposeService,
): boolean {
  if (!file.production) return false;
  if (isProductionName(baseName(file.path)) || setsProduction(service)) return true;
  return isOverridden(model, file, service) || isStartedByDeploy(model, file);
}

function setsProduction({ environment }: ComposeService): boolean {
  return environment.some(
    ({ name, value }) =>
      /^(NODE|APP|FLASK|DJANGO|RAILS|RACK|APP_ENVIRONMENT|MIX)_ENV$/.test(name) &&
      value === 'production',
  );
}

/** The plain file is what production takes when another one beside it is for development, or adds to it for production. */
function isOverridden(
  { files }: ProjectModel,
  file: ComposeFile,
  service: ComposeService,
): boolean {
  if (!DEFAULT_NAME.test(baseName(file.path))) return false;
  return composeFiles(files).some((other) => {
    if (other === file || folderOf(other.path) !== folderOf(file.path)) return false;
    const same = other.services.find(({ name }) => name === service.name);
    if (!same) return false;
    // A whole service stands alone; one without image needs the plain file's.
    const adds = same.image === undefined && same.build === undefined;
    return isProductionName(baseName(other.path)) ? adds : isDevelopmentPath(other.path);
  });
}

function isStartedByDeploy(model: ProjectModel, { path }: ComposeFile): boolean {
  return scriptTexts(model).some((script) => {
    const deploys =
      script.place === 'deploy' ||
      script.place === 'host' ||
      (script.place === 'shell' && isDeployScript(baseName(script.path))) ||
      (script.place === 'script' && isDeployScript(script.name ?? ''));
    return (
      deploys &&
      scriptCommands(script).some(({ argv }) => startsCompose(argv.join(' '), baseName(path)))
    );
  });
}

function isDeployScript(name: string): boolean {
  return DEPLOYING.isIn(name) || PRODUCTION.isIn(name);
}

/** Also inside the text that ssh runs elsewhere. */
function startsCompose(line: string, name: string): boolean {
  if (!/\bdocker[- ]compose\b.*\bup\b|\bdocker\s+stack\s+deploy\b/s.test(line)) return false;
  const named = [...line.matchAll(/(?:-f|--file|-c|--compose-file)[= ]([^\s"']+)/g)].map(
    ([, file = '']) => baseName(file),
  );
  return named.length > 0 ? named.includes(name) : DEFAULT_NAME.test(name);
}
