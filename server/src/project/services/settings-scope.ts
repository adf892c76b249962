import type { ModuleInfo, ProjectModel } from '../model';
import { deploymentOf, isServerModule, type Deployment } from '../processes/deployment';
import { describesConnection } from './connection-files';

/** Are a module's settings those of a deploy, or of what others install? Not those of one-off scripts, commands and build tooling. */
export function holdsSettings(module: ModuleInfo): boolean {
  if (describesConnection(module.path) || isInstalled(module)) return true;
  return isServerModule(module) && !module.roles.has('build');
}

/** How sure it is that a deploy runs with a module's settings: hardly, where others install it or production starts something else. */
export function settingsDeployment(module: ModuleInfo, model: ProjectModel): Deployment {
  if (describesConnection(module.path)) return 'production';
  return isInstalled(module) ? 'unlikely' : deploymentOf(module, model);
}

function isInstalled({ roles }: ModuleInfo): boolean {
  const isServer =
    roles.has('web') || roles.has('worker') || roles.has('clock') || roles.has('serverless');
  return roles.has('library') && !isServer;
}
