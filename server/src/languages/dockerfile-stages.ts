import {
  dockerFlag,
  expandVariables,
  unquote,
  type DockerfileSyntax,
  type DockerInstruction,
  type DockerStage,
  type DockerWord,
} from './dockerfile';
import { sliceText, type MappedText } from './mapped-text';

/** The stage that `docker build` produces: the named target, else the last one. */
export function targetStage(syntax: DockerfileSyntax, target?: string): DockerStage | undefined {
  const named =
    target && syntax.stages.find((stage) => stage.name?.toLowerCase() === target.toLowerCase());
  return named || syntax.stages.at(-1);
}

/** A stage and the stages it is built on, itself first. */
export function stageChain(syntax: DockerfileSyntax, stage: DockerStage): DockerStage[] {
  const chain = [stage];
  for (let base = stage.base; base !== undefined; base = syntax.stages[base]?.base) {
    const next = syntax.stages[base];
    if (!next || chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

/**
 * What a container of a stage runs: the last CMD and ENTRYPOINT, inherited from the stages it is built on. An ENTRYPOINT
 * resets the CMD of an earlier stage, as Docker does.
 */
export function stageProcess(
  syntax: DockerfileSyntax,
  stage: DockerStage,
): { entrypoint: DockerInstruction | undefined; cmd: DockerInstruction | undefined } {
  let cmd: DockerInstruction | undefined;
  for (const one of stageChain(syntax, stage)) {
    const last = (keyword: string): DockerInstruction | undefined =>
      one.instructions.filter((instruction) => instruction.keyword === keyword).at(-1);
    cmd ??= last('CMD');
    const entrypoint = last('ENTRYPOINT');
    if (entrypoint) return { entrypoint, cmd };
  }
  return { entrypoint: undefined, cmd };
}

/**
 * The values of ENV and ARG that hold at the end of a stage (or before an offset), earlier stages included.
 * @param before only instructions that begin before this offset
 */
export function stageVariables(
  syntax: DockerfileSyntax,
  stage: DockerStage,
  before = Number.POSITIVE_INFINITY,
): Map<string, string> {
  const values = new Map<string, string>();
  const globals = new Map(
    syntax.globals.flatMap((one) => one.pairs).map((pair) => [pair.name, pair.value]),
  );
  for (const one of stageChain(syntax, stage).reverse()) {
    for (const instruction of one.instructions) {
      if (instruction.span.start >= before) break;
      if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue;
      for (const pair of instruction.pairs) {
        const value = pair.value ?? globals.get(pair.name);
        if (value === undefined || (instruction.keyword === 'ARG' && values.has(pair.name)))
          continue;
        values.set(
          pair.name,
          expandVariables(value, (name) => values.get(name)),
        );
      }
    }
  }
  return values;
}

/** The working directory at the end of a stage (or before an offset); `/` when none is set. */
export function stageDirectory(
  syntax: DockerfileSyntax,
  stage: DockerStage,
  before = Number.POSITIVE_INFINITY,
): string {
  let directory = '/';
  for (const one of stageChain(syntax, stage).reverse()) {
    for (const instruction of one.instructions) {
      if (instruction.keyword !== 'WORKDIR' || instruction.span.start >= before) continue;
      const variables = stageVariables(syntax, stage, instruction.span.start);
      const path = expandVariables(unquote(instruction.body.text.trim()), (name) =>
        variables.get(name),
      );
      directory = path.startsWith('/') ? path : `${directory.replace(/\/$/, '')}/${path}`;
    }
  }
  return directory.length > 1 ? directory.replace(/(?<!\/)\/+$/, '') : directory;
}

/** The sources and the destination of COPY or ADD, in either form. */
export function copyPaths(
  instruction: DockerInstruction,
): { sources: readonly DockerWord[]; destination: DockerWord } | undefined {
  const destination = instruction.words.at(-1);
  if (!destination || instruction.words.length < 2) return undefined;
  return { sources: instruction.words.slice(0, -1), destination };
}

/** The earlier stage that a COPY takes from; undefined for the build context and for images of somebody else's. */
export function copyOrigin(
  syntax: DockerfileSyntax,
  instruction: DockerInstruction,
): DockerStage | undefined {
  const from = dockerFlag(instruction, 'from');
  if (from === undefined) return undefined;
  return syntax.stages.find(
    (stage) => stage.name?.toLowerCase() === from.toLowerCase() || String(stage.index) === from,
  );
}

/** The script of a RUN in shell form: its words, or the body of its here-document. */
export function runScript(instruction: DockerInstruction): MappedText {
  const document = /^<<-?\s*(["']?)([A-Za-z_]\w*)\1[ \t]*\r?\n/.exec(instruction.body.text);
  if (!document) return instruction.body;
  const rest = instruction.body.text.slice(document[0].length);
  const end = new RegExp(`^\\t*${document[2] ?? ''}[ \\t]*\\r?$`, 'm').exec(rest);
  return sliceText(
    instruction.body,
    document[0].length,
    document[0].length + (end?.index ?? rest.length),
  );
}
