import type { ProjectModel } from '../model';

const LOADERS =
  /^(dotenv(-.*)?|@dotenvx\/.*|@nestjs\/config|@fastify\/env|next|vite|env-cmd|react-scripts)$/;

/** Does anything of a file's package read `.env` when it starts: a library, a framework, a flag of a script? */
export function loadsEnvironmentFile(model: ProjectModel, path: string): boolean {
  const owner = model.packageOf(path);
  const scripts = JSON.stringify(owner?.manifest['scripts'] ?? {});
  // One for several packages, above this one.
  if (/(?:\bdotenv_config_path=|--env-file[= ])\.\.\//i.test(scripts)) return false;
  if ([...(owner?.dependencies.keys() ?? [])].some((name) => LOADERS.test(name))) return true;
  return owner?.manager === 'bun' || /--env-file|\bbun\b/.test(scripts);
}
