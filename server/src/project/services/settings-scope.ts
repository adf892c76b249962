import { deploymentOf, isServerModule } from '../deployment';
import type { ModuleInfo, ProjectModel } from '../model';
import { describesConnection } from './connection-files';

/**
 * How much a module's settings are those of a deploy: `app`; `quiet` for what others install, and for what production does not
 * start; `none` for one-off scripts, command line tools and build tooling.
 */
export function settingsScope(module: ModuleInfo, model: ProjectModel): 'app' | 'quiet' | 'none' {
  const { roles, path } = module;
  if (describesConnection(path)) return 'app';
  if (roles.has('library') && !isServer(module)) return 'quiet';
  if (!isServerModule(module) || roles.has('build')) return 'none';
  return deploymentOf(module, model) === 'unlikely' ? 'quiet' : 'app';
}

function isServer({ roles }: ModuleInfo): boolean {
  return roles.has('web') || roles.has('worker') || roles.has('clock') || roles.has('serverless');
}
