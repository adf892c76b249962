import type { CallMeaning, ProjectModel } from '../../server/src/project/model';
import { check, type Files } from './check';

/** The model of an imagined project, without running any rule. */
export async function modelOf(files: Files): Promise<ProjectModel> {
  return (await check(files, { rules: [] })).model;
}

/** Meanings of a module in one line each: `listen express().listen`. */
export function meaningsOf(model: ProjectModel, path: string): string[] {
  return model
    .meanings(path)
    .map(({ meaning, callee }: CallMeaning) => `${meaning.kind} ${callee}`);
}

/** The roles of a module, sorted. */
export function rolesOf(model: ProjectModel, path: string): string[] {
  return [...(model.modules.get(path)?.roles ?? [])].sort();
}
