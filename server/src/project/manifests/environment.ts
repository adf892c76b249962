import type { ProjectFiles } from '../files';
import type { EnvironmentSupply } from '../model';

/** Interim: replaced by the manifest work. */
export function environmentSupplies(_files: ProjectFiles): (EnvironmentSupply & { readonly name: string })[] {
  return [];
}
