import type { DockerInstruction } from '../../languages/dockerfile';
import type { ManifestCommand } from '../manifests/scalars';
import type { CommandStep } from '../model';
import { expandText, expandWords } from './expand';
import type { Place } from './place';
import { rootScope, type Project, type Word } from './scope';

/** What an image runs: the words of its ENTRYPOINT and CMD, or a shell text. */
export interface ImageProcess {
  readonly entrypoint: CommandSource | undefined;
  readonly command: CommandSource | undefined;
}

/** A command as some manifest states it, with the file it stands in. */
export interface CommandSource {
  readonly path: string;
  readonly command: ManifestCommand;
}

/** ENTRYPOINT and CMD together, as the container runtime joins them. */
export function expandProcess(
  project: Project,
  { entrypoint, command }: ImageProcess,
  place: Place,
  path: string,
): CommandStep[] {
  const scope = rootScope(entrypoint?.path ?? command?.path ?? path, place);
  if (entrypoint?.command.text) return expandText(project, entrypoint.command.text, scope);
  if (!entrypoint) {
    if (command?.command.text) return expandText(project, command.command.text, scope);
    return command ? expandWords(project, wordsOf(command), scope, command.command.span) : [];
  }
  const given = command ? commandWords(command) : [];
  const script = wordsOf(entrypoint);
  const steps = expandWords(
    project,
    [...script, ...given],
    scope,
    command ? undefined : entrypoint.command.span,
  );
  // A script that only the image has mostly prepares something and then runs what it is given.
  return given.length > 0 && isUnread(script, steps) ? expandWords(project, given, scope) : steps;
}

/** Is an entrypoint one shell script whose text is not known, so that it stands for itself? */
function isUnread(words: readonly Word[], steps: readonly CommandStep[]): boolean {
  const [script, ...others] = words;
  const [step, ...more] = steps;
  return (
    script !== undefined &&
    others.length === 0 &&
    more.length === 0 &&
    step?.argv[0] === script.text &&
    /(\.sh|entrypoint)$/.test(script.text)
  );
}

function commandWords(source: CommandSource): Word[] {
  const { text, span } = source.command;
  if (!text) return wordsOf(source);
  const shell = (word: string): Word => ({
    text: word,
    literal: true,
    path: source.path,
    mapped: { text: word, pieces: [{ text: word, span: { start: span.start, end: span.start } }] },
  });
  return [
    shell('/bin/sh'),
    shell('-c'),
    { text: text.text, literal: true, path: source.path, mapped: text },
  ];
}

function wordsOf(source: CommandSource): Word[] {
  return source.command.words.map(({ value, mapped }) => ({
    text: value,
    literal: true,
    path: source.path,
    mapped,
  }));
}

/** An ENTRYPOINT or CMD as a command of the Dockerfile it stands in. */
export function sourceOf(
  path: string,
  instruction: DockerInstruction | undefined,
): CommandSource | undefined {
  if (!instruction) return undefined;
  const { form, words, body, span } = instruction;
  return {
    path,
    command: {
      form,
      words:
        form === 'exec'
          ? words.map((word) => ({ value: word.text, mapped: word.mapped, span: word.span }))
          : [],
      text: form === 'shell' ? body : undefined,
      span,
    },
  };
}
