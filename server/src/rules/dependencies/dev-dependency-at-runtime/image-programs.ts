import { query } from '../../../project/query';
import { runScript, stageChain, targetStage } from '../../../languages/dockerfile-stages';
import { parseShellSyntax } from '../../../languages/shell';
import type { CommandStep, ProjectModel } from '../../../project/model';
import { packagesOfBinary } from '../../../project/packages/binaries';
import { readInstall } from '../../../project/packages/installs';
import { packageOfSpec } from '../../../project/packages/package-managers';

/**
 * Is a program of a step there because every image that runs this step installs it globally? What a manifest says of its package
 * does not matter to them then.
 */
export function isBroughtByImages(
  step: CommandStep,
  program: string,
  model: ProjectModel,
): boolean {
  const images = imagesOf(model).get(place(step)) ?? [];
  const names = [program, ...packagesOfBinary(program)];
  return (
    images.length > 0 &&
    images.every((path) => names.some((one) => installedBy(path, model).has(one)))
  );
}

/** The Dockerfiles whose processes run each step. */
const imagesOf = query('commands', (model): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { path, steps } of model.commands) {
    if (model.files.kind(path) !== 'dockerfile') continue;
    for (const step of steps) found.set(place(step), [...(found.get(place(step)) ?? []), path]);
  }
  return found;
});

function place({ path, span }: CommandStep): string {
  return `${path}:${String(span.start)}`;
}

/** The packages that the image of a Dockerfile installs globally. */
function installedBy(path: string, model: ProjectModel): ReadonlySet<string> {
  const syntax = model.files.dockerfile(path);
  const stage = syntax && targetStage(syntax);
  if (!syntax || !stage) return new Set();
  return new Set(
    stageChain(syntax, stage)
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword }) => keyword === 'RUN')
      .flatMap((one) => parseShellSyntax(runScript(one).text).commands)
      .map(({ words }) => readInstall(words.map(({ text }) => text)))
      .flatMap((call) => (call?.scope === 'global' ? call.packages : []))
      .map(packageOfSpec),
  );
}
