import type { DockerInstruction, DockerStage } from '../../../languages/dockerfile';
import { copyOrigin, copyPaths, runScript, stageChain } from '../../../languages/dockerfile-stages';
import { parseShellSyntax } from '../../../languages/shell';
import type { ReleaseImage } from '../../../project/images/release-images';
import { readInstall } from '../../../project/packages/installs';

/**
 * Are development packages installed in an image? The last thing that decides counts: an install, a prune, or `node_modules`
 * taken from another stage.
 * @returns `unknown` where nothing is installed, or in a way that cannot be seen
 */
export function developmentPackages(image: ReleaseImage): 'kept' | 'omitted' | 'unknown' {
  return inStage(image, image.stage, 0);
}

type Answer = ReturnType<typeof developmentPackages>;

/** What package managers install by default: in production without what is only for development. */
type Mode = 'production' | 'any';

function inStage(image: ReleaseImage, stage: DockerStage, depth: number): Answer {
  let answer: Answer = 'unknown';
  let mode: Mode = 'any';
  for (const one of stageChain(image.syntax, stage).reverse())
    for (const instruction of one.instructions) {
      if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG')
        for (const { name, value } of instruction.pairs)
          if (name === 'NODE_ENV' || name === 'NPM_CONFIG_PRODUCTION')
            mode = /^(production|true)$/.test(value ?? '') ? 'production' : 'any';
      if (instruction.keyword === 'RUN') answer = afterRun(instruction, mode, answer);
      if (instruction.keyword === 'COPY') answer = afterCopy(image, instruction, depth) ?? answer;
    }
  return answer;
}

/** What a whole folder or `node_modules` of another stage brings. */
function afterCopy(
  image: ReleaseImage,
  copy: DockerInstruction,
  depth: number,
): Answer | undefined {
  const sources = copyPaths(copy)?.sources ?? [];
  const origin = copyOrigin(image.syntax, copy);
  if (!origin || depth > 6) return undefined;
  const bringsPackages = sources.some(
    ({ text }) => /(^|\/)node_modules\/?$/.test(text) || isWholeTree(text),
  );
  if (!bringsPackages) return undefined;
  const answer = inStage(image, origin, depth + 1);
  return answer === 'unknown' ? undefined : answer;
}

function isWholeTree(source: string): boolean {
  return !/(^|\/)(dist|build|out|lib|public|\.next|\.output|static|assets|prisma|migrations|src|config)(\/|$)|\.\w+$|\*/.test(
    source,
  );
}

function afterRun(run: DockerInstruction, mode: Mode, before: Answer): Answer {
  let answer = before;
  for (const command of parseShellSyntax(runScript(run).text).commands) {
    const argv = command.words.map((word) => word.text);
    const line = argv.join(' ');
    const production =
      mode === 'production' ||
      command.assignments.some(({ name, value }) => name === 'NODE_ENV' && value === 'production');
    const leavesOut =
      /--(production|prod)(=true)?(\s|$)|--(only|omit)[= ](dev|prod|production)\b|(^|\s)-P(\s|$)|--no-dev\b/.test(
        line,
      ) && !/--production=false|--include[= ]dev/.test(line);
    const keeps = /--production=false|--include[= ]dev|--prod=false/.test(line);
    if (/^(npm|pnpm|yarn)\s+prune\b|^yarn\s+workspaces\s+focus\b|^pnpm\s.*\bdeploy\b/.test(line)) {
      if (leavesOut || production) answer = 'omitted';
      continue;
    }
    const install = readInstall(argv);
    if (install?.scope === 'project' || install?.scope === 'locked')
      answer = keeps
        ? 'kept'
        : leavesOut || (production && install.manager !== 'bun')
          ? 'omitted'
          : 'kept';
  }
  return answer;
}
